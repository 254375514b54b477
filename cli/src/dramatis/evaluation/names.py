"""How alike two names of the same type are."""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import dropwhile

CHARACTERS, LOCATIONS, PROPS = TYPES = ("characters", "locations", "props")

SURE = 0.9
"""From here on two names mean the same; below they may."""

_SAME, _REORDERED, _TITLED, _JOINED = 1.0, 0.98, 0.95, 0.97
_TELLING_TITLES = frozenset({"old", "young", "little", "mr", "mrs"})
_TITLES = _TELLING_TITLES | {
    "ms",
    "miss",
    "dr",
    "doctor",
    "sir",
    "lady",
    "lord",
    "captain",
    "capt",
    "aunt",
    "uncle",
    "prince",
}
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = {"his", "her", "their", "its"}
_SMALL = _ARTICLES | _POSSESSIVES | {"of", "with", "and", "in", "on", "at", "for", "to", "some", "several"}

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
_MARKUP = re.compile(r"[*_~^]")
_BRACKETS = re.compile(r"[\[(][^\])]*[\])]")
_POSSESSIVE = re.compile(r"'s\b")
_HAN = re.compile(r"[\u3400-\u9fff]")

_SCENE_NUMBER = re.compile(r"^\s*\d+[a-z]?[.)]?\s+|#[^#]*#\s*$")
_SETTING = re.compile(r"^\W*(?:int\.?\s*/\s*ext|ext\.?\s*/\s*int|i\s*/\s*e|int|ext|est)(?:[.\s]+|\.)")
_HAN_SETTING = re.compile(r"^(?:内景|外景|内外景|内/外|内|外)[\s.:,-]+")
_HAN_TIME = re.compile(r"[\s,.:-]*(?:日|夜|晨|黄昏|清晨|傍晚|白天|夜晚)?[\s,.:-]*(?:内/外|内|外)?$")
_SEPARATOR = re.compile(r"\s*[-,.:/]+\s*|\s{2,}")
_HOURS = {
    "day",
    "night",
    "dusk",
    "dawn",
    "morning",
    "evening",
    "afternoon",
    "noon",
    "midnight",
    "twilight",
    "sunset",
    "sunrise",
}
_CONTINUITY = {"later", "continuous", "continued", "same", "present", "flashback", "intercut", "hour"}
_CAMERA = {"established", "establishing", "traveling", "travelling", "moving", "driving", "shots", "cuts"}
_TIMES = _HOURS | _CONTINUITY | _CAMERA
_BEFORE_TIMES = {"early", "late", "mid", "next", "that", "the", "pre", "another", "magic", "time", "various", "quick"}
_AMOUNTS = {"a", "bit", "few", "one", "two", "three", "four", "five", "six", "seven", "several", "some", "many"}
_UNITS = {
    f"{unit}{s}" for unit in ("moment", "second", "minute", "hour", "day", "week", "month", "year") for s in ("", "s")
}
_TIME_WORDS = _TIMES | _BEFORE_TIMES | _AMOUNTS | _UNITS


def likeness(one: str, other: str, kind: str) -> float:
    """From 0, another thing, to 1, the same name; `kind` is one of `TYPES`."""
    if _HAN.search(one) or _HAN.search(other):
        return _alike_in_han(_squeezed(one, kind), _squeezed(other, kind), kind)
    a, b = words(one, kind), words(other, kind)
    if not a or not b:
        return 0.0
    if a == b:
        return _SAME
    if kind == CHARACTERS:
        return _TITLED if _differ_in_titles(set(a), set(b)) else _misspelt(a, b)
    return _alike_in_words(a, b, kind)


def words(name: str, kind: str) -> tuple[str, ...]:
    """What a name says: no articles, no brackets; things and places in the singular, places without their heading's rest."""
    text = _POSSESSIVE.sub("s" if kind == CHARACTERS else "", _bare(name, kind))
    found = re.sub(r"[^\w]+", " ", text).split()
    said = [word for word in found if word not in (_ARTICLES if kind == CHARACTERS else _SMALL)] or found
    return tuple(said if kind == CHARACTERS else map(_singular, said))


def _bare(name: str, kind: str) -> str:
    """The name in small letters without markup and brackets; a place without setting and time of day."""
    text = _MARKUP.sub("", unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold()).strip()
    if kind != LOCATIONS:
        return _BRACKETS.sub(" ", text)
    for part in (_SCENE_NUMBER, _SETTING, _HAN_SETTING):
        text = part.sub("", text)
    text = _SCENE_NUMBER.sub("", _BRACKETS.sub(" ", text)).strip()
    text = _without_time(text)
    return _HAN_TIME.sub("", text).strip() if _HAN.search(text) else text


def _without_time(place: str) -> str:
    """The place without the parts at its end that tell a time only; a place of nothing else stays."""
    parts = [part for part in _SEPARATOR.split(place) if part]
    kept = list(dropwhile(_is_time, reversed(parts)))
    return " ".join(reversed(kept)) or " ".join(parts[:1])


def _is_time(part: str) -> bool:
    said = {word for word in part.split() if not word.isdecimal()}
    return said <= _TIME_WORDS and bool(said & _TIMES)


def _squeezed(name: str, kind: str) -> str:
    return re.sub(r"[^\w]+", "", _bare(name, kind))


def _alike_in_han(one: str, other: str, kind: str) -> float:
    """Chinese writes no spaces: letters are compared, and a short name may stand for a long one that has it."""
    if not one or not other:
        return 0.0
    if one == other:
        return _SAME
    if kind == CHARACTERS:
        return 0.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and short in long and len(short) / len(long) >= 0.4:
        return 0.85
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= 0.75 else 0.0


def _differ_in_titles(one: set[str], other: set[str]) -> bool:
    """DR. HALE is HALE; MR. HALE is not MRS. HALE, nor YOUNG INES INES."""
    return one - _TITLES == other - _TITLES != set() and not (one ^ other) & _TELLING_TITLES


def _alike_in_words(a: tuple[str, ...], b: tuple[str, ...], kind: str) -> float:
    one, other = set(a), set(b)
    if one == other:
        return _REORDERED
    overlap = len(one & other) / len(one | other)
    found = [_misspelt(a, b)]
    if overlap >= (0.66 if kind == LOCATIONS else 0.6):
        found.append(overlap)
    if kind == PROPS and a[-1] == b[-1] and (one <= other or other <= one):
        found.append(0.7 + 0.25 * overlap)
    return max(found)


def _misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Words joined or parted otherwise, or as many words, of which those that differ are long and nearly alike."""
    if "".join(a) == "".join(b):
        return _JOINED
    if len(a) != len(b):
        return 0.0
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if any(min(len(x), len(y)) < 5 or not (x.isalpha() and y.isalpha()) for x, y in differing):
        return 0.0
    worst = min(SequenceMatcher(None, x, y).ratio() for x, y in differing)
    return 0.95 * worst if worst >= 0.8 else 0.0


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
