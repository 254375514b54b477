"""What a chunk of an earlier run has read, for the scenes that have not changed since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extraction.domain.finds import Evidence, Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.folding import fold
from extraction.domain.llm.grounding import NAME_UNKNOWN, Grounded, is_in_script
from extraction.domain.llm.naming import name_words
from extraction.domain.llm.pages import Page, page_of_preamble, page_of_scene
from extraction.domain.llm.rounds import Known
from extraction.domain.runs import Spent
from extraction.domain.script import Script


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """What was found in passages, at what price; `scenes`, `keys` and `tokens` are those of the chunk that was read.

    `known` says how the replies came, without what they held.
    """

    scenes: Sequence[int]
    keys: Sequence[str]
    tokens: Sequence[int]
    known: Known
    finds: Sequence[Find]
    spent: Spent


def taken_over(reading: EarlierReading, chunk: Chunk, script: Script) -> Grounded:
    """What an earlier reading found in the passages of `chunk`, at the scenes and lines where `script` has them now.

    A name that the script has no more is dropped and counted.
    """
    moved = _moved(reading, chunk)
    pages = _pages(chunk, script)
    finds: list[Find] = []
    dropped: Counter[str] = Counter()
    for find in reading.finds:
        scenes = {now for before in find.scene_numbers for now in moved.get(before, ())}
        evidence = [
            seen for old in find.evidence for now in moved.get(old.scene, ()) if (seen := _line_of(old, pages[now]))
        ]
        if not evidence:
            continue
        names = [name for name in (find.name, *find.aliases) if is_in_script(script, find.asset_type, name_words(name))]
        if names:
            finds.append(
                replace(
                    find,
                    name=names[0],
                    aliases=tuple(names[1:]),
                    scene_numbers=tuple(sorted(scenes)),
                    evidence=tuple(sorted(set(evidence), key=lambda seen: (seen.scene, seen.line, seen.quote))),
                )
            )
        dropped[NAME_UNKNOWN] += not names
    return Grounded(tuple(finds), dict(+dropped))


def worth(reading: EarlierReading, chunk: Chunk) -> Spent:
    """What the passages of `chunk` did cost when they were read: by their tokens a share of what the whole reading did."""
    tokens = dict(zip(reading.keys, reading.tokens, strict=True))
    share, whole = sum(tokens[key] for key in chunk.keys), max(sum(reading.tokens), 1)
    spent = reading.spent
    return Spent(
        spent.input_tokens * share // whole,
        spent.output_tokens * share // whole,
        spent.cost_micro_usd * share // whole,
    )


def _moved(reading: EarlierReading, chunk: Chunk) -> Mapping[int, Sequence[int]]:
    """Where the scenes of the reading are now; those that have changed are nowhere."""
    now: dict[str, list[int]] = {}
    for scene, key in zip(chunk.scenes, chunk.keys, strict=True):
        now.setdefault(key, []).append(scene)
    return {scene: now.get(key, ()) for scene, key in zip(reading.scenes, reading.keys, strict=True)}


def _pages(chunk: Chunk, script: Script) -> Mapping[int, Sequence[Page]]:
    pages = {number: [page_of_scene(script.scenes[number - 1])] for number in chunk.scenes}
    if 1 in pages and script.preamble:
        pages[1].append(page_of_preamble(script.preamble))
    return pages


def _line_of(seen: Evidence, pages: Sequence[Page]) -> Evidence | None:
    """The same line as the script has it now; markup and line breaks in it may have changed."""
    same = (
        Evidence(page.number, line, seen.quote) for page in pages for line, text in page.lines if text == seen.quote
    )
    part = (
        Evidence(page.number, line, seen.quote) for page in pages for line, text in page.lines if seen.quote in text
    )
    like = (shown for page in pages if (shown := page.show(fold(seen.quote), seen.quote)))
    return next(chain(same, part, like), None)
