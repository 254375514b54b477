"""Pages back into lines: columns, gaps, furniture, side-by-side speeches, broken words."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from fpdf import FPDF

from extraction.adapters.documents import script_of
from extraction.domain.formats.hyphens import join_broken_words
from extraction.domain.formats.page_layout import lines_of
from extraction.domain.formats.page_rows import Page, Run
from extraction.domain.script import Kind

LETTER, SIZE = 7.2, 12.0

Words = tuple[float, int, str]
"""Letters from the left edge, line on the page, words."""


def run(column: float, line: int, text: str) -> Run:
    x = 72 + column * LETTER
    return Run(x, 72 + line * 12, SIZE, x + len(text) * LETTER, text)


def page(*words: Words) -> Page:
    return Page(612, 792, tuple(run(*each) for each in words))


def lines(*pages: Page) -> list[str]:
    return lines_of(pages)


def pdf(rows: Sequence[Words], font: str = "Courier") -> bytes:
    paper = FPDF(format="letter", unit="pt")
    paper.set_font(font, size=12)
    paper.add_page()
    for column, line, words in rows:
        paper.text(72 + column * LETTER, 72 + line * 12, words)
    return bytes(paper.output())


def test_words_stand_at_their_columns_and_gaps_are_empty_lines() -> None:
    assert lines(page((5, 0, "He waits."), (5, 1, "And waits."), (27, 3, "ANNA"), (15, 4, "Hi."))) == [
        "He waits.",
        "And waits.",
        "",
        " " * 22 + "ANNA",
        " " * 10 + "Hi.",
    ]


def test_scene_numbers_in_both_margins_stay_apart_from_the_heading() -> None:
    assert lines(page((0, 0, "12A"), (5, 0, "INT. HALL - DAY"), (60, 0, "12A"))) == [
        "12A  INT. HALL - DAY" + " " * 40 + "12A"
    ]


def test_numbers_headers_and_marks_of_changes_do_not_belong_to_the_script() -> None:
    pages = [
        page(
            (0, -3, "SALT - Blue 3/4"),
            (60, -3, f"{number}."),
            (5, 0, f"Day {number} ends."),
            (70, 0, "*"),
            (30, 55, "- draft -"),
        )
        for number in range(1, 5)
    ]
    assert lines(*pages) == ["Day 1 ends.", "", "Day 2 ends.", "", "Day 3 ends.", "", "Day 4 ends."]


def test_a_scene_at_the_top_of_every_page_is_no_header() -> None:
    pages = [page((0, -1, "INT. HALL - DAY"), (0, 1, "A door.")) for _ in range(4)]
    assert sum("INT. HALL" in line for line in lines(*pages)) == 4


def test_a_speech_goes_on_over_the_page() -> None:
    text = lines(
        page(
            (5, 0, "Rain."),
            (5, 1, "Wind."),
            (27, 3, "ANNA"),
            (15, 4, "I will"),
            (27, 5, "(MORE)"),
            (55, 7, "(CONTINUED)"),
        ),
        page((5, -2, "CONTINUED:"), (27, 0, "ANNA (CONT'D)"), (15, 1, "not go."), (5, 3, "She goes.")),
    )
    assert text == ["Rain.", "Wind.", "", " " * 22 + "ANNA", " " * 10 + "I will", " " * 10 + "not go.", "", "She goes."]


def test_a_sentence_goes_on_over_the_page() -> None:
    assert lines(page((5, 0, "He runs and"), (5, 1, "runs and")), page((5, 0, "falls."))) == [
        "He runs and",
        "runs and",
        "falls.",
    ]


def test_two_who_speak_at_once_stand_one_below_the_other() -> None:
    rows: Sequence[Words] = (
        (0, 0, "INT. HALL - DAY"),
        (0, 2, "They quarrel."),
        (10, 4, "ANNA"),
        (42, 4, "BO"),
        (3, 5, "You said you would"),
        (34, 5, "I said nothing of"),
        (3, 6, "be back by six."),
        (34, 6, "the kind."),
        (0, 8, "Silence."),
        (20, 10, "ANNA"),
        (10, 11, "Well?"),
    )
    scene = script_of(pdf(rows), "pdf").scenes[0]
    assert [(element.kind, element.text, element.dual) for element in scene.elements] == [
        (Kind.ACTION, "They quarrel.", False),
        (Kind.CUE, "ANNA", False),
        (Kind.DIALOGUE, "You said you would", False),
        (Kind.DIALOGUE, "be back by six.", False),
        (Kind.CUE, "BO", True),
        (Kind.DIALOGUE, "I said nothing of", False),
        (Kind.DIALOGUE, "the kind.", False),
        (Kind.ACTION, "Silence.", False),
        (Kind.CUE, "ANNA", False),
        (Kind.DIALOGUE, "Well?", False),
    ]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    rows: list[Words] = [(0, 0, "INT. HALL - DAY"), (0, 2, "A ball rolls by.")]
    twice = [*rows, *((column + 0.05, line, words) for column, line, words in rows)]
    assert script_of(pdf(twice), "pdf").scenes[0].elements == script_of(pdf(rows), "pdf").scenes[0].elements


def test_slanted_letters_such_as_a_watermark_are_not_read() -> None:
    paper = FPDF(format="letter", unit="pt")
    paper.set_font("Courier", size=12)
    paper.add_page()
    paper.text(72, 72, "INT. HALL - DAY")
    paper.text(72, 96, "A door.")
    with paper.rotation(45, 300, 400):
        paper.text(200, 400, "CONFIDENTIAL")
    assert [element.text for element in script_of(bytes(paper.output()), "pdf").scenes[0].elements] == ["A door."]


def test_first_lines_that_are_indented_begin_paragraphs_of_prose() -> None:
    full = "The tide had gone out further than anyone remembered, and the boats"
    assert lines(
        page(
            (0, 0, full),
            (0, 1, "lay over."),
            (3, 2, "Nobody came down to look at them, not even the old"),
            (0, 3, "man."),
        )
    ) == [
        full,
        "lay over.",
        "",
        "   Nobody came down to look at them, not even the old",
        "man.",
    ]


def test_lines_of_chinese_that_only_wrap_are_joined() -> None:
    def wide(line: int, text: str) -> Run:
        return Run(72, 72 + line * 18, SIZE, 72 + len(text) * SIZE, text)

    runs = (
        wide(0, "△沈知夏弯腰捡起那只旧"),
        wide(1, "皮箱。"),
        wide(2, "沈知夏\uff1a我带走这一只。"),
        wide(3, "老周\uff1a请。"),
    )
    assert [line for line in lines(Page(612, 792, runs)) if line] == [
        "△沈知夏弯腰捡起那只旧皮箱。",
        "沈知夏\uff1a我带走这一只。",
        "老周\uff1a请。",
    ]


def test_hyphens_follow_the_habit_of_the_text() -> None:
    assert join_broken_words(["A well-known man.", "A well-", "known man."]) == [
        "A well-known man.",
        "A well-known",
        "man.",
    ]
    assert join_broken_words(["The photograph.", "The photo-", "graph."]) == ["The photograph.", "The photograph."]
    rarely = ["Rain falls."] * 200
    assert join_broken_words(["A half-", "open door.", *rarely])[0] == "A half-open"
    assert join_broken_words(["TO BE CON-", "TINUED", "He said -", "nothing."]) == [
        "TO BE CON-",
        "TINUED",
        "He said -",
        "nothing.",
    ]


def test_a_word_broken_twice_loses_nothing() -> None:
    lines = join_broken_words(["photo-", "graph-", "ically.", "x-", "y-"])
    assert "".join("".join(lines).split()).replace("-", "") == "photographically.xy"


def test_what_is_said_may_stand_on_the_page_after_its_cue() -> None:
    text = lines(
        page((5, 0, "Rain."), (5, 1, "Wind."), (27, 3, "ANNA")), page((15, 0, "Come in."), (5, 2, "She goes."))
    )
    assert text[-4:] == [" " * 22 + "ANNA", " " * 10 + "Come in.", "", "She goes."]


def test_letters_from_right_to_left_and_emoji_come_through() -> None:
    fonts = Path(str(files("manimgx_fonts")))
    paper = FPDF(format="letter", unit="pt")
    paper.add_font("hebrew", fname=fonts / "NotoSansHebrew[wght].ttf")
    paper.add_font("emoji", fname=fonts / "NotoEmoji[wght].ttf")
    paper.add_page()
    for font, y, words in (
        ("Courier", 72, "INT. HALL - DAY"),
        ("hebrew", 96, "דוד פותח את הדלת"[::-1]),
        ("emoji", 120, "🦊🔑"),
    ):
        paper.set_font(font, size=12)
        paper.text(72, y, words)
    elements = script_of(bytes(paper.output()), "pdf").scenes[0].elements
    assert [element.text for element in elements] == ["דוד פותח את הדלת", "🦊🔑"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_turned(angle: int) -> None:
    paper = FPDF(format=(600, 600), unit="pt")
    paper.set_font("Courier", size=12)
    paper.add_page()
    with paper.rotation(angle, 300, 300):
        for column, line, words in ((0, 0, "INT. HALL - DAY"), (0, 2, "A door."), (22, 4, "ANNA"), (10, 5, "Hi.")):
            paper.text(72 + column * LETTER, 72 + line * 12, words)
    scene = script_of(bytes(paper.output()), "pdf").scenes[0]
    assert [(element.kind, element.text) for element in scene.elements] == [
        (Kind.ACTION, "A door."),
        (Kind.CUE, "ANNA"),
        (Kind.DIALOGUE, "Hi."),
    ]


def test_words_far_off_the_page_do_not_make_endless_lines() -> None:
    assert len(lines(Page(612, 792, (run(0, 0, "Rain."), Run(900_000, 72, 1, 900_001, "x"))))[0]) < 300
