"""Nothing a model says is believed before the script shows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.formats.headings import is_heading
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.folding import fold, occurs
from extraction.domain.llm.naming import bare_name, name_words, short_names, spellings_of
from extraction.domain.llm.pages import Page, page_of_preamble, page_of_scene, whole_script
from extraction.domain.salvage import Item
from extraction.domain.script import Script

NAME_UNKNOWN = "name not in script"
ALIAS_UNKNOWN = "alias not in script"
ELSEWHERE = "not in these scenes"
HEADING = "a heading is nobody"
QUOTE_UNKNOWN = "quote not in scene"
QUOTE_MOVED = "quote of another scene"
SCENE_WRONG = "scene does not show it"

MAX_EVIDENCE = 24
TELLING = 3
USUAL = 0.75
LEAST, MOST = 0.1, 0.95
FLAGGED = 0.4
UNPROVEN = 0.8


@dataclass(frozen=True, slots=True)
class Grounded:
    """What the script confirms, and how many names, aliases, quotes and scene numbers were dropped for which reason.

    `QUOTE_MOVED` counts quotes that were kept, but in another scene than the reply said.
    """

    finds: tuple[Find, ...]
    dropped: Mapping[str, int]


def ground(items: Sequence[Item], chunk: Chunk, script: Script) -> Grounded:
    """Check the items of a reply, which counts scenes as the text of `chunk` does, against the script.

    Kept is an item whose name, or else an alias, occurs in the script, and which these scenes show. A quote is kept
    when it stands in its scene, or else in another scene of the chunk, where it is put, which is counted; case, white
    space, line breaks and punctuation do not count. A quote that does not name the item, as `she` or by a calling, is
    kept only when one of these scenes has a form of its name. A scene number is kept when the scene has one of the names, or a quote. Every scene
    has evidence: the line of a quote, or the first line with a name, as it stands in the file and with its number.
    """
    checks = _Checks(chunk, script)
    finds = [find for item in items if (find := checks.check(item))]
    return Grounded(tuple(finds), dict(sorted((+checks.dropped).items())))


class _Checks:
    """The scenes of a chunk, ready to be searched; the rest of the script only when a name is not in them."""

    def __init__(self, chunk: Chunk, script: Script) -> None:
        self._script = script
        self._numbers = dict(enumerate(chunk.scenes, start=1))
        scenes = [script.scenes[number - 1] for number in chunk.scenes]
        before = script.preamble if 1 in chunk.scenes else ()
        self._around = [whole_script(script).pages[scene.number] for scene in scenes]
        self._scenes = {page.number: page for page in self._around}
        if chunk.part and chunk.lines:  # only what was read of a long scene proves something
            own = frozenset(chunk.lines[0])
            before = tuple(line for line in before if line.line in own)
            read = (replace(scene, elements=tuple(e for e in scene.elements if e.line in own)) for scene in scenes)
            self._scenes = {scene.number: page_of_scene(scene) for scene in read}
        self._pages = list(self._scenes.values())
        if before:
            self._pages.append(page_of_preamble(before))
        self.dropped: Counter[str] = Counter()

    def check(self, item: Item) -> Find | None:
        """The item as the script shows it, None when it does not."""
        if item.asset_type is AssetType.CHARACTER and is_heading(item.name):
            self.dropped[HEADING] += 1
            return None
        names = self._names(item)
        if not names:
            return None
        wanted = Wanted.of(item.asset_type, names)
        quoted = self._quoted(item, wanted)
        scenes = self._shown_in(item, wanted, {seen.scene for seen, in_scene in quoted if in_scene})
        evidence = [seen for seen, _ in quoted]
        bare = set(scenes) - {seen.scene for seen in evidence}
        evidence += [seen for number in bare if (seen := wanted.on(self._scenes[number]))]
        if not evidence:
            self.dropped[ELSEWHERE] += 1
            return None
        return Find(
            asset_type=item.asset_type,
            name=names[0],
            aliases=tuple(names[1:]),
            description=" ".join(item.description.split()),
            attributes={trait: value for trait, value in item.attributes.items() if value.strip()},
            scene_numbers=tuple(sorted(scenes)),
            evidence=thinned(evidence, most=max(MAX_EVIDENCE, len(self._pages))),
            confidence=_confidence(item, proven=bool(quoted) or not item.quotes),
        )

    def _names(self, item: Item) -> list[str]:
        """The names of an item that occur in the script, the item's own first."""
        names = [bare_name(item.asset_type, text) for text in (item.name, *item.aliases)]
        unique = {words: name for name in reversed(names) if (words := name_words(name))}
        known = [words for words in unique if self._occurs(item.asset_type, words)]
        known.sort(key=lambda words: words != name_words(names[0]))
        if not known or known[0] != name_words(names[0]):
            self.dropped[NAME_UNKNOWN] += 1
        if aliases := unique.keys() - {name_words(names[0]), *known}:
            self.dropped[ALIAS_UNKNOWN] += len(aliases)
        return [unique[words] for words in known]

    def _occurs(self, asset_type: AssetType, words: str) -> bool:
        spellings = spellings_of(asset_type, words)
        if any(occurs(spelling, page.text) for page in self._pages for spelling in spellings):
            return True
        return is_in_script(self._script, asset_type, words)

    def _quoted(self, item: Item, wanted: "Wanted") -> list[tuple[Evidence, bool]]:
        """The quotes that stand in these scenes, each where it stands, and whether that is a scene.

        One or two words show something only if they name it, more of them also if any of the scenes names it.
        """
        found: dict[Evidence, bool] = {}
        is_here = any(wanted.on(page) for page in self._around)
        foreign = 0
        for said, quote in item.quotes:
            meant = self._numbers.get(said) if said else None
            near = meant or self._numbers[1]
            words = fold(quote)
            pages = sorted(self._pages, key=lambda page: (abs(page.number - near), page.number, not page.is_scene))
            seen = next(((seen, page.is_scene) for page in pages if (seen := page.show(words, quote))), None)
            is_named = wanted.named_in(words)
            if seen is None or not (len(words.split()) >= TELLING or is_named):
                self.dropped[QUOTE_UNKNOWN] += 1
            elif not (is_here or is_named):
                foreign += 1
            else:
                found.setdefault(*seen)
                self.dropped[QUOTE_MOVED] += said is not None and seen[0].scene != meant
        if found:
            self.dropped[ELSEWHERE] += foreign
        return list(found.items())

    def _shown_in(self, item: Item, wanted: "Wanted", proven: set[int]) -> set[int]:
        """The scenes that the item is in: those it names and those of its quotes, else all that have its full name."""
        said = {self._numbers.get(number, 0) for number in item.scene_numbers}
        shown = {number for number in said & self._scenes.keys() if wanted.on(self._scenes[number])} | proven
        self.dropped[SCENE_WRONG] += sum(self._numbers.get(number) not in shown for number in set(item.scene_numbers))
        return shown or {number for number, page in self._scenes.items() if page.first(wanted.full)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Folded names to look for: the full ones, else what they are short for."""

    full: tuple[str, ...]
    short: tuple[str, ...]

    @classmethod
    def of(cls, asset_type: AssetType, names: Sequence[str]) -> "Wanted":
        """What to look for when something has these names."""
        full = [spelling for name in names for spelling in spellings_of(asset_type, name_words(name))]
        short = [word for name in names for word in short_names(asset_type, name)]
        return cls(tuple(dict.fromkeys(full)), tuple(dict.fromkeys(short)))

    def named_in(self, words: str) -> bool:
        """Whether folded words have one of the names."""
        return any(occurs(name, words) for name in (*self.full, *self.short))

    def on(self, page: Page) -> Evidence | None:
        """The first line of a page with one of the names."""
        return page.first(self.full) or page.first(self.short)


def is_in_script(script: Script, asset_type: AssetType, words: str) -> bool:
    """Whether a folded name occurs anywhere in the script, a thing also in the plural."""
    return any(whole_script(script).has(spelling) for spelling in spellings_of(asset_type, words))


def thinned(evidence: Iterable[Evidence], most: int = MAX_EVIDENCE) -> tuple[Evidence, ...]:
    """At most `most` lines in reading order: the first of each scene, and others as far as there is room."""
    lines = sorted(set(evidence), key=lambda seen: (seen.scene, seen.line, seen.quote))
    kept: dict[int, Evidence] = {}
    for seen in lines:
        kept.setdefault(seen.scene, seen)
    firsts = list(kept.values())[:most]
    others = [seen for seen in lines if seen not in firsts and seen.scene in kept][: most - len(firsts)]
    return tuple(sorted([*firsts, *others], key=lambda seen: (seen.scene, seen.line, seen.quote)))


def _confidence(item: Item, *, proven: bool) -> float:
    sure = USUAL if item.confidence is None else min(max(item.confidence, LEAST), MOST)
    sure = min(sure, FLAGGED) if item.flagged else sure
    return round(sure if proven else sure * UNPROVEN, 3)
