"""Which finds of many chunks are one thing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from extraction.domain.engine.words import is_person_noun
from extraction.domain.finds import AssetType, Find
from extraction.domain.llm.naming import age_of, name_words, short_names, spellings_of


@dataclass(slots=True)
class Entry:
    """All finds under one name, and the numbers of the results that list it."""

    words: str
    finds: list[Find] = field(default_factory=list)
    results: set[int] = field(default_factory=set)

    @property
    def aliases(self) -> set[str]:
        """Folded aliases of any of the finds."""
        return {name_words(alias) for find in self.finds for alias in find.aliases} - {self.words, ""}

    @property
    def scenes(self) -> set[int]:
        """Scenes of any of the finds."""
        return {scene for find in self.finds for scene in find.scene_numbers}


@dataclass(frozen=True, slots=True)
class Group:
    """What is one thing: its entries by name, and what the witness has of it."""

    entries: tuple[Entry, ...]
    witnessed: tuple[Find, ...]


def join(asset_type: AssetType, results: Sequence[Sequence[Find]], witness: Sequence[Find]) -> list[Group]:
    """The finds of one type in groups.

    Finds of one name are one thing. Names are joined, the strongest reason first, when the witness knows them as one;
    when each is an alias of the other; when one is an alias of exactly one other; when both have an alias that nobody
    else has; when one is short for exactly one other (the end of a thing's name, part of a person's). The last two do
    not join what one reply or the witness lists apart, and no alias joins a person with the same person at another age.
    """
    entries = _entries(asset_type, results)
    known = _Known(asset_type, witness)
    joined = _Joined(entries, known)
    for entry in entries.values():
        joined.unite_by_witness(entry)
    claimed = sorted(_claimants(entries).items())
    for words, claimants in claimed:
        joined.unite_mutual(words, claimants)
    for words, claimants in claimed:
        if words in entries:
            joined.unite_named(words, claimants)
        elif len(claimants) == 2:
            joined.unite_weakly(*sorted(claimants))
    for short, full in _short_for_one(asset_type, entries):
        joined.unite_weakly(short, full)
    return joined.groups(witness)


def _entries(asset_type: AssetType, results: Sequence[Sequence[Find]]) -> dict[str, Entry]:
    """One entry for each name; a thing in the plural is the thing where both are listed."""
    entries: dict[str, Entry] = {}
    for number, result in enumerate(results):
        for find in result:
            if find.asset_type is asset_type and (words := name_words(find.name)):
                entry = entries.setdefault(words, Entry(words))
                entry.finds.append(find)
                entry.results.add(number)
    for words in sorted(entries):
        for plural in spellings_of(asset_type, words)[1:]:
            if words in entries and plural in entries:
                other = entries.pop(plural)
                entries[words].finds += other.finds
                entries[words].results |= other.results
    return dict(sorted(entries.items()))


def _claimants(entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    """Aliases with the names that claim them."""
    claimed: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries.values():
        for alias in entry.aliases:
            claimed[alias].add(entry.words)
    return claimed


def _short_for_one(asset_type: AssetType, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for words in entries if asset_type is not AssetType.LOCATION else ():
        parts = words.split()
        shorter = {" ".join(parts[cut:]) for cut in range(1, len(parts))}
        for short in shorter | (set(short_names(asset_type, words)) if asset_type is AssetType.CHARACTER else set()):
            if short in entries:
                owners[short].add(words)
    return ((short, min(full)) for short, full in sorted(owners.items()) if len(full) == 1)


class _Known:
    """What the witness knows under which name; a name that two of its finds have tells nothing."""

    def __init__(self, asset_type: AssetType, witness: Sequence[Find]) -> None:
        own = [(at, find) for at, find in enumerate(witness) if find.asset_type is asset_type]
        owners: defaultdict[str, set[int]] = defaultdict(set)
        for at, find in own:
            for alias in find.aliases:
                owners[name_words(alias)].add(at)
        names = {name_words(find.name): at for at, find in own}
        self.by_name = {words: min(found) for words, found in owners.items() if len(found) == 1 and words} | names
        self._tails: defaultdict[str, list[tuple[int, set[int]]]] = defaultdict(list)
        if asset_type is not AssetType.CHARACTER:
            for words, at in names.items():
                parts = words.split()
                for cut in range(1, len(parts)):
                    self._tails[" ".join(parts[cut:])].append((at, set(witness[at].scene_numbers)))

    def find(self, entry: Entry) -> int | None:
        """Place of the entry's find: by its name, and for KITCHEN by HOUSE - KITCHEN where that is in all its scenes."""
        exact = self.by_name.get(entry.words)
        if exact is not None or not entry.scenes:
            return exact
        longer = {at for at, scenes in self._tails.get(entry.words, ()) if entry.scenes <= scenes}
        return min(longer) if len(longer) == 1 else None


