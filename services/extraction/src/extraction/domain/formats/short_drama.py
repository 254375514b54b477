"""Chinese short dramas: numbered headings, `△` action, speeches after a full-width colon."""

import re
from collections import Counter
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.headings import Heading, is_heading
from extraction.domain.formats.lines import Line
from extraction.domain.formats.short_drama_headings import DETAIL, HAN, heading_of, numbered_only, with_details
from extraction.domain.script import Kind

TRIANGLES = ("△", "▲", "∆", "Δ", "▵", "▽")
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
PRESENT = re.compile("(?:出场|登场|出場|本场)?(?:人物|角色|演员)\\s*[:\uff1a]")
EPISODE = re.compile(
    "第\\s*[0-9\uff10-\uff19\u3007零一二三四五六七八九十百千两]{1,6}\\s*[集章回](?:\\s|[:\uff1a《]|$).{0,40}"
)
CUT = re.compile("闪回|闪现|回忆|回到|现实|切|转|淡|黑|完|终|集|片头|片尾|蒙太奇|结束|开始|出字|叠|过渡|定格")
ACT = re.compile("第\\s*[0-9\uff10-\uff19\u3007零一二三四五六七八九十百千两]{1,6}\\s*[幕场場](?:\\s.{0,40})?")
TELLING = re.compile("[说說道问問答喊叫想笑骂写]$")
"""How a sentence of a story ends before what somebody says."""
MIN_SPOKEN = 4
MAX_TITLE = 60


def is_short_drama(lines: Sequence[Line]) -> bool:
    """Whether there are headings with a place and a time of day or inside/outside in Chinese, and not more in English.

    A text without any is one when Chinese names before a colon speak much of it, as in a play.
    """
    chinese = {index for index in range(len(lines)) if _opening(lines, index)}
    if not chinese:
        return _is_spoken(lines)
    english = (line for index, line in enumerate(lines) if index not in chinese and is_heading(line.words))
    return len(chinese) >= sum(1 for line in english if line.words.isupper())


def read_short_drama(lines: Sequence[Line]) -> Assembly:
    """Read a Chinese short drama; the cast list before the first scene is the preamble.

    In one without places in its headings, acts and numbered scenes (`第一幕`) are the scenes.
    """
    script = Assembly(_title(lines))
    speaking = False
    placed = any(_opening(lines, index) for index in range(len(lines)))
    for index, line in enumerate(lines):
        words = line.words
        if not words:
            speaking = False
        elif heading := _opening(lines, index):
            script.open_scene(heading, line)
            speaking = False
        elif not placed and ACT.fullmatch(words):
            script.open_scene(Heading(words, None, None, None), line)
            speaking = False
        elif marked := _marked(words):
            script.add(*marked, line)
            speaking = False
        elif (speech := _speech(words)) and (script.drafts or not placed):
            speaking = _add_speech(script, line, speech)
        else:
            script.add(Kind.DIALOGUE if speaking else Kind.ACTION, words, line)
    return script


def _is_spoken(lines: Sequence[Line]) -> bool:
    """Whether names in Chinese come back before a colon, in at least a quarter of the lines."""
    shown = [line.words for line in lines if not line.blank]
    speeches = [speech["name"] for words in shown if HAN.match(words) and (speech := _speech(words))]
    names = Counter(name for name in speeches if not TELLING.search(name))
    spoken = sum(count for count in names.values() if count > 1)
    return spoken >= MIN_SPOKEN and spoken * 4 >= len(shown)


def _opening(lines: Sequence[Line], index: int) -> Heading | None:
    """The heading that a line is, with what the next lines say of it; a number alone must be told a place."""
    words = lines[index].words
    if not words or words.startswith(TRIANGLES):
        return None
    if (full := heading_of(words)) is not None:
        return full
    alone = numbered_only(words)
    told = with_details(alone, lines[index + 1 : index + 12]) if alone else None
    return told if told and told.place else None


def _marked(words: str) -> tuple[Kind, str] | None:
    """Kind and text of a line that says itself what it is."""
    if words.startswith(TRIANGLES):
        return Kind.ACTION, words[1:].strip()
    if EPISODE.fullmatch(words):
        return Kind.SECTION, words
    if PRESENT.match(words) or DETAIL.fullmatch(words):
        return Kind.SYNOPSIS, words
    if words.startswith(("【", "[")):
        inner = words.strip("【】[]")
        return (Kind.TRANSITION, words) if CUT.search(inner) else (Kind.ACTION, words)
    return None


def _speech(words: str) -> re.Match[str] | None:
    speech = SPEECH.fullmatch(words)
    return speech if speech and not NOT_SPOKEN.fullmatch(speech["name"].strip()) else None


def _add_speech(script: Assembly, line: Line, speech: re.Match[str]) -> bool:
    """Add a cue and what follows it; whether the speech goes on in the next lines."""
    script.add(Kind.CUE, speech["name"], line)
    if speech["aside"]:
        script.add(Kind.PARENTHETICAL, speech["aside"].strip(), line)
    if speech["speech"]:
        script.add(Kind.DIALOGUE, speech["speech"], line)
    return not speech["speech"]


def _title(lines: Sequence[Line]) -> str:
    first = next((index for index, line in enumerate(lines) if not line.blank), None)
    if first is None:
        return ""
    words = lines[first].words
    if _opening(lines, first) or EPISODE.fullmatch(words) or ACT.fullmatch(words) or len(words) > MAX_TITLE:
        return ""
    return words.removeprefix("剧名").strip(" :\uff1a《》")
