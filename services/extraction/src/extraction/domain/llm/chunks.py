"""A script in chunks that a language model reads one by one. Nothing is cut: together they hold every line once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
class Excerpt:
    """A scene, or a part of a scene that is longer than the budget: what is never read by halves.

    `part` is 0 for a whole scene and counts from 1 the parts of a long one. `text` is what the model sees when it is the
    first scene of a chunk, `tokens` an estimate of its length. `key` is a hash of its lines, blind to white space in them,
    to the number of the scene and to what the model does not see. `lines` has the number in the file of each of these
    lines: excerpts of one key have as many, and the same words in each.
    """

    scene: int
    part: int
    text: str
    key: str
    tokens: int
    lines: tuple[int, ...]

    def numbered(self, number: int) -> str:
        """The text as that of scene `number` of a chunk. What stands before the first scene is in that one's text."""
        return self.text if number == 1 else layout.mark(number) + self.text.removeprefix(layout.mark(1))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Excerpts that are read together; `scenes` has the number in the script of each, in ascending order.

    `number` counts the chunks from 1. `part` is 0 for whole scenes, else that of the one excerpt. In `text` scenes are
    numbered from 1: scene `n` of the text is `scenes[n - 1]` of the script. `keys`, `tokens` and `lines` are those of the
    excerpts. `reused_from` names the chunk whose reading is taken over; None where a model is to be asked.
    """

    number: int
    scenes: tuple[int, ...]
    part: int
    text: str
    keys: tuple[str, ...]
    tokens: tuple[int, ...]
    lines: tuple[tuple[int, ...], ...]
    reused_from: UUID | None = None


def excerpts_of(script: Script, budget_tokens: int) -> tuple[Excerpt, ...]:
    """The excerpts of a script in reading order, each of at most `budget_tokens` (at least 100).

    A scene longer than the budget is split between its lines, a line longer than the budget between its sentences. Where
    a part ends is decided by the lines around that place, not by counting from the start: half of it is filled, then the
    end is the line with the smallest hash that still fits. So a changed line leaves most other parts as they are. What
    stands before the first scene is read with it.
    """
    budget = max(budget_tokens, SMALLEST_BUDGET)
    first = script.scenes[0] if script.scenes else None
    return tuple(
        excerpt
        for scene in script.scenes
        for excerpt in _excerpts(scene, script.preamble if scene is first else (), budget)
    )


def plan_chunks(script: Script, budget_tokens: int) -> tuple[Chunk, ...]:
    """The chunks of a script of which nothing was read before, in reading order, each of at most `budget_tokens`."""
    return pack_chunks(excerpts_of(script, budget_tokens), budget_tokens)


def pack_chunks(
    excerpts: Iterable[Excerpt], budget_tokens: int, readings: Mapping[str, UUID] = NOTHING_READ
) -> tuple[Chunk, ...]:
    """The chunks of a script in reading order: excerpts packed into at most `budget_tokens` (at least 100).

    `readings` names, by the keys of excerpts, chunks that have read them before: what one chunk has read is taken over
    together, and only the rest is packed into chunks to be asked about.
    """
    taken: dict[tuple[UUID, int, int], list[Excerpt]] = {}
    rest: list[Excerpt] = []
    for excerpt in excerpts:
        if excerpt.key in readings:
            alone = (excerpt.scene, excerpt.part) if excerpt.part else (0, 0)
            taken.setdefault((readings[excerpt.key], *alone), []).append(excerpt)
        else:
            rest.append(excerpt)
    drafts: list[tuple[Sequence[Excerpt], UUID | None]] = [(group, source) for (source, *_), group in taken.items()]
    drafts += [(group, None) for group in _packed(rest, max(budget_tokens, SMALLEST_BUDGET))]
    drafts.sort(key=lambda draft: (draft[0][0].scene, draft[0][0].part))
    return tuple(_chunk(number, group, source) for number, (group, source) in enumerate(drafts, start=1))


def _chunk(number: int, excerpts: Sequence[Excerpt], reused_from: UUID | None) -> Chunk:
    texts: list[str] = []
    for place, excerpt in enumerate(excerpts, start=1):
        if place > 1 and excerpt.scene > excerpts[place - 2].scene + 1:
            texts.append(layout.GAP)
        texts.append(excerpt.numbered(place))
    return Chunk(
        number=number,
        scenes=tuple(excerpt.scene for excerpt in excerpts),
        part=excerpts[0].part,
        text="".join(texts),
        keys=tuple(excerpt.key for excerpt in excerpts),
        tokens=tuple(excerpt.tokens for excerpt in excerpts),
        lines=tuple(excerpt.lines for excerpt in excerpts),
        reused_from=reused_from,
    )


def _packed(excerpts: Iterable[Excerpt], budget: int) -> Iterator[list[Excerpt]]:
    """Whole scenes together as far as they fit, parts of long ones alone."""
    pack: list[Excerpt] = []
    room = budget
    for excerpt in excerpts:
        if pack and (excerpt.part or pack[0].part or excerpt.tokens > room):
            yield pack
            pack, room = [], budget
        pack.append(excerpt)
        room -= excerpt.tokens
    if pack:
        yield pack


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file as the model sees it; `bare` is what makes it the same line in another version."""

    number: int
    text: str
    bare: str


