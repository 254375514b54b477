"""Chinese names: 知夏 is 沈知夏, 陆总 is 陆景珩 when no other 陆 can be meant, 小知夏 is another face."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.cue_names import speakers
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.person import Person
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import word_set

NAME = re.compile("[\u3400-\u9fff]{2,12}")
COMPOUND = word_set(
    "欧阳 上官 司马 诸葛 慕容 皇甫 司徒 夏侯 东方 南宫 独孤 令狐 公孙 轩辕 端木 尉迟 长孙 宇文",
)
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉"
    "岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮"
    "蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁"
    "荀羊惠甄封储靳焦谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸司黎白蒲从鄂索籍赖卓蔺屠蒙池乔阴胥能苍双闻党翟谭贡劳姬申"
    "扶堵冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎连茹习艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广阙东欧沃利越隆师巩聂晁勾敖融"
    "冷辛那简饶空曾沙养鞠须丰关蒯相查后荆红游权盖益桓公丘肖代闫覃池岳帅尧冼付"
)
CALLED = word_set(
    "总 董 少 先生 太太 小姐 夫人 老师 医生 大夫 律师 警官 队长 经理 主任 教授 局长 所长 院长 校长 老板 师傅 哥 姐",
    "站长 店长 厂长 村长 镇长 县长 市长 班长 船长 馆长 团长 连长 处长 科长 组长 会长 董事长 总监 主管 管家 护士 护士长 侦探 师父 师兄 师姐 "
    "道长 大师 王爷 世子 公主 总裁 秘书 助理 导演 记者 法官 将军 公子 大人 姑娘 掌柜 大哥 大姐",
)
DOUBLED_WORDS = frozenset(
    "天星明刚常人年月点慢久多好轻谢看白日渐偏仅早晚高远深静默纷足微冷暗悄缓渐实真万千家处时世代双对条件样种个层步声口句事笑想说听走试等问"
)
"""然然 is 林然, but 星星 are stars."""
OFFICE = re.compile(
    "(?:集团|公司|医院|学校|大学|中学|银行|酒店|[局队部所院店厂社府馆会帮派班组台]|专家|顾问|代表|警察|侦探|明星|模特|选手|[员长师士官手总董理导])$"
)
"""How somebody's office ends: 蓝天集团 and 刑警队长 before a name."""
ELDERS = "奶奶|爷爷|外婆|外公|姥姥|姥爷|婆婆|老太太|老太爷|老爷子|老夫人"
KIN = re.compile(
    f".(?:{ELDERS}|父|母|爸爸?|妈妈?|爹|娘|爷|奶|婆|公|老爷|夫人|太太|[阿大小]?姨|[大小]?叔叔?|[大小]?婶|[大小]?伯伯?|大[爷妈娘嫂哥姐]|嫂子?|舅舅?|姑姑?|哥|姐|弟|妹|总|某)$"
)
PARENT = re.compile("(?P<of>.{1,3}?)(?:(?P<mother>妈妈?|母亲?|娘)|爸爸?|父亲?|爹)")
SMALL = re.compile("[小老阿].")
GRANDPARENT = re.compile(f".(?P<kin>{ELDERS})")
ANOTHER_FACE = re.compile(r"^(?:小|幼年|童年|少年|年幼|儿时|年轻|青年|老年|中年)")
AGED = re.compile(
    r"(?:^|[\u3002\uff01\uff1f\uff0c、\uff1b\uff1a“”\"\s])(?P<name>[\u3400-\u9fff]{2,4})[(\uff08][^()\uff08\uff09]{0,12}?(?P<age>\d{1,3}岁)"
)


def join_short_names(people: Sequence[Person], survey: Survey) -> list[Person]:
    """The people with short Chinese names joined to the full one, and those names the script calls them by added."""
    chinese = [person for person in people if _name(person)]
    if not chinese:
        return list(people)
    owners = _short_names(chinese)
    joined: set[int] = set()
    for person in chinese:
        full = owners.get(_name(person))
        fresh = full is not None and full is not person and id(person) not in joined and id(full) not in joined
        if full is not None and fresh and not _listed_together(full, person):
            full.join(person)
            joined.add(id(person))
    apart = [person for person in chinese if id(person) not in joined]
    _add_calls(apart, survey)
    for person in apart:
        person.main = _main_name(person)
    return [person for person in people if id(person) not in joined]


