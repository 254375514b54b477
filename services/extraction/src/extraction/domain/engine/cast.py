"""Cast lists: who is in the play, under what full name and in what part; who is in a scene."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.naming import WORD, Key, name_key
from extraction.domain.engine.words import SMALL_WORDS, is_person_noun, word_set
from extraction.domain.formats.cues import in_capitals
from extraction.domain.formats.short_drama_labels import cast_of
from extraction.domain.script import Element, Kind, Scene

HEADING = re.compile(
    r"(?:the\s+)?(?:list of\s+)?(?:dramatis person(?:ae|\u00e6)|persons?(?: (?:of|in) the (?:play|drama|comedy|scene))?|people(?: of the play)?|"
    r"cast(?: list| of characters)?|characters?(?: (?:of|in) the play)?|the (?:players|company)|"
    r"人物(?:小传|表|介绍|简介)?|主要人物|角色(?:表|介绍)?|出场人物|人物设定)(?:\s*\(.*\))?\s*[.:\uff1a]?",
    re.IGNORECASE,
)
ENTRY = re.compile(
    r"(?P<name>[^\W\d_][^,;:()\u2014\uff0c\uff1a\uff08\[]{0,40}?)\s*"
    r"(?:[,;:\uff0c\uff1a]\s*(?P<after>.{0,300})|[(\uff08](?P<inside>[^()\uff08\uff09]{0,80})[)\uff09][.,:\uff1a]?\s*(?P<more>.{0,300})"
    r"|\s*(?:\u2014|--|(?:\.\s?){2,}|\s-\s)\s*(?P<dash>.{0,300}))?"
)
CHINESE_NAME = re.compile(
    r"(?:本名|原名|真名|又名|小名|乳名|绰号|外号|昵称|化名|艺名|网名|(?:外界|人|大家|众人|下属|都)?称(?:呼)?(?:[他她]|其)?|人送外号|被(?:称|叫)[为做作]?|自称)"
    r"(?:为|叫|是|作|做)?[\"\u201c\u300c'\u2018]?(?P<name>[\u3400-\u9fff]{2,4})"
)
CHINESE_AGE = re.compile(r"(?P<age>\d{1,3}(?:多|来)?岁(?:左右|上下)?|[一二三四五六七八九十]{1,3}(?:来|多)?岁)")
BETWEEN = re.compile(r"[、,\uff0c;\uff1b/|\uff5c和及与]+|(?<![A-Za-z.])\s+|\s+(?![A-Za-z])")
REMARK = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]|[\[【][^\[\]【】]*[\]】]")
AND_OTHERS = re.compile(r"(?<=[\u3400-\u9fff]{2})等人?$")
LETTERED = re.compile("(?P<who>[\u3400-\u9fff]{2,8})(?P<letters>[甲乙丙丁戊]{2,5})")
CROWD = re.compile(r"(?:若干|数名|数人|等人|众|群众|群演|们$|一群|一众|等$|[两二三四五六七八九十\d]+[名个位人])")
NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、)\uff0e]\s*")
IDEOGRAPH = re.compile("[\u3400-\u9fff]")
ARTICLE = re.compile(r"^(?:A|AN|THE)\s+(?=\w)", re.IGNORECASE)
LABELS = word_set(
    "time place setting scene scenes act acts period synopsis note notes properties costumes music production first author title "
    "copyright produced directed by written original presented curtain end prologue epilogue"
)
MAX_ENTRY_WORDS = 5
MAX_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a cast list: the name, what it tells of it, other names in it; `sure` below a heading that says so."""

    name: str
    detail: str
    aliases: tuple[str, ...]
    age: str | None
    element: Element
    sure: bool


def cast_entries(elements: Iterable[Element]) -> Iterator[Entry]:
    """The lines of the preamble that can be lines of a cast list."""
    sure = False
    for element in elements:
        text = NUMBERED.sub("", element.text.strip()).strip("【】[]#*_ ")
        if HEADING.fullmatch(text):
            sure = True
        elif element.kind is Kind.SECTION or text.endswith(":"):
            sure = False
        elif entry := _entry(text, element, sure=sure):
            yield entry


def heads_cast(text: str) -> bool:
    """Whether a line announces a cast list."""
    return HEADING.fullmatch(text.strip()) is not None


def present_in(scene: Scene) -> Iterator[tuple[str, Element]]:
    """The names of a scene's own list (`人物:`), without crowds."""
    for element in scene.elements:
        listed = cast_of(element.text) if element.kind in {Kind.SYNOPSIS, Kind.ACTION} else ""
        for name in BETWEEN.split(REMARK.sub(" ", listed)):
            bare = AND_OTHERS.sub("", name.strip("。. "))
            if bare and len(bare) <= 40 and not CROWD.search(simplified(bare)):
                several = LETTERED.fullmatch(bare)
                for each in several["letters"] if several else ("",):
                    yield (several["who"] + each if several else bare), element


def _entry(text: str, element: Element, *, sure: bool) -> Entry | None:
    found = ENTRY.fullmatch(text)
    if found is None:
        return None
    name = ARTICLE.sub("", found["name"].strip(" .*_"))
    chinese = IDEOGRAPH.search(name) is not None
    detail = " ".join(part for part in (found["inside"], found["after"], found["more"], found["dash"]) if part)[
        :MAX_DETAIL
    ]
    if not _is_name(name, sure=sure, chinese=chinese, told=bool(detail)):
        return None
    age = CHINESE_AGE.search(detail)
    aliases = _chinese_aliases(detail) if chinese else _parts_played(found["inside"], found["after"])
    return Entry(name, detail, aliases, age["age"] if age else None, element, sure)


def _is_name(name: str, *, sure: bool, chinese: bool, told: bool) -> bool:
    if chinese:
        return sure and told and 2 <= len(name) <= 6
    words = WORD.findall(name)
    if not 1 <= len(words) <= MAX_ENTRY_WORDS or words[0].casefold() in LABELS:
        return False
    titled = all(word[0].isupper() or word in SMALL_WORDS for word in words)
    return in_capitals(name) or (sure and titled and words[0][0].isupper())


def _chinese_aliases(detail: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found["name"] for found in CHINESE_NAME.finditer(detail)))


def _parts_played(inside: str | None, after: str | None) -> tuple[str, ...]:
    """`(County Attorney)` and `the harbourmaster`: a calling that the play may use as the name."""
    told = (inside or after or "").split(",")[0].split(";")[0].strip(" ._")
    key: Key = name_key(told)
    return (told,) if key and len(key) <= 3 and is_person_noun(key[-1]) and not set(key) & SMALL_WORDS else ()
