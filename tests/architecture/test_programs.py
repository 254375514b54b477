"""Checkers and benches run as programs: they say what they saw, and fail when they see too little."""

import subprocess
import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from tools import check, errors, lock, migrations, tidy
from tools.tree import Tree

MAKEFILE = """
good:
	@echo fine
bad:
	@echo three findings; exit 1
"""


@pytest.mark.parametrize("module", ["tidy", "migrations", "lock", "errors"])
def test_the_repository_passes(repository: Tree, module: str) -> None:
    command = [sys.executable, "-m", f"tools.{module}"]

    done = subprocess.run(command, cwd=repository.root, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith(" 0 findings")


@pytest.mark.parametrize(
    ("module", "floor"),
    [
        (tidy, "FEWEST_SOURCES"),
        (migrations, "FEWEST_TABLES"),
        (lock, "FEWEST_REQUIREMENTS"),
        (errors, "FEWEST_ERRORS"),
    ],
)
def test_seeing_too_little_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: ModuleType, floor: str
) -> None:
    main: Callable[[], int] = module.main
    monkeypatch.setattr(module, floor, 100_000)

    assert main() == 1
    assert "something has moved away from it" in capsys.readouterr().out


def test_the_bench_knows_its_parts(repository: Tree) -> None:
    command = [sys.executable, "-m", "bench", "nothing"]

    done = subprocess.run(command, cwd=repository.root, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.endswith(
        "unknown part nothing; there are startup, outbox, consumers, lists, images, engine, chunks\n"
    )


def test_check_names_what_failed_and_shows_why(plant: Callable[..., Tree], capsys: pytest.CaptureFixture[str]) -> None:
    tree = plant({"Makefile": MAKEFILE})

    assert check.check(["good", "bad"], tree.root) == 1

    said = capsys.readouterr().out
    assert "FAILED bad" in said
    assert "--- make bad\nthree findings" in said
    assert "fine" not in said
    assert said.splitlines()[-1].endswith("failed: bad")


def test_check_passes_when_all_do(plant: Callable[..., Tree], capsys: pytest.CaptureFixture[str]) -> None:
    assert check.check(["good"], plant({"Makefile": MAKEFILE}).root) == 0
    assert capsys.readouterr().out.startswith("ok     good")
