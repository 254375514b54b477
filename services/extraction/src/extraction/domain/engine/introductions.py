"""How a script introduces somebody in capitals: `LEOPOLD FINCH (60s, the harbourmaster)`, `a cat, BARNACLE,`."""

import re

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.given_names import ALSO_WORDS, is_given
from extraction.domain.engine.identity import short_forms
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.words import (
    CAMERA,
    GROUP_CUES,
    HONORIFICS,
    NAMING,
    PLACES,
    is_person_noun,
    is_sound_or_verb,
    singular,
)

_ABOUT = r"(?:(?:early|mid|late|about|around|maybe|barely|almost|nearly)[ -])*"
_YEARS = (
    rf"(?:(?:in )?(?:his|her|their) )?{_ABOUT}(?:"
    r"\d{1,3}(?:'?s)?\b(?![ -]?(?:feet|foot|ft|cm|m|km|miles?|inch|inches|pounds|dollars|%))|teens|twenties|thirties|"
    r"forties|fifties|sixties|seventies|eighties|nineties|middle-aged|ageless|elderly|any age|(?:all )?aged? \d{1,3})"
)
AGE_IN_BRACKETS = re.compile(rf"\s*\((?P<detail>[^()]{{0,30}}?(?P<age>\b{_YEARS})[^()]{{0,200}})\)", re.IGNORECASE)
AGE_AFTER_COMMA = re.compile(rf",\s+(?P<detail>(?P<age>{_YEARS})(?=[\s,.;:)-]|$)[^.;]{{0,120}})", re.IGNORECASE)
ANY_AGE = re.compile(r",\s+(?P<detail>[^.;()]{0,60}?\b(?P<age>any age)\b[^.;]{0,60})", re.IGNORECASE)
BEFORE_AGE = re.compile(r"(?:in )?(?:(?:his|her|their|all|aged?) )+", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*\((?P<detail>[^()]{1,200})\)")
APPOSITION = re.compile(r"\s*,\s+(?P<detail>(?:an?|the|his|her|their)\s+[^,.;()]{1,60})")
OF = re.compile(r"\b(?:OF|IN|WITH|FROM|AT|ON)\b")
NAMED = re.compile(
    r"(?:\s*\([^()]{0,60}\))?,?\s+\(?(?:named|called|nicknamed|(?:also )?known as|AKA|aka|A/K/A|a/k/a|[Aa]\.[Kk]\.[Aa]\.?)\s+(?:the\s+|The\s+|THE\s+)?"
)


RELATED = re.compile(
    r"\s*(?:\([^()]{0,60}\))?,\s+(?:her|his|their|the|an?)\s+(?:[a-z-]+ ){0,2}(?P<what>[a-z-]+),?\s+(?:named |called )?"
)


def names_again(last: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase tells the name of the person before.

    `an OLD CLERK called WINIFRED`, `This is WINIFRED`, `her MOTHER, ELENA (38),`.
    """
    if last.passage is not phrase.passage:
        return False
    between = phrase.passage.text[last.end : phrase.start]
    if NAMED.fullmatch(between) is not None:
        return not _are_several(last)
    if phrase.before[-2:] in {("this", "is"), ("it", "is")}:
        return True
    calling = is_person_noun(last.words[-1].casefold()) and not is_person_noun(phrase.words[-1].casefold())
    if not calling:
        return False
    related = RELATED.fullmatch(between)
    if related and is_person_noun(related["what"]):
        return True
    return between == ", " and not phrase.determined and age_told(phrase) is not None


def _are_several(phrase: Phrase) -> bool:
    """Whether a phrase means more than one: THE TWINS, AKA the names that follow."""
    last = phrase.words[-1].casefold()
    return singular(last) != last and is_person_noun(singular(last))


def age_told(phrase: Phrase) -> str | None:
    """The age that follows a name, as the script writes it."""
    return age_after(phrase.after)


def age_after(text: str) -> str | None:
    """The age that a text begins with, as one that follows a name does."""
    for pattern in (AGE_IN_BRACKETS, AGE_AFTER_COMMA, ANY_AGE):
        if found := pattern.match(text):
            return BEFORE_AGE.sub("", " ".join(found["age"].split()))
    return None


def detail_told(phrase: Phrase) -> str:
    """What brackets or an apposition after a name tell."""
    for pattern in (IN_BRACKETS, AGE_AFTER_COMMA, APPOSITION):
        if found := pattern.match(phrase.after):
            return found["detail"]
    return ""


def is_person(phrase: Phrase, known: frozenset[Key]) -> bool:
    """Whether a phrase in capitals is somebody and no crowd: known from a cue, with an age, or told to be a person."""
    key = name_key(phrase.text)
    if not key or all(word in CAMERA or word in HONORIFICS for word in key) or GROUP_CUES.issuperset(key):
        return False
    if key in known or _extends_a_name(phrase, known):
        return True
    return age_told(phrase) is not None or _reads_as_person(phrase)


def _extends_a_name(phrase: Phrase, known: frozenset[Key]) -> bool:
    """LEOPOLD FINCH, when FINCH speaks."""
    key = name_key(phrase.text)
    return (
        2 <= len(key) <= 4
        and not phrase.alone
        and not phrase.possessed
        and key[-1] not in PLACES
        and any(part in known for part in short_forms(key))
    )


def _is_first_name(phrase: Phrase) -> bool:
    """GUS, of whom nothing is told; a ROSE and the MAY are no names, nor is GUS'S BAR."""
    first = phrase.words[0].casefold()
    plain = not phrase.determined and not phrase.possessed and POSSESSIVE.search(phrase.words[-1]) is None
    quoted = "\n" in phrase.text or phrase.words[-1].casefold() in PLACES
    return plain and not quoted and is_given(first) and first not in ALSO_WORDS and first in name_key(phrase.text)


def _reads_as_person(phrase: Phrase) -> bool:
    """A calling (THE OLD CLERK), a name told (`a man named TOMAS`), or a name beside a calling (`a cat, BARNACLE,`)."""
    head = name_key(OF.split(phrase.text)[0])
    if head and is_person_noun(head[-1]):
        return True
    if len(phrase.words) > 3 or is_sound_or_verb(phrase.words[-1]):
        return False
    if (phrase.before and phrase.before[-1] in NAMING) or _is_first_name(phrase):
        return True
    beside = phrase.before[-2:-1] if phrase.before[-1:] == (",",) and phrase.after.startswith(",") else ()
    detail = APPOSITION.match(phrase.after) or IN_BRACKETS.match(phrase.after)
    described = name_key(detail["detail"])[:6] if detail else ()
    return any(is_person_noun(word) for word in (*beside, *described))
