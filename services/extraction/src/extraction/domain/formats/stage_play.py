"""Stage plays: `NAME: (direction) speech`, `NAME. Speech`, `NAME` above a speech; acts and scenes."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import in_capitals
from extraction.domain.formats.emphasis import without_emphasis
from extraction.domain.formats.headings import Heading, is_heading, parse_heading
from extraction.domain.formats.lines import Line
from extraction.domain.formats.transitions import is_transition
from extraction.domain.script import Kind

_NAME = r"(?P<name>[^\W\d_](?:[\w ,'\u2019&#/-]|(?<=\b[A-Z])\.|(?<=\b[A-Z]R)\.|(?<=\b[A-Z]RS)\.|(?<=\bST)\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bDr)\.|(?<=\bSt)\.){0,39}?)"
_ASIDE = r"(?P<aside>\s*(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\]))?"
COLON = re.compile(rf"{_NAME}[_*]{{0,2}}{_ASIDE}:[_*]{{0,2}}(?:\s+(?P<speech>\S.*))?")
_NO_ABBREVIATION = r"(?<!\bM[Rr])(?<!\bM[Rr][Ss])(?<!\bD[Rr])(?<!\bS[Tt])(?<!\b[A-Z])"
PERIOD = re.compile(
    rf"{_NAME}{_NO_ABBREVIATION}[_*]{{0,2}}{_ASIDE}\.[_*]{{0,2}}(?:\s*(?:--|\u2014)\s*|\s+)?(?P<speech>(?<=[\s\u2014-])\S.*)?"
)
ABOVE = re.compile(rf"{_NAME}{_ASIDE}(?P<speech>)")
_ORDINAL = r"(?:\d+|[IVX]+|ONE|TWO|THREE|FOUR|FIVE|SIX|(?:THE )?(?:FIRST|SECOND|THIRD|FOURTH|FIFTH|LAST))"
SCENE = re.compile(
    rf"(?:(?:ACT|SCENE|PROLOGUE|EPILOGUE)\b(?:\s+{_ORDINAL}\b)?|(?:FIRST|SECOND|THIRD|FOURTH|FIFTH)\s+(?:ACT|SCENE)\b)"
    r"(?:[.,:]?\s*SCENE\s+(?:\d+|[IVX]+|ONE|TWO|THREE|FOUR|FIVE)\b)?(?P<mark>[.:]?(?:--|\u2014)?|\s)\s*(?P<rest>.*)"
)
ACT = re.compile(r"ACT\b|(?:FIRST|SECOND|THIRD|FOURTH|FIFTH) ACT\b", re.IGNORECASE)
NO_NAME = re.compile(
    r"(?:ACT|SCENE|TIME|PLACE|SETTING|CHARACTERS?|CAST|PERSONS?|DRAMATIS|CURTAIN|END|THE END|NOTE|PROLOGUE|EPILOGUE)\b.*"
)
CAST = re.compile(
    r"(?:THE )?(?:CAST(?: LIST| OF CHARACTERS)?|CHARACTERS|PERSONS|PEOPLE|DRAMATIS PERSON(?:AE|\u00c6))"
    r"(?: (?:OF|IN) THE (?:PLAY|DRAMA|COMEDY|SCENE))?\s*[.:]?"
)
"""A line in capitals that announces who is in the play."""
MIN_SPEECHES = 3
CAST_WITHIN = 60
SHARE = 6
MAX_TITLE = 80


@dataclass(frozen=True, slots=True)
class Manner:
    """How a play prints its speeches; a `dense` one without empty lines between them."""

    pattern: re.Pattern[str]
    names: frozenset[str] | None = None
    capitals: bool = True
    dense: bool = False

    def speech(self, words: str) -> re.Match[str] | None:
        """The speech that begins on a line; None when none does."""
        found = self.pattern.fullmatch(words.lstrip("_*"))
        if found is None:
            return None
        name = found["name"].strip()
        if (self.capitals and not in_capitals(name)) or NO_NAME.fullmatch(name.upper()) or is_transition(words):
            return None
        return found if self.names is None or name in self.names else None


def is_stage_play(lines: Sequence[Line]) -> bool:
    """Whether a text is told in speeches: at least three, and somebody speaks again."""
    return manner_of(lines) is not None


def manner_of(lines: Sequence[Line]) -> Manner | None:
    """How a play prints its speeches; None when a text is no play.

    A name in capitals before a colon is a speech whoever it is. With a full stop, or alone above what is said, or in
    small letters, only names that come back are, and speeches must make up a good part of the text; a few are enough where
    a cast is announced.
    """
    announced = any(CAST.fullmatch(line.words.strip("_*# ")) for line in lines[:CAST_WITHIN])
    least = MIN_SPEECHES if announced else MIN_SPEECHES * 2
    starts = [
        line
        for above, line in zip([None, *lines], lines, strict=False)
        if line.words and (above is None or above.blank)
    ]
    colon = Manner(COLON)
    names = [found["name"].strip() for line in lines if (found := colon.speech(line.words))]
    if len(names) >= MIN_SPEECHES and len(set(names)) < len(names):
        return colon
    tried: tuple[tuple[re.Pattern[str], bool, Callable[[str], bool]], ...] = (
        (PERIOD, True, lambda _: True),
        (ABOVE, True, lambda _: True),
        (COLON, False, str.istitle),
        (PERIOD, False, str.istitle),
    )
    for pattern, capitals, fits in tried:
        manner = _recurring(Manner(pattern, None, capitals), starts, fits, least)
        if manner is not None:
            return manner
    shown = [line for line in lines if line.words]
    stops = _recurring(Manner(PERIOD, dense=True), shown, lambda _: True, least)
    return stops or _recurring(Manner(COLON, None, capitals=False, dense=True), shown, str.istitle, least)


def _recurring(manner: Manner, starts: Sequence[Line], fits: Callable[[str], bool], least: int) -> Manner | None:
    """The manner with the names that come back, when enough paragraphs, and `least`, are spoken by at least two of them."""
    found = (manner.speech(line.words) for line in starts)
    names = Counter(match["name"].strip() for match in found if match and fits(match["name"].strip()))
    again = frozenset(name for name, count in names.items() if count >= 2)
    spoken = sum(names[name] for name in again)
    if len(again) < 2 or spoken < least or spoken * SHARE < len(starts) * (1 if manner.capitals else 3):
        return None
    return replace(manner, names=again if not manner.capitals or manner.pattern is ABOVE else None)


def read_stage_play(lines: Sequence[Line]) -> Assembly:
    """Read a stage play; what comes before the first scene or speech is the preamble."""
    manner = manner_of(lines) or Manner(COLON)
    script = Assembly(_title(lines, manner))
    speaking = False
    located = any(_is_located(line) for line in lines)
    for index, line in enumerate(lines):
        scene = _scene(line)
        if line.blank:
            speaking = False
        elif scene and located:
            script.add(Kind.SECTION, line.words, line)
            speaking = False
        elif scene:
            _open(script, line, scene, lines[index + 1 :])
            speaking = False
        elif located and _is_located(line):
            script.open_scene(parse_heading(line.words), line)
            speaking = False
        elif is_transition(line.words):
            script.add(Kind.TRANSITION, line.words, line)
            speaking = False
        elif speech := _speech(manner, lines, index):
            _add_speech(script, line, speech)
            speaking = True
        else:
            script.add(Kind.DIALOGUE if speaking else Kind.ACTION, without_emphasis(line.words), line)
    return script


def _is_located(line: Line) -> bool:
    """Whether a line is a screenplay's heading; in a script with these, acts and numbered scenes only sum them up."""
    return is_heading(line.words) and line.words.isupper()


