"""Texts made comparable: what is left when case, white space, line breaks, quote marks and other marks do not count."""

import re
import unicodedata

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of writing systems that put no spaces between words, or endings right after them: each counts as a word."""
MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff"
"""Accents, and vowels that are written on a letter: part of the word."""
UNSEEN = re.compile(
    "[\u00ad\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Direction marks, soft hyphens, and the vowel points of Hebrew and Arabic, which the same text has or has not."""
PICTURES = "\u2600-\u27bf\u2b50\U0001f000-\U0001faff"
WORDS = re.compile(f"[{UNSPACED}]|(?:[^\\W_{UNSPACED}]|[{MARKS}])+|[{PICTURES}]")
POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s(?!\w)")
APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
SPACED = re.compile(f"[^\\W_{UNSPACED}]")


def fold(text: str) -> str:
    """The words of a text, small and with one space between them; every Chinese character is a word of its own."""
    plain = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    return " ".join(WORDS.findall(APOSTROPHE.sub("", POSSESSIVE.sub("", plain))))


def occurs(words: str, text: str) -> bool:
    """Whether folded words stand in a folded text, as whole words."""
    return bool(words) and f" {words} " in f" {text} "
