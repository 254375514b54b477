import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dramatis.evaluation.__main__ import main
from dramatis.evaluation.names import CHARACTERS, LOCATIONS, PROPS, SURE, TYPES, likeness, words
from dramatis.evaluation.report import Scored, macro, report
from dramatis.evaluation.scoring import Score, score

EXAMPLES = Path(__file__).parents[3] / "examples"
PEOPLE = [
    {"name": "JOE", "aliases": ["JOE SMITH"]},
    {"name": "MRS. HALE"},
    {"name": "YOUNG JOE"},
    {"name": "CROWD", "optional": True},
]
PLACES = [{"name": "HOUSE - KITCHEN", "aliases": ["KITCHEN"]}, "PARK"]
THINGS = [{"name": "birdcage", "aliases": ["bird-cage", "cage"]}, "coffee mug", "keys"]
TARGETS = {CHARACTERS: 0.92, LOCATIONS: 0.90, PROPS: 0.60}
"""What F1 has to be at least, on average over scripts."""
FIGURES = re.compile(r"^(\S*) +([a-z]+) +[\d.]+ +[\d.]+ +([\d.]+)", re.MULTILINE)
"""A line of the report: the script, none for the average over them, the type, and F1."""
WORST = 0.6
"""What it has to be at least for each type in each script."""
TRUTH: dict[str, list[Any]] = {CHARACTERS: PEOPLE, LOCATIONS: PLACES, PROPS: THINGS}


@pytest.mark.parametrize(
    ("kind", "found", "counts"),
    [
        (CHARACTERS, ["Joe", "Mrs Hale", "Young Joe"], (3, 0, 0, 0)),
        (CHARACTERS, ["JOE", "JOE (V.O.)", "MRS. HALE", "YOUNG JOE"], (3, 0, 1, 0)),
        (CHARACTERS, ["JOE", "CROWD"], (1, 0, 0, 2)),
        (CHARACTERS, ["JOE", "CROWD", "the crowd"], (1, 0, 0, 2)),
        (CHARACTERS, ["YOUNG JOE"], (1, 0, 0, 2)),
        (CHARACTERS, ["MR. HALE"], (0, 1, 0, 3)),
        (CHARACTERS, [{"name": "Joseph", "aliases": ["Joe"]}], (1, 0, 0, 2)),
        (CHARACTERS, [], (0, 0, 0, 3)),
        (CHARACTERS, [{"name": ""}, ""], (0, 0, 0, 3)),
        (LOCATIONS, ["INT. HOUSE - KITCHEN - NIGHT", "EXT. PARK, TWO DAYS LATER"], (2, 0, 0, 0)),
        (LOCATIONS, ["Kitchen", "INT. KITCHEN - DAY", "the park"], (2, 0, 1, 0)),
        (LOCATIONS, ["HOUSE"], (0, 1, 0, 2)),
        (PROPS, ["the bird cage", "Joe's coffee mug", "key"], (3, 0, 0, 0)),
        (PROPS, ["coffee machine"], (0, 1, 0, 3)),
        (PROPS, ["mug", "brass cages"], (2, 0, 0, 1)),
    ],
)
def test_entries_are_compared_one_to_one(kind: str, found: list[Any], counts: tuple[int, int, int, int]) -> None:
    got = score(found, TRUTH[kind], kind)
    assert (got.right, len(got.wrong), len(got.twice), len(got.missed)) == counts


@pytest.mark.parametrize("found", [["envelope", "mail"], ["mail", "envelope"]])
def test_as_many_sure_pairs_as_can_be_are_made(found: list[str]) -> None:
    truth = [{"name": "mail", "aliases": ["envelopes"]}, {"name": "envelope"}]
    assert score(found, truth, PROPS) == Score(right=2)


def test_a_required_entry_comes_before_an_optional_one() -> None:
    truth = [{"name": "lamp", "optional": True}, {"name": "lamp"}]
    assert score(["lamp"], truth, PROPS) == Score(right=1)


def test_chinese_names_are_compared_letter_by_letter() -> None:
    people = [{"name": "林婉"}, {"name": "陆景深", "aliases": ["陆总"]}]
    assert score(["林婉", "陆总", "陆景深", "林"], people, CHARACTERS) == Score(2, wrong=("林",), twice=("陆景深",))
    places = [{"name": "医院走廊"}, {"name": "医院病房"}]
    assert score(["日 内 医院走廊", "1-2 医院病房 夜 内"], places, LOCATIONS).right == 2
    assert likeness("医院病房 夜 内", "医院病房", LOCATIONS) == 1


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("INT. HOUSE - KITCHEN - NIGHT", "house kitchen"),
        ("12A. EXT./INT. CAR (MOVING) - CONTINUOUS", "car"),
        ("I/E. BOAT -- LATE AFTERNOON #4#", "boat"),
        ("EXT. PARK, TWO DAYS LATER", "park"),
        ("est. CITY/NIGHT", "city"),
        ("The Day Room", "day room"),
        ("DAWN", "dawn"),
    ],
)
def test_a_place_is_what_is_left_of_a_heading(heading: str, place: str) -> None:
    assert " ".join(words(heading, LOCATIONS)) == place


