"""What of a reply did not become an item, told for a person."""

from collections.abc import Iterator, Sequence

from extraction.domain.finds import AssetType
from extraction.domain.salvage.candidates import Finder
from extraction.domain.salvage.choosing import Choice
from extraction.domain.salvage.entries import unnamed
from extraction.domain.salvage.items import Built
from extraction.domain.salvage.outcome import LISTS, NOT_WHOLE
from extraction.domain.salvage.scanner import STRAY_WORDS

OPEN_END = "ellipsis"
"""The repair of a value in which dots or a comment stand for what is not written."""


def losses(choice: Choice, finder: Finder, built: Sequence[Built]) -> Iterator[str]:
    """What is missing from the items built of a choice, besides what was cut off."""
    for answer in choice.answers:
        yield from answer.reading.lost
    yield from (each.lost for each in built if each.lost)
    yield from choice.lost
    if any(OPEN_END in answer.parsed.repairs for answer in choice.answers):
        yield NOT_WHOLE
    if any({"stray text", STRAY_WORDS} & set(answer.parsed.repairs) for answer in choice.answers):
        yield "words that fit nowhere"
    told = {asset_type for answer in choice.answers for asset_type in answer.types}
    yield from (f"nothing about {LISTS[asset_type]}" for asset_type in AssetType if asset_type not in told)
    if finder.left_over() or any(map(finder.misplaced, choice.answers)):
        yield "something that could not be read"
    chosen = {id(answer) for answer in choice.answers}
    others = [each for each in finder.candidates if not each.doubt and id(each) not in chosen and not each.types]
    untyped = sum(each.reading.untyped for each in others)
    if untyped:
        yield unnamed(untyped)
