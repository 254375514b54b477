"""Props of Chinese scripts: names of things with what measures, describes and handles them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.props.chinese_words import IDEOGRAPHS, Dictionary, Role, Word, is_thing
from extraction.domain.engine.props.gathering import Mention
from extraction.domain.engine.props.texts import Stretch

BASE = {Role.THING: 2.0, Role.SHORT_THING: 1.0, Role.WORN: -1.0, Role.FURNITURE: -1.0}
MEASURED = 1.0
HANDLED = 2.0
WORN = -2.0
BARE_HANDED = 1.0
TOUCHED = 1.0
FALLING = 1.0
COMPARED = -4.0
DENIED = -2.0
REACH = 14
AFTER = 6
MAX_DESCRIBING = 5
FEW_DESCRIBING = 3
COMPARING = ("像", "如", "似", "仿佛", "好像", "宛如", "如同")
DENYING = ("没", "没有", "无")
MOVED_BEFORE = ("把", "将", "被")
PLAIN = frozenset("旧新破碎大小红黑白蓝绿黄灰紫粉老软硬长短粗细厚薄圆方金银铜铁木瓷玉竹色那这只个")
KINDS_OF_PLACE = frozenset("店厂房铺架车号费商员声堂馆")
SUFFIXES = ("子", "儿")
SUFFIX = re.compile("子(?![女弹])|儿(?!子)")
TOWARDS = ("在", "进", "到", "向", "入")
FALLS = ("掉", "滚", "摔", "碎", "洒", "滑落", "跌落", "散落", "坠落", "脱手", "断了")
"""What a thing does that somebody lets go of."""
MAKING = frozenset("烤烧炒煮炸煎蒸腌卤炖熏拌绣织编缝折剪刻雕")
"""How things are made, and what those made so are called: 烤饼, 绣帕."""
BORDERS = (Role.STOP, Role.FUNCTION, Role.HANDLING, Role.WEARING, Role.HELD, Role.NAME)


def chinese_mentions(stretches: Iterable[Stretch], names: Iterable[str]) -> Iterator[Mention]:
    """Every word that names a thing, and none that only tells what kind of thing the next one is; `names` are those of people."""
    dictionary = Dictionary(names)
    for stretch in stretches:
        if IDEOGRAPHS.search(stretch.text):
            found = list(_named_things(stretch, list(dictionary.words(stretch.text))))
            for mention, following in zip_longest(found, found[1:]):
                if following is None or following.start > mention.start:
                    yield mention


def _named_things(stretch: Stretch, line: Sequence[Word]) -> Iterator[Mention]:
    for index, word in enumerate(line):
        role = next((role for role in BASE if role in word.roles), None)
        if role is not None and _is_named(line, index, role):
            yield _mention(stretch, line, index, role)


def _is_named(line: Sequence[Word], index: int, role: Role) -> bool:
    """Whether a word for a thing stands for it and is no part of another word."""
    following = line[index + 1] if index + 1 < len(line) else None
    if following is not None and following.text[0] in KINDS_OF_PLACE and following.is_a(Role.UNKNOWN):
        return False
    if role is not Role.SHORT_THING:
        return not _leads_a_name(line, index)
    if _goes_on(line, index):
        return False
    start = _described(line, index)
    told = start < index and _is_measured(line, start)
    if following is not None and not (told or following.is_a(*BORDERS) or following.text in SUFFIXES):
        return False
    return index > 0 and (line[index - 1].is_a(Role.THING) or _is_led(line, start))


def _is_led(line: Sequence[Word], start: int) -> bool:
    """Whether a measure word, a verb for what hands do or 的 stands before a short word and what describes it."""
    before = line[start - 1] if start else None
    if before is None:
        return False
    if before.text == "的":
        return _is_plain(line, start) or any(_is_measured(line, at) for at in range(max(1, start - REACH), start))
    return _is_measured(line, start) or before.is_a(Role.HANDLING) or before.text in {"把", "将", "用"}


def _is_plain(line: Sequence[Word], start: int) -> bool:
    """Whether what describes a word, if anything, is its colour, size or age."""
    return all(set(word.text) <= PLAIN or word.is_a(Role.SHORT_THING) for word in line[start : start + 2])


def _goes_on(line: Sequence[Word], index: int) -> bool:
    """Whether a short word is a verb: 照着, 钉向."""
    return index + 1 < len(line) and line[index + 1].text[0] in "着向"


def _leads_a_name(line: Sequence[Word], index: int) -> bool:
    """Whether a word only tells what kind of thing the next word is: 红酒 of 红酒杯."""
    following = line[index + 1] if index + 1 < len(line) else None
    if following is None or not following.is_a(Role.THING, Role.SHORT_THING) or following.is_a(Role.HANDLING):
        return False
    if not following.is_a(Role.THING) and _goes_on(line, index + 1):
        return False
    after = line[index + 2] if index + 2 < len(line) else None
    return following.is_a(Role.THING) or after is None or after.is_a(*BORDERS)


def _described(line: Sequence[Word], index: int) -> int:
    """Where the words begin that tell what kind of thing it is: 青花 of 一只青花碗."""
    start = index
    while start > 0 and line[index].start - line[start].start <= MAX_DESCRIBING and _describes(line, start - 1):
        start -= 1
    width = line[index].start - line[start].start
    firm = start > 0 and not line[start - 1].is_a(Role.STOP, Role.NAME)
    return start if width <= (MAX_DESCRIBING if firm else FEW_DESCRIBING) else index


def _describes(line: Sequence[Word], at: int) -> bool:
    if _is_measured(line, at + 1) or line[at].is_a(Role.STOP, Role.FUNCTION, Role.NAME, Role.HELD, Role.NUMBER):
        return False
    return not line[at].is_a(Role.HANDLING, Role.WEARING) or _is_part_of_a_name(line, at)


def _is_part_of_a_name(line: Sequence[Word], at: int) -> bool:
    """Whether a verb only tells how a thing was made: 烤 of 啃烤饼 and of 一块烤饼."""
    return at > 0 and line[at].text in MAKING and (line[at - 1].is_a(Role.HANDLING) or _is_measured(line, at))


def _is_measured(line: Sequence[Word], at: int) -> bool:
    """Whether a measure word with a number, a pointing word or a verb before it stands right before."""
    if at < 1 or not line[at - 1].is_a(Role.MEASURE):
        return False
    before = line[at - 2] if at > 1 else None
    return before is not None and (before.is_a(Role.NUMBER, Role.HANDLING) or before.text in {"另", "另外", "剩下"})


def _mention(stretch: Stretch, line: Sequence[Word], index: int, role: Role) -> Mention:
    first = _described(line, index)
    start, end = line[first].start, line[index].end
    end = suffix.end() if (suffix := SUFFIX.match(stretch.text, end)) else end
    word = _core(stretch.text[line[index].start : end])
    bare = simplified(word).rstrip("子儿") or word
    kind = simplified(stretch.text[start : end - len(word)]).strip("".join(PLAIN))
    return Mention(
        passage=stretch.passage,
        telling=stretch.telling,
        start=start,
        end=end,
        name=stretch.text[start:end],
        others=(word,),
        head=bare,
        content=bare[-1],
        marks=frozenset({kind[-2:]} if kind else ()),
        introduced=_is_measured(line, first),
        described=False,
        weight=_weight(line, first, index, role),
    )


def _core(word: str) -> str:
    """What a thing is without what it is made of: 戒指 of 银戒指."""
    plain = simplified(word)
    made_of = (cut for cut in range(1, len(word) - 1) if set(plain[:cut]) <= PLAIN)
    return next((word[cut:] for cut in made_of if is_thing(plain[cut:])), word)


def _weight(line: Sequence[Word], first: int, index: int, role: Role) -> float:
    weight = BASE[role] + (MEASURED if _is_measured(line, first) else 0.0)
    clause = _clause_before(line, first)
    before = {word.text for word in clause}
    if any(word.startswith(COMPARING) for word in before):
        return weight + COMPARED
    if clause and clause[-1].text in DENYING:
        weight += DENIED
    if any(word.is_a(Role.WEARING) for word in clause):
        return weight + (WORN if role is Role.WORN else 0.0)
    after = line[index + 1] if index + 1 < len(line) else None
    if after is not None and after.text.startswith(FALLS):
        weight += FALLING
    moved = not before.isdisjoint(MOVED_BEFORE) and any(word.is_a(Role.HANDLING) for word in _clause_after(line, index))
    hands = [at for at, word in enumerate(clause) if word.is_a(Role.HANDLING, Role.HELD)]
    near = "".join(word.text for word in clause[hands[-1] : hands[-1] + 2]) if hands else ""
    where = near.endswith(TOWARDS) or (bool(hands) and clause[hands[-1]].text.endswith(TOWARDS))
    if moved or _is_tool(line, first) or (hands and not where):
        return weight + HANDLED + (BARE_HANDED if role is Role.WORN else 0.0)
    return weight + (TOUCHED if hands else 0.0)


def _is_tool(line: Sequence[Word], first: int) -> bool:
    """Whether 用 or a moving 把 stands before a thing, or before the number and the measure word of it."""
    at = first - 1
    while at > 0 and line[at].is_a(Role.NUMBER, Role.MEASURE) and line[at].text not in {"把", "将"}:
        at -= 1
    counted = at > 0 and line[at - 1].is_a(Role.NUMBER)
    return at >= 0 and not counted and line[at].text in {"用", "把", "将"}


def _clause_before(line: Sequence[Word], first: int) -> list[Word]:
    found: list[Word] = []
    for at in range(first - 1, max(-1, first - 1 - REACH), -1):
        if line[at].is_a(Role.STOP):
            break
        found.append(line[at])
    return found[::-1]


def _clause_after(line: Sequence[Word], index: int) -> list[Word]:
    found: list[Word] = []
    for word in line[index + 1 : index + 1 + AFTER]:
        if word.is_a(Role.STOP):
            break
        found.append(word)
    return found