@pytest.mark.parametrize(
    ("one", "other", "kind", "is_sure"),
    [
        ("Dr. Hale", "HALE", CHARACTERS, True),
        ("Ines\u2019s Mother", "INES'S MOTHER", CHARACTERS, True),
        ("Katherine", "Katharine", CHARACTERS, False),
        ("*Map* of the city", "city map", PROPS, True),
        ("boxes", "box", PROPS, True),
        ("music-box", "musicbox", PROPS, True),
        ("oil lamp", "lamp", PROPS, False),
    ],
)
def test_names_are_alike_in_more_than_letters(one: str, other: str, kind: str, *, is_sure: bool) -> None:
    assert likeness(one, other, kind) == likeness(other, one, kind) > 0
    assert (likeness(one, other, kind) >= SURE) is is_sure


def test_figures_of_nothing_are_told_apart() -> None:
    nothing_there, nothing_found, noise = Score(0), Score(0, missed=("a",)), Score(0, wrong=("a",))
    assert (nothing_there.precision, nothing_there.recall, nothing_there.f1) == (1, 1, 1)
    assert (nothing_found.precision, nothing_found.recall, nothing_found.f1) == (0, 0, 0)
    assert (noise.precision, noise.recall, noise.f1) == (0, 1, 0)


def test_averages_are_over_the_scripts_that_are_scored() -> None:
    half = Score(1, wrong=("x",), twice=(), missed=("y",))
    scripts = [Scored("a", "play", {PROPS: half}), Scored("b", "prose", {PROPS: Score(1), LOCATIONS: half})]
    assert macro(scripts, PROPS) == (0.75, 0.75, 0.75)
    assert macro(scripts, LOCATIONS) == (0.5, 0.5, 0.5)
    assert macro(scripts, CHARACTERS) is None
    lines = list(report(scripts, details=True))
    assert "    missed: y" in lines
    assert lines[-1].split() == ["prose", "locations", "0.500", "props", "1.000", "(1)"]


def test_our_own_scripts_are_read_well(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, EXAMPLES, EXAMPLES / "truth.json")

    assert (code, err) == (0, "")
    scripts = {path.stem for path in EXAMPLES.iterdir() if path.suffix != ".json"}
    each = {(name, kind): float(f1) for name, kind, f1 in FIGURES.findall(out)}
    assert {key for key in each if key[0]} == {(script, kind) for script in scripts for kind in TYPES}
    assert {key: f1 for key, f1 in each.items() if f1 < WORST} == {}
    assert {kind: each["", kind] for kind, least in TARGETS.items() if each["", kind] < least} == {}


def test_files_that_differ_only_in_what_follows_the_stem_are_told_apart(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    truth = tmp_path / "truth.json"
    people = {"a.fountain": "MIRA", "a.txt": "BORIS"}
    for file, name in people.items():
        (tmp_path / file).write_text(f"INT. KITCHEN - DAY\n\n{name} waits.\n\n{name}\nIt will hold.\n")
    truth.write_text(json.dumps({file: {"path": file, "characters": [name]} for file, name in people.items()}))
    code, out, err = run(capfd, tmp_path, truth)

    assert (code, err) == (0, "")
    assert [line.split()[4] for line in out.splitlines() if line.startswith("a.")] == ["1.000"] * 2


def test_a_script_that_cannot_be_read_counts_as_nothing_found(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "blank.txt").write_text(" ")
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"blank": {"props": ["lamp"]}}))
    code, out, err = run(capfd, tmp_path, truth)

    assert code == 1
    assert "blank.txt: The script has no text" in err
    assert out.splitlines()[1].split() == ["blank", "props", "0.000", "0.000", "0.000", "0", "0", "0", "1"]


@pytest.mark.parametrize(
    ("text", "words_of_it"),
    [
        ("nonsense", "no JSON"),
        ("[]", "no scripts in it"),
        ('{"scripts": {}}', "no scripts in it"),
        ('{"a": []}', "a: not an object"),
        ('{"a": {"kind": "play"}}', "a: no list of characters, locations or props"),
        ('{"a": {"props": []}}', "no file of the script a that the truth tells of"),
        ('{"a": {"path": "b.txt", "props": []}}', "no file of the script b.txt"),
    ],
)
def test_what_is_missing_is_told(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, text: str, words_of_it: str
) -> None:
    truth = tmp_path / "truth.json"
    truth.write_text(text)
    code, out, err = run(capfd, tmp_path, truth)
    assert (code, out) == (1, "")
    assert err.startswith(f"dramatis: {tmp_path}")
    assert words_of_it in err


def test_a_missing_truth_or_folder_is_told(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert run(capfd, EXAMPLES, missing) == (1, "", f"dramatis: {missing}: No such file or directory\n")
    shutil.copy(EXAMPLES / "truth.json", tmp_path)
    assert run(capfd, missing, tmp_path / "truth.json") == (1, "", f"dramatis: {missing}: no such folder\n")


def run(capfd: pytest.CaptureFixture[str], folder: Path, truth: Path) -> tuple[int, str, str]:
    code = main([str(folder), str(truth)])
    return code, *capfd.readouterr()
