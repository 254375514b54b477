"""What no file may say."""

import re
from collections.abc import Iterator

from tools.allow import comments_mentioning
from tools.tree import Finding, Source, Tree

RULES = frozenset({"banned-word", "machine-path", "registry-host", "bare-suppression"})

# lint: allow banned-word this is where they are banned
BANNED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~}/-])/(?:work|root|home|Users)/[\w.-]")
REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|debian\.org|crates\.io|proxy\.golang\.org"
    r"|docker\.io|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws)\b"
)
PATTERNS = (
    ("banned-word", BANNED, "do it, or leave it out"),
    ("machine-path", MACHINE_PATH, "a path of one machine; make it relative or take it as a parameter"),
    ("registry-host", REGISTRY_HOST, "a registry is chosen by whoever installs"),
)

SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")
REASONED = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*|type:\s*ignore\[[\w, -]+\])\s*(?:#|-|:|—)?\s*(?P<reason>\w.{6,})"
)


def check(tree: Tree) -> Iterator[Finding]:
    """Words that promise work, places of one machine, and warnings switched off without a reason."""
    for source in tree.sources:
        for rule, pattern, message in PATTERNS:
            yield from _matches(source, rule, pattern, message)
        if source.is_python:
            yield from _suppressions(source)


def _matches(source: Source, rule: str, pattern: re.Pattern[str], message: str) -> Iterator[Finding]:
    if pattern.search(source.text) is None:
        return
    for number, line in enumerate(source.lines, 1):
        match = pattern.search(line)
        if match is not None:
            yield Finding(source.path, number, rule, f"{match.group()!r}: {message}")


def _suppressions(source: Source) -> Iterator[Finding]:
    for line, comment in comments_mentioning(source, "noqa", "type: ignore", "type:ignore"):
        if SUPPRESSION.search(comment) and REASONED.search(comment) is None:
            yield Finding(source.path, line, "bare-suppression", "name the code and say why it is right here")
