"""Descriptions: the script's own words about an asset, tidied."""

import re

from extraction.domain.engine.passages import Passage

PRONOUN = re.compile(r"(?:He|She|They|It|His|Her|Their|Its)\b")
LOOKS = re.compile(
    r"\b(?:wears?|wearing|dressed|carr(?:y|ies)|has|have|hair|eyes?|face|beard|moustache|coat|jacket|dress|hat|boots|scarf|"
    r"glasses|spectacles|scar|skin|tall|short|thin|old|young|hangs|made of|painted|bound|looks? like|shaped)\b",
)
INTRODUCES = re.compile(r"\b[A-Z]{3,}\b")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
POINTING = re.compile(
    r"(?:INSERT|CLOSE ?UP|CLOSE-UP|(?:CLOSE|ANGLE|TIGHT)(?= ON\b))(?: (?:ON|OF))?\b[\s:\u2013\u2014-]*"
)
PLURAL = re.compile(r"[^sS][sS]$")
WANDERS = re.compile(
    r",?\s+(?:and|but|while|as (?:he|she|they|it)|up|down|towards?|across|over|into|onto|from|to|through|out|away|"
    r"in (?:his|her|their|its|front)|at|by|on|under|behind|beside)\b|,\s+[a-z]+[^s\W]s\b|;|:|\s[-\u2013\u2014]"
    r"|(?<!\bthe)(?<!\bhis)(?<!\bher)(?<!\bits)(?<!\btheir),?\s+back\b",
)
FEW = 40
MAX_DESCRIPTION = 400


def introduction(passage: Passage, offset: int) -> str:
    """The sentence at `offset`, and those after it that go on about looks."""
    (start, end), *others = passage.sentences(offset)
    for following in others[:2]:
        text = passage.text[following[0] : following[1]]
        tells = PRONOUN.match(text) and LOOKS.search(text) and not INTRODUCES.search(text)
        if not tells or following[1] - start > MAX_DESCRIPTION:
            break
        end = following[1]
    return tidy(passage.text[start:end])


def opening(passage: Passage) -> str:
    """The first sentences, until they tell something."""
    spans = passage.sentences(0)
    end = next((end for _, end in spans if end >= FEW), spans[-1][1])
    return tidy(passage.text[:end])


def appearance(passage: Passage, start: int, end: int) -> str:
    """What a thing looks like: the words that follow its name; the whole sentence when they tell nothing."""
    first, closing = passage.sentences(start)[0]
    following = passage.text[end:closing].split("(")[0].rstrip(" .!?\u2026")
    detail = WANDERS.split(following, maxsplit=1)[0].rstrip(" ,;:-")
    if len(detail.split()) < 2:
        return tidy(IN_BRACKETS.sub("", passage.text[first:closing]))
    article = "" if PLURAL.search(passage.text[start:end]) else "An " if passage.text[start] in "AEIOUaeiou" else "A "
    return tidy(f"{article}{passage.text[start:end]}{detail}.")


def tidy(text: str) -> str:
    """One sentence on one line, without camera talk before it, cut at a word when it is very long."""
    flat = POINTING.sub("", " ".join(text.split()))
    flat = flat[:1].upper() + flat[1:]
    if len(flat) <= MAX_DESCRIPTION:
        return f"{flat}." if flat[-1:].isalnum() and flat[-1:].isascii() else flat
    return flat[:MAX_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + "\u2026"
