"""Scene headings: where and when a scene plays.

Grammar: fountain.io/syntax (Scene Headings) and the habits of screenwriters, such as `HOUSE - KITCHEN - NIGHT (1999)`.
"""

import re
from dataclasses import dataclass

from extraction.domain.script import Setting

PREFIX = re.compile(
    r"(?P<prefix>INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I\s?/\s?E|E\s?/\s?I|INT|EXT|EST|(?:INTERIOR|EXTERIOR)(?=\s?[.:\u2013\u2014-]))"
    r"(?:\.\s*|\s+|\s*[-\u2013\u2014:]\s*|$)",
    re.IGNORECASE,
)
LED_BY = re.compile(
    r"(?:(?:BEGIN|START|CONTINUE|END(?: OF)?|BACK TO|RETURN TO)\s+)?(?:THE\s+)?"
    r"(?:(?P<past>FLASH ?BACKS?|FLASH ?FORWARDS?|DREAM(?: SEQUENCE)?|NIGHTMARE|MEMORY)|MONTAGE|SERIES OF SHOTS|PRESENT(?: DAY)?)"
    r"(?:\s*[-\u2013\u2014:.,]+\s*|\s+(?=(?:INT|EXT)\b))"
    r"|(?:BACK|RETURN) TO\b\s*[-\u2013\u2014:.,]*\s*(?=(?:INT|EXT)\b)",
    re.IGNORECASE,
)
"""What leads a heading and is no part of the place that follows: `FLASHBACK - INT. HALL`, `BACK TO INT. HALL`."""
SCENE_NUMBER = re.compile(r"#(?P<label>[\w.\-]{1,12})#$")
MARGIN_NUMBER = re.compile(r"^(?P<label>[A-Z]{0,2}\d{1,5}[A-Z]{0,2})[.)]?\s+(?=\S)", re.IGNORECASE)
BOTH_MARGINS = re.compile(
    r"(?P<label>[A-Z]{0,2}\d{1,5}[A-Z]{0,2})[.)]?\s{2,}(?P<words>\S.*\S)\s{2,}(?P=label)[.)]?", re.IGNORECASE
)
NO_HEADING = re.compile(r"(?:CONTINUED|CONT'D|MORE|OMIT(?:TED)?)\b.*")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
DASH = re.compile(r"\s-{1,2}\s|\s?--\s?|\s?[\u2013\u2014]\s?|(?<=[^\s-])-\s|\s-(?=[^\s-])")
LOOSE_TAIL = re.compile(r"^(?P<place>.+?)[,./-]\s*(?P<time>[^,./]+)\.?$")

MAX_HEADING = 200

