"""The places that scene headings name, and which of them are the same place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.place_words import BUILDINGS, ROOMS
from extraction.domain.engine.words import CAMERA, HONORIFICS, PLACES, TITLES, singular, word_set
from extraction.domain.formats.headings import DASH, PREFIX, TIME

BRACKETED = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|\uff08[^\uff08\uff09]*\uff09?|【[^【】]*】?")
LOOSE_TIME = re.compile(
    r"(?<=\S)\s+(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|NOON|MIDNIGHT|SUNSET|SUNRISE|CONTINUOUS|LATER|"
    r"MOMENTS LATER|THAT NIGHT|THE NEXT (?:DAY|MORNING))[.]?$",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:(?:BEGIN |START |CONTINUE )?(?:INTERCUT|FLASH ?BACKS?|FLASH ?FORWARD|MONTAGE|DREAM(?: SEQUENCE)?|BACK (?:TO|AT|IN)|RETURN TO|"
    r"SAME|ESTABLISHING(?: SHOT)?|STOCK(?: FOOTAGE| SHOT)?|AERIAL(?: VIEW| SHOT)?|VARIOUS)"
    r"(?:(?<=INTERCUT)\s+|\s*[-\u2013\u2014:.,]+\s*|\s+(?:OF|BETWEEN|WITH|TO)\s+|\s+(?=(?:INT|EXT)\b)))+"
    r"|^BACK (?:TO|AT|IN)\s+",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"(?:THE )?(?:RAIN(?:ING|Y)?|SNOW(?:ING|Y)?|STORM(?:Y|ING)?|FOG(?:GY)?|SUNNY|CLOUDY|WINDY|WINTER|SUMMER|SPRING|AUTUMN|FALL|"
    r"MOVING|PARKED|DRIVING|TRAVELL?ING|STATIONARY|IN MOTION|SPEEDING|FLYING|EN ROUTE|AERIAL|UNDERCRANKED|SLOW MOTION|"
    r"(?:.* )?(?:FLASH ?BACKS?|FLASH ?FORWARD|DREAM(?: SEQUENCE)?|MEMORY|FANTASY|NIGHTMARE|MONTAGE|POV|INTERCUT|"
    r"ESTABLISHING(?: SHOT)?|SHOT|SHOTS)|SAME|VARIOUS|OMITTED|DAYS?|NIGHTS?|FORMER|RESUMING|RESUME|STOCK(?: FOOTAGE| SHOT)?|"
    r"(?:SHIP|STATION|EARTH|LOCAL)['\u2019]?S? (?:DAY|NIGHT|TIME)|PRE-?LAP|SILENT|MOS|B ?& ?W|BLACK AND WHITE|[12]\d{3}'?S?|FINAL|TO CAMERA|ON (?:TV|SCREEN|VIDEO)|"
    r"(?:A )?(?:FEW|COUPLE OF|SHORT TIME|LONG TIME|LITTLE)?\s?(?:[\w-]+ )?(?:SECONDS?|MOMENTS?|MINUTES?|HOURS?|DAYS?|WEEKS?|MONTHS?|YEARS?|WHILE)"
    r" (?:LATER|EARLIER|AGO|BEFORE|AFTER))",
    re.IGNORECASE,
)
TIMELY = re.compile(
    r"(?:DAY|NIGHT)(?:\s+(?:OR|AND|TO|INTO|FOR)\b|[,/(]).*|(?:A )?(?:ETERNAL|STORMY|RAINY|SNOWY|FOGGY|SUNNY|COLD|HOT|DARK|BRIGHT|GREY|GRAY)"
    r"|.*\b(?:DAY|NIGHT|MORNING|EVENING|AFTERNOON|DAWN|DUSK|NOON|MIDNIGHT|SUNSET|SUNRISE|TWILIGHT|DAYBREAK|HOURS?|WEATHER)"
    r"|(?:TIMELESS|ANY ?TIME|VARIOUS TIMES?|ALWAYS|ETERNITY|UNKNOWN(?: TIME)?|SIMULTANEOUS(?:LY)?|MEANWHILE|ONGOING|THEN|NOW|"
    r"(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|CHRISTMAS|NEW YEAR'?S)\b.*)",
    re.IGNORECASE,
)
NOWHERE = re.compile(
    r"(?:SCENE )?(?:OMITTED|DELETED)|BLACK(?:NESS| SCREEN)?|DARKNESS|WHITE|VARIOUS(?: LOCATIONS| PLACES| SHOTS)?|MONTAGE.*|TITLES?(?: CARD)?|CREDITS|"
    r"SERIES OF SHOTS.*|(?:THE )?END|TBD|LATER|CONTINUOUS|SAME|THE SAME|SPLIT ?-?SCREEN.*|SOMEWHERE|UNKNOWN|N/A|内|外|同上|黑屏|字幕|片头|片尾",
    re.IGNORECASE,
)
SECOND_HEADING = re.compile(
    r"\s*(?:/|&|\bAND\b|,)?\s*\b(?:INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|INT|EXT)(?:\.\s*|\s+)", re.IGNORECASE
)
SLASH = re.compile(r"\s*[/\uff0f]\s*")
SPACED_SLASH = re.compile(r"\s+/\s+")
INTERCUT = re.compile(r"INTERCUT", re.IGNORECASE)
NESTED = re.compile(r"[,:;·・\uff0c\uff1a\u2022>|\\]|\.(?=\s)")
POSSESSED = re.compile(r"['\u2019]s?\b", re.IGNORECASE)
GENERIC = PLACES | word_set(
    "pub bar cafe restaurant hotel club building house shop store place room flat apartment lounge office"
)
HOUSES = BUILDINGS | word_set("apartment home residence building condo penthouse suite trailer ship boat spaceship")
LEADING_PLACE = re.compile(
    r"(?:JUST )?(?:INSIDE|OUTSIDE|IN FRONT|NEAR|AT|IN|ON|ABOARD)(?: OF)?(?: THE)? (?=\w)", re.IGNORECASE
)
CHINESE_JOINTS = re.compile(r"[\s·・\-\u2014\u2013/、的之]+")
CHINESE_ASIDE = re.compile(
    r"(?:回忆|闪回|梦境|梦中|幻想|想象|现实|现在|过去|同上|续|空镜|外景|内景|内外景|日|夜|晨|昏|清晨|傍晚|黄昏|白天|夜晚|深夜|次日|当晚|同时|雨|雪|"
    r".{1,4}[年月天日]后|.{1,4}年前)"
)
CHINESE_NESTED = re.compile(
    r"(?P<parent>.+?(?:家|宅|府|集团|公司|医院|学校|大学|酒店|别墅|公寓|大厦|公馆|宫|寺|村|店|馆))(?P<room>[^的]{2,})"
)
RECENT = 3
MIN_PART, MAX_HOUSE = 2, 20
IDEOGRAPH = re.compile("[\u3400-\u9fff]")


def rooms_of(place: str) -> list[str]:
    """The places of a heading without times and asides: two for `KITCHEN / INT. HALL` and `INTERCUT KITCHEN/HALL`."""
    bare = " ".join(BRACKETED.sub(" ", place).split())
    both = SLASH if INTERCUT.search(place) else SPACED_SLASH
    bare = LEADING.sub("", bare)
    halves = [half for whole in SECOND_HEADING.split(bare) for half in _halves(whole, both)]
    rooms = [room for half in halves if (room := _room(half))]
    return list(dict.fromkeys(rooms))


def _halves(whole: str, both: re.Pattern[str]) -> list[str]:
    """The places on both sides of a stroke; `ANNA'S FLAT / KITCHEN` is one, a room in a house."""
    halves = both.split(whole)
    if len(halves) == 2 and both is SPACED_SLASH:
        house, room = (name_key(half) for half in (halves[0], DASH.split(halves[1])[0]))
        if house and room and house[-1] in HOUSES and room[-1] in ROOMS:
            return [" - ".join(halves)]
    return halves


def shorter_names(name: str) -> list[str]:
    """`INSIDE THE MILL` is the mill."""
    inner = LEADING_PLACE.match(name)
    return [name[inner.end() :]] if inner else []


def place_key(place: str) -> tuple[Key, ...]:
    """What makes two headings one place: the names between dashes and commas, without articles and case."""
    if IDEOGRAPH.search(place):
        return ((CHINESE_JOINTS.sub("", place).casefold(),),)
    return tuple(key for part in DASH.split(place) for piece in NESTED.split(part) if (key := name_key(piece)))


def same_places(
    keys: Sequence[tuple[Key, ...]], named: Mapping[tuple[Key, ...], str]
) -> dict[tuple[Key, ...], tuple[Key, ...]]:
    """For every key that is another way to say a place, the key of that place; `named` holds them as written.

    `keys` come in the order of the script; KITCHEN is HOUSE - KITCHEN, CAR is MAZ'S CAR and ANCHOR is ANCHOR PUB when
    only one of them can be meant, or the one that was seen last.
    """
    flat: dict[Key, tuple[Key, ...]] = {}
    same: dict[tuple[Key, ...], tuple[Key, ...]] = {}
    for key in keys:
        words = tuple(sorted(singular(word) for part in key for word in part if word not in HONORIFICS))
        if flat.setdefault(words, key) != key:
            same[key] = flat[words]
    short = _short_forms([key for key in keys if key not in same], named)
    tops = {key[0] for key in keys if len(key) > 1}
    for at, key in enumerate(keys):
        fuller = [each for each in short.get(key, ()) if each != key]
        if key in same or not fuller or (key[0] in tops and len(key) == 1):
            continue
        recent = set(keys[max(0, at - RECENT) : at])
        before = [each for each in fuller if each in recent]
        if len(fuller) == 1 or len(before) == 1:
            same[key] = fuller[0] if len(fuller) == 1 else before[0]
    return {key: _last(key, same) for key in same}


def _last(key: tuple[Key, ...], same: Mapping[tuple[Key, ...], tuple[Key, ...]]) -> tuple[Key, ...]:
    seen = {key}
    while key in same and same[key] not in seen:
        key = same[key]
        seen.add(key)
    return key


def _short_forms(
    keys: Iterable[tuple[Key, ...]], named: Mapping[tuple[Key, ...], str]
) -> Mapping[tuple[Key, ...], Sequence[tuple[Key, ...]]]:
    short: defaultdict[tuple[Key, ...], list[tuple[Key, ...]]] = defaultdict(list)
    for key in keys:
        for each in dict.fromkeys(_forms(key, named.get(key, ""))):
            if each != key:
                short[each].append(key)
    return short


def _forms(key: tuple[Key, ...], name: str) -> Iterator[tuple[Key, ...]]:
    """Shorter ways to say a place."""
    if len(key) > 1:
        yield key[1:]
        yield (key[-1],)
        return
    words = key[0]
    if IDEOGRAPH.search(name):
        pieces = [piece for piece in CHINESE_JOINTS.split(name) if piece]
        nested = CHINESE_NESTED.fullmatch(name)
        if len(pieces) > 1:
            yield from _within("".join(pieces[:-1]), pieces[-1])
            yield (("".join(pieces[1:]),),)
        elif nested:
            yield from _within(nested["parent"], nested["room"])
        return
    for cut in range(1, len(words)):
        possessed = POSSESSED.search(name) is not None and cut <= 2
        if len(words) - cut >= 2 or possessed:
            yield (words[cut:],)
    if len(words) > 1 and words[-1] in GENERIC and words[0] not in GENERIC | TITLES:
        yield (words[:-1],)


def _within(house: str, room: str) -> Iterator[tuple[Key, ...]]:
    """宋家茶馆·大堂 is 大堂, 茶馆大堂 and 宋家大堂."""
    yield ((room,),)
    for cut in range(MIN_PART, min(len(house), MAX_HOUSE) - MIN_PART + 1):
        yield ((house[cut:] + room,),)
        yield ((house[:cut] + room,),)


def _room(half: str) -> str:
    """A place without its times, asides and camera talk; empty when nothing remains."""
    if IDEOGRAPH.search(half):
        kept = [part for part in half.split() if not CHINESE_ASIDE.fullmatch(part)]
        return "" if NOWHERE.fullmatch(" ".join(kept)) else " ".join(kept)
    prefix = PREFIX.match(half)
    if prefix and prefix["prefix"].isupper():
        half = half[prefix.end() :]
    parts = [part.strip(" ,.:;") for part in DASH.split(half)]
    parts = [
        part for at, part in enumerate(parts) if part and not _is_aside(part) and not (at and TIMELY.fullmatch(part))
    ]
    if not parts:
        return ""
    last = _without_loose_time(parts[-1])
    parts[-1] = last
    name = " - ".join(parts)
    camera = set(name_key(name)) <= CAMERA
    return "" if NOWHERE.fullmatch(name) or camera else name


def _is_aside(part: str) -> bool:
    return TIME.fullmatch(part) is not None or ASIDE.fullmatch(part) is not None


def _without_loose_time(part: str) -> str:
    """`KITCHEN NIGHT` and `KITCHEN, RAINING` are KITCHEN."""
    pieces = [piece.strip() for piece in part.split(",")]
    while len(pieces) > 1 and _is_aside(pieces[-1]):
        pieces.pop()
    return LOOSE_TIME.sub("", ", ".join(pieces))
