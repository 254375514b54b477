"""Chinese short dramas: `1-1 日 内 地点` headings, `△` action, speeches after a full-width colon."""

import re
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.script import Kind, Setting

NUMBER = re.compile(
    r"(?:第\s*\S{1,4}\s*场|场景?\s*\d{1,3}|\d{1,3}\s*[-\uff0d\u2013\u2014]\s*\d{1,3}|\d{1,3}(?=[\s、.\uff0e]))[\s、.:\uff0e\uff1a]*"
)
SETTINGS = {
    "内": Setting.INT,
    "外": Setting.EXT,
    "内外": Setting.INT_EXT,
    "内/外": Setting.INT_EXT,
    "内景": Setting.INT,
    "外景": Setting.EXT,
}
TIMES = frozenset(
    (
        "日",
        "夜",
        "晨",
        "昏",
        "晚",
        "午",
        "早",
        "清晨",
        "早晨",
        "上午",
        "中午",
        "下午",
        "傍晚",
        "黄昏",
        "夜晚",
        "深夜",
        "凌晨",
        "白天",
        "日景",
        "夜景",
    )
)
SPEECH = re.compile(
    r"(?P<name>[^\s:(△【\uff1a\uff08]{1,12})(?P<aside>[(\uff08][^()\uff08\uff09]{1,40}[)\uff09])?[:\uff1a]\s*(?P<speech>.*)"
)
PRESENT = re.compile(r"(?:出场)?人物\s*[:\uff1a]")
EPISODE = re.compile(r"第\s*\S{1,4}\s*[集章回]")
SEPARATORS = re.compile(r"[\s,、/\uff0c\uff0f]+")


def is_short_drama(lines: Sequence[Line]) -> bool:
    """Whether any line is a heading with a number, a place, and a time of day or inside/outside in Chinese."""
    return any(_heading(line.words) for line in lines)


def read_short_drama(lines: Sequence[Line]) -> Assembly:
    """Read a Chinese short drama; the cast list before the first scene is the preamble."""
    script = Assembly(_title(lines))
    for line in lines:
        words = line.words
        if heading := _heading(words):
            script.open_scene(heading, line)
        elif EPISODE.match(words):
            script.add(Kind.SECTION, words, line)
        elif PRESENT.match(words):
            script.add(Kind.SYNOPSIS, words, line)
        elif words.startswith(("【", "[")):
            script.add(Kind.TRANSITION, words, line)
        elif words.startswith(("△", "▲", "∆")):
            script.add(Kind.ACTION, words[1:].strip(), line)
        elif words:
            _add_speech(script, line)
    return script


def _heading(words: str) -> Heading | None:
    number = NUMBER.match(words) if len(words) <= 60 else None
    if number is None:
        return None
    parts = [part for part in SEPARATORS.split(words[number.end() :]) if part]
    setting = next((SETTINGS[part] for part in parts if part in SETTINGS), None)
    time = next((part for part in parts if part in TIMES), None)
    place = " ".join(part for part in parts if part not in SETTINGS and part not in TIMES)
    if not place or (setting is None and time is None):
        return None
    return Heading(words, setting, place, time, number.group().strip(" 、.:\uff0e\uff1a"))


def _add_speech(script: Assembly, line: Line) -> None:
    speech = SPEECH.fullmatch(line.words) if script.drafts else None
    if speech is None:
        script.add(Kind.ACTION, line.words, line)
        return
    script.add(Kind.CUE, speech["name"], line)
    if speech["aside"]:
        script.add(Kind.PARENTHETICAL, speech["aside"], line)
    if speech["speech"]:
        script.add(Kind.DIALOGUE, speech["speech"], line)


def _title(lines: Sequence[Line]) -> str:
    first = next((line.words for line in lines if not line.blank), "")
    return "" if _heading(first) or EPISODE.match(first) or len(first) > 60 else first.strip("《》")
