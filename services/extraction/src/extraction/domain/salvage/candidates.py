"""Every value of a reply that could be the answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extraction.domain.finds import AssetType
from extraction.domain.salvage import cues
from extraction.domain.salvage.decoys import Asked, is_template
from extraction.domain.salvage.entries import Entry, Reading
from extraction.domain.salvage.frames import Parsed
from extraction.domain.salvage.members import lists_in
from extraction.domain.salvage.nodes import Node, Record
from extraction.domain.salvage.outcome import SEVERAL_TAKEN
from extraction.domain.salvage.parser import TOO_DEEP, parse
from extraction.domain.salvage.quoting import RUNS_OVER, UNSEEN
from extraction.domain.salvage.reading import read
from extraction.domain.salvage.rivals import whole_answers
from extraction.domain.salvage.scanner import STRAY_WORDS
from extraction.domain.salvage.strictness import right_until
from extraction.domain.salvage.vocabulary import WRAPPERS, is_list_key, is_weak, type_of_key, words_of
from extraction.domain.salvage.withdrawals import is_rejected
from extraction.domain.salvage.wrapping import Bare, Region

AHEAD = rf"[\s{UNSEEN}]*+"
OBJECT = rf"[{{\uff5b](?={AHEAD}(?:[\"'\u201c\u2018`\u300c\u300e{{\uff5b}}]|:?[^\W\d][\w-]{{0,40}}\s*+[\"']?[:=\uff1a]|/[/*]|#|\Z))"
ARRAY = rf"[\[\uff3b](?={AHEAD}(?:[\"'\u201c\u2018`\u300c\u300e\]\uff5b\uff3b]|[{{\[](?!\s*+\\)|[^\W\d]\w{{0,60}}\())"
CALL = r"\b[^\W\d]\w{0,60}\((?=\s*+(?:array\(|[^\W\d]\w{0,60}\s*+=(?!=)|[\"'][^\"'\n]{1,60}[\"']\s*+=>))"
OPENING = re.compile(f"{OBJECT}|{ARRAY}|{CALL}")
MOVING = {
    "brackets that do not match",
    "missing brackets",
    "stray brackets",
    "stray text",
    STRAY_WORDS,
    "missing values",
    "missing colons",
    "missing quote",
    RUNS_OVER,
}
NAME_KEY = re.compile(
    r"[\"'\u201c\u201d](?:\w{0,20}name|\u59d3\u540d|\u540d\u79f0)[\"'\u201c\u201d]?\s*[:\uff1a]", re.IGNORECASE
)
RESTART = re.compile(
    r"(?:\n[ \t]*\n|[^\W\d_][:\uff1a][ \t]*\n?|\n[^\n{}\[\]\"]{0,80}[:\uff1a]\s*\n|\n[ \t]*[^\W\d_][^\n{}\[\]\"]{8,200})(?=[{\[]\s*[\"{])"
)
LIST_KEY = re.compile(r"[\"'\u201c\u201d]([^\W\d]\w{2,20})[\"'\u201c\u201d]\s*[:\uff1a]\s*\[")
MAX_RESTARTS = 20
SWALLOWED_WORDS = 80
REJECTING_WORDS = 120
WORK_LIMIT = 3
ATTEMPT = 60
MAX_CANDIDATES = 4000


@dataclass(slots=True)
class Candidate:
    """A value, what was read in it, and the words before it.

    `doubt` says why it is no answer; `suspect` are values that the words around them ask for, call a draft or reject,
    `disowned` those that they call none of the answer, `unsure` those whose damage could have moved names to other lists.
    """

    start: int
    end: int
    parsed: Parsed
    reading: Reading
    before: str
    fenced: bool = False
    doubt: str = ""
    suspect: bool = False
    disowned: bool = False
    unsure: bool = False

    @property
    def entries(self) -> list[Entry]:
        """What it names."""
        return self.reading.entries

    @property
    def types(self) -> set[AssetType]:
        """The types it has lists of."""
        return self.reading.types


class Finder:
    """Looks for values in the regions of a reply; the work is bounded however often it starts anew.

    `cut` tells afterwards whether the reply ends within a value that holds nothing yet.
    """

    def __init__(self, bare: Bare, asked: Asked) -> None:
        self._bare = bare
        self._asked = asked
        self._work = WORK_LIMIT * len(bare.text) + 1000
        self._restarts = MAX_RESTARTS
        self._anew = -1
        self._previous = 0
        self._gaps: list[tuple[int, int]] = []
        self.cut = False
        self.candidates: list[Candidate] = []

    def find(self) -> list[Candidate]:
        """The candidates in their order."""
        found = (candidate for region in self._bare.regions for candidate in self._in_region(region))
        candidates = list(islice(found, MAX_CANDIDATES + 1))
        self.candidates = candidates
        if len(candidates) > MAX_CANDIDATES:
            self._gaps.append((self._previous, len(self._bare.text)))
        return candidates

    def left_over(self) -> bool:
        """Whether a key for names stands in the reply outside of everything that was read."""
        return any(NAME_KEY.search(self._bare.text, start, end) for start, end in self._gaps)

    def misplaced(self, candidate: Candidate) -> bool:
        """Whether a damaged value writes more names than were read in it."""
        repairs = set(candidate.parsed.repairs)
        if "missing commas" in repairs and _names_itself(candidate.parsed.node):
            return True
        if not MOVING & repairs:
            return False
        written = sum(1 for _ in NAME_KEY.finditer(self._bare.text, candidate.start, candidate.end))
        return written > len(candidate.entries)

    def _in_region(self, region: Region) -> Iterator[Candidate]:
        at = region.start
        while self._work > 0:
            opening = OPENING.search(self._bare.text, at, region.end)
            if opening is None:
                break
            self._gaps.append((at, opening.start()))
            parsed = self._parsed(opening.start(), region.end)
            if parsed is None:
                at = opening.end()
                continue
            self._work -= parsed.end - opening.start() + ATTEMPT
            found = self._judged(opening.start(), parsed, region)
            if not found:
                self.cut = self.cut or (parsed.cut and parsed.end == len(self._bare.text) and not parsed.repairs)
                sound = TOO_DEEP in parsed.repairs or not (parsed.cut or parsed.repairs)
                at = parsed.end if sound else opening.end()
                continue
            at = max(parsed.end, opening.end())
            self._previous = max(opening.end(), at - SWALLOWED_WORDS) if self._anew == at else at
            yield from found
        self._gaps.append((at, region.end))

    def _parsed(self, start: int, end: int) -> Parsed | None:
        """The value, up to where inside of a damaged one the reply begins anew with a right answer."""
        parsed = parse(self._bare.text, start, end, is_list_key)
        if parsed is None or not (parsed.cut or parsed.repairs):
            return parsed
        for anew in RESTART.finditer(self._bare.text, start + 1, parsed.end):
            if self._restarts <= 0:
                break
            self._restarts -= 1
            if right_until(self._bare.text, anew.end()) <= end:
                fresh = parse(self._bare.text, anew.end(), end, is_list_key)
                if fresh is not None and len(read(fresh.node).types) > 1:
                    self._anew = anew.end()
                    return parse(self._bare.text, start, anew.end(), is_list_key)
        return parsed

    def _judged(self, start: int, parsed: Parsed, region: Region) -> list[Candidate]:
        """The candidate, each of several when the value is an array of whole answers; none when nothing is of interest."""
        before = self._bare.text[max(self._previous, region.since, start - 2000) : start]
        answers = whole_answers(parsed.node)
        if answers:
            return self._several(start, parsed, answers, before, region)
        reading = read(parsed.node)
        context = cues.heading_type(before) if not reading.types else None
        if context is not None:
            reading = read(parsed.node, context)
        return [self._candidate(start, parsed, reading, before, region)] if reading.is_telling() else []

    def _several(
        self, start: int, parsed: Parsed, answers: Sequence[tuple[str, Record]], before: str, region: Region
    ) -> list[Candidate]:
        """The candidates of one value; the keys they stand under are words before them."""
        readings = [read(answer) for _, answer in answers]
        said = {SEVERAL_TAKEN} | {lost for reading in readings for lost in reading.lost}
        readings[-1].lost += [lost for lost in read(parsed.node).lost if lost not in said]
        keys = [_as_words(key) for key, _ in answers]
        keys[0] = f"{before} {keys[0]}"
        return [
            self._candidate(start, parsed, reading, key, region) for key, reading in zip(keys, readings, strict=True)
        ]

    def _candidate(self, start: int, parsed: Parsed, reading: Reading, before: str, region: Region) -> Candidate:
        found = Candidate(start, parsed.end, parsed, reading, before, region.fenced)
        found.doubt = self._doubt(found)
        rejected = is_rejected(self._bare.text[parsed.end : min(parsed.end + REJECTING_WORDS, region.end)])
        found.suspect = rejected or cues.is_draft(before) or cues.is_asked(before)
        found.disowned = rejected or cues.is_disowned(before)
        found.unsure = not {RUNS_OVER, STRAY_WORDS}.isdisjoint(parsed.repairs) or self._swallows_a_list(found)
        return found

    def _swallows_a_list(self, found: Candidate) -> bool:
        """Whether a damaged value writes the key of a list that was not read, so that what is in it may stand in another."""
        if not MOVING & set(found.parsed.repairs):
            return False
        keys = (key[1] for key in LIST_KEY.finditer(self._bare.text, found.start, found.end))
        return any(type_of_key(key) not in {None, *found.types} and not is_weak(key) for key in keys)

    def _doubt(self, found: Candidate) -> str:
        """Why a candidate is no answer."""
        reading = found.reading
        if reading.error:
            return f"an error instead of an answer: {reading.error}"
        if found.entries or reading.untyped:
            return self._doubt_of_entries(found)
        if reading.is_schema:
            return "an echo of the schema"
        return reading.decoys[-1] if reading.decoys and not (found.types or reading.nested or reading.untyped) else ""

    def _doubt_of_entries(self, found: Candidate) -> str:
        if self._asked.holds(self._bare.text[found.start : found.end]):
            return "an echo of the prompt"
        if is_template(found.entries):
            return "a template without names"
        return "an example" if cues.is_example(found.before) else ""


def _names_itself(node: Node) -> bool:
    """Whether lists of assets stand beside a name, which may be that of an item whose brackets are gone."""
    return isinstance(node, Record) and bool(lists_in(node)) and any(key == "name" for key, _ in node.members)


def _as_words(key: str) -> str:
    """What a key says of the answer under it; that it is an answer says nothing."""
    said = " ".join(words_of(key))
    if not cues.is_draft(said):
        said = " ".join(word for word in words_of(key) if word not in WRAPPERS)
    return f"{said}:" if said else ""
