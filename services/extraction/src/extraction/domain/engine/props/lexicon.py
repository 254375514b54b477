"""The words a prop master knows: lists of the package's own, one word a line."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

IRREGULAR = {
    "knives": "knife",
    "loaves": "loaf",
    "scarves": "scarf",
    "leaves": "leaf",
    "shelves": "shelf",
    "lives": "life",
    "wolves": "wolf",
    "halves": "half",
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "dice": "dice",
    "cookies": "cookie",
    "pies": "pie",
    "ties": "tie",
    "movies": "movie",
    "zombies": "zombie",
    "brownies": "brownie",
    "shoes": "shoe",
    "axes": "axe",
    "caches": "cache",
}
SAME = {"photo": "photograph", "snapshot": "photograph", "flashlight": "torch", "logbook": "log", "banknote": "money"}
FIRST_PARTS = (
    "brief cell ear eye flash foot hair hand head horse news note pass photo post rain salt sand saw sea "
    "smart snow sun tele tooth walk watch wrist yard"
)
WHOLE = frozenset(
    {
        "pineapple",
        "highlighter",
        "drumstick",
        "dipstick",
        "chopstick",
        "horseshoe",
        "grapefruit",
        "watermelon",
        "peanut",
    }
    | {
        "handkerchief",
        "liquorice",
        "strawberry",
        "lipstick",
        "candlelight",
        "sawdust",
        "butterfly",
        "goldfish",
        "nightstick",
    }
    | {
        "rattlesnake",
        "tombstone",
        "headstone",
        "torchlight",
        "flatbread",
        "flintlock",
        "keyboard",
        "windscreen",
        "cupboard",
    }
)
REMEMBERED = 20_000
ALWAYS_PLURAL = frozenset({"glasses", "sunglasses", "eyeglasses", "goods", "clothes", "news", "series", "matches"})
HISSING = ("ches", "shes", "xes", "sses", "zes")


class Sort(Enum):
    """What kind of word it is, and so how much it takes to be a prop."""

    SURE = "sure"
    AMBIGUOUS = "ambiguous"
    WARDROBE = "wardrobe"
    FURNISHING = "furnishing"
    SUBSTANCE = "substance"
    ANIMAL = "animal"


SURE = ("tools", "weapons", "documents", "containers", "devices", "food", "household")
LISTS = (
    *((name, Sort.SURE) for name in SURE),
    ("ambiguous", Sort.AMBIGUOUS),
    ("substances", Sort.SUBSTANCE),
    ("animals", Sort.ANIMAL),
    ("wardrobe", Sort.WARDROBE),
    ("furnishings", Sort.FURNISHING),
)


@lru_cache(maxsize=REMEMBERED)
def singular(word: str) -> str:
    """The singular of a word in small letters, as far as its ending tells."""
    if word in ALWAYS_PLURAL or len(word) < 4:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(HISSING) and len(word) > 4:
        return word[:-2]
    if word.endswith("oes"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def read_list(language: str, name: str) -> Iterator[str]:
    """The lines of a list, without its header."""
    source = files(__package__).joinpath("data", language, f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in source.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """An English list as it stands."""
    return frozenset(read_list("english", name))


@cache
def singulars(name: str) -> frozenset[str]:
    """An English list in the singular."""
    return frozenset(singular(word) for word in words(name))


@cache
def nouns() -> Mapping[str, Mapping[tuple[str, ...], Sort]]:
    """Names of things by their last word, as the lists have them; the last list that has a word decides its sort."""
    found: dict[str, dict[tuple[str, ...], Sort]] = {}
    for name, sort in LISTS:
        for line in words(name):
            for key in {(line.replace("-", ""),), tuple(line.replace("-", " ").split())}:
                if " " not in key[0]:
                    found.setdefault(key[-1], {})[key] = sort
    return found


@cache
def verb_forms(name: str) -> frozenset[str]:
    """Every form of the verbs of a list."""
    return frozenset(form for line in words(name) for form in forms(line.split()))


def longest_name(before: Sequence[str]) -> tuple[int, Sort] | None:
    """How many of the words (small letters) that end here name a thing, and what sort it is."""
    if not before:
        return None
    last = before[-1].replace("-", "")
    spelled = [(form, known) for form in (last, singular(last)) if (known := nouns().get(form))]
    for length in (3, 2, 1) if spelled else ():
        for form, known in spelled if length <= len(before) else ():
            sort = known.get((*before[-length:-1], form))
            if sort is not None:
                return length, sort
    return _hyphenated(before[-1])


@lru_cache(maxsize=REMEMBERED)
def parted(word: str) -> tuple[str, ...]:
    """A word in the singular, parted where a name of a thing ends it: `bird-cage` and `birdcage` are bird and cage."""
    if "-" in word:
        before, last = word.rsplit("-", 1)
        return (before, *parted(last))
    one = singular(word)
    for length in range(len(one) - 3, 2, -1):
        if one not in WHOLE and _known(one[-length:]) and _known(one) and one[:-length] in _first_parts():
            return one[:-length], one[-length:]
    return (SAME.get(one, one),)


@cache
def _first_parts() -> frozenset[str]:
    """Words that begin closed compounds: names of things, materials, verbs for what hands do, and some more."""
    things = (word for last in nouns().values() for key in last for word in key)
    return frozenset({*things, *words("materials"), *words("compound_heads"), *FIRST_PARTS.split()})


def _known(word: str) -> bool:
    return (word,) in nouns().get(word, {})


def _hyphenated(word: str) -> tuple[int, Sort] | None:
    """`dog-collar` is a collar; `bottle-glass` is glass."""
    if "-" not in word or word.startswith(("on-", "off-")):
        return None
    named = longest_name(word.split("-"))
    return None if named is None else (1, named[1])


def forms(given: Sequence[str]) -> Iterator[str]:
    """Every form of a verb: those that are given, and the regular ones when only the base is."""
    base, *others = given
    yield from given
    if others:
        return
    stem = base.removesuffix("e")
    short = len(base) > 2 and base[-1] not in "aeiouwxy" and base[-2] in "aeiou" and base[-3] not in "aeiou"
    if base.endswith("y") and base[-2] not in "aeiou":
        yield from (base[:-1] + "ies", base[:-1] + "ied", base + "ing")
        return
    yield base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    yield from (stem + "ed", stem + "ing")
    if short:
        yield from (base + base[-1] + "ed", base + base[-1] + "ing")


def every_form(*verbs: str) -> frozenset[str]:
    """All forms of regular verbs, and of others whose forms stand side by side: `take takes took taken taking`."""
    return frozenset(form for verb in verbs for form in forms(verb.split()))


def regular_forms(verbs: str) -> frozenset[str]:
    """All forms of the regular verbs of a text."""
    return every_form(*verbs.split())
