"""Script files read without any server, by the built-in engine or by a language model."""

import asyncio
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from dramatis.breakdown import Breakdown, breakdown
from dramatis.inputs import content_of
from dramatis.model_reading import ModelReading, Report, read_with_model
from extraction.adapters.documents import script_of
from extraction.adapters.language_model import connect
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.domain import builtin_engine
from extraction.domain.errors import ExtractionError
from extraction.domain.finds import Find
from extraction.domain.price_cap import PriceUnknown
from extraction.domain.script import Script

_CAP_VARIABLE = "DRAMATIS_RUN_PRICE_CAP_USD"

Extract = Callable[[Script, Report], "list[Find] | ModelReading"]


class NotRead(Exception):
    """A file cannot be read; the message begins with its name, and `log` shows where a bug of ours is."""

    def __init__(self, path: Path, reason: str, log: str = "") -> None:
        super().__init__(f"{path}: {reason}")
        self.log = log


class ModelNotConfigured(Exception):
    """No language model is configured, or not as it should be."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A script, what is in it as `dramatis.breakdown` shapes it, and how a model came to that, if one did."""

    path: Path
    script: Script
    lists: Breakdown
    by_model: ModelReading | None = None


def read_file(path: Path, extract: Extract, report: Report = lambda done, total: None) -> Reading:
    """Read one file; raises `NotRead`."""
    try:
        script = script_of(content_of(path), None, path.name)
        found = extract(script, report)
    except OSError as error:
        raise NotRead(path, error.strerror or str(error)) from error
    except ExtractionError as error:
        raise NotRead(path, f"{error} [{error.code}]") from error
    except Exception as error:  # a bug that one file shows must not cost what is in the others
        reason = f"{type(error).__name__}: {error}; this is a bug, and only this file is left out"
        raise NotRead(path, reason, traceback.format_exc()) from error
    if isinstance(found, ModelReading):
        return Reading(path, script, breakdown(found.finds), found)
    return Reading(path, script, breakdown(found))


@contextmanager
def engine(name: str, price_cap: float | None = None) -> Iterator[Extract]:
    """What reads scripts: `builtin`, or `llm` as `DRAMATIS_LLM_*` configure it; raises `ModelNotConfigured`.

    `price_cap` is in USD, for each script; of it and the configured one the lower holds.
    """
    if name == "builtin":
        yield lambda script, _: builtin_engine.extract(script)
        return
    settings = _settings(price_cap)
    with asyncio.Runner() as runner:
        try:
            model = connect(settings)
        except PriceUnknown as error:
            words = str(error) if price_cap is None else str(error).replace(_CAP_VARIABLE, "--price-cap")
            raise ModelNotConfigured(f"{words} [{error.code}]") from error
        if model is None:
            raise ModelNotConfigured(
                "no language model is configured: set DRAMATIS_LLM_PROVIDER and DRAMATIS_LLM_MODEL"
            )
        try:
            yield lambda script, report: runner.run(read_with_model(script, model, settings, report))
        finally:
            runner.run(model.__aexit__())


def _settings(price_cap: float | None) -> LanguageModelSettings:
    try:
        settings = LanguageModelSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "".join(f"DRAMATIS_{str(part).upper()}: " for part in first["loc"])
        raise ModelNotConfigured(name + first["msg"].removeprefix("Value error, ")) from error
    caps = [cap for cap in (settings.run_price_cap_usd, price_cap) if cap is not None]
    return settings.model_copy(update={"run_price_cap_usd": min(caps, default=None)})
