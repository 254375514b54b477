"""Which of the values in a reply are the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extraction.domain.finds import AssetType
from extraction.domain.salvage import cues
from extraction.domain.salvage.candidates import Candidate
from extraction.domain.salvage.items import name_key, named
from extraction.domain.salvage.outcome import SEVERAL_TAKEN

CROWD = 3


@dataclass(slots=True)
class Choice:
    """The values that are the answer together, what was put aside and why; `flagged` when another choice is possible."""

    answers: list[Candidate] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    latest: dict[AssetType, Candidate] = field(default_factory=dict)
    flagged: bool = False


def choose(candidates: Sequence[Candidate]) -> Choice:
    """Values about different types belong together; of two about the same one the later is the answer."""
    choice = Choice()
    telling = [candidate for candidate in candidates if not candidate.doubt and candidate.types]
    for doubt in dict.fromkeys(candidate.doubt for candidate in candidates if candidate.doubt):
        choice.repairs.append(f"{doubt}, put aside")
    errors = dict.fromkeys(candidate.reading.error for candidate in candidates if candidate.reading.error)
    choice.lost += [f"an error beside the answer: {error}" for error in errors]
    crowded = _crowded(telling)
    owned = any(candidate.entries and not candidate.disowned for candidate in telling)
    for candidate in telling:
        _add(choice, candidate, crowded=id(candidate) in crowded, owned=owned)
    if any(candidate.suspect or candidate.disowned or candidate.unsure for candidate in choice.answers):
        choice.flagged = True
    _take_held(choice)
    return choice


def _take_held(choice: Choice) -> None:
    """Of a type that no list names, take what items of other types hold, in doubt."""
    listed = {entry.asset_type for answer in choice.answers for entry in answer.entries}
    for answer in choice.answers:
        held = [replace(entry, doubtful=True) for entry in answer.reading.within if entry.asset_type not in listed]
        answer.reading.entries = [*answer.entries, *held]


def _crowded(telling: Sequence[Candidate]) -> set[int]:
    """Those of three values or more with nothing said between them: an answer to each of several scenes."""
    runs: list[list[Candidate]] = []
    for candidate in telling:
        if runs and not cues.says_something(candidate.before):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return {id(candidate) for run in runs if len(run) >= CROWD for candidate in run[1:]}


def _add(choice: Choice, candidate: Candidate, *, crowded: bool, owned: bool) -> None:
    latest = next(
        (choice.latest[each] for each in AssetType if each in candidate.types and each in choice.latest), None
    )
    if latest is not None and cues.is_alternative(candidate.before):
        choice.repairs.append("an alternative, put aside")
        choice.aside.append(f"an alternative: {named(candidate.entries)}")
        return
    if candidate.disowned and candidate.entries and owned:
        told = f"an answer that the words beside it call none: {named(candidate.entries)}"
        after = any(answer.entries for answer in choice.answers)
        (choice.lost if after else choice.aside).append(told)
        choice.flagged = choice.flagged or after
        return
    if latest is not None and not _goes_on(latest, candidate) and not _beside(choice, candidate, crowded):
        return
    choice.answers.append(candidate)
    choice.latest.update(dict.fromkeys(candidate.types, candidate))


def _beside(choice: Choice, candidate: Candidate, crowded: bool) -> bool:
    """Whether a value about what others were about counts; what of the others does not is taken away."""
    rivals = [other for other in choice.answers if other.types & candidate.types]
    named = any(other.entries for other in rivals)
    if not candidate.entries and named:
        choice.lost.append("an answer without any asset after one with assets")
        choice.flagged = True
        return False
    if named and (crowded or _are_parts(rivals, candidate)):
        if _keys(rivals) != _keys([candidate]):
            choice.flagged = True
            choice.lost.append(SEVERAL_TAKEN)
        return True
    if named:
        _replace(choice, rivals, candidate)
    choice.answers = [
        replace(other, reading=other.reading.without(candidate.types)) if other.types & candidate.types else other
        for other in choice.answers
        if not other.types <= candidate.types
    ]
    return True


def _replace(choice: Choice, rivals: Sequence[Candidate], candidate: Candidate) -> None:
    """The later one is the answer; without a word that says so it is flagged, unless both name the same."""
    taken = {name_key(entry) for entry in candidate.entries}
    of_types = [entry for rival in rivals for entry in rival.entries if entry.asset_type in candidate.types]
    aside = [entry for entry in of_types if name_key(entry) not in taken]
    choice.repairs.append("two answers, the last one taken")
    begun_anew = not aside and all(rival.parsed.cut for rival in rivals)
    differ = {name_key(entry) for entry in of_types} != taken
    if not differ or begun_anew:
        return
    told = f"an earlier answer names other assets{': ' if aside else ''}{named(aside)}"
    if cues.is_final(candidate.before) or all(rival.suspect for rival in rivals):
        choice.aside += [told] if aside else []
    else:
        choice.flagged = True
        choice.lost.append(told)


def _are_parts(rivals: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether values with nothing said between them share no name, and are not each an answer by itself."""
    whole = all(len({entry.asset_type for entry in each.entries}) == len(AssetType) for each in [*rivals, candidate])
    return not whole and not cues.says_something(candidate.before) and not _keys(rivals) & _keys([candidate])


def _keys(candidates: Sequence[Candidate]) -> set[tuple[str, str]]:
    return {name_key(entry) for candidate in candidates for entry in candidate.entries}


def _goes_on(first: Candidate, second: Candidate) -> bool:
    """Whether two values about one type are parts of one answer."""
    parts = cues.part_named(first.before), cues.part_named(second.before)
    if None not in parts and parts[0] != parts[1]:
        return True
    if _single(first) and _single(second) and not cues.is_final(second.before):
        return True
    scenes = {entry.scene for entry in first.entries}, {entry.scene for entry in second.entries}
    if None not in scenes[0] | scenes[1] and not scenes[0] & scenes[1]:
        return True
    if cues.is_added(second.before) and not _keys([first]) & _keys([second]):
        return True
    return cues.is_more(second.before) and not cues.is_final(second.before)


def _single(candidate: Candidate) -> bool:
    """Whether the value is one item by itself, as in a reply of one object a line."""
    return len(candidate.entries) == 1 and not candidate.entries[0].place.startswith("item 1 of")
