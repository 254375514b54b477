"""The props of a script, chosen and told of: name, other names, where it is seen."""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass

from extraction.domain.engine.capitals import Phrase
from extraction.domain.engine.naming import Key
from extraction.domain.engine.passages import Passage, clip
from extraction.domain.engine.props.capitals import mentions_in_capitals
from extraction.domain.engine.props.chinese import chinese_mentions
from extraction.domain.engine.props.english import mentions
from extraction.domain.engine.props.gathering import Mention, Prop, gather
from extraction.domain.engine.props.texts import is_prose, stretches
from extraction.domain.finds import Evidence
from extraction.domain.script import Script

ENOUGH = 2.0
ENOUGH_IN_PROSE = 2.5
AGAIN = 0.5
OFTEN = 4
SURE = 0.95
MAX_EVIDENCE = 24


@dataclass(frozen=True, slots=True)
class FoundProp:
    """A prop: its names as the script writes them, where it is introduced (`passage` from `start` to `end`), its scenes.

    `confidence` is from 0 to 1; `evidence` has one line per scene.
    """

    name: str
    aliases: tuple[str, ...]
    passage: Passage
    start: int
    end: int
    scenes: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    confidence: float


def find_props(
    script: Script, phrases: Iterable[Phrase], names: Container[str], taken: Collection[Key]
) -> list[FoundProp]:
    """Props in order of appearance.

    `phrases` are those in capitals, `names` the words of the names of people in small letters, `taken` the names of people and places, as keys.
    """
    text = list(stretches(script))
    people = ["".join(key) for key in taken]
    said = [*mentions(text, names), *chinese_mentions(text, people), *mentions_in_capitals(phrases, names, taken)]
    said.sort(key=lambda mention: (mention.passage.elements[0].line, mention.start))
    enough = ENOUGH_IN_PROSE if is_prose(script) else ENOUGH
    return [_found(prop) for prop in gather(said) if _weight(prop) >= enough]


def _weight(prop: Prop) -> float:
    """The weight of the mention that says most, and more for a thing that comes back."""
    told = prop.told
    if not told:
        return 0.0
    return max(mention.weight for mention in told) + AGAIN * ((len(told) > 1) + (len(told) >= OFTEN))


def _found(prop: Prop) -> FoundProp:
    told = prop.told
    shown = max(told, key=lambda mention: (min(len(mention.marks), 2), bool(mention.content), mention.introduced))
    first = next((mention for mention in told if mention.introduced), told[0])
    lines: dict[int, Evidence] = {}
    for mention in told:
        scene = mention.passage.scene
        if scene not in lines:
            element = mention.passage.element_at(mention.start)
            lines[scene] = Evidence(scene, element.line, clip(element.source, mention.name))
    return FoundProp(
        name=shown.name,
        aliases=_aliases(shown, told),
        passage=first.passage,
        start=first.start,
        end=first.end,
        scenes=tuple(lines),
        evidence=tuple(lines.values())[:MAX_EVIDENCE],
        confidence=round(min(SURE, 0.5 + 0.07 * _weight(prop)), 2),
    )


def _aliases(shown: Mention, told: Sequence[Mention]) -> tuple[str, ...]:
    """Other names, in order of appearance, each once however it is written."""
    spelled: dict[str, str] = {}
    for name in _names(told):
        spelled.setdefault(name.casefold(), name)
    spelled.pop(shown.name.casefold(), None)
    return tuple(spelled.values())


def _names(told: Iterable[Mention]) -> Iterable[str]:
    for mention in told:
        yield mention.name
    for mention in told:
        yield from mention.others
