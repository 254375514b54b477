"""What is switched off is switched off for a reason, and the front door says where it leads."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tools.tree import Tree

GOOD = """
[tool.ruff.lint]
ignore = [
  "E501", # the formatter owns line length
]

[tool.ruff.lint.per-file-ignores]
"tools/**" = ["T201"] # tools print their findings
"bench/**" = [
  "S311", # seeded randomness is the point
]

[[tool.mypy.overrides]]
ignore_missing_imports = true # the package ships no types
"""


def ignored(text: str) -> list[str]:
    """Lines of a pyproject.toml that switch a rule off."""
    block = text[text.index("\nignore = [") :].splitlines()[2:]
    everywhere = block[: block.index("]")]
    per_file = text[text.index("[tool.ruff.lint.per-file-ignores]") :].split("\n\n", maxsplit=1)[0].splitlines()[1:]
    types = [line for line in text.splitlines() if line.startswith(("ignore_", "disable_error_code"))]
    return [line for line in [*everywhere, *per_file, *types] if line != "]" and not line.endswith("= [")]


def unreasoned(text: str) -> list[str]:
    return [line for line in ignored(text) if re.search(r"#\s*\w.{5,}", line) is None]


def test_every_ignored_rule_has_its_reason(repository: Tree) -> None:
    text = (repository.root / "pyproject.toml").read_text()

    assert len(ignored(text)) >= 10
    assert unreasoned(text) == []


def test_an_ignored_rule_without_a_reason_is_found() -> None:
    assert len(ignored(GOOD)) == 4
    assert unreasoned(GOOD) == []
    assert unreasoned(re.sub(" #.*", "", GOOD)) == ignored(re.sub(" #.*", "", GOOD))


def test_ruff_bans_what_our_own_rules_leave_to_it(repository: Tree) -> None:
    lint = tomllib.loads((repository.root / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]

    assert {"T20", "DTZ", "BLE", "RUF", "S", "C90", "TID"} <= set(lint["select"])
    assert lint["flake8-tidy-imports"]["ban-relative-imports"] == "all"


@pytest.mark.parametrize(
    "code", ["print('x')", "from . import look", "x = datetime.datetime.now()", "import os # noqa"]
)
def test_ruff_finds_it(repository: Tree, code: str) -> None:
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--no-cache", "--stdin-filename", "chassis/src/chassis/x.py", "-"]
    text = f'"""Module."""\n\nimport datetime\n\n{code}\ndatetime\n'

    done = subprocess.run(command, input=text, cwd=repository.root, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stdout


def test_help_lists_every_target_in_groups(repository: Tree) -> None:
    makefile = (repository.root / "Makefile").read_text()
    targets = {name for line in re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE) for name in line.split()}

    said = subprocess.run(["make"], cwd=repository.root, capture_output=True, text=True, check=True).stdout

    assert targets == set(re.findall(r"^  ([a-z][a-z0-9-]*) ", said, re.MULTILINE))
    assert {"Start", "Check", "Test", "Change"} <= set(said.splitlines())
    assert "\x1b" not in said


def test_check_runs_every_check(repository: Tree) -> None:
    makefile = (repository.root / "Makefile").read_text()
    group = makefile[makefile.index("##@ Check") : makefile.index("##@ Test")]
    offered = set(re.findall(r"^([a-z-]+):.*## ", group, re.MULTILINE)) - {"check", "fmt"}
    run = re.search(r"^CHECKS := (.*)$", makefile, re.MULTILINE)

    assert run is not None
    assert set(run[1].split()) == offered | {"schemas-check"}


def test_ci_runs_check_test_and_demo(repository: Tree) -> None:
    ci = (repository.root / ".ci/run").read_text()

    assert all(f"make {target}" in ci or f" {target}" in ci for target in ("check", "test", "demo"))
