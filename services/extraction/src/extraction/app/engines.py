"""What can read a script here, and on which terms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extraction.app.language_model import LanguageModel
from extraction.domain.errors import EngineNotConfigured
from extraction.domain.finds import Find
from extraction.domain.llm.prompt import PROMPT_VERSION
from extraction.domain.price_cap import PriceUnknown, micro_of
from extraction.domain.run_chunk import Reader
from extraction.domain.runs import EngineChoice, Terms, choose_engine, lowest_cap
from extraction.domain.script import Script

Extract = Callable[[Script], Sequence[Find]]
"""An engine: what a script shows, found without waiting for anybody."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for when starting a run."""

    engine: EngineChoice = EngineChoice.AUTO
    incremental: bool = True
    price_cap_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Engines:
    """The built-in engine, and the language model where one is configured; no run may cost more than the cap."""

    extract: Extract
    model: LanguageModel | None
    chunk_tokens: int
    reply_tokens: int
    price_cap_usd: float | None

    @property
    def reader(self) -> Reader | None:
        """What the language model's readings are known by; None where there is no model."""
        model = self.model
        return Reader(model.provider, model.model, PROMPT_VERSION, model.server) if model else None

    def require_model(self) -> tuple[LanguageModel, Reader]:
        """The language model; raises `EngineNotConfigured`."""
        if self.model is None or self.reader is None:
            raise EngineNotConfigured("no language model is configured here: configure one, or use `builtin`")
        return self.model, self.reader

    def terms(self, wish: Wish) -> Terms:
        """The terms of a new run; raises `EngineNotConfigured` or `PriceUnknown`."""
        engine = choose_engine(wish.engine, has_model=self.model is not None)
        reader = self.reader if engine is EngineChoice.LLM else None
        return Terms(
            engine=engine.value,
            provider=reader.provider if reader else None,
            model=reader.model if reader else None,
            prompt_version=reader.prompt_version if reader else None,
            incremental=wish.incremental,
            price_cap_micro_usd=self.cap(engine, wish.price_cap_usd),
        )

    def cap(self, engine: str, wanted_usd: float | None) -> int | None:
        """What a run may cost in micro-USD: a wish can only lower the cap of the installation; raises `PriceUnknown`."""
        if engine == EngineChoice.LLM and wanted_usd is not None and self.model and not self.model.has_price:
            raise PriceUnknown.of(self.model.model, "price_cap_usd")
        return lowest_cap(micro_of(wanted_usd), micro_of(self.price_cap_usd))
