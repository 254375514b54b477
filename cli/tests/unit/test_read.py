import json
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli.tests.command_line import Terminal

from dramatis import reading
from dramatis.commands import output
from extraction.domain import builtin_engine
from extraction.domain.finds import Find
from extraction.domain.script import Script

EXAMPLES = Path(__file__).parents[3] / "examples"
SCRIPT = EXAMPLES / "the-street-that-wasnt-there.fountain"
STORY = EXAMPLES / "the-orchard-under-the-ice.txt"


@pytest.fixture
def cli() -> Terminal:
    """Runs command lines without a stack."""
    return Terminal()


def test_scripts_become_three_lists_by_file_stem(cli: Terminal) -> None:
    found = cli("read", SCRIPT, STORY, "--json").json

    assert list(found) == [SCRIPT.stem, STORY.stem]
    assert [list(lists) for lists in found.values()] == [["characters", "locations", "props"]] * 2
    odile = next(one for one in found[SCRIPT.stem]["characters"] if one["name"] == "Odile March")
    assert odile["aliases"] == ["Odile"]
    assert {1, 5, 9} <= set(odile["scenes"]) <= set(range(1, 10))
    assert "night postwoman" in odile["description"]
    assert odile["evidence"][0]["quote"] in SCRIPT.read_text()
    assert "Marit Oyelaran" in {one["name"] for one in found[STORY.stem]["characters"]}


def test_a_person_gets_a_table_for_each_script(cli: Terminal) -> None:
    said = cli("read", SCRIPT, STORY)

    assert (said.code, said.err) == (0, "")
    assert f"The Street That Wasn't There  {SCRIPT}, fountain, 9 scenes\n" in said.out
    assert " │ Odile March " in said.out
    assert " characters, 8 locations, " in said.out
    assert f"{STORY}, txt, 4 scenes\n" in said.out


def test_what_cannot_be_read_is_told_by_name_and_the_rest_is_read(cli: Terminal, tmp_path: Path) -> None:
    blank, picture = tmp_path / "blank.fountain", tmp_path / "picture.txt"
    blank.write_text("\n")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    missing = tmp_path / "missing.txt"
    said = cli("read", blank, SCRIPT, picture, missing, tmp_path, "--json")

    assert said.code == 1
    assert list(json.loads(said.out)) == [SCRIPT.stem]
    told = said.err.splitlines()
    assert told[0].startswith(f"dramatis: {blank}: The script has no text")
    assert told[0].endswith("[script-empty]")
    assert told[1].startswith(f"dramatis: {picture}: the file is a PNG image")
    assert told[2:] == [
        f"dramatis: {missing}: No such file or directory",
        f"dramatis: {tmp_path}: this is a folder; name the files in it",
    ]


def test_a_price_cap_has_nothing_to_hold_where_the_built_in_engine_reads(cli: Terminal) -> None:
    said = cli("read", STORY, "--price-cap", "1", "--json")

    assert list(said.json) == [STORY.stem]
    assert said.err == "the built-in engine reads: nothing is spent, and --price-cap has nothing to hold\n"


def test_a_bug_that_one_file_shows_costs_only_that_file(cli: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(script: Script) -> list[Find]:
        if len(script.scenes) == 4:
            raise ZeroDivisionError("by nothing")
        return builtin_engine.extract(script)

    monkeypatch.setattr(reading, "builtin_engine", SimpleNamespace(extract=broken))
    said = cli("read", STORY, SCRIPT, "--json")
    assert said.code == 1
    assert list(json.loads(said.out)) == [SCRIPT.stem]
    assert said.err.startswith(f"dramatis: {STORY}: ZeroDivisionError: by nothing; this is a bug, ")
    assert "Traceback" in said.err


def test_nothing_to_read_leaves_an_empty_document(cli: Terminal, tmp_path: Path) -> None:
    said = cli("read", tmp_path / "missing.txt", "--json")
    assert (said.code, json.loads(said.out)) == (1, {})


def test_without_a_model_to_ask_the_document_is_empty(cli: Terminal) -> None:
    said = cli("read", SCRIPT, "--engine", "llm", "--json")
    assert (said.code, json.loads(said.out)) == (1, {})
    assert said.line.startswith("no language model is configured: set DRAMATIS_LLM_PROVIDER and ")


def test_standard_input_is_read_as_a_file_is(cli: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(SCRIPT.read_bytes())))
    assert cli("read", "-", "--json").json["-"] == cli("read", SCRIPT, "--json").json[SCRIPT.stem]


def test_whoever_stops_listening_is_told_nothing(tmp_path: Path) -> None:
    bulky = tmp_path / "bulky.fountain"
    bulky.write_text("INT. KITCHEN - DAY\n\n" + "".join(f"BORIS{each}\nTea?\n\n" for each in range(2000)))
    with Terminal().start("read", bulky, "--json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "{\n"
        running.stdout.close()
        assert running.stderr.read() == ""


@pytest.mark.parametrize(("columns", "shown"), [(50, {"name"}), (80, {"name", "also"}), (130, {"name", "description"})])
def test_a_narrow_terminal_gets_the_columns_that_fit(
    cli: Terminal, monkeypatch: pytest.MonkeyPatch, columns: int, shown: set[str]
) -> None:
    monkeypatch.setattr(output.out, "width", columns)
    said = cli("read", SCRIPT).out
    assert shown <= set(said.split())
    assert ("description" in said.split()) == ("description" in shown)
    assert " Bell Tower - Clock " in said
    assert all(len(line) <= columns for line in said.splitlines() if "│" in line)


def test_files_of_one_stem_are_not_mistaken_for_each_other(cli: Terminal, tmp_path: Path) -> None:
    other = tmp_path / f"{SCRIPT.stem}.txt"
    said = cli("read", SCRIPT, other, "--json")
    assert said.code == 2
    assert f"{SCRIPT} and {other} would both be" in said.line


def test_names_outlive_a_terminal_that_cannot_show_them(tmp_path: Path) -> None:
    script = tmp_path / "东京.fountain"
    script.write_text("INT. KITCHEN - DAY\n\nANAÏS (30) lifts a 🎬.\n\nANAÏS\nOui.\n")
    said = Terminal(PYTHONIOENCODING="ascii", PYTHONUTF8="0").run("read", script, "--json")
    assert said.json["东京"]["characters"][0]["name"].casefold() == "anaïs"
