"""Exceptions to a rule, written where they are made: `lint: allow <rule> <reason>` in a comment.

The comment stands on the line of the finding or on the line above it. An exception without a reason, for a rule that
does not exist, or that excuses nothing, is itself a finding.
"""

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tools.tree import Finding, Source

ALLOW = re.compile(r"(?P<mark>#|--|<!--)\s*lint: allow\b[ ]*(?P<rule>[a-z-]*)[ ]*(?P<reason>.*?)\s*(?:-->)?\s*\Z")
MARKS = {"sql": "--", "md": "<!--", "html": "<!--"}
SHORTEST_REASON = 10


class Allowed(NamedTuple):
    """One exception."""

    line: int
    rule: str
    reason: str


def allowed(source: Source) -> Iterator[Allowed]:
    """Exceptions written in a file."""
    if "lint: allow" not in source.text:
        return
    comments = _comments(source) if source.is_python else enumerate(source.lines, 1)
    for line, text in comments:
        match = ALLOW.search(text)
        if match is not None and match["mark"] == MARKS.get(source.name.rpartition(".")[2], "#"):
            yield Allowed(line, match["rule"], match["reason"])


def _comments(source: Source) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def comments_mentioning(source: Source, *words: str) -> Iterator[tuple[int, str]]:
    """Comments of a Python file; a file without any of the words is not read for them."""
    if any(word in source.text for word in words):
        yield from _comments(source)


def excuse(sources: Iterable[Source], findings: Iterable[Finding], rules: frozenset[str]) -> list[Finding]:
    """Leave out what is allowed, and add a finding for every exception that is none."""
    exceptions = {source.path: list(allowed(source)) for source in sources}
    kept: list[Finding] = []
    used: set[tuple[str, int]] = set()
    for finding in findings:
        excuses = [
            (finding.path, exception.line)
            for exception in exceptions.get(finding.path, ())
            if exception.rule == finding.rule and finding.line - exception.line in {0, 1}
        ]
        used.update(excuses)
        if not excuses:
            kept.append(finding)
    for path, listed in exceptions.items():
        for exception in listed:
            kept.extend(_misuse(path, exception, rules, used=(path, exception.line) in used))
    return sorted(kept)


def _misuse(path: str, exception: Allowed, rules: frozenset[str], *, used: bool) -> Iterator[Finding]:
    if exception.rule not in rules:
        yield Finding(path, exception.line, "allow", f"there is no rule named {exception.rule!r}")
    elif len(exception.reason) < SHORTEST_REASON:
        yield Finding(path, exception.line, "allow", f"say why {exception.rule} may be broken here")
    elif not used:
        yield Finding(path, exception.line, "allow", f"nothing here breaks {exception.rule}; remove the exception")
