"""Plays in the ways that publishers print them."""

from itertools import pairwise

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.reading import read_script
from extraction.domain.script import Kind, Script

SPEECHES = [("NORA", "Where is it?"), ("MRS. LINDE", "In the stove."), ("NORA", "No!"), ("HELMER", "Who rang?")] * 2


def read(text: str) -> Script:
    return read_script(text, "txt")


def said(script: Script) -> list[tuple[str, str]]:
    elements = [element for scene in script.scenes for element in scene.elements]
    return [
        (here.text, below.text)
        for here, below in pairwise(elements)
        if here.kind is Kind.CUE and below.kind is Kind.DIALOGUE
    ]


@pytest.mark.parametrize("form", ["{}: {}", "{}. {}", "{}.\n{}", "{}\n{}", "_{}_. {}", "{}.--{}"])
def test_who_speaks_stands_before_or_above_what_is_said(form: str) -> None:
    text = (
        "THE DOLL\n\nACT I\n\nA room.\n\n"
        + "\n\n".join(form.format(*speech) for speech in SPEECHES)
        + "\n\n[_Curtain._]\n"
    )
    script = read(text)
    assert said(script) == SPEECHES
    assert script.title == "THE DOLL"
    assert [scene.heading for scene in script.scenes] == ["ACT I"]


def test_names_in_small_letters_speak_when_they_come_back() -> None:
    speeches = [("Nora", "Where is it?"), ("Mrs. Linde", "Here."), ("Nora", "No!"), ("Mrs. Linde", "Yes.")] * 2
    assert said(read("\n\n".join(f"{name}. {words}" for name, words in speeches))) == speeches


def test_directions_in_brackets_stand_between_name_and_words() -> None:
    script = read("HALE. [Rising] Cold.\n\nPETERS (low): Yes.\n\nHALE: Well.\n\nPETERS: No.\n\nHALE: Well?\n")
    assert [element.text for element in script.scenes[0].elements if element.kind is Kind.PARENTHETICAL] == ["(low)"]


def test_an_act_that_only_holds_scenes_is_a_section() -> None:
    speech = "\n\nHALE: Cold.\n\nPETERS: Yes.\n\nHALE: Well.\n\n"
    script = read(f"ACT I\n\nSCENE 1. A kitchen.{speech}SCENE 2.--A yard.{speech}Act II\n\nScene 1{speech}")
    assert [scene.heading for scene in script.scenes] == ["SCENE 1", "SCENE 2", "Scene 1"]
    assert [scene.elements[0].text for scene in script.scenes][:2] == ["A kitchen.", "A yard."]
    assert [element.text for element in script.preamble] == ["ACT I"]


@pytest.mark.parametrize(
    "text",
    [
        "No. He would not go.\n\nYes. She would.\n\nNo. Never.\n\nThe rain fell.\n\nNobody came.\n\nIt was late.\n\nSo they stayed.\n"
        * 3,
        "NOTE: this is a list.\n\nTIME: noon.\n\nTIME: night.\n\nPLACE: here.\n",
        "He said: go.\nShe said: no.\nHe said: go.\n",
    ],
)
def test_stories_and_lists_are_no_plays(text: str) -> None:
    assert said(read(text)) == []


CASTS = ["CHARACTERS", "CAST", "CHARACTERS:", "PERSONS OF THE PLAY", "_DRAMATIS PERSONÆ_"]
LISTED = "THE WAITING ROOM\n\n{}\nMRS. OKORO, a widow\nPELL, a porter\nTHE BOY\n\n"
TOLD = "(MRS. OKORO is discovered knitting. PELL enters with a lamp.)\n\n"
FEW = "PELL. Gone.\n\nMRS. OKORO. Who?\n\nPELL. He.\n\nTHE BOY. Is it the sea?\n\nMRS. OKORO. Not yet.\n"


@pytest.mark.parametrize("cast", CASTS)
def test_few_speeches_are_a_play_where_a_cast_is_announced(cast: str) -> None:
    assert said(read(LISTED.format(cast) + TOLD + FEW))[:2] == [("PELL", "Gone."), ("MRS. OKORO", "Who?")]
    assert said(read(TOLD + FEW)) == []


@pytest.mark.parametrize("cast", CASTS)
@pytest.mark.parametrize("speeches", [FEW, ""])
def test_what_announces_a_cast_is_nobodys_name(cast: str, speeches: str) -> None:
    finds = extract(read(LISTED.format(cast) + TOLD + speeches))
    names = {name for find in finds if find.asset_type == "character" for name in (find.name, *find.aliases)}
    assert {"Mrs. Okoro", "Pell"} <= names <= {"Mrs. Okoro", "Pell", "Boy", "The Boy"}
