"""The marks that stories put around speech make no difference to what is read."""

from pathlib import Path

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.engine.narration import narration
from extraction.domain.reading import read_script

EXAMPLES = Path(__file__).parents[4] / "examples"
STRAIGHT = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
STORY = (
    "\u201cIt\u2019s late,\u201d said Nora. Behind her came the boys\u2019 aunt with \u2018Arry, her nephew, and went through the kitchen.\n\n"
    "Nora laughed. \u201cMy father says \u2018never\u2019 and \u2018no,\u2019 in the cellar,\u201d she said. \u201cAnd he\u2019s in the attic!\u201d\n\n"
    "The tin was marked \u2018SALT\u2019 and stood in the pantry, which Nora called \u2018the cold place\u2019 to Edwin. Edwin nodded.\n\n"
)
SINGLE = (
    "\u2018It\u2019s late,\u2019 said Nora, \u2018and I won\u2019t go to the cellar for the boys.\u2019 Nora went into the kitchen.\n\n"
    "Edwin laughed: \u2018Then don\u2019t.\u2019 Edwin ran through the pantry; \u2018down in the attic,\u2019 he said \u2018or nowhere!\u2019\n\n"
)


def found(text: str) -> list[tuple[str, str, list[int]]]:
    return [
        (find.asset_type, find.name.translate(STRAIGHT), [each.line for each in find.evidence])
        for find in extract(read_script(text, "txt"))
    ]


@pytest.mark.parametrize(
    "text",
    [STORY, SINGLE, *(path.read_text("utf-8") for path in sorted(EXAMPLES.glob("the-[bol]*.txt")))],
)
def test_straight_and_curly_marks_are_read_alike(text: str) -> None:
    curly = found(text)
    assert curly
    assert found(text.translate(STRAIGHT)) == curly


@pytest.mark.parametrize("text", [STORY, SINGLE])
def test_straight_and_curly_marks_leave_the_same_narration(text: str) -> None:
    for paragraph in text.split("\n\n"):
        assert narration(paragraph).translate(STRAIGHT) == narration(paragraph.translate(STRAIGHT))


def test_a_letter_that_is_left_out_begins_no_speech() -> None:
    text = "By the door stood \u2018Arry, and beside him the cook."
    assert narration(text) == text
    assert narration(text.translate(STRAIGHT)) == text.translate(STRAIGHT)
