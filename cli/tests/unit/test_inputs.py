import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from cli.tests.command_line import DRAMATIS, Terminal

from dramatis import inputs
from dramatis.__main__ import main

TOO_MUCH = "this has more than 1 MiB, which no script and no reply has; name another file"


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is larger than any script, where 1 MiB is that."""
    monkeypatch.setattr(inputs, "MOST_MIB", 1)
    path = tmp_path / "film.txt"
    path.write_bytes(b"a" * (1024 * 1024 + 1))
    return path


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["read"], "{film}: " + TOO_MUCH),
        (["salvage"], "{film}: " + TOO_MUCH),
        (["simulate", "llm", "--script"], TOO_MUCH + ": {film}"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_film_that_is_named_by_mistake_is_not_read(film: Path, arguments: list[str], reason: str) -> None:
    said = Terminal()(*arguments, film)
    assert (said.code, said.out, said.line) == (1, "", reason.format(film=film))


def test_what_never_ends_is_not_read_for_ever(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(film.read_bytes())))
    assert Terminal()("read", "-").line == f"-: {TOO_MUCH}"
    assert Terminal()("read", "/dev/zero").line == f"/dev/zero: {TOO_MUCH}"


def test_as_much_as_a_file_may_have_is_read(film: Path) -> None:
    film.write_bytes(b"a" * (1024 * 1024))
    assert len(inputs.content_of(film)) == 1024 * 1024


def interrupted(_: str) -> Callable[[], None]:
    raise KeyboardInterrupt


def test_an_interrupted_start_shows_no_trace_of_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    loading = ModuleType("dramatis.app")
    monkeypatch.setattr(loading, "__getattr__", interrupted, raising=False)
    monkeypatch.setitem(sys.modules, "dramatis.app", loading)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_all_ways_to_call_it_start_there() -> None:
    (command,) = entry_points(group="console_scripts", name="dramatis")
    assert command.value == "dramatis.__main__:main"
    versions = [
        subprocess.run([*called, "--version"], capture_output=True, text=True, check=True, env=os.environ).stdout
        for called in ([DRAMATIS], [sys.executable, "-m", "dramatis"])
    ]
    assert versions[0] == versions[1] > "dramatis "
