"""Scenes as pages that can be searched for words, whatever their case, breaks and punctuation."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.domain.engine.passages import clip
from extraction.domain.finds import Evidence
from extraction.domain.llm.folding import fold
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


def whole_text(script: Script) -> str:
    """Everything in a script, folded."""
    pages = [page_of_preamble(script.preamble), *map(page_of_scene, script.scenes)]
    return " ".join(page.text for page in pages if page.text)


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
