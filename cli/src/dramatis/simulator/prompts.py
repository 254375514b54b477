"""The script in a prompt: its scenes, as far as they are marked, and what has been listed already."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SCRIPT = re.compile(r"<script>\n?(.*?)(?:</script>|\Z)", re.DOTALL)
_MARK = re.compile(r"^\W{0,4}scene\b[^\w\n]*(\d{1,6})\b\W?[^\S\n]*", re.IGNORECASE | re.MULTILINE)
_LISTED = re.compile(r"^[-*] (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A scene of a prompt, from its heading on; `number` is that of its mark, None where nothing is marked."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a prompt shows: passages in their order, and the names after them, which need not be said again.

    `is_script` says that the prompt marks a script or its scenes.
    """

    passages: tuple[Passage, ...]
    listed: frozenset[str]
    is_script: bool


def shown(prompt: str) -> Shown:
    """The script between `<script>` and `</script>`, or all of a prompt that has no such marks."""
    script = _SCRIPT.search(prompt)
    text = script[1] if script else prompt
    after = prompt[script.end() :] if script else ""
    listed = frozenset(match[1].casefold() for match in _LISTED.finditer(after))
    passages = tuple(_passages(text))
    return Shown(passages, listed, script is not None or passages[0].number is not None)


def _passages(text: str) -> Iterator[Passage]:
    marks = list(_MARK.finditer(text))
    if not marks:
        yield Passage(None, text)
        return
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield Passage(int(mark[1]), text[mark.end() : following.start() if following else None])
