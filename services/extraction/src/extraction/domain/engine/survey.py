"""A script laid out for the engine: read once, looked at by each part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from extraction.domain.engine.capitals import Phrase, phrases
from extraction.domain.engine.cast import cast_entries, heads_cast
from extraction.domain.engine.naming import Spelling
from extraction.domain.engine.passages import Passage, passages
from extraction.domain.script import Element, Kind, Scene, Script

FIRST_LINES = 100


@dataclass(frozen=True, slots=True)
class Survey:
    """Paragraphs, phrases in capitals and cues of a script, in reading order, and how it spells.

    `prose` tells that nobody has a cue and no heading names a place, `stage` that speeches have cues and headings no place.
    """

    scenes: tuple[Scene, ...]
    preamble: tuple[Element, ...]
    passages: tuple[Passage, ...]
    phrases: tuple[Phrase, ...]
    cues: tuple[tuple[int, Element], ...]
    spelling: Spelling
    prose: bool
    stage: bool

    @property
    def cast_lines(self) -> frozenset[int]:
        """The lines that stand before the first speech of a script that announces no scene."""
        return frozenset(element.line for element in self.preamble)


def _unannounced(scenes: Sequence[Scene]) -> Iterator[Element]:
    """What stands before the first speech of a script that announces no scene: its cast list, its setting."""
    opening = scenes[0] if scenes and not scenes[0].heading else None
    if opening and any(element.kind is Kind.CUE for element in opening.elements):
        yield from takewhile(lambda element: element.kind is not Kind.CUE, opening.elements)


def _first_lines(script: Script) -> Iterator[Element]:
    """Where a cast list may be announced."""
    return islice((element for scene in script.scenes for element in scene.elements), FIRST_LINES)


def survey(script: Script) -> Survey:
    """Lay out a script; the time grows with its length and no faster."""
    before = (*script.preamble, *_unannounced(script.scenes))
    listed = {entry.element.line for entry in cast_entries(before) if entry.sure}
    listed |= {element.line for element in _first_lines(script) if heads_cast(element.text)}
    paragraphs = tuple(passages(script.scenes, listed | {line + 1 for line in listed}))
    cues = tuple(
        (scene.number, element) for scene in script.scenes for element in scene.elements if element.kind is Kind.CUE
    )
    texts = (element.text for scene in script.scenes for element in scene.elements if element.kind is not Kind.CUE)
    placed = any(scene.setting or scene.place for scene in script.scenes)
    return Survey(
        scenes=script.scenes,
        preamble=before,
        passages=paragraphs,
        phrases=tuple(phrase for passage in paragraphs if not heads_cast(passage.text) for phrase in phrases(passage)),
        cues=cues,
        spelling=Spelling(texts),
        prose=not cues and not placed,
        stage=bool(cues) and not placed,
    )
