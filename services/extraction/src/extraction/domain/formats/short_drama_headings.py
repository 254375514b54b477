"""Headings of Chinese scripts: a number, a place, inside or outside, a time of day, in any order.

`1-1 日 内 沈家客厅` · `第3场 内景 咖啡馆 夜` · `场景二\uff1a天台 黄昏 外` · `第一集 1-1 夜 内 办公室` · `5\u3001夜外 码头` · `内景。客厅。日` ·
`1-1场景\uff1a银行外 日 外` · `第1场` with `地点\uff1a`, `时间\uff1a` on lines of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extraction.domain.chinese_characters import simplified
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.formats.short_drama_labels import details_of, parted_from_cast, without_labels
from extraction.domain.script import Setting

MAX_LINE, MAX_HEADING, MAX_PLACE, MAX_LABEL, MAX_PARTS = 300, 60, 20, 12, 5
HAN = re.compile("[\u3400-\u9fff]")
COUNT = "[0-9零\u3007一二三四五六七八九十百千两]{1,6}"
_DASH = "\\s*-\\s*"
_NUMBER = f"{COUNT}(?:{_DASH}{COUNT}){{0,2}}[A-Za-z]?"
_GAP = "[\\s:\uff1a,\uff0c、·/|-]*"
_END = "[\\s、.:\uff1a,\uff0c。·|/)\uff09】\\]》-]*"
_OPEN = "[\\s#*※【\\[(\uff08《]*"
_AFTER_BARE = "(?=[\\s、.:\uff1a,\uff0c。·|/)\uff09】\\]])"
_SURE = (
    f"第?\\s*{COUNT}\\s*[集幕]{_GAP}第?\\s*{COUNT}\\s*场戏?|第\\s*{_NUMBER}\\s*场[戏景]?|"
    f"场(?:景|次|记|号)?\\s*[:\uff1a(\uff08]?\\s*{_NUMBER}(?:(?![\u3400-\u9fff])|(?=[日夜晨昏晚早]?[内外]))|{_NUMBER}\\s*场(?![景地次])戏?|"
    "[Ss](?:cene|CENE|[Cc])?\\.?\\s*\\d{1,4}[A-Za-z]?(?![A-Za-z])|[Ee][Pp]?\\s*\\d{1,3}[\\s-]*[Ss]?[Cc]?\\s*\\d{1,3}|"
    f"\\d{{1,3}}{_DASH}\\d{{1,3}}(?:{_DASH}\\d{{1,3}})?[A-Za-z]?"
)
NUMBERED = re.compile(
    f"{_OPEN}(?:(?P<sure>{_SURE})|(?P<bare>\\d{{1,3}}\\.\\d{{1,3}}(?!\\d)|\\d{{1,3}}[A-Za-z]?{_AFTER_BARE}|"
    f"[一二三四五六七八九十百]{{1,4}}{_AFTER_BARE})){_END}"
)
EPISODE = re.compile(f"{_OPEN}(?:第\\s*{COUNT}\\s*[集回话]|[Ee][Pp]\\s*\\d{{1,3}}){_END}(?=\\S)")
ALONE = re.compile(
    f"第\\s*{_NUMBER}\\s*[场幕]戏?|第?\\s*{COUNT}\\s*[集幕]{_GAP}第?\\s*{COUNT}\\s*场戏?|场(?:景|次)?\\s*[:\uff1a(\uff08]?\\s*{_NUMBER}|"
    f"\\d{{1,3}}{_DASH}\\d{{1,3}}(?:{_DASH}\\d{{1,3}})?场?"
)
NUMBER_OF_SCENE = re.compile(
    r"(?:[场場][次号號记記][:\uff1a(\uff08]?)?(?P<number>\d+(?:-\d+){1,2}[A-Za-z]?)(?:[场場]戏?)?"
)
TRIANGLES = ("△", "▲", "∆", "Δ", "▵", "▽")
"""What a line of action begins with."""
SEPARATORS = re.compile("[\\s,、/|+※。;\uff0c\uff0b\uff0f\uff1b\uff5c\\[\\]()【】<>《》\uff08\uff09→]+")
INNER = re.compile("[·・•.\\-~:\uff1a]")
SETTINGS = {
    "内": Setting.INT,
    "外": Setting.EXT,
    "内外": Setting.INT_EXT,
    "外内": Setting.INT_EXT,
    "室内": Setting.INT,
    "室外": Setting.EXT,
    "屋内": Setting.INT,
    "屋外": Setting.EXT,
    "户外": Setting.EXT,
    "INT": Setting.INT,
    "EXT": Setting.EXT,
}
_HOURS = "日夜晨昏晚午早"
_SPANS = (
    "清晨|早晨|早上|大清早|清早|上午|中午|正午|午后|下午|傍晚|黄昏|夜晚|晚上|夜里|夜间|入夜|深夜|午夜|半夜|凌晨|黎明|拂晓|"
    "日间|白天|白日|日出|日落|雨夜|雪夜|月夜"
)
TIME = re.compile(
    f"(?:[次翌当隔同][日天晚夜]|第[二三四五]天|[几数两三0-9]+天后)?(?:{_SPANS}|[{_HOURS}])(?:时分)?(?:\\d{{1,2}}[点时]半?)?|"
    f"[{_HOURS}]转[{_HOURS}]|[次翌当隔同][日天晚夜]|第二天|稍后|片刻后|同时|连续"
)
ASIDE = re.compile("(?:闪回|闪现|回忆|梦境|梦中|幻想|想象|空镜|现实|续)(?:开始|结束)?")
SCENERY = re.compile("[景间戏]$")
TOGETHER = re.compile(
    f"(?P<time>[{_HOURS}])[·.\\-/]?(?P<setting>[内外])|(?P<setting2>[内外])[·.\\-/]?(?P<time2>[{_HOURS}])"
)
GLUED = re.compile(
    f"(?P<first>[{_HOURS}][内外]|[内外][日夜]|内外景|[内外]景)(?![瓦滩婆公卖国语蒙])(?P<after>[\u3400-\u9fff].+)|"
    f"(?P<before>.*[\u3400-\u9fff]{{2}})(?P<last>[{_HOURS}][内外]|[内外]景)"
)
"""日内 and what it is written together with; 日内瓦 is a town."""
PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)} | dict.fromkeys(
    [*range(0x2010, 0x2016), 0xFF0D, 0x223C, 0xFF5E], "-"
)
PLACES, HOURS = frozenset({"场景", "地点", "场地", "地"}), frozenset({"时间", "时"})
DETAILS_AFTER = 5
SENTENCE = re.compile("[,:;!?\uff0c。\uff1a\uff1b\uff01\uff1f\u2026]")
COUNTED = re.compile("[0-9]+\\s*(?:分钟|秒|小时|[个名年岁次页集万元米%]|人(?![民间工])|天(?![台桥空井堂文]))")


def heading_of(words: str, *, loose: bool = False) -> Heading | None:
    """The heading that a line is, when it says a place and besides it a time of day or inside or outside.

    A `loose` one may, after a number that can only be a scene's, say any of these alone.
    """
    return _heading(words, loose) if len(words) <= MAX_LINE and HAN.search(words) else None


@lru_cache(maxsize=4096)
def _heading(words: str, loose: bool) -> Heading | None:
    written, _ = parted_from_cast(words)
    if len(written) > MAX_HEADING:
        return None
    text = written.translate(PLAIN).rstrip("*")
    plain = simplified(text)
    episode = EPISODE.match(plain)
    number = NUMBERED.match(plain)
    if number is None and episode:
        number = NUMBERED.match(plain, episode.end())
    start = number.end() if number else episode.end() if episode else 0
    setting, place, time = _parts(text[start:])
    label = _label(text[slice(*number.span(number.lastgroup or 0))]) if number else None
    sure = number["sure"] if number else None
    told = setting is not None or time is not None
    placed = sure is not None and _names_place(text[start:]) and COUNTED.search(plain[: start + 4]) is None
    if loose and sure and (told or placed or not place):
        return Heading(written, setting, place or None, time, label)
    told = told if episode is None or number else setting is not None
    told = told or (placed and sure is not None and sure[0] in "第场")
    opened = number is not None or episode is not None or _begins_with_setting(plain) or _framed(plain)
    opened = opened or plain.startswith("※")
    return Heading(written, setting, place, time, label) if opened and place and told else None


def numbered_only(words: str) -> Heading | None:
    """The heading that is only a number, such as `第1场`: place and time stand on lines below it."""
    bare = simplified(words.translate(PLAIN)).strip(" #*【】[]()\uff08\uff09:\uff1a.、。")
    return Heading(words, None, None, None, _label(bare)) if ALONE.fullmatch(bare) else None


def opens(words: str) -> bool:
    """Whether a line is a heading, or no more than the number of one."""
    return heading_of(words, loose=True) is not None or numbered_only(words) is not None


def goes_on(heading: Heading, words: str) -> bool:
    """Whether a line right below a heading tells what it lacks, without a number or a label: `夜 外 渡口`, `夜 外`."""
    if len(words) > MAX_HEADING or words.startswith(TRIANGLES) or heading.setting or heading.time_of_day:
        return False
    below = heading_of(words)
    return below.label is None and heading.place is None if below else tells_where(words)


def tells_where(words: str) -> bool:
    """Whether a line tells a time of day or inside or outside and nothing else, or could be a heading."""
    if len(words) > MAX_HEADING or HAN.search(words) is None:
        return False
    setting, place, time = _parts(words)
    return (not place and (setting or time) is not None) or heading_of(words) is not None


def with_details(heading: Heading, below: Sequence[Line]) -> Heading:
    """A heading with what the lines just below it say of place and time."""
    if heading.setting and heading.place and heading.time_of_day:
        return heading
    for at, line in enumerate([line for line in below[: DETAILS_AFTER * 2] if not line.blank][:DETAILS_AFTER]):
        details = details_of(line.words) or ([("地点", line.words)] if at == 0 and goes_on(heading, line.words) else [])
        if not details and (line.words.startswith(TRIANGLES) or opens(line.words)):
            break
        for what, value in details:
            setting, place, time = _parts(value)
            heading = replace(
                heading,
                setting=heading.setting or setting,
                place=heading.place or (place if place and what in PLACES else None),
                time_of_day=heading.time_of_day or time or (place if place and what in HOURS else None),
            )
    return heading


def _parts(text: str) -> tuple[Setting | None, str, str | None]:
    """Setting, place and time of day of the words of a heading."""
    setting: Setting | None = None
    places: list[str] = []
    times: list[str] = []
    pieces = [piece for part in SEPARATORS.split(without_labels(text)) for piece in _pieces(part)]
    for piece in pieces:
        plain = _plain(piece)
        if (found := SETTINGS.get(plain)) is not None:
            setting = found if setting in {None, found} else Setting.INT_EXT
        elif TIME.fullmatch(plain):
            times.append(piece)
        elif together := TOGETHER.fullmatch(plain):
            setting = SETTINGS[together["setting"] or together["setting2"]]
            times.append(together["time"] or together["time2"])
        elif not ASIDE.fullmatch(plain):
            places.append(piece)
    return setting, " ".join(places), " ".join(times) or None


def _pieces(part: str) -> list[str]:
    """A part cut at its inner marks, when nothing but settings and times lies between some of them."""
    pieces = [piece for piece in INNER.split(part) if piece]
    if len(pieces) > 1 and not any(map(_is_known, pieces)):
        return [part.strip("·・•.-~:\uff1a")]
    return [cut for piece in pieces for cut in _unglued(piece)]


def _unglued(piece: str) -> list[str]:
    glued = None if _is_known(piece) else GLUED.fullmatch(simplified(piece))
    if glued is None:
        return [piece]
    at = glued.end("first") if glued["first"] else glued.start("last")
    return [piece[:at], piece[at:]]


def _plain(piece: str) -> str:
    plain = simplified(piece)
    return SCENERY.sub("", plain) or plain


def _is_known(piece: str) -> bool:
    plain = _plain(piece)
    known = plain in SETTINGS or TIME.fullmatch(plain) or TOGETHER.fullmatch(plain) or ASIDE.fullmatch(plain)
    return bool(known)


def _begins_with_setting(text: str) -> bool:
    first = next(filter(None, re.split("[\\s.。:\uff1a、\uff0e]+", text)), "")
    return SCENERY.sub("", first) in SETTINGS and (first.endswith("景") or first.isascii())


def _framed(text: str) -> bool:
    """Whether a time of day and inside or outside begin or end a short line, as in `夜 外 街道`."""
    parts = [_plain(part) for part in SEPARATORS.split(text) if part]
    if SENTENCE.search(text) or not 1 < len(parts) <= MAX_PARTS:
        return False
    ends = (parts[:2], parts[-2:]) if len(parts) > 2 else ()
    if TOGETHER.fullmatch(parts[0]) or TOGETHER.fullmatch(parts[-1]):
        return True
    return any(
        {bool(TIME.fullmatch(part)) for part in pair} == {True, False} and not SETTINGS.keys().isdisjoint(pair)
        for pair in ends
    )


def _names_place(rest: str) -> bool:
    """Whether a place alone follows the number of a scene, such as `第3场 天台`."""
    bare = without_labels(rest).strip()
    return 0 < len(bare) <= MAX_PLACE and not SENTENCE.search(bare)


def _label(text: str) -> str:
    bare = "".join(text.split())
    number = NUMBER_OF_SCENE.fullmatch(bare)
    return (number["number"] if number else bare)[:MAX_LABEL]
