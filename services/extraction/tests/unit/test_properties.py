"""What holds for every text, however odd."""

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.domain.builtin_engine import extract
from extraction.domain.decode import decode
from extraction.domain.errors import ExtractionError
from extraction.domain.formats.detection import WRITTEN
from extraction.domain.formats.lines import split_lines
from extraction.domain.reading import read_script
from extraction.domain.script import Format, Script

PIECES = [
    "INT. HOUSE - KITCHEN - NIGHT #1A#",
    "EXT. OPEN SEA--DAY",
    ".UNDERWATER",
    "1    INT. HALL - DAY    1",
    "INES CALLOWAY (34, oilskin) takes a BRASS KEY.",
    "Ines opens the RED LEDGER, and the door SHRIEKS.",
    "INES (V.O.)",
    "MAEVE & FINCH",
    "@McAVOY ^",
    "(softly)",
    "          BOB",
    "     He waits.",
    "~la la",
    "> CUT TO:",
    "> THE END <",
    "# Act",
    "= Synopsis",
    "===",
    "[[ note",
    "]] after",
    "/* gone",
    "*/ back",
    "!SHOUTED",
    "**bold** and _under_",
    "Title: The Door",
    "    continued",
    "CHAPTER II",
    "* * *",
    '"Run," said Tom to Aunt Polly in Paris.',
    "HALE: (rising) Cold.",
    "1-1 日 内 沈家客厅",
    "△沈知夏抱着一只旧皮箱。",
    "沈知夏\uff1a好\u3002",
    "  ",
    "",
    "",
    "",
]
SCRIPTISH = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "]).map(lambda end: end.join(parts))
)
TEXTS = st.text(max_size=300) | SCRIPTISH
UNHURRIED = settings(deadline=None)
FORMATS = st.none() | st.sampled_from(sorted(WRITTEN))


def free_of_controls(text: str) -> bool:
    return all(char == "\n" or unicodedata.category(char) != "Cc" for char in text)


def read(text: str, named: Format | None) -> Script | None:
    try:
        return read_script(text, named)
    except ExtractionError:
        return None


@UNHURRIED
@given(st.binary(max_size=400) | TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_bytes_become_text_or_an_error_of_the_domain(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ExtractionError:
        return
    assert decoded.text.strip()
    assert "\x00" not in decoded.text


@UNHURRIED
@given(TEXTS, FORMATS)
def test_lines_are_in_order_and_sources_stand_on_their_lines(text: str, named: Format | None) -> None:
    script = read(text, named)
    if script is None:
        return
    lines = split_lines(text.removeprefix("\ufeff"))
    elements = [*script.preamble, *(element for scene in script.scenes for element in scene.elements)]
    numbers = [element.line for element in elements]
    assert numbers == sorted(numbers)
    assert all(element.source == lines[element.line - 1].strip() for element in elements)
    assert [scene.number for scene in script.scenes] == list(range(1, len(script.scenes) + 1))
    assert all(scene.source in lines[scene.line - 1] for scene in script.scenes)


@UNHURRIED
@given(TEXTS, FORMATS)
def test_every_quote_stands_on_its_line_and_in_its_scene(text: str, named: Format | None) -> None:
    script = read(text, named)
    if script is None:
        return
    lines = split_lines(text.removeprefix("\ufeff"))
    for find in extract(script):
        assert find.name.strip()
        assert find.scene_numbers == tuple(sorted(set(find.scene_numbers)))
        assert 0 <= find.confidence <= 1
        assert find.evidence
        for evidence in find.evidence:
            assert evidence.quote in lines[evidence.line - 1]
            assert evidence.scene in find.scene_numbers
            assert evidence.line >= script.scenes[evidence.scene - 1].line


@UNHURRIED
@given(TEXTS, FORMATS)
def test_the_same_text_gives_the_same_finds(text: str, named: Format | None) -> None:
    first, second = read(text, named), read(text, named)
    assert first == second
    if first is not None and second is not None:
        assert extract(first) == extract(second)
        assert first.sha256 == second.sha256


@UNHURRIED
@given(SCRIPTISH.filter(free_of_controls), st.sampled_from(["", " ", "\t", "   "]))
def test_hashes_are_blind_to_trailing_whitespace(text: str, trailing: str) -> None:
    spaced = "\n".join(line + trailing if line.strip() else line for line in text.split("\n"))
    plain, padded = read(text, Format.FOUNTAIN), read(spaced, Format.FOUNTAIN)
    assert (plain is None) == (padded is None)
    if plain is not None and padded is not None:
        assert plain.sha256 == padded.sha256
        assert [scene.sha256 for scene in plain.scenes] == [scene.sha256 for scene in padded.scenes]


@UNHURRIED
@given(TEXTS)
def test_a_scenes_hash_does_not_know_its_number(text: str) -> None:
    script = read(text, Format.FOUNTAIN)
    for scene in script.scenes if script else ():
        assert replace(scene, number=scene.number + 1, line=scene.line + 7, label="9").sha256 == scene.sha256
