"""Props of English scripts: phrases found, weighed, gathered."""

from collections.abc import Container, Iterable, Iterator, Sequence

from extraction.domain.engine.props.gathering import Mention
from extraction.domain.engine.props.grammar import ARTICLES, NUMBERS
from extraction.domain.engine.props.lexicon import Sort
from extraction.domain.engine.props.phrases import Phrase, find_phrases
from extraction.domain.engine.props.texts import Stretch, Telling
from extraction.domain.engine.props.tokens import Token, tokens
from extraction.domain.engine.props.weighing import weigh_all
from extraction.domain.engine.words import SIGNS

POINTING = frozenset({"insert", "close", "on", "inside", "angle", "reveal", "reveals", "up"})
POINTED_AT = frozenset({"this", "these"})
POINTED = 1.0
LEFT_OUT = frozenset({"own", "same", "other", "first", "second", "third", "last", "next", "such", "very", "single"})


def mentions(stretches: Iterable[Stretch], names: Container[str]) -> Iterator[Mention]:
    """Every phrase that names a thing; `names` are the words of the names of people, in small letters."""
    for stretch in stretches:
        line = tokens(stretch.text)
        for phrase, weight in weigh_all(line, find_phrases(line)):
            if not _is_name(line, phrase, names) and not _is_lettering(line, phrase):
                yield _mention(stretch, line, phrase, weight)


def _is_name(line: Sequence[Token], phrase: Phrase, names: Container[str]) -> bool:
    """Whether a word with a capital is part of somebody's name: HESTER BELL."""
    return any(token.text[:1].isupper() and token.low in names for token in line[phrase.first : phrase.last + 1])


def _is_lettering(line: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is what a sign says (`Over the door: DEAD LETTERS`), a label (`Note: …`) or the end (`CURTAIN`)."""
    first = line[phrase.lead]
    if first.opens and phrase.last + 1 < len(line) and line[phrase.last + 1].gap.startswith(":"):
        return not phrase.determiner
    if not first.shouted:
        return False
    if first.text == "CURTAIN" and first.opens:
        return True
    before = {token.low for token in line[max(0, phrase.lead - 2) : phrase.lead]}
    return bool(before & SIGNS) or (":" in first.gap and not before & POINTING)


def _mention(stretch: Stretch, line: Sequence[Token], phrase: Phrase, weight: float) -> Mention:
    first = phrase.first
    while first < phrase.last and line[first].low in LEFT_OUT:
        first += 1
    pointed = stretch.telling is Telling.SPEECH and phrase.determiner in POINTED_AT and phrase.sort is Sort.SURE
    text = stretch.passage.text
    start, end = line[first].start, line[phrase.last].end
    others = dict.fromkeys(text[line[at].start : end] for at in (phrase.inner, phrase.last))
    return Mention(
        passage=stretch.passage,
        telling=Telling.DIRECTION if pointed else stretch.telling,
        start=start,
        end=end,
        name=text[start:end],
        others=tuple(others),
        head=phrase.head,
        content=phrase.content,
        marks=phrase.marks,
        introduced=phrase.determiner in ARTICLES | NUMBERS,
        described=phrase.determiner in ARTICLES and phrase.described,
        weight=weight + (POINTED if pointed else 0.0),
    )
