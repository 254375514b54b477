"""Chinese short dramas: numbered headings, `△` action, speeches after a full-width colon."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extraction.domain.chinese_characters import simplified
from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.headings import Heading, is_heading
from extraction.domain.formats.lines import Line
from extraction.domain.formats.short_drama_headings import (
    HAN,
    TRIANGLES,
    goes_on,
    heading_of,
    numbered_only,
    tells_where,
    with_details,
)
from extraction.domain.formats.short_drama_labels import details_of, lists_cast, parted_from_cast
from extraction.domain.script import Kind

VOICES = r"(?:OS|O\.S\.|VO|V\.O\.|OV|os|vo|画外音|畫外音|旁白|内心|独白|心声)"
SPEECH = re.compile(
    "(?P<name>[^\\s:(△▲【\\[\uff1a\uff08\u3002\uff0c,]{1,12}|[A-Za-z][A-Za-z .'\u2019-]{1,30}?)"
    f"(?P<aside>\\s*[(\uff08][^()\uff08\uff09]{{1,40}}[)\uff09]|\\s+{VOICES})?\\s*[:\uff1a]\\s*(?P<speech>.*)"
)
NOT_SPOKEN = re.compile(
    "字幕|音效|音乐|配乐|背景音乐|[Bb][Gg][Mm]|特写|镜头|备注|注意?|画面|转场|道具|服装|时间|地点|场景|环境|景别|提示|黑屏|闪回|片名|标题|"
    "编剧|作者|集数|类型|字数|[SV]FX"
)
"""What stands before a colon without speaking."""
EPISODE = re.compile(
    "第\\s*[0-9\uff10-\uff19\u3007零一二三四五六七八九十百千两]{1,6}\\s*[集章回](?:\\s|[:\uff1a《]|$).{0,40}"
)
CUT = re.compile("闪回|闪现|回忆|回到|现实|切|转|淡|黑|完|终|集|片头|片尾|蒙太奇|结束|开始|出字|叠|过渡|定格")
ACT = re.compile("第\\s*[0-9\uff10-\uff19\u3007零一二三四五六七八九十百千两]{1,6}\\s*[幕场](?:\\s.{0,40})?")
TELLING = re.compile("[说道问答喊叫想笑骂写]$")
"""How a sentence of a story ends before what somebody says."""
SAME_PLACE = frozenset({"同上", "同前", "同上场", "同前场"})
MIN_SPOKEN, MIN_BLOCKS = 4, 2
MAX_TITLE, LOOK_BACK = 60, 6


def is_short_drama(lines: Sequence[Line]) -> bool:
    """Whether there are headings with a place and a time of day or inside/outside in Chinese, and not more in English.

    A text without any is one when Chinese names before a colon speak much of it, as in a play.
    """
    chinese = _openings(lines)
    if not chinese:
        return _is_spoken(lines)
    english = (line for index, line in enumerate(lines) if index not in chinese and is_heading(line.words))
    return len(chinese) >= sum(1 for line in english if line.words.isupper())


def read_short_drama(lines: Sequence[Line]) -> Assembly:
    """Read a Chinese short drama; the cast list before the first scene is the preamble.

    In one without places in its headings, acts and numbered scenes (`第一幕`) are the scenes. Action that no heading
    announces is a scene all the same.
    """
    openings = _openings(lines)
    script = Assembly(_title(lines, openings))
    speaking = False
    for index, line in enumerate(lines):
        words = line.words
        if not words:
            speaking = False
        elif heading := openings.get(index):
            _open(script, heading, line)
            speaking = False
        elif not openings and ACT.fullmatch(simplified(words)):
            script.open_scene(Heading(words, None, None, None), line)
            speaking = False
        elif marked := _marked(words, placed=bool(openings) and not speaking):
            if openings and not script.drafts and words.startswith(TRIANGLES):
                script.open_scene(Heading("", None, None, None), line)
            script.add(*marked, line)
            speaking = False
        elif (speech := _speech(words)) and (script.drafts or not openings):
            speaking = _add_speech(script, line, speech)
        else:
            script.add(Kind.DIALOGUE if speaking else Kind.ACTION, words, line)
    return script


def _open(script: Assembly, heading: Heading, line: Line) -> None:
    """Begin a scene: 同上 is the place of the scene before, and who is listed behind a heading is present."""
    if heading.place in SAME_PLACE:
        heading = replace(heading, place=script.drafts[-1][0].place if script.drafts else None)
    script.open_scene(heading, line)
    _, cast = parted_from_cast(line.words)
    if cast:
        script.add(Kind.SYNOPSIS, cast, line)


def _is_spoken(lines: Sequence[Line]) -> bool:
    """Whether names in Chinese come back before a colon, in at least a quarter of the lines."""
    shown = [line.words for line in lines if not line.blank]
    speeches = [speech["name"] for words in shown if HAN.match(words) and (speech := _speech(words))]
    names = Counter(name for name in speeches if not TELLING.search(simplified(name)))
    spoken = sum(count for count in names.values() if count > 1)
    return spoken >= MIN_SPOKEN and spoken * 4 >= len(shown)


def _openings(lines: Sequence[Line]) -> Mapping[int, Heading]:
    """The headings by the index of their line, with what the next lines say of them.

    Where some say number and place, a number alone is one, too; where none has a number, lines such as `地点\uff1a` are.
    """
    full: dict[int, Heading] = {}
    loose: dict[int, Heading] = {}
    last: Heading | None = None
    for index, line in enumerate(lines):
        words = line.words
        if not words or (last is not None and goes_on(last, words)):
            last = last if not words else None
            continue
        sure = None if words.startswith(TRIANGLES) else heading_of(words)
        last = sure if sure or words.startswith(TRIANGLES) else heading_of(words, loose=True) or numbered_only(words)
        if last is not None:
            told = with_details(last, lines[index + 1 : index + 12])
            (full if sure or (told.place and not last.place) else loose)[index] = told
    return dict(sorted((loose | full).items())) if full else _blocks(lines)


def _blocks(lines: Sequence[Line]) -> Mapping[int, Heading]:
    """Headings without a number: lines such as `场景\uff1a` and `时间\uff1a`, one below the other."""
    found: dict[int, Heading] = {}
    for index, line in enumerate(lines):
        if details_of(line.words) and not _goes_on(lines, index):
            heading = with_details(Heading(line.words, None, None, None), lines[index : index + 12])
            if heading.place:
                found[index] = heading
    placed = any(heading.setting for heading in found.values()) and not any(ACT.fullmatch(line.words) for line in lines)
    return found if placed or len(found) >= MIN_BLOCKS else {}


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether a line such as `时间\uff1a` goes on with what the lines right before it tell of a scene."""
    for line in reversed(lines[max(0, index - LOOK_BACK) : index]):
        if line.blank:
            return False
        if details_of(line.words):
            return True
        if not lists_cast(line.words):
            return False
    return False


