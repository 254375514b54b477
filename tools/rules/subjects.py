"""Subjects are made in contracts/subjects.py, event types beside their models in contracts; nowhere else."""

import re
from collections.abc import Iterator

from tools.syntax import literals
from tools.tree import Finding, Tree

RULES = frozenset({"subject-literal"})
HOME = "contracts/src/contracts/subjects.py"
OWNERS = r"(?:extraction|assets|imagegen|localizer)"
SUBJECT = re.compile(
    rf"{OWNERS}\.(?:[a-z{{}}-]+\.)*(?:v(?:\d+|{{}})(?:\..*)?|[*>])|(?:work|dead)\.(?:[a-z{{}}-]+\.)*[a-z{{}}*>-]+"
)
TYPE = re.compile(rf"dramatis\.{OWNERS}\..+\.v\d+")


def check(tree: Tree) -> Iterator[Finding]:
    """String literals of shipped code that read like a subject, or outside contracts like an event type."""
    for source in tree.python:
        if not source.is_src or source.path == HOME:
            continue
        in_contracts = source.path.startswith("contracts/")
        for literal in literals(source):
            if SUBJECT.fullmatch(literal.text) or (TYPE.fullmatch(literal.text) and not in_contracts):
                message = f"{literal.text!r}: take it from contracts.subjects or the event's TYPE"
                yield Finding(source.path, literal.line, "subject-literal", message)
