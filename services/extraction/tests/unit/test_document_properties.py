"""What holds for every document, however damaged."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services.extraction.tests.unit import written

from extraction.adapters.documents import script_of
from extraction.domain.errors import ExtractionError
from extraction.domain.formats.page_layout import lines_of
from extraction.domain.formats.page_rows import Page, Run
from extraction.domain.formats.plain_text import read_plain_text
from extraction.domain.script import Script

UNHURRIED = settings(deadline=None)
FEW = settings(deadline=None, max_examples=12)
DAMAGE = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6)
LENGTHS = st.floats(-50, 900, allow_nan=False)
RUNS = st.builds(Run, LENGTHS, LENGTHS, st.floats(1, 40), LENGTHS, st.text(min_size=1, max_size=20).filter(str.strip))
PAGES = st.lists(st.builds(Page, st.just(612.0), st.just(792.0), st.lists(RUNS, max_size=12).map(tuple)), max_size=4)
WRITERS: dict[str, Callable[[], bytes]] = {"fdx": written.fdx, "docx": written.docx, "pdf": written.pdf}


@cache
def whole(name: str) -> bytes:
    return WRITERS[name]()


def damaged(data: bytes, damage: list[tuple[float, bytes]], kept: float) -> bytes:
    broken = bytearray(data)
    for place, junk in damage:
        start = int(place * len(broken))
        broken[start : start + len(junk)] = junk
    return bytes(broken[: int(kept * len(broken))])


def read(data: bytes, name: str) -> Script | None:
    try:
        return script_of(data, name)
    except ExtractionError:
        return None


def assert_in_order(script: Script) -> None:
    elements = [*script.preamble, *(element for scene in script.scenes for element in scene.elements)]
    numbers = [element.line for element in elements]
    assert numbers == sorted(numbers)
    assert all(element.text in element.source or element.source for element in elements)
    assert [scene.number for scene in script.scenes] == list(range(1, len(script.scenes) + 1))


@UNHURRIED
@pytest.mark.parametrize("name", ["fdx", "docx"])
@given(damage=DAMAGE, kept=st.just(1.0) | st.floats(0, 1))
def test_damaged_documents_are_read_or_refused(name: str, damage: list[tuple[float, bytes]], kept: float) -> None:
    script = read(damaged(whole(name), damage, kept), name)
    if script is not None:
        assert_in_order(script)


@FEW
@given(damage=DAMAGE, kept=st.just(1.0) | st.floats(0, 1))
def test_damaged_pdfs_are_read_or_refused(damage: list[tuple[float, bytes]], kept: float) -> None:
    script = read(damaged(whole("pdf"), damage, kept), "pdf")
    if script is not None:
        assert_in_order(script)


@UNHURRIED
@given(PAGES)
def test_words_anywhere_on_pages_become_lines(pages: list[Page]) -> None:
    lines = lines_of(pages)
    shown = "".join(lines)
    runs = [run for page in pages for run in page.runs]
    assert len(shown) <= 250 * len(runs)
    assert set("".join(shown.split())) <= set("".join(run.text for run in runs)) | {"^"}
    if shown.strip():
        read_plain_text("\n".join(lines))


@UNHURRIED
@given(
    st.lists(
        st.tuples(st.sampled_from(["Action", "Character", "Dialogue", "Scene Heading", "Odd"]), st.text(max_size=30))
    )
)
def test_any_words_may_stand_in_any_paragraph(paragraphs: list[tuple[str, str]]) -> None:
    allowed = [
        (kind, "".join(char for char in text if char.isprintable() and char not in "<>&")) for kind, text in paragraphs
    ]
    content = "".join(f'<Paragraph Type="{kind}"><Text>{text}</Text></Paragraph>' for kind, text in allowed)
    script = read(f"<FinalDraft><Content>{content}</Content></FinalDraft>".encode(), "fdx")
    if script is not None:
        assert_in_order(script)
        assert len(script.scenes) >= 1
