"""Who a cue names: extensions in any spelling taken off, two speakers parted, crowds and machines left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.domain.chinese_characters import simplified
from extraction.domain.engine.given_names import is_given
from extraction.domain.engine.naming import Key, name_key
from extraction.domain.engine.words import (
    CAMERA,
    FACELESS_CUES,
    GROUP_CUES,
    HONORIFICS,
    SLUG_OPENERS,
    SMALL_WORDS,
    is_person_noun,
    singular,
    word_set,
)
from extraction.domain.formats.cues import cue_name
from extraction.domain.formats.transitions import is_transition

BARE_EXTENSION = re.compile(
    r"(?:[\s,.:\u2013\u2014-]+|(?<=[\u3400-\u9fff]))(?:[VO]\.?\s?[OSC]\.?|V/O|O/S|O/C|OFF[ -]?(?:SCREEN|STAGE|CAMERA)?|ON[ -]SCREEN|FILTERED|"
    r"VOICE[ -]?OVER|CONT['\u2019]?D?\.?|CONTINUED|CONTINUING|PRE[ -]?LAP|OS|VO|画外音|旁白|内心|心声|独白)$",
    re.IGNORECASE,
)
CALLED_VOICE = re.compile(r"^(?:THE )?VOICE OF (?:THE )?(?=\w)", re.IGNORECASE)
SQUARE = re.compile(r"\[[^\[\]]*\]?")
VOICE_OF = re.compile(r"(?P<whose>['\u2019]S)?\s+(?:RECORDED\s+)?VOICE$|['\u2019]S\s+VOICE\b.*$", re.IGNORECASE)
TOGETHER = re.compile(r"\s*(?:&|/|,|\+|\bAND\b|、|\uff0c|和)\s*")
ALSO = re.compile(r"\s*[,(]?\s*(?<!\w)(?:AKA|A/K/A|A\.\s?K\.\s?A\.?|ALSO KNOWN AS)\s+", re.IGNORECASE)
OTHERWISE = " AKA "
NUMBERS = word_set("one two three four five six seven eight nine ten eleven twelve")
NUMBERED = re.compile(rf"(?P<who>.*\S)\s+(?P<number>#?\d{{1,3}}|{'|'.join(sorted(NUMBERS))})", re.IGNORECASE)
NUMBER = re.compile(rf"#?\d{{1,3}}|{'|'.join(sorted(NUMBERS))}", re.IGNORECASE)
SUFFIXES = word_set("jr sr md phd esq i ii iii iv")
COLLECTIVE = re.compile(r"(?:众|全体|所有|大家|齐声|若干|数名|们$)")
NO_SPEAKER = re.compile(
    r"(?:旁白|字幕|画外音|音效|特写|镜头|闪回|独白|广播|电视|电话|手机|短信|微信|提示音|新闻|弹幕|黑屏|标题|注|备注|时间|地点|场景|人物|道具)"
    r"(?:\d*|里|中|声)?"
)
LOOSE = SMALL_WORDS | word_set(
    "over through male female recorded electronic automated robotic muffled distant outside inside within off offstage above "
    "below another other several"
)
MACHINES = word_set("computer machine system voice radio intercom recording gps loudspeaker tannoy the ship's house")
MAX_CUE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name in a cue; only a `voice` is heard of MAN in MAN'S VOICE, and a `machine` is COMPUTER or RADIO.

    `also` is the other name of DAN AKA SLIM.
    """

    name: str
    voice: bool = False
    machine: bool = False
    also: str = ""


def speakers(cue: str) -> Iterator[Speaker]:
    """The names of a cue: none for a crowd, a machine or a line that is no name; both for `MAEVE & FINCH`."""
    name = _without_extension(cue_name(SQUARE.sub(" ", cue)))
    name = CALLED_VOICE.sub("", name)
    voice = VOICE_OF.search(name)
    name = VOICE_OF.sub("", name).strip() if voice and voice.start() else name
    for shared in _parts(name):
        part, also = _names(shared)
        words = name_key(part)
        if not words or set(words) <= HONORIFICS:
            continue
        if not _is_nobody(part, words):
            yield Speaker(part, voice is not None and is_person_noun(words[-1]), also=also)
        elif set(words) <= MACHINES and part.isascii():
            yield Speaker(part, machine=True)


def _names(part: str) -> tuple[str, str]:
    """The name and the other name of a speaker: SLIM and DAN of SLIM AKA DAN."""
    names = [name.strip(" )") for name in f" {part}".split(OTHERWISE) if name.strip(" )")]
    return (names[0], names[1] if len(names) > 1 else "") if names else ("", "")


def _without_extension(name: str) -> str:
    """`INES - V.O.` and `INES CONT'D` are INES."""
    previous = ""
    while previous != name:
        previous = name
        name = BARE_EXTENSION.sub("", name).strip()
    return name


def _parts(name: str) -> list[str]:
    """The speakers of a shared cue.

    `SMITH, JR.` is one, `MR. AND MRS. SMITH` are two of one name, `GUARDS ONE AND TWO` are GUARD ONE and GUARD TWO.
    """
    parts: list[str] = []
    pieces = TOGETHER.split(ALSO.sub(OTHERWISE, name))
    for at, piece in enumerate(pieces):
        titled = at + 1 < len(pieces) and name_key(piece) and set(name_key(piece)) <= HONORIFICS
        part = f"{piece} {pieces[at + 1].split()[-1]}" if titled and pieces[at + 1].split() else piece
        if parts and set(name_key(part)) <= SUFFIXES:
            parts[-1] = f"{parts[-1]} {part}"
        elif parts and NUMBER.fullmatch(part) and (before := NUMBERED.fullmatch(parts[-1])):
            who = _one_of(before["who"])
            parts[-1:] = [f"{who} {before['number']}", f"{who} {part}"]
        else:
            parts.append(part)
    return parts


def _one_of(people: str) -> str:
    """GUARD for GUARDS, of whom numbers tell which ones they are."""
    before, _, last = people.rpartition(" ")
    low = last.casefold()
    one = low if is_given(low) else re.sub(r"men$", "man", singular(low))
    return f"{before} {one.upper() if last.isupper() else one.capitalize()}".strip()


def _is_nobody(part: str, words: Key) -> bool:
    if is_transition(part) or _is_slug(part, words):
        return True
    telling = [word for word in words if word not in LOOSE and not word.lstrip("#").isdigit()]
    if all(word in GROUP_CUES | FACELESS_CUES | CAMERA for word in telling):
        return True
    if words[0] in GROUP_CUES and len(words) > 1 and words[1] == "of":
        return True
    plain = simplified(part)
    return bool(NO_SPEAKER.fullmatch(plain) or COLLECTIVE.search(plain))


def _is_slug(part: str, words: Key) -> bool:
    """A line in capitals that stands where a cue could, but tells where or when: BACK AT THE BAR."""
    sentence = part.endswith(".") and len(words[-1]) > 2 and words[-1] not in SUFFIXES
    return sentence or len(words) > MAX_CUE_WORDS or words[0] in SLUG_OPENERS
