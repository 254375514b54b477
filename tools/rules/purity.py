"""Packages that may import nothing but what is named here."""

import sys
from collections.abc import Iterator

from tools.syntax import imports
from tools.tree import Finding, Source, Tree

RULES = frozenset({"pure-imports"})


def check(tree: Tree) -> Iterator[Finding]:
    """Imports of contracts beyond pydantic, and of a domain beyond the standard library."""
    for source in tree.python:
        allowed = _allowed(source)
        if allowed is None:
            continue
        for line, name in imports(source):
            if name.split(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith(allowed):
                yield Finding(source.path, line, "pure-imports", f"{name} may not be imported here")


def _allowed(source: Source) -> tuple[str, ...] | None:
    if source.path.startswith("contracts/src/"):
        return ("contracts.", "pydantic.", "pydantic_core.", "annotated_types.", "typing_extensions.")
    if source.service and source.room.startswith("domain/"):
        return (f"{source.service}.domain.",)
    return None
