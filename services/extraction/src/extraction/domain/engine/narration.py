"""What a story tells itself, without what its people say: speech blanked out, offsets kept."""

import re

MAX_SPEECH, MAX_SINGLE = 4000, 1600
CURLED = re.compile(
    f"\u201c[^\u201c\u201d]{{0,{MAX_SPEECH}}}(?:\u201d|$)|\u00ab[^\u00ab\u00bb]{{0,{MAX_SPEECH}}}(?:\u00bb|$)"
)
CHINESE = re.compile(f"\u300c[^\u300c\u300d]{{0,{MAX_SPEECH}}}(?:\u300d|$)")
STRAIGHT = re.compile(f'"[^"]{{0,{MAX_SPEECH}}}(?:"|$)')
SINGLE_CURLED = re.compile(f"(?<![^\\W_])\u2018(?=\\S).{{0,{MAX_SINGLE}}}?(?:(?<=\\S)\u2019(?![^\\W_])|$)", re.DOTALL)
SINGLE_STRAIGHT = re.compile(
    "(?:(?<=^)|(?<=[\\s(\\[\u2014-]))'(?=[A-Z\\[\u2014-])[^']{0,400}(?:(?<=[a-z])'(?=[a-z])[^']{0,400}){0,40}?[,.!?;:\u2014-]'(?![^\\W_])"
)


def narration(text: str) -> str:
    """The text of a paragraph with everything in quotation marks blanked; speech without an end goes to its end."""
    for pattern in (CURLED, CHINESE, STRAIGHT):
        text = pattern.sub(_blank, text)
    if "\u2018" in text:
        text = SINGLE_CURLED.sub(_blank, text)
    elif "'" in text:
        text = SINGLE_STRAIGHT.sub(_blank, text)
    return text


def _blank(speech: re.Match[str]) -> str:
    # The marks stay: whoever looks at what stands before a word still sees that speech ended there.
    inner = len(speech.group()) - 2
    return f"{speech.group()[0]}{' ' * inner}{speech.group()[-1]}" if inner > 0 else speech.group()
