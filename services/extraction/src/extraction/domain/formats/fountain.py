"""Fountain, by its public syntax: fountain.io/syntax.

Kinder than the text of that page in four places, because writers are: a heading in capitals needs no empty line before
it, `FADE OUT.` and its like are transitions without `>`, a line in capitals that ends in `!` or `?` is no cue, and a
boneyard that is never closed hides nothing.
"""

import re
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.emphasis import centred_words, without_emphasis
from extraction.domain.formats.headings import MAX_HEADING, is_heading, parse_heading
from extraction.domain.formats.hidden import visible_lines
from extraction.domain.formats.lines import Line
from extraction.domain.formats.transitions import is_transition
from extraction.domain.script import Kind

TITLE_KEYS = frozenset(
    {
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "draft date",
        "date",
        "contact",
        "copyright",
        "notes",
        "revision",
        "language",
    }
)
TITLE_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z ]{0,30}):(?P<value>.*)")
FORCED_HEADING = re.compile(r"\.(?=[^.\s])")
PAGE_BREAK = re.compile(r"={3,}")
SECTION = re.compile(r"#{1,6}\s*(?=[^#\s])")
UNMISTAKABLE = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)\.\s?\S")
MARKS = {"!": Kind.ACTION, ">": Kind.TRANSITION, "~": Kind.LYRIC, "=": Kind.SYNOPSIS}
SEPARATE = frozenset({Kind.TRANSITION, Kind.SECTION, Kind.SYNOPSIS, Kind.CENTRED})
"""Kinds after which a line counts as standing alone."""


def read_fountain(text: str) -> Assembly:
    """Read a Fountain text; the title is that of the title page, empty when there is none."""
    return read_fountain_lines(visible_lines(text))


def read_fountain_lines(lines: Sequence[Line]) -> Assembly:
    """Read lines of which notes and boneyard are gone."""
    title, start = read_title_page(lines)
    script = Assembly(title)
    _keep_lists(script, lines[:start])
    _FountainBody(script, lines).read(start)
    return script


def read_title_page(lines: Sequence[Line]) -> tuple[str, int]:
    """Title and index of the first line after the title page; `("", 0)` when the text has no title page."""
    first = next((index for index, line in enumerate(lines) if not line.blank), len(lines))
    end = next((index for index in range(first, len(lines)) if lines[index].blank), len(lines))
    end = next((index for index in range(first, end) if UNMISTAKABLE.match(lines[index].text)), end)
    page: dict[str, list[str]] = {}
    key = ""
    for line in lines[first:end]:
        entry = TITLE_LINE.fullmatch(line.text)
        if entry:
            key = entry["key"].strip().casefold()
            page[key] = [entry["value"]]
        else:
            page.setdefault(key, []).append(line.words)
    if "" in page or not TITLE_KEYS & page.keys():
        return "", 0
    return " ".join(without_emphasis(part.strip()) for part in page.get("title", []) if part.strip()), end


def _keep_lists(script: Assembly, page: Sequence[Line]) -> None:
    """Keep what a title page lists under a key of its own, such as `Characters:`, line by line before the scenes."""
    kept = False
    for line in page:
        entry = TITLE_LINE.fullmatch(line.text)
        if entry:
            kept = entry["key"].strip().casefold() not in TITLE_KEYS
        value = entry["value"].strip() if entry else line.words
        if kept and entry:
            script.add(Kind.SYNOPSIS, f"{entry['key'].strip()}:", line)
        if kept and value:
            script.add(Kind.SYNOPSIS, without_emphasis(value), line)


class _FountainBody:
    """Reads the lines after the title page, one at a time."""

    def __init__(self, script: Assembly, lines: Sequence[Line]) -> None:
        self.script = script
        self.lines = lines
        self.alone = True
        self.speaking = False
        self.aside = False

    def read(self, start: int) -> None:
        for index in range(start, len(self.lines)):
            line = self.lines[index]
            if line.blank:
                self._pass_blank(line)
            elif UNMISTAKABLE.match(line.words) and is_heading(line.words) and line.words.isupper():
                self._open_scene(line, line.words)
            elif self.speaking:
                self._add_spoken(line)
            else:
                last = index + 1 == len(self.lines) or self.lines[index + 1].blank
                self._add_unspoken(line, last=last)

    def _pass_blank(self, line: Line) -> None:
        if self.speaking and len(line.text) >= 2:
            return
        self.alone, self.speaking, self.aside = True, False, False

    def _open_scene(self, line: Line, words: str) -> None:
        self.script.open_scene(parse_heading(without_emphasis(words)), line)
        self.alone, self.speaking, self.aside = True, False, False

    def _add_spoken(self, line: Line) -> None:
        words = without_emphasis(line.words)
        if self.aside or words.startswith("("):
            self.script.add(Kind.PARENTHETICAL, words, line)
            self.aside = ")" not in words
        elif words.startswith("~"):
            self.script.add(Kind.LYRIC, words[1:].strip(), line)
        else:
            self.script.add(Kind.DIALOGUE, words, line)

    def _add_unspoken(self, line: Line, *, last: bool) -> None:
        words = line.words
        if FORCED_HEADING.match(words) and len(words) <= MAX_HEADING:
            self._open_scene(line, words[1:])
        elif PAGE_BREAK.fullmatch(words):
            self.alone = True
        elif words.startswith("@") or (self.alone and not last and looks_like_cue(without_emphasis(words))):
            self._add_cue(line)
        elif self.alone and is_heading(words):
            self._open_scene(line, words)
        else:
            kind, text = _marked(words) or (_plain_kind(words, alone=self.alone and last), words)
            self.script.add(kind, without_emphasis(text), line)
            self.alone = kind in SEPARATE

    def _add_cue(self, line: Line) -> None:
        words = line.words
        name = without_emphasis(words.removeprefix("@").removesuffix("^").strip())
        self.script.add(Kind.CUE, name, line, dual=words.endswith("^"))
        self.alone, self.speaking, self.aside = False, True, False


def _marked(words: str) -> tuple[Kind, str] | None:
    """Kind and text of a line that says itself what it is."""
    if (centred := centred_words(words)) is not None:
        return Kind.CENTRED, centred
    if kind := MARKS.get(words[0]):
        return kind, words[1:].strip()
    section = SECTION.match(words)
    return (Kind.SECTION, words[section.end() :]) if section else None


def _plain_kind(words: str, *, alone: bool) -> Kind:
    return Kind.TRANSITION if alone and is_transition(words) else Kind.ACTION
