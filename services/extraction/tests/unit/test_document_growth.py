"""Readers of every format take time in proportion to the file, whatever is in it."""

from collections.abc import Callable

import pytest
from services.extraction.tests.unit import written
from services.extraction.tests.unit.growth import growth

from extraction.adapters.documents import script_of
from extraction.domain.formats.page_layout import lines_of
from extraction.domain.formats.page_rows import Page, Run
from extraction.domain.script import Kind

MAX_GROWTH = 2.7


def reading(data: bytes, format: str) -> Callable[[], object]:
    return lambda: script_of(data, format)


@pytest.mark.parametrize(
    ("piece", "format"),
    [
        pytest.param("<!-- ", "md", id="comments never closed"),
        pytest.param("[a](", "md", id="links never closed"),
        pytest.param("# a    #", "md", id="closing marks"),
        pytest.param("`", "md", id="code marks"),
        pytest.param("<b ", "md", id="tags never closed"),
        pytest.param("1-1 日 内 客厅\n阿海\uff1a走。\n", "txt", id="short drama"),
        pytest.param("第1场\n\n", "txt", id="numbers without places"),
        pytest.param("阿海\uff08", "txt", id="asides never closed"),
        pytest.param("HALE: Cold.\n\nBO. Yes.\n\n", "txt", id="speeches"),
        pytest.param("HALE (", "txt", id="brackets"),
        pytest.param("1\n\n", "txt", id="numbers alone"),
        pytest.param("          BO\n     Hi.\n\nINT. A - DAY\n\nx\n", "txt", id="columns"),
    ],
)  # fmt: skip
def test_texts_of_every_kind_grow_no_faster(piece: str, format: str) -> None:
    size = 40_000 // len(piece)
    assert growth(lambda count: reading(("A door.\n\n" + piece * count).encode(), format), size) <= MAX_GROWTH


def test_paragraphs_and_tags_grow_no_faster() -> None:
    def make(count: int) -> Callable[[], object]:
        definitions = "".join(
            f'<TagDefinition CatId="c" Id="d{number}" Label="key {number}"/>' for number in range(count)
        )
        tags = "".join(f'<Tag Number="{number}"><DefId>d{number}</DefId></Tag>' for number in range(count))
        data = (
            f'<TagData><TagCategories><TagCategory Id="c" Name="Props"/></TagCategories>{definitions}{tags}</TagData>'
        )
        parts = [(written.HEADING, "INT. HALL - DAY"), *[(Kind.ACTION, f"Door {number}.") for number in range(count)]]
        return reading(
            written.fdx(parts, data.replace("<Tag ", "<Tags><Tag ").replace("</Tag>", "</Tag></Tags>")), "fdx"
        )

    assert growth(make, 800) <= MAX_GROWTH


@pytest.mark.parametrize("words", ["A", "a" * 40, "photo-", "INT. HALL - DAY", "(MORE)", "12."])
def test_pages_grow_no_faster(words: str) -> None:
    def make(count: int) -> Callable[[], object]:
        rows = [tuple(Run(72, 72 + line * 12, 12, 400, words) for line in range(50)) for _ in range(count)]
        return lambda: lines_of([Page(612, 792, runs) for runs in rows])

    assert growth(make, 12) <= MAX_GROWTH


def test_one_endless_word_grows_no_faster() -> None:
    def make(count: int) -> Callable[[], object]:
        return lambda: lines_of([Page(612, 792, (Run(72, 72, 12, 90, "a" * count), Run(72, 84, 12, 90, "b" * count)))])

    assert growth(make, 100_000) <= MAX_GROWTH
