"""Guesses at the encoding of a text without a byte order mark."""

import re

# What separates words and sentences: in the right byte order a text has many of these, in the wrong one hardly any.
SEPARATORS = frozenset(" \n\r\t.,\u3000\u3001\u3002\uff0c\uff1a")
MAX_WESTERN_HIGH_SHARE = 0.3
BLANK, HIGH = bytes(range(0x21)), bytes(range(0x80, 0x100))
MIN_HANZI_SHARE = 0.7
MIN_PAIRED = 1.6
GLUED = re.compile("[A-Za-z](?=[\u4e00-\u9fff])|[\u4e00-\u9fff](?=[A-Za-z])")
"""Part of a word and a Chinese character: of `naïve` Big5 makes `na\u9dd8e`."""
MIN_EVERYDAY_SHARE, FEW = 0.05, 10
EVERYDAY = frozenset(
    "的一是不了在有人我他她你它这那个们中来上大为和地到以说时要就出会可也对生能而子得着下自之年过后里看走手门头"
    "這個們來為說時會對過後裡見門頭\uff0c\u3002\uff1a\uff01\uff1f\u3001\u300c\u300d\u201c\u201d"
)
"""Characters of which no page of Chinese is without many."""
MIN_KANA_SHARE, MIN_HANGUL_SHARE, MIN_HANGUL = 0.1, 0.9, 6
_LETTER = "[^\\W\\d_]"
SIGN_IN_WORD = re.compile(
    rf"(?<={_LETTER})[\u20ac\u201a\u201e\u2020-\u2022\u02c6\u2030\u2039\u203a\u02dc\u00a1-\u00b3\u00b5-\u00b6\u00b8-\u00bf](?={_LETTER})"
)
"""Anything but an apostrophe, a dash, an accent or a middle dot between two letters."""
ODD_LETTERS = re.compile(
    rf"[\u00a3\u00a5\u00a6\u00ac\u00af\u00b1-\u00b3\u00b6\u00b9\u00bc-\u00be](?={_LETTER}{{3}})"  # a word begins with a sign
    rf"|(?<={_LETTER})[\u201a\u201e]"  # or ends with an opening quotation mark
    r"|(?<=[a-z\u00df-\u00f6\u00f8-\u00ff])[\u00c0-\u00d6\u00d8-\u00de\u0152\u0160\u017d\u0178]"  # a capital inside
    r"|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e\u0178]{3,}"  # letters beyond ASCII alone
    r"|\u00f5(?![eE])"  # which Portuguese never has
    r"|\u00e2\u20ac"  # an apostrophe or a dash of UTF-8
)
RARE_LETTERS = re.compile(rf"[\u00f0\u00fe\u00fd\u0161\u017e]|[\u00ec\u00f2\u00f9](?={_LETTER})")
"""Letters that no western text has many of, but Icelandic and Faroese; nor graves inside words."""
NORDIC = frozenset("\u00e1\u00ed\u00f3\u00fa\u00e6\u00c1\u00cd\u00d3\u00da\u00c6")
MIN_ODD, MAX_ODD_LETTERS = 2, 0.05
MIN_RARE, MIN_RARE_KINDS, MAX_RARE_SHARE = 6, 2, 0.2
MAX_WORD = 30
MAX_ODD_SHARE = 0.01


def guess_utf16(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` when the bytes read as text in one of them, else None."""
    if len(data) % 2 or data.count(0) < 2:
        return None
    counts = {encoding: _count_separators(data, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(counts, key=lambda encoding: counts[encoding])
    worst = min(counts.values())
    if counts[best] <= worst or counts[best] * MAX_WORD * 2 < len(data) or not _reads_as_text(data.decode(best)):
        return None
    return best


def guess_chinese(data: bytes) -> str | None:
    """`gb18030` or `big5` when nearly all bytes above ASCII come in pairs that are Chinese characters or punctuation.

    Where both fit, the one in which the text has more of the characters that every Chinese text has. Western text in a
    one-byte encoding sometimes decodes as Chinese too, but there the high bytes stand alone; Japanese and Korean do, but
    are full of kana and Hangul in encodings of their own.
    """
    if _is_japanese_or_korean(data):
        return None
    fitting = {encoding: text for encoding in ("gb18030", "big5") if (text := _as_chinese(data, encoding))}
    return max(fitting, key=lambda encoding: sum(char in EVERYDAY for char in fitting[encoding]), default=None)


def _is_japanese_or_korean(data: bytes) -> bool:
    japanese = any(_share(data, codec, "\u3041", "\u30ff", 1) >= MIN_KANA_SHARE for codec in ("euc_jp", "cp932"))
    return japanese or _share(data, "cp949", "\uac00", "\ud7a3", MIN_HANGUL) >= MIN_HANGUL_SHARE


def _share(data: bytes, codec: str, first: str, last: str, least: int) -> float:
    """How much of a text beyond ASCII is from `first` to `last` in an encoding, 0 when it is less than `least`."""
    try:
        wide = [char for char in data.decode(codec) if char > "\x7f"]
    except UnicodeDecodeError:
        return 0.0
    return sum(first <= char <= last for char in wide) / len(wide) if len(wide) >= least else 0.0


def _as_chinese(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    wide = [char for char in text if char > "\x7f"]
    high = sum(1 for byte in data if byte > 0x7F)
    hanzi = sum(1 for char in wide if _is_hanzi(char))
    paired = high >= (MIN_PAIRED if encoding == "gb18030" else 1.0) * len(wide)
    usual = len(wide) < FEW or sum(char in EVERYDAY for char in wide) >= MIN_EVERYDAY_SHARE * len(wide)
    apart = 2 * len(GLUED.findall(text)) <= len(wide)
    return text if wide and paired and usual and apart and hanzi >= MIN_HANZI_SHARE * len(wide) else None


def guess_western(data: bytes) -> str | None:
    """`cp1252` for text that is mostly ASCII and reads as a western language in it, None for everything else.

    Every other one-byte encoding decodes, too, but puts signs inside words, capitals behind small letters, or the
    rarest letters everywhere: `£UKASZ` of Central Europe, `cafŽ` of an old Mac, `deðil` of Turkey.
    """
    letters, high = len(data.translate(None, BLANK)), len(data) - len(data.translate(None, HIGH))
    if high > MAX_WESTERN_HIGH_SHARE * max(letters, 1):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    telling = " ".join(word for word in text.split() if not word.isascii())
    return None if _reads_as_another_alphabet(telling) else "cp1252"


def _reads_as_another_alphabet(text: str) -> bool:
    high = [char for char in text if char > "\x7f" and char.isalpha()]
    signs = len(SIGN_IN_WORD.findall(text))
    odd = 2 * signs + sum(map(len, ODD_LETTERS.findall(text)))
    if odd >= MIN_ODD and odd > MAX_ODD_LETTERS * (len(high) + signs):
        return True
    rare = RARE_LETTERS.findall(text.lower())
    usual = sum(char in NORDIC for char in high)
    return (
        len(set(rare)) >= MIN_RARE_KINDS
        and len(rare) >= MIN_RARE
        and len(rare) > MAX_RARE_SHARE * len(high)
        and usual < MAX_RARE_SHARE * len(high)
    )


def _count_separators(data: bytes, encoding: str) -> int:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1
    return sum(1 for char in text if char in SEPARATORS)


def _reads_as_text(text: str) -> bool:
    sample = text[:4096]
    odd = sum(1 for char in sample if not (char.isprintable() or char.isspace()))
    return "\x00" not in text and odd <= MAX_ODD_SHARE * len(sample)


def _is_hanzi(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3000" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
        or char in "\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
    )
