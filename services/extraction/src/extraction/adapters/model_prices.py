"""What calls cost: the settings' own prices, else the public ones that genai-prices brings in its wheel."""

import math
from typing import TYPE_CHECKING

from extraction.adapters.model_settings import LanguageModelSettings

if TYPE_CHECKING:
    from genai_prices.types import AbstractUsage, PriceCalculation
    from pydantic_ai.usage import RequestUsage

MILLION = 1_000_000


def prices_of(settings: LanguageModelSettings) -> tuple[float, float] | None:
    """USD per million input and output tokens; None when nobody knows them."""
    if settings.llm_price_input is not None and settings.llm_price_output is not None:
        return settings.llm_price_input, settings.llm_price_output
    one = [_public(settings, _usage(*tokens)) for tokens in ((MILLION, 0), (0, MILLION))]
    if one[0] is None or one[1] is None:
        return None
    return float(one[0].total_price), float(one[1].total_price)


def price_of(settings: LanguageModelSettings, input_tokens: int, output_tokens: int) -> int:
    """Price of so many tokens in micro-USD, rounded up; 0 when nobody knows it."""
    if settings.llm_price_input is not None and settings.llm_price_output is not None:
        return math.ceil(input_tokens * settings.llm_price_input + output_tokens * settings.llm_price_output)
    return _micro(_public(settings, _usage(input_tokens, output_tokens)))


def price_of_usage(settings: LanguageModelSettings, usage: "RequestUsage") -> int:
    """Price of a call in micro-USD, rounded up; public prices know of tokens that the vendor had in its cache."""
    if settings.llm_price_input is not None:
        return price_of(settings, usage.input_tokens, usage.output_tokens)
    return _micro(_public(settings, usage))


def _micro(price: "PriceCalculation | None") -> int:
    return 0 if price is None else math.ceil(price.total_price * MILLION)


def _usage(input_tokens: int, output_tokens: int) -> "AbstractUsage":
    from genai_prices import Usage  # noqa: PLC0415 the price list takes a fifth of a second to load

    return Usage(input_tokens=input_tokens, output_tokens=output_tokens)


def _public(settings: LanguageModelSettings, usage: "AbstractUsage") -> "PriceCalculation | None":
    """A server at an address of its own is looked up by its address: the same model costs elsewhere what it costs there."""
    from genai_prices import calc_price  # noqa: PLC0415 the price list takes a fifth of a second to load

    try:
        if settings.llm_base_url:
            return calc_price(usage, settings.llm_model, provider_api_url=settings.llm_base_url)
        return calc_price(usage, settings.llm_model, provider_id=settings.llm_provider)
    except LookupError:
        return None
