r"""Inline markup of Fountain and Markdown: `*italic*`, `**bold**`, `_underline_`, `\*` for a literal mark."""

import re

OPENING = re.compile(r"(?<![\w\\*_/])(?:\*{1,3}_?|_\*{0,3})(?=[^\s*_/])")
CLOSING = re.compile(r"(?<=[^\s\\*_/])(?:_?\*{1,3}|\*{0,3}_)(?![\w*_/])")
ESCAPED = re.compile(r"\\([*_])")


def without_emphasis(text: str) -> str:
    """The words alone; a mark between two letters or between two spaces is no markup and stays."""
    if "*" not in text and "_" not in text:
        return text
    return ESCAPED.sub(r"\1", CLOSING.sub("", OPENING.sub("", text)))


def centred_words(text: str) -> str | None:
    """The words of a line that Fountain centres: `> THE END <`, its markup inside or around; else nothing."""
    bare = without_emphasis(text.strip())
    if len(bare) < 2 or not bare.startswith(">") or not bare.endswith("<"):
        return None
    return without_emphasis(bare[1:-1].strip())
