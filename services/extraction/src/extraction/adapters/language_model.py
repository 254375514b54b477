"""The language model of the settings, whoever makes it.

The vendors' libraries take seconds to load, and most processes never ask a model: they are loaded with the first call.
"""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Self

from extraction.adapters.model_prices import price_of, prices_of
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.app.language_model import Reply
from extraction.domain.llm.prompt import Prompt
from extraction.domain.price_cap import PriceUnknown

if TYPE_CHECKING:
    from extraction.adapters.model_calls import ModelCalls


def connect(settings: LanguageModelSettings) -> "ConfiguredModel | None":
    """The model of the settings, None when they name none.

    Raises `PriceUnknown` when a run's price is capped and nobody knows what the model costs.
    """
    if not settings.llm_provider:
        return None
    model = ConfiguredModel(settings)
    if settings.run_price_cap_usd is not None and not model.has_price:
        raise PriceUnknown.of(model.model, "DRAMATIS_RUN_PRICE_CAP_USD")
    return model


class ConfiguredModel:
    """Keeps the promise of `extraction.app.language_model.LanguageModel`; at most `llm_concurrency` calls are open.

    Who waits for a free place is not timed. Leaving `async with` closes the connections; they open by themselves.
    """

    def __init__(self, settings: LanguageModelSettings) -> None:
        self.provider: str = settings.llm_provider
        self.model = settings.llm_model
        self.server = settings.llm_server
        self._settings = settings
        self._places = asyncio.Semaphore(settings.llm_concurrency)
        self._opening = asyncio.Lock()
        self._calls: ModelCalls | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        calls, self._calls = self._calls, None
        if calls is not None:
            await calls.close()

    async def ask(self, prompt: Prompt) -> Reply:
        """One call, one reply; raises what `LanguageModel` says."""
        async with self._places:
            return await (await self._opened()).ask(prompt)

    @cached_property
    def has_price(self) -> bool:
        """Whether anybody knows what it costs."""
        return prices_of(self._settings) is not None

    def price_of(self, input_tokens: int, output_tokens: int) -> int:
        """What that many tokens cost, in micro-USD; 0 where nobody knows a price."""
        return price_of(self._settings, input_tokens, output_tokens)

    async def _opened(self) -> "ModelCalls":
        async with self._opening:
            if self._calls is None:
                self._calls = await asyncio.to_thread(_open, self._settings)
            return self._calls


def _open(settings: LanguageModelSettings) -> "ModelCalls":
    from extraction.adapters.model_calls import ModelCalls  # noqa: PLC0415 loading it takes seconds

    return ModelCalls(settings)
