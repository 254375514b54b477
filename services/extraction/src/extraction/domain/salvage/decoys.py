"""Values that look like an answer and are none: what was asked, said again."""

import re

from extraction.domain.salvage.entries import Entry
from extraction.domain.salvage.items import written_name
from extraction.domain.salvage.naming import is_nobody, is_placeholder, may_be_placeholder

BLANK = re.compile(r"\s+")
SHORTEST_ECHO = 12


class Asked:
    """What was asked, ready to be looked for."""

    def __init__(self, prompt: str | None) -> None:
        self._prompt = BLANK.sub("", prompt or "")

    def holds(self, text: str) -> bool:
        """Whether the prompt says the very same, blanks aside."""
        said = BLANK.sub("", text)
        return len(said) >= SHORTEST_ECHO and said in self._prompt


def is_template(entries: list[Entry]) -> bool:
    """Whether every name is one that only stands for a name."""
    names = [name.value for name in map(written_name, entries) if name is not None]
    telling = [name for name in names if not is_nobody(name)]
    return bool(telling) and all(is_placeholder(name) or may_be_placeholder(name) for name in telling)
