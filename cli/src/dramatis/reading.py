"""A script file read on the spot, without any server."""

from dataclasses import dataclass
from pathlib import Path

from dramatis.breakdown import Breakdown, breakdown
from extraction.adapters.documents import script_of
from extraction.domain import builtin_engine
from extraction.domain.errors import ExtractionError
from extraction.domain.script import Script


class NotRead(Exception):
    """A file cannot be read; the message begins with its name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A script, and what is in it as `dramatis.breakdown` shapes it."""

    path: Path
    script: Script
    lists: Breakdown


def read_file(path: Path) -> Reading:
    """Read one file; raises `NotRead`."""
    try:
        script = script_of(path.read_bytes(), None, path.name)
        return Reading(path, script, breakdown(builtin_engine.extract(script)))
    except OSError as error:
        raise NotRead(f"{path}: {error.strerror or error}") from error
    except ExtractionError as error:
        raise NotRead(f"{path}: {error} [{error.code}]") from error
