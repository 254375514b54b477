"""Where things stand: the same tree in every service, no empty folder, no name that says nothing, no orphan."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.syntax import imports, literals
from tools.tree import Finding, Source, Tree

RULES = frozenset({"empty-folder", "vague-name", "service-tree", "orphan-module"})
VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared"})

SERVICE_PARTS = frozenset({"README.md", "pyproject.toml", "migrations", "src", "tests"})
SERVICE_TESTS = re.compile(r"(?:unit|integration|contract)/.+|conftest\.py")
PACKAGE_PARTS = re.compile(
    r"(?:__init__|__main__|bootstrap|settings)\.py|py\.typed"
    r"|entrypoints/(?:__init__|(?:http|schemas|events)(?:_[a-z_]+)?)\.py"
    r"|app/(?:__init__|store|[a-z]+(?:_[a-z]+)*)\.py"
    r"|(?:domain|adapters)/.+"
)
PACKAGE_MUST_HAVE = ("__main__.py", "bootstrap.py", "settings.py", "app/store.py", "domain/errors.py", "adapters/store")
SERVICE_MUST_HAVE = (
    "README.md",
    "pyproject.toml",
    "migrations/",
    "tests/unit/",
    "tests/integration/",
    "tests/contract/",
)

MODULE_RUN = re.compile(r"-m\s+([a-z_]+(?:\.[a-z_]+)*)|([a-z_]+(?:\.[a-z_]+)+):[a-z_]+")


def check(tree: Tree) -> Iterator[Finding]:
    """Whatever stands where nobody would look for it."""
    yield from _empty_folders(tree)
    yield from _vague_names(tree)
    for service in tree.services:
        yield from _service(tree, service)
    yield from _orphans(tree)


def _empty_folders(tree: Tree) -> Iterator[Finding]:
    for folder, (folders, names) in tree.folders.items():
        if not folders and not names and folder != ".":
            yield Finding(folder, 1, "empty-folder", "nothing is in it")


def _vague_names(tree: Tree) -> Iterator[Finding]:
    paths = [source.path for source in tree.python] + list(tree.folders)
    for path in paths:
        if PurePosixPath(path).stem in VAGUE_NAMES:
            yield Finding(path, 1, "vague-name", "name it after what is in it")


def _service(tree: Tree, service: str) -> Iterator[Finding]:
    top = f"services/{service}/"
    package = f"{top}src/{service}/"
    paths = [source.path for source in tree.sources if source.path.startswith(top)]
    for path in paths:
        if not _belongs(path.removeprefix(top), f"src/{service}/"):
            yield Finding(path, 1, "service-tree", "no service has a place for this; see ARCHITECTURE.md")
    for required in [top + part for part in SERVICE_MUST_HAVE] + [package + part for part in PACKAGE_MUST_HAVE]:
        if not any(path.startswith(required) for path in paths):
            yield Finding(top, 1, "service-tree", f"every service has {required}")


def _belongs(path: str, package: str) -> bool:
    part, _, rest = path.partition("/")
    if path.startswith(package):
        return PACKAGE_PARTS.fullmatch(path.removeprefix(package)) is not None
    if part == "tests":
        return SERVICE_TESTS.fullmatch(rest) is not None
    if part == "migrations":
        return path.endswith(".sql")
    return part in SERVICE_PARTS - {"src"}


def _orphans(tree: Tree) -> Iterator[Finding]:
    used = {name for source in tree.sources for name in _references(source)}
    for source in tree.python:
        if source.is_src and source.name not in {"__init__.py", "__main__.py"} and source.module not in used:
            yield Finding(source.path, 1, "orphan-module", f"nothing imports {source.module}")


def _references(source: Source) -> Iterator[str]:
    """Modules a file brings in or starts; a test keeps nothing alive but fixtures."""
    if not source.is_python:
        if source.name in {"Makefile", "pyproject.toml"} or source.path.startswith("deploy/"):
            yield from (first or second for first, second in MODULE_RUN.findall(source.text))
        return
    if source.is_test and source.name != "conftest.py":
        yield from (name for _, name in _modules(source) if ".testing" in name)
        return
    yield from (name for _, name in _modules(source))
    yield from (literal.text.partition(":")[0] for literal in literals(source))


def _modules(source: Source) -> Iterator[tuple[int, str]]:
    """What is imported, both as written and as the module it may be an attribute of."""
    for line, name in imports(source):
        yield line, name
        yield line, name.rpartition(".")[0]
    for node in source.all(ast.ImportFrom):
        yield node.lineno, node.module or ""
