"""The replies about one chunk: what to ask, what they hold together, and whether to ask once more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extraction.domain.errors import ModelRefused, ReplyUnusable
from extraction.domain.finds import Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.prompt import Prompt, prompt_for, prompt_for_missing
from extraction.domain.salvage import Item, Salvaged, Tier

MOST_ROUNDS = 2
CUT_OFF = "the reply ended at its length limit"
PUT_ASIDE = "put aside: "
"""How the losses of a whole reply begin: it held more than was asked for, and asking again is of no use."""
UNREAD = "not read by the model"
"""How the loss of a chunk begins whose replies all held nothing: what the built-in reading has takes their place."""
LEAST_SURE = 0.5
"""Most that a find of a chunk is believed that only the built-in reading stands for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the replies about a chunk held: `rounds` counts them, `losses` says for a person what is still missing."""

    rounds: int = 0
    items: tuple[Item, ...] = ()
    tier: str | None = None
    repairs: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Whether the last reply and those before it held nothing, so that `stand_in` has to do."""
        return any(loss.startswith(UNREAD) for loss in self.losses)

    @property
    def is_whole(self) -> bool:
        """Whether nothing that was asked for is missing, so that another run may take the reading over."""
        return all(loss.startswith(PUT_ASIDE) for loss in self.losses)


def question(chunk: Chunk, known: Known, cast: Sequence[str]) -> Prompt:
    """What to ask next: for everything, or only for what the replies so far have lost."""
    if known.items:
        return prompt_for_missing(chunk, cast, [item.name for item in known.items], known.losses)
    return prompt_for(chunk, cast)


def after_reply(
    known: Known, salvaged: Salvaged, finished: bool, problem: ModelRefused | ReplyUnusable | None = None
) -> tuple[Known, bool]:
    """What is known after one more reply, and whether asking for the rest is worth it.

    `finished` is False when the reply was cut off, `problem` says why it is no answer. When the last reply and those
    before it held nothing, that is the one loss, and what is known `is_unread`.
    """
    is_whole = salvaged.complete and finished and problem is None
    is_last = known.rounds + 1 >= MOST_ROUNDS
    items = united(known.items, salvaged.items)
    if is_last and not items and (problem or salvaged.tier is Tier.NOTHING):
        return _unread(known, salvaged, problem), False
    after = Known(
        rounds=known.rounds + 1,
        items=items,
        tier=known.tier if known.items else salvaged.tier.value,
        repairs=_once((*known.repairs, *salvaged.repairs)),
        # What a whole second reply brought back is not lost.
        losses=tuple(PUT_ASIDE + each for each in salvaged.lost)
        if is_whole
        else _once((*known.losses, *_missing(salvaged, finished, problem))),
    )
    return after, not (is_whole or is_last)


def stand_in(witness: Sequence[Find], chunk: Chunk) -> tuple[Find, ...]:
    """What the built-in reading of the whole script, the `witness`, has in the scenes of a chunk: it is believed less."""
    scenes = frozenset(chunk.scenes)
    return tuple(
        replace(
            find,
            scene_numbers=tuple(number for number in find.scene_numbers if number in scenes),
            evidence=tuple(line for line in find.evidence if line.scene in scenes),
            confidence=min(find.confidence, LEAST_SURE),
        )
        for find in witness
        if any(number in scenes for number in find.scene_numbers)
    )


def unanswered(code: str, reason: str) -> str:
    """The loss of a chunk whose second reply did not come: what the first one held is not thrown away for that."""
    return f"asking again failed: {code}: {reason}"


def united(known: Sequence[Item], more: Sequence[Item]) -> tuple[Item, ...]:
    """What two replies held: an item told twice counts once, and one told plainly replaces one that was guessed."""
    by_name = {_key(item): item for item in known}
    for item in more:
        if _key(item) not in by_name or by_name[_key(item)].flagged:
            by_name[_key(item)] = item
    return tuple(by_name.values())


def _unread(known: Known, salvaged: Salvaged, problem: ModelRefused | ReplyUnusable | None) -> Known:
    reason = problem or ReplyUnusable(
        f"{MOST_ROUNDS} replies held nothing that can be used; the last: {salvaged.reason}"
    )
    loss = f"{UNREAD} ({reason.code}: {reason}): the built-in reading stands in"
    return Known(rounds=known.rounds + 1, tier=salvaged.tier.value, losses=(loss,))


def _missing(salvaged: Salvaged, finished: bool, problem: ModelRefused | ReplyUnusable | None) -> tuple[str, ...]:
    if problem is not None:
        return (f"{problem.code}: {problem}",)
    said = (salvaged.reason,) if salvaged.reason else salvaged.lost
    return said if finished else (*said, CUT_OFF)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _key(item: Item) -> tuple[str, str]:
    return item.asset_type.value, item.name.casefold()