_HOUR = (
    r"DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|NOON|MIDDAY|MIDNIGHT|SUNSET|SUNRISE|SUNDOWN|TWILIGHT|DAYBREAK|"
    r"FIRST LIGHT|MAGIC HOUR|GOLDEN HOUR|BLUE HOUR|DAYTIME|NIGHTTIME|NIGHTFALL|LUNCHTIME|TEATIME"
)
_SPAN = r"SECONDS?|MOMENTS?|MINUTES?|HOURS?|DAYS?|NIGHTS?|WEEKS?|MONTHS?|YEARS?|WHILE|BIT"
TIME = re.compile(
    rf"(?:(?:(?:VERY|JUST|BEFORE|AFTER|SHORTLY|LONG|THE|THAT|THIS|NEXT|SAME|FOLLOWING|ANOTHER|PREVIOUS|EARLY|EARLIER|LATE|LATER|MID|PRE|PRESENT|ALMOST|NEARLY|"
    rf"CHRISTMAS|SUMMER|WINTER|SPRING|AUTUMN|FALL|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:DAY)?[\s-]+|(?:MID|PRE))*(?:{_HOUR})"
    rf"(?:\s+(?:\d+|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN))?"
    rf"|CONTINUOUS|CONT(?:INUED|'D)|LATER(?: (?:THAT|THE SAME) (?:{_HOUR}))?|EARLIER|SAME(?: TIME)?|MEANWHILE|PRESENT(?: DAY)?"
    rf"|SIMULTANEOUS|(?:[\w-]+ ){{0,3}}(?:{_SPAN}) (?:LATER|EARLIER|AGO)|THEN|NOW|FLASH ?BACK|FLASH ?FORWARD|DREAM|"
    rf"ESTABLISHING|ESTABLISHED|MOVING|TRAVELL?ING|(?:1[5-9]|20|21)\d\d'?S?|\d{{1,2}}(?:[:.]\d\d)? ?[AP]\.?M\.?|\d{{1,2}}:\d\d|"
    r"[日夜晨昏晚]|清晨|早晨|早上|上午|中午|正午|下午|傍晚|黄昏|夜晚|晚上|深夜|凌晨|白天)",
    re.IGNORECASE,
)
HOUR_LAST = re.compile(r"(?P<place>.*\S)\s+(?P<time>DAY|NIGHT|MORNING|EVENING|AFTERNOON|DAWN|DUSK)", re.IGNORECASE)
BESIDE_TIME = re.compile(
    r"(?:HEAVY |LIGHT )?(?:RAIN|SNOW|STORM|FOG|RAINSTORM|SNOWSTORM|RAINING|SNOWING|RAINY|SNOWY|STORMY|FOGGY)|SLOW MOTION|"
    r"DREAM SEQUENCE|NIGHTMARE|MEMORY|VISION|INTERCUT|MONTAGE|STOCK(?: SHOT| FOOTAGE)?|AERIAL|(?:\S+ ){0,2}POV",
    re.IGNORECASE,
)
"""What may follow the time of day and is no part of the place."""
NOT_A_PLACE = re.compile(
    r"(?:BEGIN |END |END OF |START |BACK TO |RETURN TO )?(?:THE )?"
    r"(?:MONTAGE|SERIES OF SHOTS|INTERCUT|FLASH ?BACKS?|FLASH ?FORWARDS?|SCENE|PRESENT|VARIOUS(?: SHOTS| LOCATIONS)?|TITLES?(?: SEQUENCE)?|"
    r"OPENING(?: CREDITS| TITLES)?|(?:END )?CREDITS|BLACK(?: SCREEN)?|BLACKNESS|DARKNESS|OVER BLACK|PROLOGUE|EPILOGUE|TEASER|TAG)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A scene heading taken apart; `place` is None when the heading names none (`.LATER`, `.MONTAGE`)."""

    text: str
    setting: Setting | None
    place: str | None
    time_of_day: str | None
    label: str | None = None


def is_heading(text: str) -> bool:
    """Whether a line begins as a scene heading does (INT, EXT, EST, INT/EXT, I/E, in any case, or after `FLASHBACK -`)."""
    return len(text) <= MAX_HEADING and _prefix(text) is not None


def parse_heading(text: str) -> Heading:
    """Take a heading apart; `text` has no markup besides a scene number such as `#12A#`."""
    text, label = _take_label(text.strip())
    prefix = _prefix(text)
    place, time = _split_time(text[prefix.end() :]) if prefix else _past(text) or _split_time(text)
    if place and NOT_A_PLACE.fullmatch(place) and prefix is None:
        place = None
    return Heading(text, _setting(prefix["prefix"]) if prefix else None, place, time, label)


def _prefix(text: str) -> re.Match[str] | None:
    """INT, EXT and the like at the start of a heading, or behind what leads it."""
    led = LED_BY.match(text)
    return PREFIX.match(text) or (PREFIX.match(text, led.end()) if led else None)


def _past(text: str) -> tuple[str, str] | None:
    """Place and time of a flashback or a dream that tells both: `FLASHBACK - THE HALL - 1962`."""
    led = LED_BY.match(text)
    place, time = _split_time(text[led.end() :]) if led and led["past"] else (None, None)
    return (place, time) if place and time else None


def split_margin_number(text: str) -> tuple[str, str | None]:
    """Heading and scene number of a line such as `12A  INT. HALL - DAY  12A`, as printed in the margins of a script."""
    margin = MARGIN_NUMBER.match(text)
    if margin is None or not (is_heading(text[margin.end() :]) or is_numbered_heading(text)):
        return text, None
    label = margin["label"]
    rest = text[margin.end() :].rstrip()
    tail = rest.rsplit(maxsplit=1)
    if len(tail) == 2 and tail[1].strip(".)").casefold() == label.casefold():
        rest = tail[0]
    return rest.rstrip(), label


def is_numbered_heading(text: str) -> bool:
    """Whether a line in capitals is a heading by the same scene number in both margins, such as `7  UNDERWATER  7`."""
    numbered = BOTH_MARGINS.fullmatch(text) if len(text) <= MAX_HEADING else None
    return numbered is not None and numbered["words"].isupper() and not NO_HEADING.match(numbered["words"])


def _take_label(text: str) -> tuple[str, str | None]:
    number = SCENE_NUMBER.search(text)
    if number is None:
        return text, None
    return text[: number.start()].rstrip(), number["label"]


def _setting(prefix: str) -> Setting:
    letters = re.sub(r"[^A-Z/]", "", prefix.upper())
    if "/" in letters:
        return Setting.INT_EXT
    return Setting.INT if letters.startswith("INT") else Setting.EXT


def _split_time(rest: str) -> tuple[str | None, str | None]:
    """Place and time of what follows the prefix."""
    bare = " ".join(BRACKETED.sub(" ", rest).split()).strip(" -\u2013\u2014,.:")
    parts = [part.strip(" ,.:") for part in DASH.split(bare)]
    times: list[str] = []
    if len(parts) > 2 and BESIDE_TIME.fullmatch(parts[-1]) and _is_time(parts[-2]):
        times.append(parts.pop())
    while parts and _is_time(parts[-1]):
        times.insert(0, parts.pop())
    parts = [part for part in parts if part]
    if parts and not times:
        parts[-1], loose = _loose_time(parts[-1])
        times = [loose] if loose else [word for word in _bracketed(rest) if TIME.fullmatch(word)]
    return " - ".join(parts) or None, " - ".join(times) or None


def _is_time(text: str) -> bool:
    """Whether a text is a time of day, or two with a slash between."""
    return all(TIME.fullmatch(part) for part in text.split("/"))


def _bracketed(text: str) -> list[str]:
    return [bracketed.group().strip("()[] ") for bracketed in BRACKETED.finditer(text)]


def _loose_time(text: str) -> tuple[str, str | None]:
    """Place and time where a comma, a full stop or nothing stands between them: `KITCHEN, NIGHT`, `KITCHEN NIGHT`."""
    tail = LOOSE_TAIL.match(text)
    if tail is not None and TIME.fullmatch(tail["time"].strip()):
        return tail["place"].strip(), tail["time"].strip()
    last = HOUR_LAST.fullmatch(text)
    return (text, None) if last is None else (last["place"].rstrip(" ,"), last["time"])
