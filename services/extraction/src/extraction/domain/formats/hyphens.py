"""Words that were broken at the end of a line, made whole again."""

import re
from collections import Counter
from collections.abc import Sequence

BROKEN = re.compile(r"(?P<head>[^\W\d_]{2,})[-\u00ad\u2010]$")
REST = re.compile(r"(?P<indent>\s*)(?P<rest>[^\W\d_]+)(?P<punctuation>[^\s\w]*)\s*")
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
REACH = 60
"""Letters at the end of a line in which the beginning of a broken word is looked for."""
HYPHENATING = 0.02
"""Share of broken lines from which on the program that set the text is taken to have broken the words."""


def join_broken_words(lines: Sequence[str]) -> list[str]:
    """Lines in which no word goes on in the next line; the rest of a broken word moves up.

    The hyphen stays where the text writes the word with one elsewhere, or where it is rarely at the end of a line: then
    it is the writer's, as in `half-open`.
    """
    joined = list(lines)
    breaks = [index for index in range(len(joined) - 1) if _breaks(joined[index], joined[index + 1])]
    if not breaks:
        return joined
    words = Counter(word.group().casefold() for line in lines for word in WORD.finditer(line))
    sets = len(breaks) >= HYPHENATING * len(lines)
    for index in breaks:
        broken, rest = _broken(joined[index]), REST.match(joined[index + 1])
        if broken is None or rest is None:  # all of this line has moved up
            continue
        head, tail = broken["head"], rest["rest"]
        whole = head + tail
        if words[f"{head}-{tail}".casefold()] or not (sets or words[whole.casefold()]):
            whole = f"{head}-{tail}"
        joined[index] = joined[index][: -len(broken.group())] + whole + rest["punctuation"]
        joined[index + 1] = rest["indent"] + joined[index + 1][rest.end() :]
    return [line for index, line in enumerate(joined) if line.strip() or not lines[index].strip()]


def _breaks(line: str, below: str) -> bool:
    rest = REST.match(below)
    return _broken(line) is not None and rest is not None and rest["rest"][0].islower()


def _broken(line: str) -> re.Match[str] | None:
    return BROKEN.search(line[-REACH:])
