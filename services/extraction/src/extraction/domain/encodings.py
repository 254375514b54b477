"""Guesses at the encoding of a text without a byte order mark."""

# What separates words and sentences: in the right byte order a text has many of these, in the wrong one hardly any.
SEPARATORS = frozenset(" \n\r\t.,\u3000\u3001\u3002\uff0c\uff1a")
MAX_WESTERN_HIGH_SHARE = 0.3
MIN_HANZI_SHARE = 0.7
MIN_PAIRED = 1.6
MIN_EVERYDAY_SHARE, FEW = 0.05, 10
EVERYDAY = frozenset(
    "的一是不了在有人我他她你它这那个们中来上大为和地到以说时要就出会可也对生能而子得着下自之年过后里看走手门头"
    "這個們來為說時會對過後裡見門頭\uff0c\u3002\uff1a\uff01\uff1f\u3001\u300c\u300d\u201c\u201d"
)
"""Characters of which no page of Chinese is without many."""
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
    give characters that Chinese hardly uses.
    """
    fitting = {encoding: text for encoding in ("gb18030", "big5") if (text := _as_chinese(data, encoding))}
    return max(fitting, key=lambda encoding: sum(char in EVERYDAY for char in fitting[encoding]), default=None)


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
    return text if wide and paired and usual and hanzi >= MIN_HANZI_SHARE * len(wide) else None


def guess_western(data: bytes) -> str | None:
    """`cp1252` or `latin-1` for text that is mostly ASCII, None for text that is some other alphabet."""
    letters = sum(1 for byte in data if byte > 0x20)
    high = sum(1 for byte in data if byte > 0x7F)
    if high > MAX_WESTERN_HIGH_SHARE * max(letters, 1):
        return None
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


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
