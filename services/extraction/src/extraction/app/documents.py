"""How files become scripts: the promise that `adapters.documents` keeps."""

from collections.abc import Callable
from dataclasses import dataclass

from extraction.domain.script import Script
from extraction.domain.uploads import ScriptFile, Upload


@dataclass(frozen=True, slots=True)
class Documents:
    """Readers of every format; all computing, so they are called in a thread. They raise `ExtractionError` only."""

    read: Callable[[Upload], ScriptFile]
    """What was sent, as a version of a script."""
    script_of: Callable[[bytes, str | None, str | None], Script]
    """The script in a file of that format and name."""
