import asyncio
from collections.abc import AsyncIterator

import pytest

from imagegen.adapters.pictures import inspect
from imagegen.adapters.sketch_provider import SketchProvider, card_of
from imagegen.domain.brief import Brief, Style
from imagegen.domain.errors import SizeUnsupported

STYLE = Style("Gouache nocturne", "night scenes", "text", ("#0b1d3a", "bone white"))
BRIEF = Brief("Mira Okafor", "character", "storm coat", "silver braid", STYLE, width=64, height=96, candidate=2)


@pytest.fixture
async def sketch() -> AsyncIterator[SketchProvider]:
    async with SketchProvider(max_concurrency=4, latency_ms=0) as provider:
        yield provider


async def test_a_card_is_a_picture_of_the_size_asked_for_and_costs_nothing(sketch: SketchProvider) -> None:
    picture = await sketch.draw(BRIEF)
    facts = inspect(picture.content)
    assert (facts.content_type, facts.width, facts.height) == ("image/png", 64, 96)
    assert (picture.model, picture.cost_micro_usd, sketch.cost(BRIEF)) == (sketch.model, 0, 0)


async def test_several_cards_are_drawn_at_once(sketch: SketchProvider) -> None:
    pictures = await asyncio.gather(*(sketch.draw(BRIEF) for _ in range(6)))
    assert len({picture.content for picture in pictures}) == 1


@pytest.mark.parametrize("side", [1, 65_535])
async def test_a_size_that_cannot_be_drawn_is_refused_with_the_reason(sketch: SketchProvider, side: int) -> None:
    too_odd = Brief("?", "prop", "base", "", STYLE, width=side, height=64)
    with pytest.raises(SizeUnsupported, match=str(side)):
        await sketch.draw(too_odd)


async def test_a_latency_makes_the_drawer_as_slow_as_a_vendor() -> None:
    loop = asyncio.get_running_loop()
    async with SketchProvider(max_concurrency=1, latency_ms=60) as slow:
        begun = loop.time()
        await slow.draw(BRIEF)
        assert loop.time() - begun >= 0.055


def test_the_card_says_what_the_brief_says() -> None:
    card = card_of(BRIEF)
    assert (card.name, card.asset_type, card.look, card.description) == (
        *("Mira Okafor", "character", "storm coat", "silver braid"),
    )
    assert (card.style_name, card.style_prompt, card.negative_prompt) == ("Gouache nocturne", "night scenes", "text")
    assert (card.palette, card.width, card.height) == (("#0b1d3a", "bone white"), 64, 96)


def test_candidates_are_counted_from_zero_on_a_card() -> None:
    assert card_of(BRIEF).candidate == 1
