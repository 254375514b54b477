"""Characters of Chinese stories: names at the head of a clause that speak or act."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.chinese_names import CALLED, COMPOUND, SURNAMES
from extraction.domain.engine.chinese_places import NOUN
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.props.lexicon import read_list
from extraction.domain.engine.prose_names import ProseName
from extraction.domain.engine.words import word_set

IDEOGRAPH = re.compile("[\u3400-\u9fff]")
CLAUSE = re.compile("(?:^|(?<=[^\u3400-\u9fff]))[\u3400-\u9fff]{3,}")
_SAYS = "说道|说|道|问道|问|答道|回答|喊道|喊|叫道|喝道|骂道|笑道|叹道|嚷道|吼道|嘟囔|嘀咕|开口"
SPEAKS = re.compile(f"(?:[^他她它我你]{{0,4}}?(?:地|着|声))?(?:{_SAYS})(?=$|了|着)")
ACTS = re.compile(
    "(?:连忙|赶紧|立刻|忽然|突然|慢慢|缓缓|轻轻|悄悄|猛地|终于|正在|正|便|就|又|也|却|还|才|已经|没有|没|不)?"
    "(?:看(?!不见|上去|起来|来)|望|瞪|盯|瞧|瞥|听|笑|哭|叹|沉默|愣|怔|点|摇|低头|低下|抬|转|回|走|跑|冲|奔|追|跟|站|坐|蹲|跪|躺|趴|靠|伸|推|拉|拿|接|递|"
    "端|捧|提|拎|抱|举|握|抓|摸|捡|拾|放|把|将|取|掏|翻|打开|关上|披|脱|戴|喝|吃|想|觉得|知道|记得|明白|睁|闭|皱|咬|擦|领|带|牵|"
    "扶|拍|敲|踢|踹|挥|指|停|进|抖|探|咧|比划|说话|掰|撕|摁|按住|揪|搂|搀|挽|夹|叼|啃|嚼|舔|吐|吞|甩|扔|丢|抛|瞄|锁|喊|惊|劈|砍|刺|拔|挖|揉|搓|洗|切|炒|扫|捶|锤|掷|揣|拦|挡|拽|拖|"
    "出门|上前|起身|醒|睡|答应|解|拧|吹|收|退|凑|扑|骑|背|扛|写|读|念|数|等|找|眯|弯|挑|挤|攥|掀|摆|倒|塞|搬|开|关|插|骂|招手|张嘴|张开|护|划|撑|砸)"
)
NO_NAME = frozenset(
    "他她它我你您咱们的地得了着过是不没也又就都还才只这那哪谁什么怎几每各某两很最更把被将给对从向往在到里上下中后前内外时候天年月日有人"
)
NEVER = word_set(
    "于是 方才 曾经 常常 平时 何况 任何 万一 全都 高声 白天 黄昏 夏天 秋天 如果 但是 可是 然而 因为 所以 虽然 而且 或者 忽然 突然 终于 "
    "已经 马上 后来 接着 随后 紧接 于此 刚才 刚刚 似乎 仿佛 好像 明明 偏偏 居然 竟然 果然 原来 当然 其实 难道 自己 大家 双方 对方 彼此 "
    "声音 眼睛 目光 脸色 一边 伸手 转身 起身 低头 抬头 回头 点头 摇头 沉默 说完 说着 问道 说道 "
    "顿时 从此 如今 今天 明天 昨天 早晨 清晨 傍晚 深夜 半夜 雨水 雷声 云层 石板 江水 马车 马匹 白云 高楼 高山 高墙 江风 "
    "石头 石阶 石门 金光 白光 白雪 白雾 黄沙 黄土 黄叶 雷雨 雷电 云雾 云彩 乌云 花瓣 花香 马蹄 车门 车轮 车子 车灯 房门 房子 毛驴 鱼群 温度 安静 水面 冷风 冷汗 时间 "
    "方向 柳枝 梅花 荷花 梁柱 纪念 金属 路灯 路面 路边 路人 石像 龙舟 万物 全身 全家 全城 单车 文字 文件 钱币 米饭 席间 成群 和风 安慰 平静 常人 谢意 计划 项目 应声"
)
CALLINGS = word_set(
    "祖母 祖父 奶奶 爷爷 外婆 外公 母亲 父亲 妈妈 爸爸 娘 爹 姐姐 哥哥 妹妹 弟弟 姑姑 叔叔 婶婶 舅舅 师父 师傅 掌柜 老板 老板娘 医生 "
    "大夫 老师 先生 道士 和尚 村长 船夫 车夫 店主 伙计 管家 丫鬟 将军 皇帝 公主 王子 国王 警察"
)
ROLES = word_set(
    "小厮 丫鬟 丫头 仆人 家丁 奴婢 宫女 太监 侍女 侍卫 护卫 侍从 随从 书童 店小二 小二 伙计 跑堂 管事 账房 门房 马夫 车夫 轿夫 船夫 狱卒 衙役 捕快 士兵 "
    "哨兵 卫兵 信使 刺客 杀手 杀手 郎中 媒婆 稳婆 乞丐 小贩 商贩 猎户 农夫 樵夫 渔夫 道士 和尚 尼姑 道童 "
    "服务员 服务生 侍应生 店员 收银员 保安 保镖 司机 秘书 助理 前台 门卫 快递员 外卖员 保洁员 清洁工 护士 护工 医生 警察 民警 特警 交警 法警 狱警 法官 "
    "律师 记者 摄影师 主持人 化妆师 技术员 职员 女职员 男职员 店主 房东 邻居 保姆 女佣 佣人 厨师 厨子 调酒师 歹徒 劫匪 绑匪 人质 小偷 混混 打手 黑衣人 "
    "蒙面人 流浪汉 空姐 乘务员 列车员 售票员 检票员 教练 裁判 船员 水手 工人 矿工 消防员 急救员 研究员 科学家 工程师"
)
"""What people do for a living: somebody who is told of without a name."""
VAGUE = word_set(
    "老人 老头 老汉 老者 老太太 女孩 男孩 女人 男人 少年 少女 孩子 姑娘 小伙子 青年 陌生人 女子 男子 小女孩 小男孩"
)
KIN_ENDING = "伯叔婶姨嫂爷奶婆公哥姐妹弟娘妈爸"
FULL, LONGEST, ACTIVE = 3, 4, 2


@dataclass(slots=True)
class ChineseName:
    """A name at the head of clauses, in simplified characters: how often it is `spoken` for and `acting`, and the first place."""

    text: str
    passage: Passage
    offset: int
    spoken: int = 0
    acting: int = 0

    @property
    def written(self) -> str:
        """The name as the story writes it, which may be in traditional characters."""
        return self.passage.text[self.offset : self.offset + len(self.text)]

    @property
    def shaped(self) -> bool:
        """Whether it looks like a name: 沈砚, 周伯, 三爷, 阿蘅, 老顾, 王大夫, 欧阳锋."""
        return _is_shaped(self.text)

    @property
    def silent(self) -> bool:
        """Whether one who never speaks in a screenplay is somebody: by name who acts twice, by calling who acts at all."""
        return (self.acting >= ACTIVE and self.shaped) or (self.acting > 0 and self.text in ROLES)

    def as_told(self) -> ProseName:
        """The same as prose in other languages has it."""
        return ProseName(self.written, self.passage.element_at(self.offset).line)

    def somebody(self, seen: int) -> bool:
        """Whether one who is named `seen` times is one of the story's people."""
        if self.text in VAGUE:
            return self.spoken >= 2 and seen >= 3
        if self.text in CALLINGS or self.text in ROLES or self.shaped:
            return self.spoken + self.acting >= (1 if seen > 1 else 2)
        return self.spoken >= 2 or (self.spoken >= 1 and self.acting >= 1)


