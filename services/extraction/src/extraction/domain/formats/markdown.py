"""Markdown: front matter, headings of both kinds, lists, quotes, links and emphasis, around a script or a story.

Grammar: commonmark.org; front matter as static site generators have it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.domain.formats.cues import looks_like_cue
from extraction.domain.formats.lines import Line

FRONT_MATTER = "---"
FRONT_MATTER_END = frozenset({"---", "..."})
TITLE = re.compile(r"title\s*:\s*(?P<title>.+)", re.IGNORECASE)
MAX_FRONT_MATTER = 100
HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?P<text>\S.*)")
UNDERLINE = re.compile(r"\s{0,3}(?P<mark>=|-)(?P=mark){2,}\s*")
FENCE = re.compile(r"\s{0,3}(?:`{3,}|~{3,}).*")
LIST_MARK = re.compile(r"^(?P<indent>\s*)(?:[*+-]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
QUOTE_MARK = re.compile(r"^\s{0,3}(?:>\s?)+(?=.)")
IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)")
LINK = re.compile(r"\[(?P<text>[^\[\]]{1,300})\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,100}\])")
REFERENCE = re.compile(r"\s{0,3}\[[^\[\]]{1,100}\]:\s+\S+.*")
CODE = re.compile(r"(?<!`)`([^`]{1,300})`(?!`)")
COMMENT, COMMENT_END = "<!--", "-->"
TAG = re.compile(r"</?(?:br|p|div|center|em|strong|b|i|u|span|hr|a)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
ESCAPED = re.compile(r"\\([\\`{}\[\]()#+.!>|~-])")
BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<words>[^*_]{1,120})(?:\*\*|__)[:\uff1a]?")
ITALIC_LINE = re.compile(r"[*_]?\([^()]{1,200}\)[*_]?")


@dataclass(frozen=True, slots=True)
class MarkdownLine:
    """A line without its block marks; `level` is that of a heading, 0 for everything else."""

    line: Line
    level: int = 0


@dataclass(frozen=True, slots=True)
class Markdown:
    """A Markdown text taken apart; the title is that of the front matter, empty without one."""

    title: str
    lines: tuple[MarkdownLine, ...]


def parse_markdown(lines: Sequence[Line]) -> Markdown:
    """Take a Markdown text apart, line by line; what readers of the page do not see is left out."""
    title, start = _front_matter(lines)
    shown = list(_without_comments(lines[start:]))
    return Markdown(title, tuple(_blocks(shown)))


def close_up(lines: Sequence[Line]) -> list[Line]:
    """The lines of a screenplay without the empty line that Markdown needs between a bold cue and what is said."""
    kept: list[Line] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        above = kept[-1] if kept else None
        if line.blank and above is not None and below is not None and not below.blank and _leads_on(above):
            continue
        kept.append(line)
    return kept


def _leads_on(line: Line) -> bool:
    """Whether a line is a cue in bold, or an aside in italics below one."""
    bold = BOLD_LINE.fullmatch(line.words)
    return looks_like_cue(bold["words"]) if bold else ITALIC_LINE.fullmatch(line.words) is not None


def _front_matter(lines: Sequence[Line]) -> tuple[str, int]:
    """Title and number of lines of the front matter."""
    if not lines or lines[0].text.rstrip() != FRONT_MATTER:
        return "", 0
    for index, line in enumerate(lines[1:MAX_FRONT_MATTER], start=1):
        if line.text.rstrip() in FRONT_MATTER_END:
            found = (TITLE.fullmatch(each.words) for each in lines[1:index])
            return next((match["title"].strip("\"' ") for match in found if match), ""), index + 1
        if line.words and ":" not in line.text and not line.text.startswith((" ", "-", "#", "\t")):
            return "", 0
    return "", 0


def _without_comments(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines without HTML comments; one that is never closed hides nothing, a line of which nothing remains is left out."""
    open_ends = sum(line.text.count(COMMENT_END) for line in lines)
    inside = False
    for line in lines:
        if not inside and COMMENT not in line.text:
            yield line
            continue
        shown, rest = [], line.text
        while rest:
            before, mark, after = rest.partition(COMMENT_END if inside else COMMENT)
            opens = not inside and bool(mark) and open_ends > 0
            if inside:
                open_ends -= bool(mark)
            else:
                shown += [before] if opens else [before, mark]
            inside, rest = opens or (inside and not mark), after
        text = "".join(shown)
        if text.strip():
            yield replace(line, text=text)


def _blocks(lines: Sequence[Line]) -> Iterator[MarkdownLine]:
    fenced = False
    skip = -1
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        if FENCE.fullmatch(line.text):
            fenced = not fenced
        elif index == skip or (not fenced and REFERENCE.fullmatch(line.text)):
            continue
        elif fenced:
            yield MarkdownLine(line)
        elif heading := HEADING.fullmatch(line.text):
            yield MarkdownLine(replace(line, text=_inline(_opened(heading["text"]))), len(heading["marks"]))
        elif below is not None and (under := _underline(lines, index)):
            skip = index + 1
            yield MarkdownLine(replace(line, text=_inline(line.words)), under)
        else:
            yield MarkdownLine(_unmarked(line))


def _opened(text: str) -> str:
    """A heading's text without the marks that may close it."""
    bare = text.rstrip()
    return bare.rstrip("#").rstrip() or bare


def _underline(lines: Sequence[Line], index: int) -> int:
    """Level of a heading that is underlined, 0 for no heading: one line alone, with an empty line above."""
    under = UNDERLINE.fullmatch(lines[index + 1].text)
    alone = index == 0 or lines[index - 1].blank
    if under is None or lines[index].blank or not alone or LIST_MARK.match(lines[index].text):
        return 0
    return 1 if under["mark"] == "=" else 2


def _unmarked(line: Line) -> Line:
    text = LIST_MARK.sub(r"\g<indent>", QUOTE_MARK.sub("", line.text))
    shown = _inline(text)
    return line if shown == line.text else replace(line, text=shown)


def _inline(text: str) -> str:
    """A line without images, link targets, code marks, tags and backslashes; emphasis stays for the readers."""
    if not any(mark in text for mark in "![`<\\"):
        return text
    text = LINK.sub(lambda link: link["text"], IMAGE.sub("", text))
    return ESCAPED.sub(r"\1", TAG.sub("", CODE.sub(r"\1", text)))
