"""Which language model reads scripts, from `DRAMATIS_LLM_*` environment variables."""

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_PORTS = {"http": 80, "https": 443}
MOST_USD = 1_000_000


class LanguageModelSettings(BaseSettings):
    """Which language model reads scripts, and what it may cost. Without `llm_provider` none does."""

    model_config = SettingsConfigDict(env_prefix="DRAMATIS_", extra="ignore", hide_input_in_errors=True)

    llm_provider: Literal["", "openai", "google", "anthropic"] = Field(
        default="", description="Whose API is spoken; `openai` means every server that speaks it. Empty: no model."
    )
    llm_model: str = Field(default="", description="The model as its provider names it.")
    llm_base_url: str = Field(default="", description="Where the API is, if not at the provider's own address.")
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Key of the API; local servers need none.")
    llm_concurrency: int = Field(default=8, ge=1, description="Calls one process has open at once.")
    llm_chunk_tokens: int = Field(default=6000, ge=100, description="Most tokens of script in one call.")
    llm_reply_tokens: int = Field(default=8192, ge=256, description="Most tokens of one reply.")
    llm_timeout_seconds: float = Field(default=120, gt=0, description="Longest wait for one whole reply.")
    llm_tries: int = Field(default=4, ge=1, description="Failed tries after which a chunk is failed for good.")
    llm_price_input: float | None = Field(
        default=None, ge=0, le=MOST_USD, description="USD per million input tokens, for models without a public price."
    )
    llm_price_output: float | None = Field(default=None, ge=0, le=MOST_USD, description="The same for output tokens.")
    run_price_cap_usd: float | None = Field(
        default=None, ge=0, le=MOST_USD, description="Most that one run may cost; none by default."
    )

    @field_validator("llm_base_url")
    @classmethod
    def _url(cls, address: str) -> str:
        if address and not _server(address):
            raise ValueError("give the address of an API as http://host:port/path or https://host/path")
        return address

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.llm_provider and not self.llm_model:
            raise ValueError("DRAMATIS_LLM_PROVIDER needs DRAMATIS_LLM_MODEL, the name of the model")
        if self.llm_provider and not self.llm_api_key.get_secret_value() and not self.llm_base_url:
            raise ValueError(
                "DRAMATIS_LLM_PROVIDER needs DRAMATIS_LLM_API_KEY, or DRAMATIS_LLM_BASE_URL of a local server"
            )
        if (self.llm_price_input is None) != (self.llm_price_output is None):
            raise ValueError("DRAMATIS_LLM_PRICE_INPUT and DRAMATIS_LLM_PRICE_OUTPUT are set together")
        return self

    @property
    def llm_server(self) -> str:
        """Where calls go, always written alike and without a password; empty for the provider's own address."""
        return _server(self.llm_base_url)


def _server(address: str) -> str:
    """Scheme, host, port and path of a URL; empty when it is none that can be called."""
    try:
        url = urlsplit(address.strip())
        port = url.port
    except ValueError:
        return ""
    if url.scheme not in DEFAULT_PORTS or not url.hostname:
        return ""
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    shown_port = "" if port in {None, DEFAULT_PORTS[url.scheme]} else f":{port}"
    return f"{url.scheme}://{host}{shown_port}{url.path.rstrip('/')}"
