import json
import subprocess
from pathlib import Path

import pytest
from cli.tests.command_line import DRAMATIS, PATIENCE_S, Terminal

REPLY = '{"characters": [{"name": "Zoë", "scenes": [1]}], "locations": [], "props": [{"name": "lamp"}]}'


@pytest.fixture
def cli() -> Terminal:
    """Runs command lines without a stack."""
    return Terminal()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with a whole reply."""
    path = tmp_path / "good.txt"
    path.write_text(REPLY)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with a reply that holds nothing."""
    path = tmp_path / "bad.txt"
    path.write_text("I'm sorry, I can't help with that.")
    return path


def names(lists: dict[str, list[dict[str, object]]]) -> dict[str, list[object]]:
    return {kind: [one["name"] for one in each] for kind, each in lists.items()}


def test_a_reply_becomes_three_lists(cli: Terminal, good: Path) -> None:
    said = cli("salvage", good, "--json")
    assert names(said.json) == {"characters": ["Zoë"], "locations": [], "props": ["lamp"]}
    assert said.err == f"{good}: strict\n"


def test_a_reply_that_holds_nothing_is_null_with_the_reason(cli: Terminal, bad: Path) -> None:
    said = cli("salvage", bad, "--json")
    assert (said.code, said.out) == (0, "null\n")
    assert said.err.startswith(f"{bad}: nothing recovered: ")
    assert len(said.err) > len(f"{bad}: nothing recovered: \n")


def test_several_replies_are_told_apart_by_their_stem(cli: Terminal, good: Path, bad: Path) -> None:
    found = cli("salvage", good, bad, "--json").json
    assert list(found) == ["good", "bad"]
    assert names(found["good"])["props"] == ["lamp"]
    assert found["bad"] is None


def test_a_file_that_is_not_there_is_told_and_the_rest_is_salvaged(cli: Terminal, good: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    said = cli("salvage", missing, good, "--json")
    assert said.code == 1
    assert list(json.loads(said.out)) == ["good"]
    assert f"dramatis: {missing}: No such file or directory\n" in said.err
    alone = cli("salvage", missing, "--json")
    assert (alone.code, alone.out) == (1, "null\n")


def test_a_folder_is_told_to_be_one(cli: Terminal, tmp_path: Path) -> None:
    said = cli("salvage", tmp_path, "--json")
    assert (said.code, said.out) == (1, "null\n")
    assert said.line == f"{tmp_path}: this is a folder; name the files in it"


def test_a_person_gets_a_table(cli: Terminal, good: Path, bad: Path) -> None:
    said = cli("salvage", good, bad)
    assert said.code == 0
    assert " │ Zoë " in said.out
    assert said.out.endswith("1 character, 0 locations, 1 prop\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_is_read_in_any_encoding_of_unicode(encoding: str) -> None:
    done = subprocess.run(
        [DRAMATIS, "salvage", "-", "--json"],
        input=REPLY.encode(encoding),
        capture_output=True,
        env=Terminal().environment,
        timeout=PATIENCE_S,
        check=True,
    )
    assert names(json.loads(done.stdout))["characters"] == ["Zoë"]


def test_bytes_that_are_no_text_end_no_command(cli: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(bytes(range(256)))
    said = cli("salvage", path, "--json")
    assert (said.code, said.out) == (0, "null\n")


def test_replies_of_one_stem_are_not_mistaken_for_each_other(cli: Terminal, good: Path, tmp_path: Path) -> None:
    said = cli("salvage", good, tmp_path / "good.json", "--json")
    assert said.code == 2
    assert "would both be 'good'" in said.line
