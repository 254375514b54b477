"""From the text of a reply to its items, tier by tier."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.domain.finds import AssetType
from extraction.domain.salvage import cues
from extraction.domain.salvage.candidates import Candidate, Finder
from extraction.domain.salvage.choosing import Choice, choose
from extraction.domain.salvage.decoys import Asked, is_template
from extraction.domain.salvage.entries import unnamed
from extraction.domain.salvage.invention import invention
from extraction.domain.salvage.items import build, named, some
from extraction.domain.salvage.losses import losses
from extraction.domain.salvage.naming import same_key
from extraction.domain.salvage.outcome import IN_STRING, NOT_WHOLE, Item, Salvaged, Tier
from extraction.domain.salvage.partial import is_partial
from extraction.domain.salvage.patterns import by_patterns
from extraction.domain.salvage.strictness import is_json
from extraction.domain.salvage.uniting import unite
from extraction.domain.salvage.withdrawals import taken_back
from extraction.domain.salvage.wrapping import Bare, Region, page_title, scrub, unwrap

LEAVES_ROOM = ("an example", "what ", "reasoning")
"""How doubts begin that say nothing of the rest of a reply."""
CUT_OFF = "the end of the reply was cut off"
MAX_LOST = 20
MAX_NESTING = 3


def salvage(raw: str, *, prompt: str | None = None) -> Salvaged:
    """Everything that the reply `raw` answers; `prompt` is what was asked, whose echo is no answer. Never raises."""
    return _salvage(raw, Asked(prompt), MAX_NESTING)


def _salvage(raw: str, asked: Asked, nesting: int) -> Salvaged:
    text = scrub(raw)
    if not text:
        return _nothing("the reply is empty")
    title = page_title(text)
    if title is not None:
        return _nothing(f"a page of a server instead of an answer{': ' + title if title else ''}")
    strict = is_json(text)
    if strict and nesting and text[0] == '"':
        return _unpacked(text, asked, nesting)
    bare = Bare(text, (Region(0, len(text), 0),), (), False) if strict else unwrap(text)
    finder = Finder(bare, asked)
    candidates = finder.find()
    choice = choose(candidates)
    in_strings = _nested(bare, [each for each in candidates if not each.doubt], asked, nesting)
    found = [each for each in choice.answers if each.entries]
    owned = any(not (in_strings and (each.disowned or each.suspect)) for each in found)
    if owned or (not found and _says_empty(choice, text)):
        return _answer(bare, choice, strict and text == raw, finder, in_strings)
    if in_strings and found:
        aside = f"an answer beside it is put aside: {named([entry for each in found for entry in each.entries])}"
        return replace(in_strings, lost=_shortened([*in_strings.lost, aside]))
    return in_strings or _last_resort(bare, candidates, asked)


def _unpacked(text: str, asked: Asked, nesting: int) -> Salvaged:
    """The answer of a reply that is one JSON string."""
    found = _salvage(json.loads(text), asked, nesting - 1)
    return found if found.tier is Tier.NOTHING else _from_string(found)


def _from_string(found: Salvaged) -> Salvaged:
    tier = Tier.UNWRAPPED if found.tier is Tier.STRICT else found.tier
    return replace(found, tier=tier, repairs=(IN_STRING, *found.repairs))


def _nothing(reason: str, lost: Sequence[str] = ()) -> Salvaged:
    return Salvaged(Tier.NOTHING, lost=tuple(lost[:MAX_LOST]), reason=reason, complete=False)


def _says_empty(choice: Choice, text: str) -> bool:
    """Whether the reply answers that there is nothing: with all three lists, and without a refusal beside them."""
    types = {asset_type for answer in choice.answers for asset_type in answer.types}
    damaged = any(answer.parsed.cut or answer.reading.lost for answer in choice.answers)
    return types == set(AssetType) and not damaged and cues.refusal(text) is None


def _between(bare: Bare, values: Sequence[Candidate]) -> Iterator[str]:
    """What is said around values."""
    spans = sorted((value.start, value.end) for value in values)[::-1]
    for region in bare.regions:
        at = region.start
        while spans and spans[-1][0] < region.end:
            start, end = spans.pop()
            if at <= start:
                yield bare.text[at:start]
                at = end
        yield bare.text[at : region.end]


def _told_beside(bare: Bare, choice: Choice, *, empty: bool) -> Iterator[str]:
    """Losses that the words around an answer tell of."""
    said = list(_between(bare, choice.answers))
    if empty and any(cues.says_something(cues.without_lead_in(text)) for text in said):
        yield "empty lists with words beside them"
    if bare.cut_short or any(map(is_partial, said)):
        yield NOT_WHOLE
    elif cues.announces_more(said[-1]):
        yield "the reply ends where more was announced"


def _answer(bare: Bare, choice: Choice, alone: bool, finder: Finder, in_strings: Salvaged | None) -> Salvaged:
    built = [build(entry, damaged=bool(answer.parsed.repairs)) for answer in choice.answers for entry in answer.entries]
    said = list(_between(bare, choice.answers))
    back = taken_back(said)
    unreal = invention(said, [each.item.name for each in built if each.item is not None])
    doubted = choice.flagged or bool(unreal)
    items = unite(
        _flag(each.item, doubted or same_key(each.item.name) in back) for each in built if each.item is not None
    )
    cut = finder.cut or any(answer.parsed.cut for answer in choice.answers)
    inner = [label for answer in choice.answers for label in answer.reading.repairs]
    mended = dict.fromkeys([*(label for answer in choice.answers for label in answer.parsed.repairs), *inner])
    mended.pop(IN_STRING, None)
    doubtful = sum(item.flagged for item in items)
    names = f"{len(items)} name{'s' * (len(items) > 1)} {'is' if doubtful == 1 else 'are'}"
    lost = [
        *losses(choice, finder, built),
        *([unreal] if unreal else []),
        *_told_in_strings(in_strings, items),
        *([f"{doubtful} of {names} in doubt"] if doubtful else []),
        *([CUT_OFF] if cut else []),
        *_told_beside(bare, choice, empty=not built),
    ]
    if not items and lost and built:
        return _nothing("none of the items can be used", lost)
    wrapped = bare.repairs or choice.repairs or inner or not alone
    tier = Tier.TRUNCATED if cut else Tier.REPAIRED if mended else Tier.UNWRAPPED if wrapped else Tier.STRICT
    repairs = dict.fromkeys([*bare.repairs, *choice.repairs, *([IN_STRING] if IN_STRING in inner else []), *mended])
    incomplete = bool(lost) or "ellipsis" in mended
    aside = [*choice.aside, *(told for answer in choice.answers for told in answer.reading.aside)]
    aside += [each.aside for each in built if each.aside]
    return Salvaged(tier, items, _shortened([*lost, *aside]), "", tuple(repairs), complete=not incomplete)


def _flag(item: Item, flagged: bool) -> Item:
    return replace(item, flagged=True) if flagged else item


def _shortened(lost: Sequence[str]) -> tuple[str, ...]:
    lost = list(dict.fromkeys(lost))
    return (*lost[:MAX_LOST], f"and {len(lost) - MAX_LOST} more") if len(lost) > MAX_LOST else tuple(lost)


def _nested(bare: Bare, sound: Sequence[Candidate], asked: Asked, nesting: int) -> Salvaged | None:
    """The answer in strings inside the reply, as tools and servers wrap it, all of them read as one reply."""
    texts = [text for candidate in sound for text in candidate.reading.nested]
    if not texts or not nesting:
        return None
    joined = "".join(texts)
    found = _salvage(joined if is_json(joined.strip()) else "\n".join(texts), asked, nesting - 1)
    if found.tier is Tier.NOTHING:
        return None
    whole = _from_string(found)
    told = [lost for candidate in sound for lost in candidate.reading.lost]
    if any(candidate.parsed.cut for candidate in sound):
        whole = replace(whole, tier=Tier.TRUNCATED)
        told.append(CUT_OFF)
    if bare.cut_short:
        told.append(NOT_WHOLE)
    return replace(whole, lost=_shortened([*whole.lost, *told]), complete=whole.complete and not told)


def _told_in_strings(found: Salvaged | None, items: Sequence[Item]) -> Iterator[str]:
    """The names that only an answer in a string beside the lists has."""
    known = {(item.asset_type, same_key(item.name)) for item in items}
    others = [each.name for each in found.items if (each.asset_type, same_key(each.name)) not in known] if found else []
    if others and found and found.tier is not Tier.PATTERNS:
        yield f"an answer in a string beside the lists names other assets: {some(others)}"


def _last_resort(bare: Bare, candidates: Sequence[Candidate], asked: Asked) -> Salvaged:
    reason = _reason(bare, candidates)
    hopeless = any(candidate.doubt and not candidate.doubt.startswith(LEAVES_ROOM) for candidate in candidates)
    if hopeless or bare.only_reasoning or cues.refusal(bare.text) is not None:
        return _nothing(reason)
    lines = [line for line in _outside(bare, candidates).splitlines() if not asked.holds(line)]
    entries = by_patterns("\n".join(lines))
    if is_template(entries):
        return _nothing(reason)
    built = [build(entry, damaged=True) for entry in entries]
    items = unite(each.item for each in built if each.item is not None)
    if not items:
        return _nothing(reason)
    return Salvaged(
        Tier.PATTERNS, items, ("whatever is not in a list",), "", (*bare.repairs, "patterns"), complete=False
    )


def _outside(bare: Bare, candidates: Sequence[Candidate]) -> str:
    """What the regions hold besides the values that were put aside."""
    aside = [candidate for candidate in candidates if candidate.doubt]
    return "\n".join(_between(bare, aside))


def _reason(bare: Bare, candidates: Sequence[Candidate]) -> str:
    if bare.only_reasoning:
        return "the reply holds reasoning and no answer after it"
    refusal = cues.refusal(bare.text)
    if refusal is not None:
        return f"the model refused: {refusal}"
    doubts = [candidate.doubt for candidate in candidates if candidate.doubt]
    if doubts:
        return f"the reply holds only {doubts[-1]}" if "error" not in doubts[-1] else doubts[-1]
    untyped = sum(candidate.reading.untyped for candidate in candidates)
    if untyped:
        return unnamed(untyped)
    return "the reply holds no list of assets"
