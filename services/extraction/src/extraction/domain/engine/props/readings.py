"""What a word that may name a thing does where it stands: name it, help to name something else, or act as a verb."""

from collections.abc import Sequence

from extraction.domain.engine.props.grammar import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    heads_a_name,
    is_describing,
    is_handling,
    is_material,
    is_possessive,
    is_verb,
    is_verb_too,
)
from extraction.domain.engine.props.kinds import GUNS
from extraction.domain.engine.props.lexicon import Sort, longest_name, parted, singular, singulars, words
from extraction.domain.engine.props.tokens import Token

REACH = 3
CONTENT_REACH = 5
OWNING = frozenset({"has", "have", "had", "having", "is", "are", "was", "were"})
BOOKS = frozenset({"bible", "bibles", "polaroid", "polaroids"})
GOING = frozenset({"from", "into", "at", "to", "towards", "toward", "through", "against", "down", "away", "off"})
COATED = frozenset(
    {"plated", "coated", "framed", "rimmed", "lined", "clad", "coloured", "colored", "shaped", "sized", "tipped"}
    | {"covered", "scented", "flavoured", "flavored", "stained", "powered", "operated"}
)
OWN_PARTS = frozenset(
    {"beam", "beams", "lid", "lids", "strap", "straps", "hilt", "trigger", "blade", "blades", "muzzle", "butt"}
)
"""Where they are seen, the thing is seen."""
BARRELS = frozenset({"barrel", "barrels", "muzzle", "butt", "stock"})
"""They are of a gun where they follow one."""
OBJECTS = frozenset({"him", "them", "us", "me", "it"})
CROWDS = ("men", "people", "children", "boys", "girls")


def name_at(line: Sequence[Token], index: int) -> tuple[int, Sort] | None:
    """How many words that end here name a thing, and what sort it is."""
    low = index
    while low > 0 and index - low < 2 and line[low].joined:
        low -= 1
    return longest_name([token.low for token in line[low : index + 1]])


def named_at(line: Sequence[Token], index: int) -> tuple[int, Sort] | None:
    """The same, unless the words do something else here."""
    matched = name_at(line, index)
    if matched is None or is_possessive(line[index].text) or _holds(line, index) or _is_part(line, index):
        return None
    length, _ = matched
    if length == 1 and _is_own_part(line, index):
        return None
    if _is_proper(line, index - length + 1, index):
        return None
    return None if length == 1 and is_verb_too(line[index].low) and _is_verb_here(line, index) else matched


def _is_own_part(line: Sequence[Token], index: int) -> bool:
    """Whether the word before is a thing of which this is a part: the blade of `a sword blade`, the barrel of a rifle."""
    if not index or not line[index].joined or line[index].low not in OWN_PARTS | BARRELS:
        return False
    before = name_at(line, index - 1)
    if before is None or before[1] is not Sort.SURE:
        return False
    return line[index].low in OWN_PARTS or parted(line[index - 1].low)[-1] in GUNS


def _next(line: Sequence[Token], index: int) -> Token | None:
    """The next word when only a space is between."""
    return line[index + 1] if index + 1 < len(line) and line[index + 1].joined else None


def _holds(line: Sequence[Token], index: int) -> bool:
    """Whether the word only holds what is named after it, as in `a tin of sardines`: the name is found there."""
    following = _next(line, index)
    if following is None or following.low != "of":
        return False
    if parted(line[index].low)[-1] not in singulars("holders") | singulars("partitives"):
        return False
    for at in range(index + 2, min(index + 2 + CONTENT_REACH, len(line))):
        if not line[at].joined and line[at].gap != ", ":
            return False
        if name_at(line, at) is not None and not _is_part(line, at):
            return True
        if line[at].low in FUNCTION_WORDS and line[at].low not in DETERMINERS:
            return False
    return False


def _is_part(line: Sequence[Token], index: int) -> bool:
    """Whether the word only helps to name what follows: the `glass` of a glass door, the `key` of a key witness."""
    token, following = line[index], _next(line, index)
    if following is None:
        return False
    longer = name_at(line, index + 1)
    if is_possessive(following.text):
        return not following.proper
    if longer is not None and longer[0] > 1:
        return True
    named = longer is not None or following.low in COATED or _names(following.low)
    return named and not _is_whole(token, following)


