"""Verbs by which prose shows that somebody speaks or acts."""

import re
from collections.abc import Sequence

from extraction.domain.engine.capitals import Token, determines
from extraction.domain.engine.props.lexicon import verb_forms
from extraction.domain.engine.words import word_set

SPEECH = word_set(
    "said says asked asks answered replied cried cries shouted shouts whispered whispers called calls thought thinks added "
    "muttered mutters exclaimed murmured begged laughed laughs told tells returned observed remarked continued began rejoined inquired "
    "enquired demanded declared interrupted suggested repeated insisted protested sighed growled gasped screamed "
    "roared sobbed screeched snapped hissed grunted ejaculated responded retorted ventured announced agreed explained pleaded",
)
ACTING = word_set(
    "was is had has went goes took takes came comes ran runs stood stands sat sits saw sees looked looks made makes gave gives "
    "got gets held holds put puts knew knows began begins fell falls felt feels left leaves kept keeps found finds turns "
    "walks opens waits smiles nods carries wears lives works does did could would will can must never who bought brought caught "
    "led lay lost met meant paid rose rode sent set shook shot shut sang sank sold slept slid spent spoke sprang stole struck swept "
    "swung taught threw told thought understood woke wept wore won wrote broke built bent bit blew chose crept cut drank drew drove "
    "ate fought flew forgot forgave hid hit hung hurt laid leapt lit heard grew became bore bound burst clung dealt dug fed fled "
    "flung lent ought read said says let might should may seemed always suddenly slowly then only just also too at",
)
THINGS_TOO = word_set(
    "opens opened closes closed shuts shut shows showed shown drops dropped fills filled breaks broke burns burned burnt rings "
    "rang rattles rattled shakes shook lights lit plays played points pointed pops popped covers covered hits hit catches "
    "caught leaves left carries carried rolls rolled spills spilled sets set rests rested lays laid returns returned strikes "
    "struck bangs banged knocks knocked slams slammed spreads spread brings brought"
)
"""What hands do, and doors, bells and storms as well."""
PRESENT = re.compile(r"[a-z]{2,}[^\Wsui]s")


def acts(words: Sequence[Token], last: int) -> bool:
    """Whether the word after a name is a verb of it: `the figure stood`, `Tom turned`."""
    if last + 1 >= len(words) or words[last + 1].gap.strip(" ,"):
        return False
    after = words[last + 1].text.casefold()
    present = PRESENT.fullmatch(after) is not None
    return after in ACTING or present or (after.endswith("ed") and len(after) > 3)


def handles(words: Sequence[Token], last: int) -> bool:
    """Whether the word after a name is what only hands do, to something or somebody: `Knox lowers the rope`."""
    if last + 2 >= len(words) or words[last + 1].gap.strip(" ,") or words[last + 2].gap != " ":
        return False
    verb, what = words[last + 1].text, words[last + 2].text
    directed = determines(what.casefold()) or what[0].isupper()
    return directed and verb not in THINGS_TOO and verb in verb_forms("handling")


def speaks(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb of speech stands beside a name: `said the old man`, `the old man said`."""
    before = first > 0 and not words[first].gap.strip() and words[first - 1].text.casefold() in SPEECH
    after = last + 1 < len(words) and not words[last + 1].gap.strip(" ,") and words[last + 1].text.casefold() in SPEECH
    return before or after
