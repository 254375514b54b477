"""The import contracts catch what they forbid: planted in a copy of the packages, one wrong import each."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from tools.tree import Tree


class Planted(NamedTuple):
    """A module with one import that must not be."""

    importer: str
    imported: str


FORBIDDEN = {
    "a use case reaches for its adapter": Planted("extraction.app.planted_a", "extraction.adapters.store"),
    "an entry point reaches for an adapter": Planted("extraction.entrypoints.planted_b", "extraction.adapters.store"),
    "an adapter reaches for an entry point": Planted("extraction.adapters.planted_c", "extraction.entrypoints.http"),
    "a use case reads settings": Planted("assets.app.planted_d", "assets.settings"),
    "a rule calls a use case": Planted("assets.domain.planted_e", "assets.app.store"),
    "a rule knows a contract": Planted("assets.domain.planted_f", "contracts.envelope"),
    "a rule knows the chassis": Planted("assets.domain.planted_g", "chassis.errors"),
    "a rule knows pydantic": Planted("imagegen.domain.planted_h", "pydantic"),
    "a use case talks to Postgres": Planted("imagegen.app.planted_i", "asyncpg"),
    "an entry point talks to NATS": Planted("imagegen.entrypoints.planted_j", "nats"),
    "a use case draws": Planted("localizer.app.planted_k", "PIL"),
    "a use case knows HTTP": Planted("localizer.app.planted_l", "fastapi"),
    "an adapter knows HTTP": Planted("localizer.adapters.planted_m", "fastapi"),
    "a service knows another": Planted("localizer.app.planted_n", "assets.domain.errors"),
    "a service knows the cli": Planted("assets.adapters.planted_o", "dramatis"),
    "the chassis knows a service": Planted("chassis.planted_p", "imagegen.domain.errors"),
    "the chassis knows the cli": Planted("chassis.planted_q", "dramatis"),
    "contracts know the chassis": Planted("contracts.planted_r", "chassis.errors"),
    "contracts talk to Postgres": Planted("contracts.planted_s", "asyncpg"),
}
STRANGE_ROOM = "extraction.models"


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """Lint the packages below `source`, which come before the installed ones."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of(repository: Tree, folder: Path) -> Path:
    for package in repository.root.glob("**/src/*/py.typed"):
        if ".venv" not in package.parts:
            shutil.copytree(package.parent, folder / package.parent.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(repository.root / ".importlinter", folder)
    return folder


def write(folder: Path, module: str, text: str) -> None:
    path = folder.joinpath(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture(scope="session")
def complaints(repository: Tree, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy with every forbidden import in it."""
    folder = copy_of(repository, tmp_path_factory.mktemp("packages"))
    for planted in FORBIDDEN.values():
        write(folder, planted.importer, f"import {planted.imported}\n")
    write(folder, f"{STRANGE_ROOM}.look", "")
    write(folder, f"{STRANGE_ROOM}.__init__", "")
    done = lint_imports(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("planted", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_forbidden_import_is_found(complaints: str, planted: Planted) -> None:
    assert f"{planted.importer} -> {planted.imported} (l.1)" in complaints


def test_every_contract_can_break(complaints: str) -> None:
    assert "0 kept" in complaints


def test_a_room_of_its_own_is_found(complaints: str) -> None:
    assert f"- {STRANGE_ROOM}\n" in complaints


def test_the_repository_keeps_every_contract(repository: Tree, tmp_path: Path) -> None:
    done = lint_imports(copy_of(repository, tmp_path))

    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_every_package_is_linted(repository: Tree) -> None:
    settings: Mapping[str, str] = dict.fromkeys((repository.root / ".importlinter").read_text().split(), "")
    packages = {source.module for source in repository.python if source.is_src and source.module.count(".") == 0}

    assert len(packages) == 7
    assert packages <= set(settings)