class _Joined:
    """Entries while they are being joined: each knows its group by the smallest name in it."""

    def __init__(self, entries: Mapping[str, Entry], known: _Known) -> None:
        self._entries = entries
        self._known = known
        self._root = {words: words for words in entries}
        self._members = {words: [words] for words in entries}
        self._witnessed: dict[int, str] = {}

    def unite_by_witness(self, entry: Entry) -> None:
        """Join with what the witness knows as the same."""
        at = self._known.find(entry)
        if at is not None:
            self._unite(self._witnessed.setdefault(at, entry.words), entry.words)

    def unite_mutual(self, words: str, claimants: set[str]) -> None:
        """Join a name with those who have it as an alias, and whom it has as an alias."""
        mutual = claimants & self._entries[words].aliases if words in self._entries else ()
        for claimant in sorted(mutual):
            if not self._another_age(claimant, words):
                self._unite(words, claimant)

    def unite_named(self, words: str, claimants: set[str]) -> None:
        """Join a name with those who have it as an alias, if they are one."""
        roots = {self._root[claimant] for claimant in claimants if not self._another_age(claimant, words)}
        if len(roots - {self._root[words]}) == 1:
            self._unite(words, min(roots - {self._root[words]}))

    def unite_weakly(self, one: str, other: str) -> None:
        """Join unless somebody tells them apart."""
        if not self._another_age(one, other) and not self._told_apart(one, other):
            self._unite(one, other)

    def groups(self, witness: Sequence[Find]) -> list[Group]:
        """The groups with what the witness has of them: by name, else by an alias that is nobody's name."""
        places: defaultdict[str, set[int]] = defaultdict(set)
        for at, words in self._witnessed.items():
            places[self._root[words]].add(at)
        for owner, roots in self._by_alias().items():
            if len(roots) == 1:
                places[min(roots)].add(owner)
        return [
            Group(
                tuple(self._entries[words] for words in sorted(members)),
                tuple(witness[at] for at in sorted(places[root])),
            )
            for root, members in sorted(self._members.items())
        ]

    def _by_alias(self) -> dict[int, set[str]]:
        """Finds of the witness that no name is theirs, with the groups that have one of their names as an alias."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for alias, claimants in _claimants(self._entries).items():
            owner = self._known.by_name.get(alias)
            if owner is not None and owner not in self._witnessed and alias not in self._entries:
                found[owner] |= {self._root[claimant] for claimant in claimants}
        return found

    def _unite(self, one: str, other: str) -> None:
        kept, gone = sorted((self._root[one], self._root[other]))
        if kept == gone:
            return
        for words in self._members[gone]:
            self._root[words] = kept
        self._members[kept] += self._members.pop(gone)

    def _another_age(self, one: str, other: str) -> bool:
        pairs = product(self._members[self._root[one]], self._members[self._root[other]])
        return any(_other_face(first, second) for first, second in pairs)

    def _told_apart(self, one: str, other: str) -> bool:
        pairs = product(self._members[self._root[one]], self._members[self._root[other]])
        return any(self._apart(self._entries[first], self._entries[second]) for first, second in pairs)

    def _apart(self, one: Entry, other: Entry) -> bool:
        known = {self._known.by_name.get(one.words), self._known.by_name.get(other.words)}
        return not one.results.isdisjoint(other.results) or (None not in known and len(known) == 2)


def _other_face(one: str, other: str) -> bool:
    """YOUNG INES is not INES; OLD CLERK may be the CLERK."""
    ages = age_of(one), age_of(other)
    callings = [is_person_noun(words.split()[-1]) for words in (one, other)]
    return ages[0] != ages[1] and not any(callings)
