"""Texts made comparable: what is left when case, white space, line breaks, quote marks and other marks do not count."""

import re
import unicodedata

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of writing systems that put no spaces between words, or endings right after them: each counts as a word."""
PICTURES = "\u2600-\u27bf\u2b50\U0001f000-\U0001faff"
WORDS = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+|[{PICTURES}]")
POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s(?!\w)")
APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
SPACED = re.compile(f"[^\\W_{UNSPACED}]")


def fold(text: str) -> str:
    """The words of a text, small and with one space between them; every Chinese character is a word of its own."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(WORDS.findall(APOSTROPHE.sub("", POSSESSIVE.sub("", plain))))


def occurs(words: str, text: str) -> bool:
    """Whether folded words stand in a folded text, as whole words."""
    return bool(words) and f" {words} " in f" {text} "
