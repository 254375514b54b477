"""A script in chunks that a language model reads one by one. Nothing is cut: together they hold every line once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from types import MappingProxyType
from uuid import UUID

from extraction.domain.llm import layout
from extraction.domain.llm.tokens import estimate_tokens
from extraction.domain.script import Element, Scene, Script

SMALLEST_BUDGET = 100
NOTHING_READ: Mapping[str, UUID] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Passage:
    """A scene, or a part of a scene that is longer than the budget: what is never read by halves.

    `part` is 0 for a whole scene and counts from 1 the parts of a long one. `text` is what the model sees when it is the
    first scene of a chunk, `key` a hash of it that is blind to white space and to the number of the scene, `tokens` an
    estimate of its length.
    """

    scene: int
    part: int
    text: str
    key: str
    tokens: int

    def numbered(self, number: int) -> str:
        """The text as that of scene `number` of a chunk. What stands before the first scene is in that one's text."""
        return self.text if number == 1 else layout.mark(number) + self.text.removeprefix(layout.mark(1))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Passages that are read together; `scenes` has the number in the script of each, in ascending order.

    `number` counts the chunks from 1. `part` is 0 for whole scenes, else that of the one passage. In `text` scenes are
    numbered from 1: scene `n` of the text is `scenes[n - 1]` of the script. `keys` and `tokens` are those of the
    passages. `reused_from` names the chunk whose reading is taken over; None where a model is to be asked.
    """

    number: int
    scenes: tuple[int, ...]
    part: int
    text: str
    keys: tuple[str, ...]
    tokens: tuple[int, ...]
    reused_from: UUID | None = None


def passages_of(script: Script, budget_tokens: int) -> tuple[Passage, ...]:
    """The passages of a script in reading order, each of at most `budget_tokens` (at least 100).

    A scene longer than the budget is split between its lines, a line longer than the budget between its sentences. Where
    a part ends is decided by the lines around that place, not by counting from the start: half of it is filled, then the
    end is the line with the smallest hash that still fits. So a changed line leaves most other parts as they are. What
    stands before the first scene is read with it.
    """
    budget = max(budget_tokens, SMALLEST_BUDGET)
    first = script.scenes[0] if script.scenes else None
    return tuple(
        passage
        for scene in script.scenes
        for passage in _passages(scene, script.preamble if scene is first else (), budget)
    )


def plan_chunks(script: Script, budget_tokens: int) -> tuple[Chunk, ...]:
    """The chunks of a script of which nothing was read before, in reading order, each of at most `budget_tokens`."""
    return pack_chunks(passages_of(script, budget_tokens), budget_tokens)


def pack_chunks(
    passages: Iterable[Passage], budget_tokens: int, readings: Mapping[str, UUID] = NOTHING_READ
) -> tuple[Chunk, ...]:
    """The chunks of a script in reading order: passages packed into at most `budget_tokens` (at least 100).

    `readings` names, by the keys of passages, chunks that have read them before: what one chunk has read is taken over
    together, and only the rest is packed into chunks to be asked about.
    """
    taken: dict[tuple[UUID, int, int], list[Passage]] = {}
    rest: list[Passage] = []
    for passage in passages:
        if passage.key in readings:
            alone = (passage.scene, passage.part) if passage.part else (0, 0)
            taken.setdefault((readings[passage.key], *alone), []).append(passage)
        else:
            rest.append(passage)
    drafts: list[tuple[Sequence[Passage], UUID | None]] = [(group, source) for (source, *_), group in taken.items()]
    drafts += [(group, None) for group in _packed(rest, max(budget_tokens, SMALLEST_BUDGET))]
    drafts.sort(key=lambda draft: (draft[0][0].scene, draft[0][0].part))
    return tuple(_chunk(number, group, source) for number, (group, source) in enumerate(drafts, start=1))


def _chunk(number: int, passages: Sequence[Passage], reused_from: UUID | None) -> Chunk:
    return Chunk(
        number=number,
        scenes=tuple(passage.scene for passage in passages),
        part=passages[0].part,
        text="".join(passage.numbered(place) for place, passage in enumerate(passages, start=1)),
        keys=tuple(passage.key for passage in passages),
        tokens=tuple(passage.tokens for passage in passages),
        reused_from=reused_from,
    )


def _packed(passages: Iterable[Passage], budget: int) -> Iterator[list[Passage]]:
    """Whole scenes together as far as they fit, parts of long ones alone."""
    pack: list[Passage] = []
    for passage in passages:
        if pack and (passage.part or pack[0].part or sum(one.tokens for one in pack) + passage.tokens > budget):
            yield pack
            pack = []
        pack.append(passage)
    if pack:
        yield pack


def _passages(scene: Scene, before: Sequence[Element], budget: int) -> Iterator[Passage]:
    text = "".join([*_preamble(before), layout.opening(1, scene.heading), *layout.lines(scene.elements), "\n"])
    # In a chunk its number is no longer than in the script.
    tokens = estimate_tokens(text + str(scene.number))
    if tokens <= budget:
        yield Passage(scene.number, 0, text, _hash(text), tokens)
    else:
        yield from _split(scene, before, budget)


def _split(scene: Scene, before: Sequence[Element], budget: int) -> Iterator[Passage]:
    again = layout.continuation(1, scene.heading)
    room = max(budget - estimate_tokens(again), SMALLEST_BUDGET // 2)
    whole = [*_preamble(before), layout.opening(1, scene.heading), *layout.lines(scene.elements), "\n"]
    small = [piece for line in whole for piece in layout.pieces(line, room)]
    sizes = [estimate_tokens(piece) for piece in small]
    for part, (start, end) in enumerate(_cut(sizes, [_hash(piece) for piece in small], room), start=1):
        text = (again if part > 1 else "") + "".join(small[start:end])
        yield Passage(scene.number, part, text, _hash(text), estimate_tokens(text))


def _cut(sizes: Sequence[int], marks: Sequence[str], budget: int) -> Iterator[tuple[int, int]]:
    """Start and end of runs that weigh at most `budget`, each ending before the smallest mark of its second half."""
    sums = [0, *accumulate(sizes)]
    start = 0
    while start < len(sizes):
        end = max(bisect_right(sums, sums[start] + budget) - 1, start + 1)
        if end < len(sizes):
            half = bisect_right(sums, sums[start] + budget // 2)
            end = min(range(min(max(half, start + 1), end), end + 1), key=lambda at: (marks[at], at))
        yield start, end
        start = end


def _preamble(before: Sequence[Element]) -> list[str]:
    return [layout.BEFORE, *layout.lines(before), "\n"] if before else []


def _hash(text: str) -> str:
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()
