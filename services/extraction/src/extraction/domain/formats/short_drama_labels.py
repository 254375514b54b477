"""Labels with a colon in Chinese scripts: what a line tells of a scene (`地点\uff1a`) and who is in it (`人物\uff1a`)."""

import re

from extraction.domain.chinese_characters import simplified

MAX_DETAIL = 64
_COLON = "\\s*[:\uff1a]\\s*"
_WHAT = "场景|地点|场地|时间|日夜|日/夜|内外景?|内/外|景别|环境|景|时|地"
_EDGE = "(?<![^\\s,\uff0c;\uff1b、|/。)\uff09】\\]·])"
DETAIL = re.compile(f"(?:{_WHAT}){_COLON}\\S")
LABEL = re.compile(f"(?:^|{_EDGE})(?P<what>{_WHAT}){_COLON}")
_CAST = "(?:(?:本场|本集|主要|出场|登场|上场|出演|在场|场上|客串)?(?:人物|角色|演员|人员)(?:表|列表)?|出场|登场|上场|出演|客串|人)"
PRESENT = re.compile(
    f"[【\\[]?\\s*{_CAST}\\s*[】\\]]?{_COLON}(?P<names>.*)|(?:[【\\[]\\s*{_CAST}\\s*[】\\]]|[$\uff04])\\s*(?P<after>.*)"
)
"""The list of those who are in a scene."""
EXTRAS = re.compile(f"(?:群演|群众演员|群众|龙套|特约演员|特约){_COLON}.*")
"""The list of those who stand around in one."""
CAST_AFTER = re.compile(f"(?<=[\\s,\uff0c;\uff1b、|/。)\uff09】\\]]){_CAST}{_COLON}")


def details_of(line: str) -> list[tuple[str, str]]:
    """What a line that begins with a label tells, label by label; empty for any other line."""
    plain = simplified(line)
    if len(line) > MAX_DETAIL or DETAIL.match(plain) is None:
        return []
    labels = list(LABEL.finditer(plain))
    ends = [*(label.start() for label in labels[1:]), len(line)]
    return [(label["what"], line[label.end() : end].strip()) for label, end in zip(labels, ends, strict=True)]


def without_labels(text: str) -> str:
    """A text with its labels blanked out, as long as it was."""
    return _blanked(text, LABEL)


def parted_from_cast(line: str) -> tuple[str, str]:
    """A heading, and the list of those present that stands behind it on the same line."""
    found = CAST_AFTER.search(simplified(line))
    return (line[: found.start()].rstrip(), line[found.start() :]) if found else (line, "")


def lists_cast(line: str) -> bool:
    """Whether a line lists those who are in a scene."""
    plain = simplified(line)
    return PRESENT.fullmatch(plain) is not None or EXTRAS.fullmatch(plain) is not None


def cast_of(line: str) -> str:
    """The names in a line that lists those who are in a scene; empty for any other line."""
    found = PRESENT.fullmatch(simplified(line))
    if found is None:
        return ""
    group = "names" if found["names"] is not None else "after"
    return line[found.start(group) : found.end(group)]


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    pieces: list[str] = []
    position = 0
    for found in pattern.finditer(simplified(text)):
        pieces += [text[position : found.start()], " " * (found.end() - found.start())]
        position = found.end()
    return "".join([*pieces, text[position:]])
