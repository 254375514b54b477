"""Trees with one thing wrong in them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tools.tree import Tree

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[Mapping[str, str]], Tree]:
    """Writes files below an empty folder and reads them as the checkers do."""

    def write(files: Mapping[str, str]) -> Tree:
        for path, text in files.items():
            folder, _, name = path.rpartition("/")
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            if name:
                (tmp_path / path).write_text(text)
        return Tree(tmp_path)

    return write


@pytest.fixture(scope="session")
def repository() -> Tree:
    return Tree(ROOT)
