"""The repository as the checkers see it: every file read once and parsed once."""

import ast
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

NodeT = TypeVar("NodeT", bound=ast.AST)

SKIPPED_FOLDERS = frozenset({"__pycache__", "build", "dist", "node_modules"})
KEPT_HIDDEN_FOLDERS = frozenset({".ci"})


@dataclass(frozen=True, order=True)
class Finding:
    """One violation; `subject` names the function when there is one, `amount` is what a ratchet may remember."""

    path: str
    line: int
    rule: str
    message: str
    subject: str = ""
    amount: int = 0

    def __str__(self) -> str:
        """`path:line: rule: message`, which editors can jump to."""
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Source:
    """One text file; `path` is relative to the root, with forward slashes."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def is_python(self) -> bool:
        """Whether it has a syntax tree."""
        return self.path.endswith(".py")

    @property
    def is_test(self) -> bool:
        """Whether it lies in a tests folder or carries fixtures."""
        return "tests" in self.path.split("/")[:-1] or self.name == "conftest.py"

    @property
    def is_src(self) -> bool:
        """Whether it is shipped: below the src folder of a member."""
        return "/src/" in self.path

    @property
    def service(self) -> str | None:
        """Name of the service the file belongs to."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "services" and len(parts) > 2 else None

    @property
    def room(self) -> str:
        """Path inside the shipped package, such as `adapters/store.py`; empty outside src."""
        return self.path.partition("/src/")[2].partition("/")[2] if self.is_src else ""

    @property
    def module(self) -> str:
        """Dotted name of a shipped module."""
        dotted = self.path.partition("/src/")[2].removesuffix(".py").replace("/", ".")
        return dotted.removesuffix(".__init__")

    @cached_property
    def lines(self) -> list[str]:
        """Lines without their ends."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """Syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> dict[type[ast.AST], list[ast.AST]]:
        """Every node of the tree, by its type."""
        found: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        for node in ast.walk(self.tree):
            found[type(node)].append(node)
        return found

    def all(self, kind: type[NodeT]) -> Iterator[NodeT]:
        """Every node of one type."""
        for node in self.nodes.get(kind, ()):
            if isinstance(node, kind):
                yield node


class Tree:
    """Every text file below `root`, hidden folders and build output left out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders = {
            Path(folder).relative_to(root).as_posix(): (folders, names) for folder, folders, names in _walk(root)
        }

    @cached_property
    def sources(self) -> list[Source]:
        """Every file that is UTF-8 text."""
        found = []
        for folder, (_, names) in sorted(self.folders.items()):
            for name in sorted(names):
                path = name if folder == "." else f"{folder}/{name}"
                text = _text(self.root / path)
                if text is not None:
                    found.append(Source(path, text))
        return found

    @cached_property
    def python(self) -> list[Source]:
        """Every Python file."""
        return [source for source in self.sources if source.is_python]

    @cached_property
    def services(self) -> list[str]:
        """Names of the services."""
        return sorted(self.folders["services"][0]) if "services" in self.folders else []


def _walk(root: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name in KEPT_HIDDEN_FOLDERS
            or not (name in SKIPPED_FOLDERS or name.startswith(".") or name.endswith(".egg-info"))
        ]
        yield folder, folders, names


def _text(path: Path) -> str | None:
    content = path.read_bytes()
    if b"\0" in content[:1024]:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None
