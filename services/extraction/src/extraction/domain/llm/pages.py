"""Scenes as pages that can be searched for words, whatever their case, breaks and punctuation."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extraction.domain.engine.passages import clip
from extraction.domain.finds import Evidence
from extraction.domain.llm.folding import fold, occurs
from extraction.domain.script import Element, Scene, Script


@dataclass(frozen=True, slots=True)
class Page:
    """A scene, or what stands before the first one; `lines` are numbers and sources, `starts` where each is in `text`."""

    number: int
    is_scene: bool
    lines: tuple[tuple[int, str], ...]
    starts: tuple[int, ...]
    text: str

    def show(self, words: str, hint: str) -> Evidence | None:
        """The line in which folded words begin, clipped around `hint`; they may go on in the lines after it."""
        at = f" {self.text} ".find(f" {words} ") if words else -1
        if at < 0:
            return None
        line, source = self.lines[bisect_right(self.starts, at) - 1]
        return Evidence(self.number, line, clip(source, hint))

    def first(self, names: Iterable[str]) -> Evidence | None:
        """The first line with one of these folded names."""
        seen = [shown for words in names if (shown := self.show(words, words))]
        return min(seen, key=lambda shown: shown.line, default=None)


def page_of_scene(scene: Scene) -> Page:
    """A scene with its heading."""
    heading = [(scene.line, scene.source or scene.heading, scene.heading)] if scene.heading else []
    return _page(scene.number, heading, scene.elements, is_scene=True)


def page_of_preamble(elements: Sequence[Element]) -> Page:
    """What stands before the first scene; its lines are shown as the first scene's."""
    return _page(1, [], elements, is_scene=False)


class WholeScript:
    """Everything in a script, folded once; what was asked for before is known. `pages` has its scenes by their numbers."""

    def __init__(self, script: Script) -> None:
        self.pages = {scene.number: page_of_scene(scene) for scene in script.scenes}
        pages = [page_of_preamble(script.preamble), *self.pages.values()]
        self._text = " ".join(page.text for page in pages if page.text)
        self._known: dict[str, bool] = {}

    def has(self, words: str) -> bool:
        """Whether folded words occur in it, as whole words."""
        if words not in self._known:
            self._known[words] = occurs(words, self._text)
        return self._known[words]


class _Same:
    """A script as a key: the very object, as comparing two scripts takes as long as reading one."""

    __slots__ = ("script",)

    def __init__(self, script: Script) -> None:
        self.script = script

    def __hash__(self) -> int:
        return id(self.script)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.script is self.script


def whole_script(script: Script) -> WholeScript:
    """The script, folded; the last few are remembered, as every chunk of a script asks for it."""
    return _remembered(_Same(script))


@lru_cache(maxsize=4)
def _remembered(key: _Same) -> WholeScript:
    return WholeScript(key.script)


def _page(number: int, heading: Sequence[tuple[int, str, str]], elements: Iterable[Element], *, is_scene: bool) -> Page:
    lines: list[tuple[int, str]] = []
    starts: list[int] = []
    texts: list[str] = []
    at = 0
    for line, source, text in [*heading, *((each.line, each.source, each.text) for each in elements)]:
        folded = fold(text)
        if folded:
            lines.append((line, source or text))
            starts.append(at)
            texts.append(folded)
            at += len(folded) + 1
    return Page(number, is_scene, tuple(lines), tuple(starts), " ".join(texts))
