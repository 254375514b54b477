"""Subjects and event types are made in contracts, nowhere else."""

import re
from collections.abc import Iterator

from tools.syntax import literals
from tools.tree import Finding, Tree

RULES = frozenset({"subject-literal"})
OWNERS = r"(?:extraction|assets|imagegen|localizer)"
SUBJECT = re.compile(
    rf"{OWNERS}\.(?:[a-z{{}}-]+\.)*(?:v(?:\d+|{{}})(?:\..*)?|[*>])"
    rf"|(?:work|dead)\.(?:[a-z{{}}-]+\.)*[a-z{{}}*>-]+"
    rf"|dramatis\.{OWNERS}\..+\.v\d+"
)


def check(tree: Tree) -> Iterator[Finding]:
    """String literals of shipped code, contracts excepted, that read like a subject or an event type."""
    for source in tree.python:
        if source.is_src and not source.path.startswith("contracts/"):
            for literal in literals(source):
                if SUBJECT.fullmatch(literal.text):
                    message = f"{literal.text!r}: take it from contracts.subjects or the event's TYPE"
                    yield Finding(source.path, literal.line, "subject-literal", message)
