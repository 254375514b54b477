"""How many tokens a text will cost, without asking anybody."""

import math

ASCII_TOKENS = 2 / 7
OTHER_TOKENS_PER_BYTE = 0.38


def estimate_tokens(text: str) -> int:
    """Tokens of a text in any language, rather too many than too few.

    A token is about three and a half letters of English; in other writing systems tokenizers need about one for each
    Chinese character, so what is not ASCII is counted by its bytes in UTF-8.
    """
    plain = len(text.encode("ascii", "ignore"))
    other = len(text.encode("utf-8", "replace")) - plain
    return math.ceil(plain * ASCII_TOKENS + other * OTHER_TOKENS_PER_BYTE)
