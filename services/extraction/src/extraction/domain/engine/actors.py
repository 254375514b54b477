"""Those who act in a screenplay without a cue, and without capitals: a name that does what people do, and comes back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.domain.engine.capitals import Token, determines, tokens
from extraction.domain.engine.given_names import ALSO_WORDS, is_given
from extraction.domain.engine.introductions import age_after
from extraction.domain.engine.naming import POSSESSIVE, Key, name_key
from extraction.domain.engine.narration import narration
from extraction.domain.engine.passages import Passage
from extraction.domain.engine.place_words import is_place_noun
from extraction.domain.engine.props.lexicon import longest_name
from extraction.domain.engine.prose_names import SENTENCE_GAP, ProseName, runs
from extraction.domain.engine.prose_verbs import handles
from extraction.domain.engine.survey import Survey
from extraction.domain.engine.words import (
    CAMERA,
    PLACES,
    SLUG_OPENERS,
    TITLES,
    UNHELD,
    is_person_noun,
    is_sound_or_verb,
    word_set,
)

# A word in -ss, -us or -is is mostly no verb; those that are stand here by themselves.
DOES = re.compile(r"[a-z]{2,}[^\Wsui]s|goes|does|is|has|presses|passes|tosses|guesses|crosses|kisses|misses")
LIVELY = word_set(
    "sits stands looks stares glances smiles nods walks runs laughs whispers watches listens hesitates crouches kneels "
    "climbs limps hurries shrugs frowns grins sighs blinks wipes ducks thinks "
    "sees hears knows tries wants takes picks steps waits sprints creeps stumbles cries weeps coughs winces"
)
KIN = re.compile(
    r",\s+(?:(?P<low>(?:the|an?|his|her|their)\s+[a-z][\w-]*)|[^\W\d_a-z][\w-]*)['\u2019]s\s+(?:[a-z-]+\s+)?(?P<what>[a-z-]+)\s*[,.;)]"
)
"""`Per, Sunniva's brother,`: whose somebody is."""
ENOUGH = 2


@dataclass(slots=True)
class Actor:
    """A capitalised name: what prose counts of it, how often a word points at it, and whether it does what people do."""

    name: ProseName
    pointed: int = 0
    lively: int = 0
    age: str | None = None
    kin: bool = False

    @property
    def somebody(self) -> bool:
        """Whether it acts often enough: once with a title (`Mr. Hoff raises a hand`); people have an age or belong to somebody."""
        if self.pointed * 2 >= self.name.seen or self.name.placed * 2 > self.name.seen:
            return False
        if self.kin:
            return True
        if self.age or self.name.titled:
            return self.age is not None or self.name.acting > 0
        first = self.name.key[0]
        given = is_given(first) and first not in ALSO_WORDS
        does = self.lively > 0 and longest_name(self.name.key[-1:]) is None
        return self.name.acting >= ENOUGH and (given or does or self.name.inside > 0)


def silent_actors(survey: Survey, known: frozenset[Key]) -> list[Actor]:
    """Names that act, in order of appearance; none that shares a word with those `known` or with a place."""
    taken = {word for key in known for word in key} | set(_place_words(survey))
    found: dict[Key, Actor] = {}
    for passage in survey.passages:
        words = tokens(narration(passage.text))
        for first, end in runs(words, survey):
            key = name_key(passage.text[words[first].start : words[end - 1].end])
            if key and taken.isdisjoint(key) and _can_be_name(key, survey):
                text = POSSESSIVE.sub("", passage.text[words[first].start : words[end - 1].end])
                name = ProseName(text, passage.element_at(words[first].start).line)
                _count(found.setdefault(key, Actor(name)), passage, words, first, end)
    return [actor for actor in found.values() if actor.somebody]


def _place_words(survey: Survey) -> Iterator[str]:
    """The words of the places of the headings, but for whose they are: WREN'S ROOM does not make a place of Wren."""
    for scene in survey.scenes:
        for word in tokens(scene.place or ""):
            if not POSSESSIVE.search(word.text):
                yield word.text.casefold()


def _can_be_name(key: Key, survey: Survey) -> bool:
    """Whether no word of it is written small anywhere, and it ends in no noise, no place and nothing without hands."""
    last = key[-1]
    if any(survey.spelling.common(word) for word in key if word not in TITLES):
        return False
    if is_given(key[0]) and len(last) > 1:
        return True
    no_name = last in UNHELD | CAMERA | SLUG_OPENERS | PLACES or is_place_noun(last) or last.endswith("ly")
    return not (no_name or is_sound_or_verb(last))


def _count(actor: Actor, passage: Passage, words: list[Token], first: int, end: int) -> None:
    """Count one mention, the words from `first` to `end`."""
    before = words[first - 1].text.casefold() if first else ""
    opens = first == 0 or SENTENCE_GAP.search(words[first].gap) is not None
    actor.name.seen += 1
    actor.name.inside += not opens
    actor.name.placed += not opens and before in {"in", "at", "to", "from", "through", "across"}
    actor.pointed += not opens and determines(before)
    last = words[end - 1].end
    actor.age = actor.age or age_after(passage.text[last : last + 200])
    kin = KIN.match(passage.text[last : last + 200])
    told = kin is not None and is_person_noun(kin["what"]) and not (opens and kin["low"])
    actor.kin = actor.kin or told
    at = end + 1 if end < len(words) and words[end].text.endswith("ly") and not words[end].gap.strip() else end
    does = _verb(words, at)
    actor.name.acting += does != ""
    actor.lively += does in LIVELY or (does != "" and handles(words, at - 1))


def _verb(words: list[Token], at: int) -> str:
    """The verb that stands there, as of `Joe lifts`; empty when something else does, or a mark between."""
    if at >= len(words) or words[at].gap.strip(" ,"):
        return ""
    word = words[at].text
    return word if word.islower() and DOES.fullmatch(word) else ""