def _main_name(person: Person) -> Key:
    """The name that cues use most, a full one before a form of address: 周慕白, not 周先生."""
    cued = Counter(name_key(speaker.name) for _, cue in person.cues for speaker in speakers(cue.text))

    def rank(key: Key) -> tuple[bool, bool, bool, int, int]:
        full = len(key) == 1 and _is_full(simplified(key[0]))
        return full and key in cued, key in cued, full, cued[key], sum(map(len, key))

    return max(person.names, key=rank)


def _listed_together(one: Person, other: Person) -> bool:
    """Whether a scene lists both among those present, as it does with two people only."""
    return not {scene for scene, _ in one.present}.isdisjoint(scene for scene, _ in other.present)


def ages_told(text: str) -> Iterator[tuple[str, str, int]]:
    """Name, age and position of each `小满 (8岁)` in the action."""
    for found in AGED.finditer(simplified(text)):
        if found["name"][0] not in "一那这几两某":
            yield text[slice(*found.span("name"))], text[slice(*found.span("age"))], found.start("name")


def surname(name: str) -> str:
    """The family name of a full Chinese name, empty when it has none."""
    if name[:2] in COMPOUND and len(name) >= 3:
        return name[:2]
    return name[0] if name[0] in SURNAMES and len(name) in {2, 3} else ""


def _name(person: Person) -> str:
    """The first Chinese name of a person in simplified characters, empty for others."""
    return next((simplified(key[0]) for key in person.names if len(key) == 1 and NAME.fullmatch(key[0])), "")


def _short_names(people: Sequence[Person]) -> dict[str, Person]:
    """Short names by whom alone they can mean: the given name, and the family name with a title."""
    full = {name: person for person in people if (name := _name(person)) and _is_full(name)}
    families = Counter(surname(name) for name in full)
    pairs: list[tuple[str, Person]] = []
    for name, person in full.items():
        family = surname(name)
        given = name[len(family) :]
        pairs += [(given, person)] if len(given) >= 2 else []
        if families[family] == 1:
            pairs += [(family + title, person) for title in sorted(CALLED)]
        pairs += [(given[-1] + title, person) for title in ("哥", "姐", "总", "少") if len(given) >= 2]
        pairs += [(given[-1] * 2, person)] if given[-1] not in DOUBLED_WORDS else []
    bare = {name for person in people if SMALL.fullmatch(name := _name(person))}
    for person in people:
        pairs += [(short, person) for short in _without_office(_name(person), full.keys() | bare)]
        pairs += [(kin["kin"], person)] if (kin := GRANDPARENT.fullmatch(_name(person))) else []
    pairs += _parents(people)
    times = Counter(short for short, _ in pairs)
    return {short: person for short, person in pairs if times[short] == 1}


def _parents(people: Sequence[Person]) -> Iterator[tuple[str, Person]]:
    """陈母 and 陈妈妈 are 陈默妈妈 where nobody else's mother is a 陈."""
    groups: defaultdict[tuple[str, bool], list[tuple[str, str, Person]]] = defaultdict(list)
    for person in people:
        if parent := PARENT.fullmatch(_name(person)):
            groups[parent["of"][0], parent["mother"] is not None].append((parent["of"], parent.group(), person))
    for found in groups.values():
        if len({child for child, _, _ in found if len(child) > 1}) <= 1:
            yield from ((name, found[0][2]) for _, name, _ in found[1:])


def _without_office(name: str, full: Container[str]) -> Iterator[str]:
    """王总监 of 蓝天集团王总监, 林琛 of 特警队长林琛."""
    for cut in range(2, len(name) - 1):
        short = name[cut:]
        family = surname(short[:3]) or surname(short[:2])
        if OFFICE.search(name[:cut]) and (short in full or (family and short[len(family) :] in CALLED)):
            yield short


def _is_full(name: str) -> bool:
    called = name[len(surname(name)) :] in CALLED
    kin = KIN.fullmatch(name) or PARENT.fullmatch(name)
    return bool(surname(name)) and not called and not kin and not ANOTHER_FACE.match(name)


def _add_calls(people: Sequence[Person], survey: Survey) -> None:
    """Names that somebody is called by in the text, such as 知夏 in a speech, join the aliases."""
    names = {_name(person) for person in people}
    owners = {short: person for short, person in _short_names(people).items() if short not in names}
    every = sorted({*owners, *names}, key=lambda name: (-len(name), name))
    if not owners:
        return
    pattern = re.compile("|".join(map(re.escape, every)))
    for scene in survey.scenes:
        for element in scene.elements:
            for found in pattern.finditer(simplified(element.text)):
                if found.group() in owners:
                    written = element.text[found.start() : found.end()]
                    owners[found.group()].names.setdefault((written,), written)
