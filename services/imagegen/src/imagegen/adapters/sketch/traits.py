"""What a character looks like, read from its description; the rest is decided by dice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from imagegen.adapters.sketch import colour
from imagegen.adapters.sketch.colour import RGB
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.palette import Palette
from imagegen.adapters.sketch.words import COLOURS, Words

FEMININE = (
    "woman", "girl", "she", "her", "lady", "queen", "princess", "mother", "grandmother", "sister", "daughter", "wife",
    "actress", "witch", "nurse", "bride", "aunt", "empress", "goddess", "mrs", "miss", "ms", "heroine", "nun",
    "女", "她", "母亲", "妈妈", "奶奶", "姐", "妹", "公主", "皇后", "夫人", "小姐", "姑娘", "娘", "妻",
)  # fmt: skip
MASCULINE = (
    "man", "boy", "he", "his", "king", "prince", "father", "grandfather", "brother", "son", "husband", "lord", "mr",
    "uncle", "emperor", "monk", "gentleman", "fisherman", "男", "他", "父亲", "爸爸", "爷爷", "哥", "弟", "王子", "皇帝",
    "先生", "少爷", "叔", "公子", "将军", "道士", "和尚",
)  # fmt: skip
OLD = (
    "old", "elderly", "aged", "ancient", "retired", "grandmother", "grandfather", "wrinkled", "elder", "widow",
    "老", "奶奶", "爷爷", "年迈", "长老",
)  # fmt: skip
YOUNG = (
    "child", "kid", "boy", "girl", "toddler", "little", "daughter", "son", "schoolboy", "schoolgirl", "orphan", "teen",
    "孩", "童", "小女孩", "小男孩", "少年", "少女",
)  # fmt: skip
BROAD = (
    "broad",
    "strong",
    "burly",
    "huge",
    "muscular",
    "stout",
    "heavy",
    "fat",
    "large",
    "big",
    "壮",
    "魁梧",
    "胖",
    "高大",
)
SLIM = ("thin", "slim", "slender", "gaunt", "frail", "lean", "skinny", "瘦", "苗条", "纤细")

KINDS: Mapping[str, Sequence[str]] = {
    "robot": ("robot", "android", "cyborg", "droid", "automaton", "mech", "机器人", "仿生人"),
    "cat": ("cat", "kitten", "tiger", "lion", "panther", "猫", "虎", "狮"),
    "dog": ("dog", "puppy", "wolf", "hound", "fox", "狗", "狼", "狐", "犬"),
    "rabbit": ("rabbit", "hare", "bunny", "兔"),
    "bear": ("bear", "panda", "teddy", "熊", "熊猫"),
    "bird": ("owl", "crow", "raven", "parrot", "eagle", "猫头鹰", "乌鸦", "鹰", "鹦鹉"),
}
GARMENTS: Mapping[str, Sequence[str]] = {
    "coat": ("coat", "trench", "raincoat", "overcoat", "trenchcoat", "jacket", "detective", "inspector", "pirate", "风衣", "外套", "大衣", "雨衣", "侦探", "皮衣"),
    "suit": ("suit", "businessman", "lawyer", "ceo", "boss", "banker", "tuxedo", "tie", "politician", "waistcoat", "西装", "总裁", "律师", "老板"),
    "uniform": ("uniform", "soldier", "captain", "officer", "police", "general", "guard", "pilot", "sailor", "colonel", "commander", "制服", "军", "警", "将军", "船长"),
    "labcoat": ("doctor", "scientist", "professor", "surgeon", "nurse", "lab", "chemist", "白大褂", "医生", "科学家", "护士"),
    "robe": ("robe", "hanfu", "kimono", "monk", "wizard", "sage", "emperor", "empress", "priest", "taoist", "mage", "swordsman", "长袍", "汉服", "道袍", "和尚", "道士", "皇帝", "公子", "侠", "袍", "旗袍"),
    "cloak": ("cloak", "cape", "hood", "assassin", "thief", "ranger", "witch", "stranger", "披风", "斗篷", "刺客", "女巫"),
    "armour": ("armour", "armor", "knight", "warrior", "samurai", "paladin", "铠甲", "盔甲", "骑士", "武士", "战士"),
    "dress": ("dress", "gown", "bride", "princess", "queen", "ballerina", "singer", "连衣裙", "裙", "公主", "礼服", "婚纱"),
    "hoodie": ("hoodie", "astronaut", "cosmonaut", "spacesuit", "hacker", "teenager", "skater", "student", "卫衣", "黑客", "学生"),
    "sweater": ("sweater", "turtleneck", "pullover", "cardigan", "fisherman", "writer", "artist", "painter", "毛衣", "作家", "画家"),
    "apron": ("apron", "chef", "baker", "blacksmith", "cook", "butcher", "innkeeper", "maid", "围裙", "厨师", "铁匠"),
    "shirt": ("shirt", "blouse", "overalls", "farmer", "worker", "mechanic", "engineer", "衬衫", "农民", "工人"),
}  # fmt: skip
HATS: Mapping[str, Sequence[str]] = {
    "fedora": ("fedora", "hat", "detective", "gangster", "inspector", "礼帽", "帽子", "侦探"),
    "cowboy": ("cowboy", "sheriff", "stetson", "gunslinger", "牛仔"),
    "peaked": ("captain", "soldier", "police", "officer", "pilot", "conductor", "colonel", "general", "船长", "警", "军官"),
    "cap": ("cap", "baseball", "newsboy", "driver", "mechanic", "鸭舌帽", "司机"),
    "beanie": ("beanie", "sailor", "fisherman", "woolen", "毛线帽", "渔夫"),
    "crown": ("crown", "king", "queen", "prince", "princess", "皇冠", "国王", "女王", "王子", "公主"),
    "pointed": ("wizard", "witch", "sorcerer", "巫师", "女巫"),
    "tall": ("tophat", "top hat", "magician", "ringmaster", "高礼帽", "魔术师"),
    "hood": ("hood", "hooded", "assassin", "thief", "兜帽", "刺客"),
    "helmet": ("helmet", "knight", "samurai", "paladin", "头盔", "骑士"),
    "bubble": ("astronaut", "cosmonaut", "spacesuit", "diver", "宇航员", "航天员"),
    "tricorne": ("pirate", "tricorne", "highwayman", "海盗"),
    "straw": ("farmer", "straw", "conical", "wanderer", "斗笠", "草帽", "农民"),
    "beret": ("beret", "painter", "贝雷帽", "画家"),
    "toque": ("chef", "baker", "厨师"),
    "topknot": ("hanfu", "swordsman", "emperor", "taoist", "wuxia", "古装", "皇帝", "公子", "侠", "道士"),
}  # fmt: skip
HAIRSTYLES: Mapping[str, Sequence[str]] = {
    "bald": ("bald", "shaved", "monk", "秃", "光头", "和尚"),
    "bun": ("bun", "updo", "chignon", "发髻"),
    "ponytail": ("ponytail", "马尾"),
    "braids": ("braid", "braided", "pigtails", "辫"),
    "curly": ("curly", "curls", "afro", "wavy", "frizzy", "卷发"),
    "bob": ("bob", "短发女"),
    "spiky": ("spiky", "punk", "mohawk", "messy", "wild"),
    "long": ("long hair", "long-haired", "flowing", "长发"),
    "short": ("short hair", "short-haired", "crew cut", "短发"),
}
EXTRAS: Mapping[str, Sequence[str]] = {
    "glasses": ("glasses", "spectacles", "bespectacled", "goggles", "professor", "librarian", "眼镜"),
    "eyepatch": ("eyepatch", "eye patch", "one-eyed", "pirate", "眼罩", "独眼"),
    "scarf": ("scarf", "muffler", "围巾"),
    "pipe": ("pipe", "smoker", "烟斗"),
    "necklace": ("necklace", "pendant", "amulet", "locket", "项链", "吊坠", "玉佩"),
    "scar": ("scar", "scarred", "疤"),
    "freckles": ("freckle", "freckled", "雀斑"),
    "earrings": ("earring", "耳环"),
    "beard": ("beard", "bearded", "胡子", "胡须", "络腮"),
    "moustache": ("moustache", "mustache", "moustached", "八字胡"),
    "mask": ("mask", "masked", "ninja", "面具", "蒙面", "忍者"),
    "staff": ("staff", "wizard", "cane", "杖"),
    "sword": ("sword", "swordsman", "blade", "katana", "samurai", "剑", "刀客", "侠"),
}
_SKINS: tuple[RGB, ...] = (
    (247, 218, 193),
    (238, 199, 166),
    (224, 176, 138),
    (198, 144, 104),
    (150, 100, 70),
    (108, 70, 50),
)
_SKIN_WORDS: Mapping[int, Sequence[str]] = {
    0: ("pale", "fair", "porcelain", "苍白", "白皙"),
    3: ("tanned", "olive-skinned", "weathered", "黝黑", "古铜"),
    5: ("dark-skinned", "dark skin", "african", "black woman", "black man"),
}
_HAIR: tuple[RGB, ...] = ((38, 32, 36), (62, 42, 34), (104, 66, 42), (146, 92, 52), (206, 162, 96), (158, 70, 40))
_HAIR_WORDS: Mapping[int, Sequence[str]] = {
    0: ("black hair", "dark hair", "dark-haired", "black-haired", "raven", "黑发", "乌发"),
    2: ("brown hair", "brunette", "brown-haired", "chestnut", "棕发"),
    4: ("blonde", "blond", "golden hair", "fair-haired", "金发"),
    5: ("red hair", "red-haired", "redhead", "ginger", "auburn", "红发"),
}


@dataclass(frozen=True, slots=True)
class Traits:
    """One character."""

    kind: str  # "human" or a key of KINDS
    feminine: bool
    age: str  # child, adult, old
    girth: float  # shoulders relative to the usual
    skin: RGB
    hair: RGB
    hairstyle: str
    garment: str
    cloth: RGB
    trim: RGB
    hat: str  # empty for none
    extras: frozenset[str]


def traits_of(words: Words, nature: Dice, colours: Palette) -> Traits:
    """The character that the words describe."""
    feminine = _is_feminine(words, nature.fork("gender"))
    age = "old" if words.has(*OLD) else "child" if words.has(*YOUNG) else "adult"
    dice = nature.fork("wardrobe")
    garment = words.first(GARMENTS) or dice.pick(
        ("coat", "sweater", "shirt", "suit", "coat", "dress" if feminine else "hoodie")
    )
    cloth, trim = _cloth(words, garment, dice, colours)
    return Traits(
        kind=words.first(KINDS) or "human",
        feminine=feminine,
        age=age,
        girth=(1.15 if words.has(*BROAD) else 0.9 if words.has(*SLIM) else 1.0) * (0.88 if feminine else 1.0),
        skin=_skin(words, nature.fork("skin"), colours),
        hair=_hair(words, age, nature.fork("hair"), colours),
        hairstyle=_hairstyle(words, feminine, age, nature.fork("hairstyle")),
        garment=garment,
        cloth=cloth,
        trim=trim,
        hat=words.first(HATS) or "",
        extras=frozenset(words.every(EXTRAS)),
    )


def _is_feminine(words: Words, dice: Dice) -> bool:
    she = words.has(*FEMININE)
    he = words.has(*MASCULINE, *EXTRAS["beard"], *EXTRAS["moustache"])
    return dice.chance(0.5) if she == he else she


def _skin(words: Words, dice: Dice, colours: Palette) -> RGB:
    spoken = words.first(_SKIN_WORDS)
    base = _SKINS[spoken] if spoken is not None else dice.pick(_SKINS[:5])
    return colour.mix(base, colours.light, 0.1)


def _hair(words: Words, age: str, dice: Dice, colours: Palette) -> RGB:
    spoken = words.first(_HAIR_WORDS)
    told = words.colour_of("hair", "haired", "头发", "发")
    if told is not None and spoken is None:
        return told
    if spoken is None and (age == "old" or words.has("silver", "grey-haired", "白发", "银发")):
        return colour.mix((214, 212, 208), colours.sky, 0.12)
    return colour.mix(_HAIR[spoken] if spoken is not None else dice.pick(_HAIR), colours.near, 0.15)


def _hairstyle(words: Words, feminine: bool, age: str, dice: Dice) -> str:
    spoken = words.first(HAIRSTYLES)
    if spoken is not None:
        return spoken
    if feminine:
        return dice.pick(("bun", "bob", "bun") if age == "old" else ("long", "bob", "bun", "ponytail", "curly", "long"))
    if age == "old":
        return dice.pick(("bald", "short", "short"))
    return dice.pick(("short", "short", "parted", "curly", "spiky", "parted"))


def _cloth(words: Words, garment: str, dice: Dice, colours: Palette) -> tuple[RGB, RGB]:
    """Main and second colour of the clothes: what is said of the garment, else any colour said, else the style's."""
    usual = dice.pick((colours.accent, colours.near, colours.far, colours.second))
    if garment == "labcoat" or words.has(*HATS["bubble"]):
        usual = COLOURS["white"]
    spoken = [said for said in words.colours() if said != words.colour_of("hair", "eyes", "skin", "头发", "眼睛")]
    main = words.colour_of(*GARMENTS[garment]) or (spoken[0] if spoken and garment != "labcoat" else usual)
    others = [said for said in spoken if said != main]
    trim = words.colour_of("scarf", "tie", "围巾", "hat") or (others[0] if others else None)
    answer = colours.second if colour.contrast(colours.second, main) > 1.5 else colours.light
    return colour.mix(main, colours.haze, 0.06), trim or answer
