"""Locations of Chinese stories: nouns for places that somebody goes into, is in or comes out of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage

_NOUN = (
    "书铺|店铺|铺子|当铺|药铺|店|商店|酒店|饭店|客栈|酒馆|茶馆|饭馆|茶楼|酒楼|咖啡馆|图书馆|博物馆|房间|书房|厨房|卧房|病房|牢房|柴房|库房|产房|卧室|"
    "办公室|教室|地下室|浴室|密室|实验室|会议室|客厅|大厅|餐厅|堂屋|正堂|大堂|祠堂|教堂|前院|后院|庭院|院子|医院|寺院|戏院|电影院|学校|大学|公司|工厂|车间|"
    "仓库|车库|花园|公园|果园|菜园|巷子|小巷|胡同|街道|大街|街上|广场|市场|集市|菜市场|码头|渡口|车站|火车站|地铁站|机场|港口|桥头|石桥|木桥|河边|江边|湖边|海边|"
    "岸边|沙滩|山洞|山顶|山坡|悬崖|树林|竹林|森林|草原|沙漠|田野|田里|村子|村口|小镇|古镇|城门|城墙|城楼|寺庙|破庙|古庙|土地庙|道观|皇宫|宫殿|王府|阁楼|塔楼|灯塔|塔顶|井边|里屋|山脚|路口|田埂|戏台|磨坊|染坊|牛棚|马厩|茶棚|驿站|书院|学堂|衙门|医馆|粮仓|诊所|"
    "钟楼|天台|屋顶|阳台|走廊|长廊|楼道|地窖|帐篷|营帐|船舱|甲板|车厢|电梯|派出所|警局|法庭|监狱|银行|邮局|旅馆|宿舍|公寓|别墅|老宅|老屋|木屋|茅屋|小屋|木楼|墓地|坟地"
)
PLACE = re.compile(
    f"(?P<in>走进|跑进|走入|走到|来到|回到|赶到|跑到|进了|进入|冲进|冲入|跑回|走回|逃回|赶回|爬到|爬上|登上|踏进|闯进|溜进|搬进|住进|躲进|钻进|走出|冲出|跑出|离开|推开|穿过|经过|出了|到了|坐在|站在|躺在|跪在|"
    f"蹲在|守在|住在|留在|等在|关在|在|回)(?P<lead>[\u3400-\u9fff]{{0,5}}?)(?P<noun>{_NOUN})(?P<rest>[\u3400-\u9fff]?)"
)
NOUN = re.compile(f"(?:{_NOUN})")
GENERIC = re.compile(
    "^(?:.*的)?(?:(?:那|这|一|两|几|某)?(?:间|座|家|个|条|所|幢|栋|片|处|艘|节|顶)|那|这|自己|他|她|我|他们|她们|我们)?"
)
ENOUGH, GOES_IN, IS_THERE = 1.5, 2.0, 1.0
NAMED = 0.5
WITHIN = frozenset("里中内")
MOVES = frozenset("进入出到回开过离")


@dataclass(slots=True)
class ChinesePlace:
    """A place by its noun: the words before it, how surely somebody is there, and where the story says so."""

    noun: str
    weight: float = 0.0
    names: dict[str, int] = field(default_factory=dict)
    told: list[tuple[Passage, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest name."""
        return max(self.names, key=lambda name: (len(name), self.names[name]))


def chinese_places(passages: Sequence[Passage]) -> list[ChinesePlace]:
    """The places of a Chinese story, in order of appearance; none in other languages."""
    found: dict[str, ChinesePlace] = {}
    for passage in passages:
        text = narration(passage.text)
        for noun, name, weight, offset in _told(text):
            place = found.setdefault(noun, ChinesePlace(noun))
            place.weight += weight
            place.names[name] = place.names.get(name, 0) + 1
            place.told.append((passage, offset))
    return [place for place in found.values() if place.weight >= ENOUGH and len(place.name) > 1]


def _told(text: str) -> Iterator[tuple[str, str, float, int]]:
    """Noun, whole name, how surely somebody is there, and where it stands, of each place in a text."""
    sure = {found.start("noun"): found for found in PLACE.finditer(text)}
    for noun in NOUN.finditer(text):
        found = sure.get(noun.start())
        if found is None:
            inside = text[noun.end() : noun.end() + 1] in WITHIN
            yield noun.group(), noun.group(), IS_THERE if inside else NAMED, noun.start()
            continue
        lead = GENERIC.sub("", found["lead"], count=1)
        goes = not MOVES.isdisjoint(found["in"])
        yield noun.group(), lead + noun.group(), GOES_IN if goes else IS_THERE, noun.start() - len(lead)