def _speech(manner: Manner, lines: Sequence[Line], index: int) -> re.Match[str] | None:
    """The speech that begins on a line; where names stand above or before a full stop, only after an empty line."""
    if not manner.dense and manner.pattern is not COLON and index and not lines[index - 1].blank:
        return None
    return manner.speech(lines[index].words)


def _scene(line: Line) -> re.Match[str] | None:
    """The act or scene that begins on a line: in capitals, with a mark or a line end after it."""
    words = line.words.strip("_*")
    found = SCENE.fullmatch(words) if in_capitals(words[:3]) else None
    if found is None and len(words) <= MAX_TITLE and words.istitle():
        found = SCENE.fullmatch(words.upper())
    if found and found["rest"] and not found["mark"].strip():
        return found if in_capitals(found["rest"][:4]) or found["rest"][0] in "([_" else None
    return found


def _open(script: Assembly, line: Line, scene: re.Match[str], below: Sequence[Line]) -> None:
    words, rest = line.words.strip("_*"), scene["rest"]
    following = next((each for each in below[:6] if not each.blank), None)
    if not rest and ACT.match(words) and following and (inner := _scene(following)) and not ACT.match(inner.string):
        script.add(Kind.SECTION, words, line)
        return
    text = words[: scene.start("rest")] if rest else words
    script.open_scene(Heading(text.strip(" .:-\u2014") if rest else text, None, None, None), line)
    if rest:
        script.add(Kind.ACTION, without_emphasis(line.words[line.words.upper().find(rest.upper()) :]), line)


def _add_speech(script: Assembly, line: Line, speech: re.Match[str]) -> None:
    script.add(Kind.CUE, speech["name"].strip(), line)
    if speech["aside"]:
        script.add(Kind.PARENTHETICAL, without_emphasis(speech["aside"].strip()), line)
    if speech["speech"]:
        script.add(Kind.DIALOGUE, without_emphasis(speech["speech"]), line)


def _title(lines: Sequence[Line], manner: Manner) -> str:
    first = next((line for line in lines if not line.blank), None)
    if first is None or len(first.words) > MAX_TITLE or _scene(first):
        return ""
    spoken = manner.speech(first.words) if manner.pattern is not ABOVE else None
    return "" if spoken else first.words
