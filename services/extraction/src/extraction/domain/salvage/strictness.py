"""Whether a text is JSON as the standard has it."""

import json
import math


def is_json(text: str) -> bool:
    """Whether the whole text is one value; NaN and Infinity are none."""
    return right_until(text, 0) == len(text)


def right_until(text: str, start: int) -> float:
    """Where the right value that begins at `start` ends; infinity when it is not right or nested too deep to tell."""
    try:
        return DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return math.inf


def _refuse(constant: str) -> None:
    raise ValueError(constant)


DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=len, parse_float=len)