def _marked(words: str, *, placed: bool) -> tuple[Kind, str] | None:
    """Kind and text of a line that says itself what it is."""
    plain = simplified(words)
    if words.startswith(TRIANGLES):
        return Kind.ACTION, words[1:].strip()
    if EPISODE.fullmatch(plain):
        return Kind.SECTION, words
    if lists_cast(words) or details_of(words) or (placed and tells_where(words)):
        return Kind.SYNOPSIS, words
    if words.startswith(("【", "[")):
        inner = plain.strip("【】[]")
        return (Kind.TRANSITION, words) if CUT.search(inner) else (Kind.ACTION, words)
    return None


def _speech(words: str) -> re.Match[str] | None:
    speech = SPEECH.fullmatch(words)
    return speech if speech and not NOT_SPOKEN.fullmatch(simplified(speech["name"].strip())) else None


def _add_speech(script: Assembly, line: Line, speech: re.Match[str]) -> bool:
    """Add a cue and what follows it; whether the speech goes on in the next lines."""
    script.add(Kind.CUE, speech["name"], line)
    if speech["aside"]:
        script.add(Kind.PARENTHETICAL, speech["aside"].strip(), line)
    if speech["speech"]:
        script.add(Kind.DIALOGUE, speech["speech"], line)
    return not speech["speech"]


def _title(lines: Sequence[Line], openings: Mapping[int, Heading]) -> str:
    first = next((index for index, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return ""
    words = lines[first].words
    if first in openings or EPISODE.fullmatch(words) or ACT.fullmatch(words) or len(words) > MAX_TITLE:
        return ""
    return words.removeprefix("剧名").strip(" :\uff1a《》")
