"""Which of the values in a reply are the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.domain.finds import AssetType
from extraction.domain.salvage import cues
from extraction.domain.salvage.candidates import Candidate
from extraction.domain.salvage.entries import Entry
from extraction.domain.salvage.items import written_name
from extraction.domain.salvage.naming import same_key


@dataclass(slots=True)
class Choice:
    """The values that are the answer together, what was put aside and why; `flagged` when another choice is possible."""

    answers: list[Candidate] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    latest: dict[AssetType, Candidate] = field(default_factory=dict)
    flagged: bool = False


def choose(candidates: Sequence[Candidate]) -> Choice:
    """Values about different types belong together; of two about the same one the later is the answer."""
    choice = Choice()
    telling = [candidate for candidate in candidates if not candidate.doubt and candidate.types]
    for doubt in dict.fromkeys(candidate.doubt for candidate in candidates if candidate.doubt):
        choice.repairs.append(f"{doubt}, put aside")
    for candidate in telling:
        _add(choice, candidate)
    if any(candidate.suspect or candidate.unsure for candidate in choice.answers):
        choice.flagged = True
    return choice


def _add(choice: Choice, candidate: Candidate) -> None:
    latest = next(
        (choice.latest[each] for each in AssetType if each in candidate.types and each in choice.latest), None
    )
    if latest is not None and cues.is_alternative(candidate.before):
        choice.repairs.append("an alternative, put aside")
        return
    if latest is not None and latest.entries and candidate.entries and cues.is_disowned(candidate.before):
        choice.lost.append("an answer that the words before it call none")
        choice.flagged = True
        return
    if latest is not None and not _goes_on(latest, candidate):
        rivals = [other for other in choice.answers if other.types & candidate.types]
        named = any(other.entries for other in rivals)
        if not candidate.entries and named:
            choice.lost.append("an answer without any asset after one with assets")
            choice.flagged = True
            return
        if named:
            _replace(choice, rivals, candidate)
        choice.answers = [other for other in choice.answers if not other.types & candidate.types]
    choice.answers.append(candidate)
    choice.latest.update(dict.fromkeys(candidate.types, candidate))


def _replace(choice: Choice, rivals: Sequence[Candidate], candidate: Candidate) -> None:
    """The later one is the answer; without a word that says so it is flagged, unless both name the same."""
    said = {name for rival in rivals for name in map(_key, rival.entries)}
    differ = said ^ {_key(entry) for entry in candidate.entries}
    choice.repairs.append("two answers, the last one taken")
    if differ and not cues.is_final(candidate.before) and not all(rival.suspect for rival in rivals):
        choice.flagged = True
        choice.lost.append("an earlier answer names other assets")


def _key(entry: Entry) -> tuple[str, str]:
    name = written_name(entry)
    return entry.asset_type, same_key(name.value) if name else ""


def _goes_on(first: Candidate, second: Candidate) -> bool:
    """Whether two values about one type are parts of one answer."""
    numbers = cues.number_named(first.before), cues.number_named(second.before)
    if None not in numbers and numbers[0] != numbers[1]:
        return True
    if _single(first) and _single(second):
        return True
    scenes = {entry.scene for entry in first.entries}, {entry.scene for entry in second.entries}
    if None not in scenes[0] | scenes[1] and not scenes[0] & scenes[1]:
        return True
    return cues.is_more(second.before) and not cues.is_final(second.before)


def _single(candidate: Candidate) -> bool:
    """Whether the value is one item by itself, as in a reply of one object a line."""
    return len(candidate.entries) == 1 and candidate.entries[0].place.startswith("item of type")
