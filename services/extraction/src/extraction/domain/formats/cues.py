"""Character cues: the line above a speech, such as `INES (V.O.) (CONT'D)`."""

import re

EXTENSION = re.compile(r"\([^()]*\)?|\uff08[^\uff08\uff09]*\uff09?")
SCOTTISH = re.compile(r"\b(?:Mc|Mac)(?=[A-Z])")
FORCED = (">", "!", "~", "=", "# ")
"""What Fountain opens a line with that is something else: centred, action, sung, told in short, a section."""
MAX_CUE = 120
MAX_NAME = 60


def looks_like_cue(text: str) -> bool:
    """Whether a line alone could be a cue: a name in capitals, then extensions in any case."""
    if len(text) > MAX_CUE or text.lstrip().startswith(FORCED):
        return False
    name = cue_name(text)
    if not name or len(name) > MAX_NAME or name.endswith(("!", "?", "...", "…", ";", ",")):
        return False
    return in_capitals(name)


def cue_name(text: str) -> str:
    """The name of a cue without extensions, dual mark and forcing: `@McAVOY (O.S.) ^` is `McAVOY`."""
    bare = text.strip().removeprefix("@").removesuffix("^")
    return " ".join(EXTENSION.sub(" ", bare).split()).rstrip(":\uff1a").strip()


def in_capitals(text: str) -> bool:
    """Whether a text has a capital letter and no small one (but for the prefix of `McREADY`)."""
    return SCOTTISH.sub("MC", text).isupper()
