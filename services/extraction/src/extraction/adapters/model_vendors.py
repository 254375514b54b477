"""The model of the settings as pydantic-ai has it, by vendor. Importing this takes seconds."""

import httpx2
from pydantic_ai.models import Model
from pydantic_ai.profiles.openai import OpenAIModelProfile

from extraction.adapters.model_settings import LanguageModelSettings

OPENAI = "https://api.openai.com"


def open_model(settings: LanguageModelSettings, client: httpx2.AsyncClient) -> Model:
    """The model, calling through `client`. A vendor's library is loaded only where its vendor is asked."""
    match settings.llm_provider:
        case "google":
            return _google(settings, client)
        case "anthropic":
            return _anthropic(settings, client)
        case _:
            return _openai(settings, client)


def _openai(settings: LanguageModelSettings, client: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415 one vendor's library of three
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415 as above
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider  # noqa: PLC0415 as above

    key, address = settings.llm_api_key.get_secret_value(), settings.llm_base_url
    if not address or address.startswith(OPENAI):
        official = OpenAIProvider(base_url=address or f"{OPENAI}/v1", api_key=key, http_client=client)
        return OpenAIChatModel(settings.llm_model, provider=official)
    # Ollama and others know the older of the two names for the longest reply only.
    profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)
    other = OpenAICompatibleProvider(
        "openai-compatible", base_url=address, api_key=key, http_client=client, profile=profile
    )
    return OpenAIChatModel(settings.llm_model, provider=other)


def _google(settings: LanguageModelSettings, client: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415 one vendor's library of three
    from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415 as above

    key = settings.llm_api_key.get_secret_value() or "none"
    provider = GoogleProvider(api_key=key, base_url=settings.llm_base_url or None, http_client=client)
    return GoogleModel(settings.llm_model, provider=provider)


def _anthropic(settings: LanguageModelSettings, client: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415 one vendor's library of three
    from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415 as above

    key = settings.llm_api_key.get_secret_value() or "none"
    address = settings.llm_base_url or "https://api.anthropic.com"
    return AnthropicModel(
        settings.llm_model, provider=AnthropicProvider(api_key=key, base_url=address, http_client=client)
    )
