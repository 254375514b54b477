"""Headings of Chinese scripts: a number, a place, inside or outside, a time of day, in any order.

`1-1 日 内 沈家客厅` · `第3场 内景 咖啡馆 夜` · `场景二\uff1a天台 黄昏 外` · `5\u3001夜外 码头` · `内景。客厅。日` · `第1场` with
`地点\uff1a`, `时间\uff1a` on lines of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.script import Setting

MAX_HEADING = 60
HAN = re.compile("[\u4e00-\u9fff]")
_COUNT = r"[0-9\uff10-\uff19\u3007零一二三四五六七八九十百千两]{1,6}"
_DASH = "[-\uff0d\u2010-\u2015~\uff5e]"
_END = "[\\s、.\uff0e:\uff1a,\uff0c。】\\]]*"
NUMBERED = re.compile(
    rf"[【\[]?\s*(?P<label>第\s*{_COUNT}\s*[场場](?:戏|戲)?|[场場](?:景|次|记)?\s*{_COUNT}(?:\s*{_DASH}\s*{_COUNT})?|"
    rf"[Ss](?:cene|CENE)?\s*\d{{1,4}}|\d{{1,3}}\s*{_DASH}\s*\d{{1,3}}(?:\s*{_DASH}\s*\d{{1,3}})?|第\s*{_COUNT}\s*[集幕]\s*第?\s*{_COUNT}\s*[场場]|"
    rf"(?:\d{{1,3}}|[一二三四五六七八九十百]{{1,4}})(?=[\s、.\uff0e\uff0c\uff1a])){_END}"
)
ALONE = re.compile(rf"第\s*{_COUNT}\s*[场場](?:戏|戲)?|[场場](?:景|次)?\s*{_COUNT}|\d{{1,3}}\s*{_DASH}\s*\d{{1,3}}")
SEPARATORS = re.compile("[\\s,、/|。\uff0c\uff0f\uff5c\\[\\]()【】\uff08\uff09→\u2014]+")
INNER = re.compile("[·・.\\-\uff0d:\uff1a]")
SETTINGS = {
    "内": Setting.INT,
    "外": Setting.EXT,
    "内外": Setting.INT_EXT,
    "外内": Setting.INT_EXT,
    "室内": Setting.INT,
    "室外": Setting.EXT,
    "屋内": Setting.INT,
    "屋外": Setting.EXT,
    "INT": Setting.INT,
    "EXT": Setting.EXT,
}
_HOURS = "日夜晨昏晚午早"
_SPANS = "清晨 早晨 早上 上午 中午 正午 午后 下午 傍晚 黄昏 夜晚 晚上 深夜 午夜 半夜 凌晨 黎明 拂晓 白天 白日 日出 日落 次日 翌日 当晚 当天 稍后 同时 连续"
TIMES = frozenset([*_HOURS, *_SPANS.split()])
SCENERY = re.compile("[景间]$")
TOGETHER = re.compile(
    rf"(?P<time>[{_HOURS}])[·.\-/]?(?P<setting>[内外])|(?P<setting2>[内外])[·.\-/]?(?P<time2>[{_HOURS}])"
)
TRADITIONAL = str.maketrans("內間場黃後凌", "内间场黄后凌")
DETAIL = re.compile(
    "(?P<what>场景|地点|地點|场地|時間|时间|日夜|日/夜|内外|内/外|內外|景别|环境)\\s*[:\uff1a]\\s*(?P<value>\\S.{0,58})"
)
PLACES = frozenset({"场景", "地点", "地點", "场地"})
DETAILS_AFTER = 5
MAX_PLACE = 20
SENTENCE = re.compile("[,:;!?\uff0c。\uff1a\uff1b\uff01\uff1f]")


def heading_of(words: str) -> Heading | None:
    """The heading that a line is, when it says a place and besides it a time of day or inside or outside."""
    if len(words) > MAX_HEADING or HAN.search(words) is None:
        return None
    number = NUMBERED.match(words)
    rest = words[number.end() :] if number else words
    setting, place, time = _parts(rest)
    opened = number is not None or _begins_with_setting(rest)
    told = setting is not None or time is not None or (number is not None and _names_place(number["label"], rest))
    if not opened or not place or not told:
        return None
    return Heading(words, setting, place, time, _label(number["label"]) if number else None)


def numbered_only(words: str) -> Heading | None:
    """The heading that is only a number, such as `第1场`: place and time stand on lines below it."""
    bare = words.strip(" 【】[]:\uff1a.、。")
    return Heading(words, None, None, None, _label(bare)) if ALONE.fullmatch(bare) else None


def with_details(heading: Heading, below: Sequence[Line]) -> Heading:
    """A heading with what the lines just below it say of place and time."""
    for line in [line for line in below[: DETAILS_AFTER * 2] if not line.blank][:DETAILS_AFTER]:
        if (detail := DETAIL.fullmatch(line.words)) is None:
            if heading_of(line.words) or numbered_only(line.words):
                break
            continue
        setting, place, time = _parts(detail["value"])
        heading = replace(
            heading,
            setting=heading.setting or setting,
            place=heading.place or (place if detail["what"] in PLACES else None),
            time_of_day=heading.time_of_day or time or (place if detail["what"] in {"时间", "時間"} else None),
        )
    return heading


def _parts(text: str) -> tuple[Setting | None, str, str | None]:
    """Setting, place and time of day of the words of a heading."""
    setting: Setting | None = None
    places: list[str] = []
    times: list[str] = []
    for part in filter(None, SEPARATORS.split(text)):
        for piece in _pieces(part):
            plain = SCENERY.sub("", piece.translate(TRADITIONAL)) or piece
            if (found := SETTINGS.get(plain)) is not None:
                setting = found if setting in {None, found} else Setting.INT_EXT
            elif plain in TIMES:
                times.append(piece)
            elif together := TOGETHER.fullmatch(plain):
                setting = SETTINGS[together["setting"] or together["setting2"]]
                times.append(together["time"] or together["time2"])
            else:
                places.append(piece)
    return setting, " ".join(places), " ".join(times) or None


def _pieces(part: str) -> list[str]:
    """A part cut at its inner marks, when nothing but settings and times lies between some of them."""
    pieces = [piece for piece in INNER.split(part) if piece]
    return pieces if len(pieces) < 2 or any(map(_is_known, pieces)) else [part]


def _is_known(piece: str) -> bool:
    plain = SCENERY.sub("", piece.translate(TRADITIONAL))
    return plain in SETTINGS or plain in TIMES or TOGETHER.fullmatch(plain) is not None


def _begins_with_setting(text: str) -> bool:
    first = next(filter(None, re.split("[\\s.。:\uff1a、\uff0e]+", text)), "")
    plain = first.translate(TRADITIONAL)
    return SCENERY.sub("", plain) in SETTINGS and (plain.endswith("景") or plain.isascii())


def _names_place(label: str, rest: str) -> bool:
    """Whether a place alone follows a number that can only be a scene's, such as `第3场 天台`."""
    return label[0] in "第场場" and len(rest) <= MAX_PLACE and SENTENCE.search(rest) is None


def _label(text: str) -> str:
    return "".join(text.split())[:12]