def chinese_people(passages: Sequence[Passage]) -> list[ChineseName]:
    """The people of a Chinese story, in order of appearance; none in other languages."""
    found: dict[str, ChineseName] = {}
    told = [(passage, simplified(narration(passage.text))) for passage in passages if IDEOGRAPH.search(passage.text)]
    for passage, text in told:
        for clause in CLAUSE.finditer(text):
            for name, spoken in _subject(clause.group()[: LONGEST * 3]):
                person = found.setdefault(name, ChineseName(name, passage, clause.start()))
                person.spoken += spoken
                person.acting += not spoken
    seen = _times(found, (text for _, text in told))
    sure = {name for name, person in found.items() if person.somebody(seen[name])}
    return [person for name, person in found.items() if name in sure or (_is_shaped(name) and name[1:] in sure)]


def parts_of(name: str) -> set[str]:
    """Every two and more characters in a row of a name; empty for one in Latin letters."""
    if not IDEOGRAPH.match(name):
        return set()
    return {name[at:end] for at in range(len(name)) for end in range(at + 2, min(len(name), at + LONGEST) + 1)}


def _subject(clause: str) -> Iterator[tuple[str, bool]]:
    """The name that a clause begins with, and whether it speaks."""
    for length in (2, FULL, LONGEST):
        name, rest = clause[:length], clause[length:]
        spoken = SPEAKS.match(rest) is not None
        if spoken or ACTS.match(rest) or (length == FULL and rest[:1] == "是"):
            if _can_be_name(name):
                yield name, spoken
            return


def _can_be_name(name: str) -> bool:
    if name in CALLINGS or name in ROLES or name in VAGUE:
        return True
    known = (
        name in NEVER
        or NOUN.fullmatch(name)
        or NO_NAME.intersection(name)
        or name in _things()
        or name[1:] in _things()
    )
    return not known and (len(name) < LONGEST or name[:2] in COMPOUND)


def _is_shaped(name: str) -> bool:
    if name[0] in "阿老小" and len(name) <= 3:
        return name[0] == "阿" or name[1] in SURNAMES
    if len(name) == 2 and name[1] in KIN_ENDING:
        return True
    titled = name[1:] in CALLED or (len(name) <= 3 and name[-1] in KIN_ENDING)
    return name[:2] in COMPOUND or (name[0] in SURNAMES and (len(name) <= 3 or titled))


@cache
def _things() -> frozenset[str]:
    return frozenset(word for name in ("things", "other_words", "worn") for word in read_list("chinese", name))


def _times(names: Container[str], texts: Iterable[str]) -> Counter[str]:
    """How often each name stands in the texts, the longest where several fit."""
    seen: Counter[str] = Counter()
    for text in texts:
        at = 0
        while at < len(text):
            fits = (text[at : at + length] for length in (LONGEST, FULL, 2))
            name = next((name for name in fits if name in names), "")
            seen.update([name] if name else [])
            at += len(name) or 1
    return seen