def _excerpts(scene: Scene, before: Sequence[Element], budget: int) -> Iterator[Excerpt]:
    first, own = list(_lines(before)), [_opening(scene), *_lines(scene.elements)]
    preamble = "".join([layout.BEFORE, *(line.text for line in first), "\n"]) if before else ""
    text = preamble + "".join(line.text for line in own) + "\n"
    # In a chunk its number is no longer than in the script.
    tokens = estimate_tokens(text + str(scene.number))
    if tokens <= budget:
        yield _excerpt(scene, 0, text, tokens, [*first, *own])
    elif before:
        yield from _split(scene, [_Line(0, layout.BEFORE, ""), *first, *own], budget)
    else:
        yield from _split(scene, own, budget)


def _split(scene: Scene, lines: Sequence[_Line], budget: int) -> Iterator[Excerpt]:
    again = replace(_opening(scene), text=layout.continuation(1, scene.heading))
    room = max(budget - estimate_tokens(again.text), SMALLEST_BUDGET // 2)
    small = [
        _Line(line.number, piece, line.bare if piece == line.text else piece)
        for line in lines
        for piece in layout.pieces(line.text, room)
    ]
    sizes = [estimate_tokens(line.text) for line in small]
    for part, (start, end) in enumerate(_cut(sizes, [_hash([line]) for line in small], room), start=1):
        own = [again, *small[start:end]] if part > 1 else small[start:end]
        text = "".join(line.text for line in own)
        yield _excerpt(scene, part, text, estimate_tokens(text), own)


def _excerpt(scene: Scene, part: int, text: str, tokens: int, lines: Sequence[_Line]) -> Excerpt:
    own = [line for line in lines if line.bare.strip()]
    return Excerpt(scene.number, part, text, _hash(own), tokens, tuple(line.number for line in own))


def _opening(scene: Scene) -> _Line:
    unnumbered = scene.heading.replace(scene.label, "", 1) if scene.label else scene.heading
    return _Line(scene.line if scene.heading else 0, layout.opening(1, scene.heading), layout.opening(1, unnumbered))


def _lines(elements: Sequence[Element]) -> Iterator[_Line]:
    for element, text in zip(elements, layout.lines(elements), strict=True):
        yield _Line(element.line, text, text)


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


def _hash(lines: Iterable[_Line]) -> str:
    words = "\n".join(" ".join(line.bare.split()) for line in lines)
    return sha256(words.encode("utf-8", "replace")).hexdigest()