def _is_whole(token: Token, following: Token) -> bool:
    """Whether a name ends before the word that follows it."""
    if following.low in COATED:
        return False
    if (
        following.low in FUNCTION_WORDS | OWN_PARTS
        or (following.low in BARRELS and parted(token.low)[-1] in GUNS)
        or (following.proper and not token.proper)
    ):
        return True
    if singular(token.low) != token.low:
        return True
    acts = is_verb(following.low) or (following.low.endswith("s") and is_verb_too(following.low))
    return acts and _is_inflected(following.low)


def _names(word: str) -> bool:
    """Whether a word after a name is a further noun, and does not say what the thing does or how it is."""
    if heads_a_name(word):
        return True
    known = word in words("adverbs") or word in words("adjectives") or is_verb(word)
    return word.isalpha() and word.islower() and not (known or _is_inflected(word))


def _is_inflected(word: str) -> bool:
    return word.endswith(("s", "ed", "ing", "ly"))


def _is_proper(line: Sequence[Token], first: int, last: int) -> bool:
    """Whether it reads as a name of somebody: with a capital inside a sentence, and no article."""
    if (not line[first].proper and not line[last].proper) or line[last].low in BOOKS:
        return False
    return first == 0 or not line[first].joined or line[first - 1].low not in DETERMINERS


def _is_verb_here(line: Sequence[Token], index: int) -> bool:
    """Whether a word that may be a verb is one: `she brushes`, `to book`, `Finch hammers at it`."""
    following = line[index + 1] if index + 1 < len(line) and not line[index + 1].opens else None
    governs = following is not None and following.joined and following.low in DETERMINERS | PRONOUNS
    if following is not None and following.joined and following.low.endswith("ly") and line[index].low.endswith("ing"):
        return True
    if not index or line[index].opens:
        alone = following is None and is_handling(line[index].low) and line[index].low.endswith("s")
        return governs or alone or _goes(line[index], following)
    before, low = line[index - 1].low, line[index].low
    saw_her = before == "her" and following is not None and following.low in OBJECTS
    led = not saw_her and (line[index].joined or not governs)
    if led and (before in DETERMINERS or is_possessive(before) or is_material(before)):
        return before == "that" and low.endswith("s")
    if before in AUXILIARIES:
        return before not in OWNING
    if before in PREPOSITIONS:
        return before == "to" or (governs and before in {"up", "down", "out", "off", "over"})
    return _is_verb_after(line, index, governs=governs)


def _goes(token: Token, following: Token | None) -> bool:
    """Whether a sentence without a subject begins with a verb: `Drinks from a tin`."""
    leads = following is not None and following.joined and following.low in GOING
    return leads and token.low.endswith("s")


def _is_one(line: Sequence[Token], index: int) -> bool:
    """Whether an article for one thing leads a word: after `a bell`, `rings` is a verb."""
    return any(token.low in ARTICLES for token in line[max(0, index - REACH) : index])


def _is_verb_after(line: Sequence[Token], index: int, *, governs: bool) -> bool:
    """The same after a word that is no article and no preposition."""
    before, low = line[index - 1].low, line[index].low
    if before in PRONOUNS or before.endswith(("ly", *CROWDS)):
        return True
    following = _next(line, index)
    moves = following is not None and following.low in PREPOSITIONS - {"of", "with"} and low.endswith("s")
    if before in CONJUNCTIONS or "," in line[index].gap:
        qualified = following is not None and following.low in words("adverbs") and low.endswith("s")
        return governs or moves or qualified
    if line[index - 1].proper or line[index - 1].shouted:
        return governs or not line[index].shouted
    named = longest_name([before])
    if is_handling(before) or named is not None:
        subject = named is not None and (moves or named[1] is Sort.ANIMAL or _is_one(line, index - 1))
        return low.endswith("s") and (governs or (subject and not is_handling(before)))
    return _is_verb_after_unknown(line, index, governs=governs or moves)


def _is_verb_after_unknown(line: Sequence[Token], index: int, *, governs: bool) -> bool:
    """The same after a word that no list knows."""
    before = line[index - 1].low
    if before in words("adjectives") and not line[index].low.endswith(("ed", "ing")):
        return governs
    if is_describing(before):
        return index > 1 and line[index - 2].low in AUXILIARIES
    led = any(token.low in DETERMINERS or is_possessive(token.text) for token in line[max(0, index - REACH) : index])
    return governs or not led
