"""What a story tells itself, without what its people say: speech blanked out, offsets kept."""

import re

MAX_SPEECH, MAX_SINGLE, MAX_WORDS = 4000, 1600, 400
CURLED = re.compile(
    f"\u201c[^\u201c\u201d]{{0,{MAX_SPEECH}}}(?:\u201d|$)|\u00ab[^\u00ab\u00bb]{{0,{MAX_SPEECH}}}(?:\u00bb|$)"
)
CHINESE = re.compile(f"\u300c[^\u300c\u300d]{{0,{MAX_SPEECH}}}(?:\u300d|$)")
STRAIGHT = re.compile(f'"[^"]{{0,{MAX_SPEECH}}}(?:"|$)')
_BEGINS, _GOES_ON = (
    r"(?:^|(?<=[.:;!?\u2026])\s+|(?<=[\u2014\[(-]))",
    r"(?:^|(?<=[.:;!?\u2026,)\u2019'])\s+|(?<=[\u2014\[(-]))",
)
_ELIDED = r"(?!(?i:tis|twas|twere|twill|twould|em|til|till|cause|bout|round|neath|ere|ee|un|n|s|d|ll|re|ve)\b)"
SINGLE_CURLED = (
    re.compile(rf"{_GOES_ON}\u2018(?=\S).{{0,{MAX_SINGLE}}}?(?<=\S)\u2019(?![^\W_])", re.DOTALL),
    re.compile(rf"{_BEGINS}\u2018(?=\S)[^\u2018]{{0,{MAX_SINGLE}}}$"),
    re.compile(
        rf"(?<!\w)\u2018(?:[^\u2018\u2019.,;:!?]{{1,80}}|[^\u2018]{{0,{MAX_WORDS}}}?[.,!?;:\u2014-])\u2019(?![^\W_])"
    ),
)
_INNER = rf"[^']{{0,{MAX_WORDS}}}(?:(?<=[^\W_])'(?=[^\W_])[^']{{0,{MAX_WORDS}}}){{0,40}}?"
SINGLE_STRAIGHT = (
    re.compile(rf"(?<![^\s(\[\u2014-])'{_ELIDED}(?=[\w\[\u2014-]){_INNER}(?<=[,.!?;:\u2014-])'(?![^\W_])"),
    re.compile(rf"(?<![^\s(\[\u2014-])'{_ELIDED}(?=\w)[^'.,;:!?]{{1,80}}(?<=\w)'(?![^\W_])"),
)
"""Without an end of its own a word in straight marks may have lost its first letter: only what ends is speech."""


def narration(text: str) -> str:
    """The text of a paragraph with everything in quotation marks blanked; speech without an end goes to its end."""
    for pattern in (CURLED, CHINESE, STRAIGHT):
        text = pattern.sub(_blank, text)
    singles = SINGLE_CURLED if "\u2018" in text else SINGLE_STRAIGHT if "'" in text else ()
    for pattern in singles:
        text = pattern.sub(_blank, text)
    return text


def _blank(speech: re.Match[str]) -> str:
    # The marks stay: whoever looks at what stands before a word still sees that speech ended there.
    said = speech.group().lstrip()
    inner = len(said) - 2
    kept = f"{said[0]}{' ' * inner}{said[-1]}" if inner > 0 else said
    return " " * (len(speech.group()) - len(said)) + kept
