"""The command on a copy of this package, so that planted changes go all the way from the model to the exit status."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.paths import PROJECT

MODEL = "src/contracts/assets/v1.py"
SCHEMA = "schemas/assets/project.created.v1.json"
NAME = '    name: Name = Field(description="Name of the project.")\n'
MARKERS = "# House\n<!-- events:begin -->\n<!-- events:end -->\n"


class Checkout:
    """A copy of the package below `root/contracts`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contracts = root / "contracts"
        for part in ("src", "schemas"):
            shutil.copytree(PROJECT / part, self.contracts / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "asyncapi.json", self.contracts)

    def schemas(self, *options: str) -> tuple[int, str]:
        """Run the command; returns the exit status and everything it said."""
        done = self.run(sys.executable, "-m", "contracts", "schemas", *options)
        return done.returncode, done.stdout + done.stderr

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.contracts / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self) -> None:
        if not (self.root / ".git").exists():
            self.run("git", "init", "--quiet")
        self.run("git", "add", "--all")
        author = ("-c", "user.name=Mira", "-c", "user.email=mira@example.org", "-c", "commit.gpgsign=false")
        assert self.run("git", *author, "commit", "--quiet", "-m", "Release").returncode == 0

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file() and ".git" not in path.parts}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        # Without the outer repository: a git hook would otherwise point the copy at it.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {
            "PYTHONPATH": str(self.contracts / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "GIT_CEILING_DIRECTORIES": str(self.root.parent),
        }
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_nothing_changes_when_nothing_has_changed(checkout: Checkout) -> None:
    before = checkout.files()
    assert checkout.schemas()[0] == 0
    assert checkout.schemas("--check") == (0, "")
    assert checkout.files() == before


def test_check_writes_nothing_and_names_what_is_out_of_date(checkout: Checkout) -> None:
    (checkout.root / "ARCHITECTURE.md").write_text(MARKERS)
    checkout.edit(MODEL, "A project exists;", "A project is born;")
    (checkout.contracts / "schemas/assets/branch.deleted.v1.json").unlink()
    before = checkout.files()
    status, said = checkout.schemas("--check")
    assert status == 1
    for stale in (SCHEMA, "schemas/assets/branch.deleted.v1.json", "asyncapi.json"):
        assert f"contracts/{stale}: out of date" in said
    assert "ARCHITECTURE.md: out of date" in said
    assert checkout.files() == before


def test_a_new_optional_field_is_frozen(checkout: Checkout) -> None:
    checkout.edit(MODEL, NAME, NAME + '    logline: Name = Field(default="-", description="One sentence.")\n')
    assert checkout.schemas("--check")[0] == 1
    assert checkout.schemas()[0] == 0
    assert '"logline"' in (checkout.contracts / SCHEMA).read_text()
    assert checkout.schemas("--check") == (0, "")


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "assets.project.created.v1: field name: removed field"),
        (NAME.replace("Name =", "Prompt ="), "field name: constraint maxLength changed (200 → 10000)"),
        (NAME + '    logline: Name = Field(description="Required.")\n', "field logline: new required field"),
    ],
)
def test_a_breaking_change_writes_nothing_and_names_field_rule_and_way_out(
    checkout: Checkout, new: str, said: str
) -> None:
    checkout.edit(MODEL, NAME, new)
    before = checkout.files()
    for options in ((), ("--check",)):
        status, output = checkout.schemas(*options)
        assert status == 1
        assert said in output
        assert "make v2" in output
    assert checkout.files() == before


@pytest.mark.parametrize("delete", [SCHEMA, "schemas"])
def test_deleting_the_file_does_not_open_the_gate_once_it_is_committed(checkout: Checkout, delete: str) -> None:
    checkout.commit()
    checkout.edit(MODEL, NAME, "")
    gone = checkout.contracts / delete
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    status, said = checkout.schemas()
    assert status == 1
    assert "field name: removed field; the version in HEAD is released" in said


def test_a_schema_that_was_never_committed_may_be_deleted_and_made_anew(checkout: Checkout) -> None:
    schema = checkout.contracts / SCHEMA
    schema.unlink()
    checkout.commit()
    checkout.edit(MODEL, NAME, NAME + '    logline: Name = Field(description="Required.")\n')
    for fact in ("updated", "deleted"):
        (checkout.contracts / f"schemas/assets/project.{fact}.v1.json").unlink()
    status, said = checkout.schemas()
    assert status == 1
    assert "assets.project.created.v1" not in said
    assert "assets.project.updated.v1: field logline: new required field" in said


def test_an_older_release_can_be_asked_for(checkout: Checkout) -> None:
    checkout.commit()
    checkout.run("git", "tag", "released")
    checkout.edit(MODEL, NAME, "")
    shutil.rmtree(checkout.contracts / "schemas")
    checkout.commit()
    assert checkout.schemas()[0] == 0
    status, said = checkout.schemas("--check", "--against", "released")
    assert status == 1
    assert "the version in released is released" in said
    assert checkout.schemas("--check", "--against", "nowhere") == (1, "git knows no revision 'nowhere' here\n")


def test_a_schema_without_a_model_is_named(checkout: Checkout) -> None:
    checkout.edit("src/contracts/localizer/v1.py", "(ImageLocalized, ImageFailed)", "(ImageLocalized,)")
    status, said = checkout.schemas("--check")
    assert status == 1
    assert "contracts/schemas/localizer/image.failed.v1.json: no model has this type" in said


def test_the_event_map_is_written_between_the_markers(checkout: Checkout) -> None:
    (checkout.root / "ARCHITECTURE.md").write_text(MARKERS)
    assert checkout.schemas()[0] == 0
    assert "| `assets.project.created.v1` | assets |" in (checkout.root / "ARCHITECTURE.md").read_text()
    assert checkout.schemas("--check") == (0, "")


def test_another_file_can_hold_the_event_map(checkout: Checkout) -> None:
    other = checkout.root / "EVENTS.md"
    other.write_text(MARKERS)
    assert checkout.schemas("--map", str(other))[0] == 0
    assert "| `assets.project.created.v1` | assets |" in other.read_text()
    assert not (checkout.root / "ARCHITECTURE.md").exists()


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_file_that_lost_its_markers_fails(checkout: Checkout, options: tuple[str, ...]) -> None:
    (checkout.root / "ARCHITECTURE.md").write_text("# House\n")
    status, said = checkout.schemas(*options)
    assert status == 1
    assert said.startswith("ARCHITECTURE.md: it needs <!-- events:begin -->")
