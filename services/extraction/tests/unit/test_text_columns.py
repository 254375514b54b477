"""Prose in two columns is read column by column; what only stands side by side is not."""

from collections.abc import Sequence
from textwrap import wrap

import pytest
from fpdf import FPDF
from services.extraction.tests.unit.test_page_layout import Words, lines, page

from extraction.adapters.documents import script_of
from extraction.domain.builtin_engine import extract
from extraction.domain.formats.page_rows import rows_of
from extraction.domain.formats.text_columns import by_column

WIDTH, SECOND = 34, 40
LEFT = (
    "Ann Reed carried a tin lantern into the greenhouse. The glass was cold and the vines were dead. She set the lantern on "
    "the bench and waited for the others to come before the frost did. Nobody came for a long while, and when the door "
    "moved at last it was only the wind, which had found the key that Pell had lost in the"
)
RIGHT = (
    "snow a week before. \u201cPell will want this,\u201d said Ann. She put the brass key in her pocket and climbed the ladder "
    "toward the light, slowly, as somebody does who carries a thing that is not hers. The cellar below was dark again, and "
    "the loose stone lay where she had left it, beside a bucket and the old rope of the bell."
)


def columns(left: Sequence[str], right: Sequence[str], top: int = 0) -> list[Words]:
    return [
        (column, top + number, text)
        for column, texts in ((0, left), (SECOND, right))
        for number, text in enumerate(texts)
    ]


def told(found: Sequence[str]) -> str:
    return " ".join(" ".join(found).split())


def test_a_sentence_goes_on_at_the_head_of_the_second_column() -> None:
    found = lines(page(*columns(wrap(LEFT, WIDTH), wrap(RIGHT, WIDTH))))
    assert found == [*wrap(LEFT, WIDTH), *wrap(RIGHT, WIDTH)]


def test_a_title_over_both_columns_stands_before_them() -> None:
    title = "THE FROST, A STORY TOLD IN TWO COLUMNS AND NO MORE THAN ONE NIGHT"
    found = lines(page((0, 0, title), *columns(wrap(LEFT, WIDTH), wrap(RIGHT, WIDTH), top=2)))
    assert told(found) == f"{title} {LEFT} {RIGHT}"


def test_a_last_page_with_few_lines_has_the_columns_of_the_others() -> None:
    first = page(*columns(wrap(LEFT, WIDTH), wrap(RIGHT, WIDTH)))
    last = page(*columns(["The bell rang once, in the end,", "and Ann was"], ["gone. Pell found the lantern", "cold."]))
    found = lines(first, first, last)
    assert told(found).endswith("The bell rang once, in the end, and Ann was gone. Pell found the lantern cold.")


def test_words_of_a_line_that_is_spread_stay_in_their_column() -> None:
    def spread(column: int, number: int, text: str) -> list[Words]:
        words = text.split()
        gap = (WIDTH - len("".join(words))) / max(1, len(words) - 1)
        starts = [column + len("".join(words[:at])) + gap * at for at in range(len(words))]
        return [(start, number, word) for start, word in zip(starts, words, strict=True)]

    rows = columns(wrap(LEFT, WIDTH), wrap(RIGHT, WIDTH))
    assert told(lines(page(*(word for row in rows for word in spread(int(row[0]), *row[1:]))))) == f"{LEFT} {RIGHT}"


@pytest.mark.parametrize(
    "rows",
    [
        columns(
            ["ANNA", "The boat is late.", "It is always late."] * 4, ["BORIS", "The boat is here.", "Look at it."] * 4
        ),
        columns(
            ["ANNA", "BORIS", "A CLERK", "THE BOY"] * 3,
            ["a widow who keeps the only inn", "her brother, home from sea"] * 6,
        ),
        columns([f"Chapter {number}, in which nothing happens" for number in range(12)], [str(n) for n in range(12)]),
        columns(wrap(LEFT, WIDTH)[:5], wrap(RIGHT, WIDTH)[:5]),
    ],
    ids=["speeches", "a cast", "contents", "a few lines"],
)
def test_what_stands_side_by_side_on_one_line_is_no_prose_in_columns(rows: list[Words]) -> None:
    flat = rows_of(0, page(*rows))
    assert by_column(flat) == flat


def test_a_pdf_in_two_columns_quotes_what_is_in_it() -> None:
    paper = FPDF(format="A4", unit="pt")
    paper.set_font("Times", size=11)
    paper.add_page()
    for x, text in ((50, LEFT), (320, RIGHT)):
        for number, line in enumerate(wrap(text.replace("\u201c", '"').replace("\u201d", '"'), 46)):
            paper.text(x, 80 + number * 13, line)
    finds = {find.name: find for find in extract(script_of(bytes(paper.output()), None, "frost.pdf"))}
    assert {"Tin Lantern", "Brass Key"} <= set(finds)
    quotes = [each.quote for find in finds.values() for each in find.evidence]
    assert not any("lantern" in quote.lower() and "pocket" in quote for quote in quotes)
    assert all(len(quote) <= 60 for quote in quotes)
