"""What stands around an answer: marks of byte order, reasoning, fences, markup of servers and of models."""

import html
import re
from dataclasses import dataclass

from extraction.domain.salvage.asides import VALUE, without_asides, without_strings
from extraction.domain.salvage.partial import is_left_open
from extraction.domain.salvage.streams import joined_stream

REASONING = r"think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis|inner_?monologue|seed:think|cot|chain_of_thought"
TAG = re.compile(
    rf"<\s*(?P<close>/)?\s*(?:{REASONING})(?:\s[^<>]{{0,200}})?>"
    r"|(?P<sign>\u25c1/?think\u25b7|\[/?THINK\]|<\|(?:begin|end)_of_thought\|>|<\|/?thinking\|>)",
    re.IGNORECASE,
)
CHANNEL = re.compile(r"<\|channel\|>\s*(?P<channel>\w+)[^<]{0,80}(?:<\|constrain\|>[^<]{0,20})?<\|message\|>")
FENCE = re.compile(r"(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^\n`{\[]{0,60})")
REASONING_FENCE = re.compile(r"think|thinking|thoughts?|reasoning|scratchpad|analysis", re.IGNORECASE)
HTML_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>]|<error[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE
)
HTML_TITLE = re.compile(r"<(?:title|h1)[^<>]*>([^<]{1,200})<", re.IGNORECASE)
ESCAPED_OPENING = re.compile(r"[{\[]\s*(?:\\[nrt]\s*)*\\+\"")
ENTITIES = re.compile(r"[{\[]\s*(?:&quot;|&#34;|&#x22;)", re.IGNORECASE)
BLOCK_QUOTE = re.compile(r"\s*>[^\n]*\n\s*>")
PAGE_COMMENT = re.compile(r"<!--[^<>]{0,400}-->")
COLOUR = re.compile(r"\x1b\[[\d;]{0,20}m")
QUOTE_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a reply in which an answer may stand; `since` is where the words before it begin."""

    start: int
    end: int
    since: int
    fenced: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """A reply without what only wraps it; `cut_short` when its stream or a comment says that there was more to come."""

    text: str
    regions: tuple[Region, ...]
    repairs: tuple[str, ...]
    only_reasoning: bool
    cut_short: bool = False


def scrub(raw: str) -> str:
    """The reply without byte-order marks and colours of a terminal, with every half of a character replaced."""
    return (
        COLOUR.sub("", raw.replace("\x00", ""))
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .strip("\ufeff\ufffe\x00 \t\r\n\u200b")
    )


def unwrap(text: str) -> Bare:
    """Where in a reply an answer may stand."""
    repairs: list[str] = []
    text = text.replace("\r\n", "\n")
    stream = joined_stream(text)
    if stream is not None:
        text = stream.text
        repairs.append("event stream")
    plain = without_strings(text)
    if ENTITIES.search(plain):
        text = html.unescape(text)
        repairs.append("HTML entities")
    if BLOCK_QUOTE.match(text):
        text = QUOTE_MARK.sub("", text)
        repairs.append("block quote")
    if ESCAPED_OPENING.search(plain) and not VALUE.search(plain):
        text = _unescaped(text)
        repairs.append("escaped quotes")
    unwritten = any(is_left_open(found[0]) for found in PAGE_COMMENT.finditer(plain))
    text, asides = without_asides(text)
    repairs += asides
    plain = without_strings(text)
    kept = _outside_reasoning(plain)
    thought = kept != [(0, len(text))]
    repairs += ["reasoning block"] if thought else []
    regions = [region for start, end in kept for region in _fences(plain, start, end)]
    repairs += ["code fence"] if any(region.fenced for region in regions) else []
    blank = all(not text[region.start : region.end].strip(" \t\r\n`<>|") for region in regions)
    return Bare(
        text, tuple(regions), tuple(repairs), thought and blank, unwritten or (stream is not None and stream.cut_short)
    )


def page_title(text: str) -> str | None:
    """The title of an HTML page; None when the reply is no such page."""
    if not HTML_PAGE.match(text):
        return None
    title = HTML_TITLE.search(text, 0, 5000)
    return " ".join(title[1].split()) if title else ""


def _unescaped(text: str) -> str:
    escapes = {"n": "\n", "r": "\n", "t": "\t"}
    return re.sub(r"\\(.)", lambda found: escapes.get(found[1], found[1] if found[1] in "\"\\/'" else found[0]), text)


def _outside_reasoning(text: str) -> list[tuple[int, int]]:
    """The stretches that are not reasoning: a closing tag alone ends what began with the reply, an open one never ends."""
    channels = list(CHANNEL.finditer(text))
    final = [found for found in channels if found["channel"] == "final"]
    final = final or [found for found in channels if found["channel"] != "analysis"]
    if channels and not final:
        return []
    kept: list[tuple[int, int]] = []
    at, inside = final[-1].end() if final else 0, False
    for tag in TAG.finditer(text, at):
        if not _closing(tag):
            if not inside:
                kept.append((at, tag.start()))
            inside = True
            continue
        if not inside:
            kept = []
        inside, at = False, tag.end()
    return kept if inside else [*kept, (at, len(text))]


def _closing(tag: re.Match[str]) -> bool:
    sign = (tag["sign"] or "").casefold()
    return bool(tag["close"]) or "/" in sign or "end_of" in sign


def _fences(text: str, start: int, end: int) -> list[Region]:
    """A stretch cut at its fences; one that is never closed encloses the rest."""
    regions: list[Region] = []
    at, since, opened = start, start, ""
    thinking = False
    for fence in FENCE.finditer(text, start, end):
        if opened and (fence["ticks"][0] != opened[0] or len(fence["ticks"]) < len(opened)):
            continue
        if not thinking:
            regions.append(Region(at, fence.start(), since, bool(opened)))
        elif opened:
            since = fence.end()
        thinking = not opened and REASONING_FENCE.fullmatch(fence["info"].strip()) is not None
        opened, at = ("" if opened else fence["ticks"]), fence.start("info") if opened else fence.end()
    if not thinking:
        regions.append(Region(at, end, since, bool(opened)))
    return [region for region in regions if region.start < region.end]
