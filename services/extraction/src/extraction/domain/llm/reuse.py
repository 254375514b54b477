"""What a chunk of an earlier run has read, for the scenes that have not changed since."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from extraction.domain.engine.passages import clip
from extraction.domain.finds import Evidence, Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.folding import fold
from extraction.domain.llm.grounding import ALIAS_UNKNOWN, ELSEWHERE, NAME_UNKNOWN, Grounded, Wanted, is_in_script
from extraction.domain.llm.naming import name_words
from extraction.domain.llm.pages import Page, whole_script
from extraction.domain.llm.rounds import Known
from extraction.domain.runs import Spent
from extraction.domain.script import Script

SENTENCES = re.compile(r".+?(?:[.!?;\u3002\uff01\uff1f\uff1b]+\s*|$)", re.DOTALL)
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """What was found in a chunk, at what price; `known` says how the replies came, without what they held."""

    id: UUID
    chunk: Chunk
    known: Known
    finds: Sequence[Find]
    spent: Spent


def taken_over(reading: EarlierReading, chunk: Chunk, script: Script) -> Grounded:
    """What an earlier reading found in the excerpts of `chunk`, at the scenes and lines where `script` has them now.

    Excerpts of one key have the same lines, wherever these are now, so that every line of evidence is found again. A name
    that the script has no more is dropped and counted, and so is somebody who is only `she` in these excerpts and whom no
    scene around them names any more. What is told of the looks of somebody is left out as far as its words were in the
    scenes that have changed: who reads these anew tells it as it is now.
    """
    old = _Old(reading, chunk, script)
    finds = [find for each in reading.finds if (find := old.now(each))]
    return Grounded(tuple(finds), dict(sorted((+old.dropped).items())))


def worth(reading: EarlierReading, chunk: Chunk) -> Spent:
    """What the excerpts of `chunk` did cost when they were read: by their tokens a share of what the whole reading did."""
    tokens = dict(zip(reading.chunk.keys, reading.chunk.tokens, strict=True))
    share, whole = sum(tokens[key] for key in chunk.keys), max(sum(reading.chunk.tokens), 1)
    spent = reading.spent
    return Spent(
        spent.input_tokens * share // whole,
        spent.output_tokens * share // whole,
        spent.cost_micro_usd * share // whole,
    )


class _Old:
    """The excerpts that a chunk shares with an earlier one, there and here."""

    def __init__(self, reading: EarlierReading, chunk: Chunk, script: Script) -> None:
        now: dict[str, list[tuple[int, Sequence[int]]]] = {}
        for scene, key, lines in zip(chunk.scenes, chunk.keys, chunk.lines, strict=True):
            now.setdefault(key, []).append((scene, lines))
        before = reading.chunk
        self._moved = {scene: now.get(key, ()) for scene, key in zip(before.scenes, before.keys, strict=True)}
        self._lines = dict(zip(before.scenes, before.lines, strict=True))
        self._sources = _sources(chunk, script)
        self._script = script
        self._scenes = chunk.scenes
        self._gone = _words(before.text) - _words(chunk.text)
        self._kept = _words(chunk.text)
        self.dropped: Counter[str] = Counter()

    def now(self, find: Find) -> Find | None:
        """The find as far as it is in these excerpts; None when it is not, or not any more."""
        evidence = {seen for old in find.evidence for seen in self._where_now(old)}
        if not evidence:
            return None
        names = [name for name in (find.name, *find.aliases) if self._is_known(find, name)]
        self.dropped[NAME_UNKNOWN] += find.name not in names
        self.dropped[ALIAS_UNKNOWN] += sum(alias not in names for alias in find.aliases)
        if not names:
            return None
        if not self._is_named(find, names, evidence):
            self.dropped[ELSEWHERE] += 1
            return None
        scenes = {now for old in find.scene_numbers for now, _ in self._moved.get(old, ())}
        return replace(
            find,
            name=names[0],
            aliases=tuple(names[1:]),
            description="".join(filter(self._holds, SENTENCES.findall(find.description))).strip(),
            attributes={trait: value for trait, value in find.attributes.items() if self._holds(value)},
            scene_numbers=tuple(sorted(scenes)),
            evidence=tuple(sorted(evidence, key=lambda seen: (seen.scene, seen.line, seen.quote))),
        )

    def _where_now(self, seen: Evidence) -> Sequence[Evidence]:
        """A line of an excerpt where it is now; its markup may be another one."""
        if seen.line not in self._lines.get(seen.scene, ()):
            return ()
        place = self._lines[seen.scene].index(seen.line)
        found = []
        for scene, lines in self._moved[seen.scene]:
            sources = self._sources[scene, lines[place]]
            same = any(seen.quote in source for source in sources)
            found.append(Evidence(scene, lines[place], seen.quote if same else clip(sources[0])))
        return found

    def _is_known(self, find: Find, name: str) -> bool:
        return is_in_script(self._script, find.asset_type, name_words(name))

    def _is_named(self, find: Find, names: Sequence[str], evidence: set[Evidence]) -> bool:
        wanted = Wanted.of(find.asset_type, names)
        if any(wanted.named_in(fold(seen.quote)) for seen in evidence):
            return True
        return any(wanted.on(page) for page in self._near)

    @cached_property
    def _near(self) -> Sequence[Page]:
        """The scenes around these, as many as were read together."""
        reach = len(self._lines)
        pages = whole_script(self._script).pages
        near = {number for scene in self._scenes for number in range(scene - reach, scene + reach + 1)}
        return [pages[number] for number in sorted(near & pages.keys())]

    def _holds(self, told: str) -> bool:
        """Whether more of the words are in these excerpts than were only in those that have changed."""
        words = _words(told)
        gone = len(words & self._gone)
        return gone == 0 or gone < len(words & self._kept)


def _sources(chunk: Chunk, script: Script) -> Mapping[tuple[int, int], Sequence[str]]:
    """What stands in the lines of a chunk's scenes, by scene and line; a line may have a name and a speech."""
    found: dict[tuple[int, int], list[str]] = {}
    for number in chunk.scenes:
        scene = script.scenes[number - 1]
        if scene.heading:
            found.setdefault((number, scene.line), []).append(scene.source or scene.heading)
        for element in (*(script.preamble if number == 1 else ()), *scene.elements):
            found.setdefault((number, element.line), []).append(element.source or element.text)
    return found


def _words(text: str) -> frozenset[str]:
    """Folded words that say something; of a language without spaces, every two characters."""
    words = fold(text).split()
    pairs = {one + two for one, two in pairwise(words) if len(one) == len(two) == 1}
    return frozenset({word for word in words if len(word) >= SHORTEST_WORD} | pairs)
