"""Plays in every print: those who speak once are there like those who speak all the time."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script

SPEECHES = (
    ("Anna", "Hello."),
    ("Ben", "Hello yourself. Is there post?"),
    ("Anna", "No post."),
    ("Ben", "There is always post."),
    ("Postman", "One letter, one shilling."),
    ("Anna", "Pay him."),
    ("Ben", "Outrageous."),
    ("Mrs. Finch", "Is that for me?"),
)
EVERYBODY = ["Anna", "Ben", "Postman", "Mrs. Finch"]
CAST = "The Post\n\nPERSONS OF THE PLAY\n\nAnna, a widow.\nBen, her son.\nA Postman.\nMrs. Finch, a neighbour.\n\n"


def characters(text: str, format_name: str = "txt") -> dict[str, Find]:
    found = extract(read_script(text, format_name))
    return {find.name: find for find in found if find.asset_type is AssetType.CHARACTER}


def printed(between: str, gap: str, *, shout: bool = False) -> str:
    return gap.join(f"{name.upper() if shout else name}{between}{said}" for name, said in SPEECHES)


@pytest.mark.parametrize(
    "text",
    [
        "The Post\n\n" + printed(": ", "\n\n"),
        "The Post\n\n" + printed(": ", "\n"),
        "The Post\n\n" + printed(": ", "\n", shout=True),
        "The Post\n\n" + printed(". ", "\n\n", shout=True),
        "The Post\n\n" + printed(". ", "\n", shout=True),
        CAST + printed(". ", "\n\n"),
        CAST + printed(": ", "\n\n"),
        CAST.upper() + printed("\n", "\n\n", shout=True),
    ],
    ids=["colon", "colon-dense", "capitals", "capitals-stop", "capitals-stop-dense", "listed-stop", "listed", "above"],
)
def test_who_speaks_once_is_a_character_in_every_print(text: str) -> None:
    assert [name.replace("Mrs ", "Mrs. ") for name in characters(text)] == EVERYBODY


def test_words_before_a_colon_that_name_nobody_are_no_character() -> None:
    assert "Remember" not in characters("The Post\n\n" + printed(": ", "\n\n") + "\n\nRemember: no post on Sunday.\n")


def test_the_lines_of_a_cast_list_are_not_one_sentence() -> None:
    cast = "THE POST\n\nCAST\nANNA, a widow\nBEN, her son\nTHE POSTMAN\n\n"
    found = characters(cast + printed("\n", "\n\n", shout=True))
    assert {"Anna", "Ben", "Postman"} <= set(found)
    assert found["Anna"].description == "Anna, a widow."
    assert not any("Cast" in name for name in found)


SCREENPLAY = (
    "THE NIGHT FERRY\nby A. Writer\n\nCHARACTERS\nMARTA IVES - a violinist, 34\nOLD BARNABY - a ghost\nLORD PELL\n\n"
    "INT. LOUNGE - NIGHT\n\nMarta sits. A ghost, Barnaby, drifts by.\n\nMARTA\nA violin.\n\nNOTES\nLess fog.\n"
)


def test_who_is_listed_and_told_of_once_is_a_character_and_who_is_only_listed_is_none() -> None:
    assert set(characters(SCREENPLAY)) == {"Marta Ives", "Old Barnaby"}
