"""A script in chunks that a language model reads one by one. Nothing is cut: together they hold every line once."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from extraction.domain.llm import layout
from extraction.domain.llm.tokens import estimate_tokens
from extraction.domain.script import Element, Scene, Script

SMALLEST_BUDGET = 100


@dataclass(frozen=True, slots=True)
class Chunk:
    """Scenes that are read together, `first_scene` to `last_scene` of the script.

    `number` counts the chunks from 1. `part` is 0 for whole scenes and counts from 1 the parts of a scene that is longer
    than the budget. In `text` scenes are numbered from 1, so that it stays the same when scenes are put in before it:
    scene `n` of the text is scene `first_scene + n - 1` of the script. `key` is a hash of the text blind to white space,
    `tokens` an estimate of its length.
    """

    number: int
    first_scene: int
    last_scene: int
    part: int
    text: str
    key: str
    tokens: int


@dataclass(frozen=True, slots=True)
class _Draft:
    first_scene: int
    last_scene: int
    part: int
    text: str
    tokens: int


def plan_chunks(script: Script, budget_tokens: int) -> tuple[Chunk, ...]:
    """The chunks of a script in reading order, whole scenes packed into at most `budget_tokens` (at least 100).

    Where a chunk ends is decided by the scenes around that place, not by counting from the start: half of a chunk is
    filled, then the end is the scene with the smallest hash that still fits. So a change to one scene moves few of the
    other ends, and most chunks keep their keys. A scene longer than the budget is split between its lines by the same
    rule, a line longer than the budget between its sentences. What stands before the first scene is read with it.
    """
    budget = max(budget_tokens, SMALLEST_BUDGET)
    drafts = list(_drafts(script, budget))
    return tuple(
        Chunk(number, draft.first_scene, draft.last_scene, draft.part, draft.text, _hash(draft.text), draft.tokens)
        for number, draft in enumerate(drafts, start=1)
    )


def _drafts(script: Script, budget: int) -> Iterator[_Draft]:
    pending: list[tuple[Scene, int]] = []
    for scene in script.scenes:
        before = script.preamble if scene is script.scenes[0] else ()
        tokens = estimate_tokens(_scene_text(scene, scene.number, before))
        if tokens <= budget:
            pending.append((scene, tokens))
            continue
        yield from _packed(pending, script, budget)
        pending = []
        yield from _split(scene, before, budget)
    yield from _packed(pending, script, budget)


def _packed(scenes: Sequence[tuple[Scene, int]], script: Script, budget: int) -> Iterator[_Draft]:
    sizes = [tokens for _, tokens in scenes]
    for start, end in _cut(sizes, [scene.sha256 for scene, _ in scenes], budget):
        first = scenes[start][0].number
        texts = [
            _scene_text(scene, scene.number - first + 1, script.preamble if scene is script.scenes[0] else ())
            for scene, _ in scenes[start:end]
        ]
        yield _Draft(first, scenes[end - 1][0].number, 0, "".join(texts), sum(sizes[start:end]))


def _split(scene: Scene, before: Sequence[Element], budget: int) -> Iterator[_Draft]:
    again = layout.continuation(1, scene.heading)
    room = max(budget - estimate_tokens(again), SMALLEST_BUDGET // 2)
    whole = [layout.BEFORE, *layout.lines(before)] if before else []
    whole += [layout.opening(1, scene.heading), *layout.lines(scene.elements), "\n"]
    small = [piece for line in whole for piece in layout.pieces(line, room)]
    sizes = [estimate_tokens(piece) for piece in small]
    for part, (start, end) in enumerate(_cut(sizes, [_hash(piece) for piece in small], room), start=1):
        head = again if part > 1 else ""
        tokens = sum(sizes[start:end]) + estimate_tokens(head)
        yield _Draft(scene.number, scene.number, part, head + "".join(small[start:end]), tokens)


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


def _scene_text(scene: Scene, number: int, before: Sequence[Element]) -> str:
    preamble = layout.BEFORE + "".join(layout.lines(before)) + "\n" if before else ""
    return preamble + layout.opening(number, scene.heading) + "".join(layout.lines(scene.elements)) + "\n"


def _hash(text: str) -> str:
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()
