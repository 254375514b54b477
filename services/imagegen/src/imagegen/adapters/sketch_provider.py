"""The built-in provider: concept cards drawn by rules, at no cost and without a network."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Self, get_args

from imagegen.adapters.sketch import AssetType, CardBrief, draw_card
from imagegen.domain.brief import Brief
from imagegen.domain.errors import SizeUnsupported
from imagegen.domain.picture import Picture

MODEL = "card-1"
KEPT_CARDS = 32
ASSET_TYPES = {str(name): name for name in get_args(AssetType)}


class SketchProvider:
    """Draws in a small pool of threads, which `async with` ends; `latency_ms` makes it as slow as a vendor."""

    name = "sketch"
    model = MODEL

    def __init__(self, max_concurrency: int, latency_ms: float) -> None:
        self.max_concurrency = max_concurrency
        self._latency = latency_ms / 1000
        self._threads: ThreadPoolExecutor

    async def __aenter__(self) -> Self:
        """Start the pool; its threads come when they are needed."""
        self._threads = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="sketch")
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the pool; what it is drawing is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def cost(self, brief: Brief) -> int:
        """Nothing, whatever is drawn."""
        return 0

    async def draw(self, brief: Brief) -> Picture:
        """A PNG card; raises `SizeUnsupported`."""
        await asyncio.sleep(self._latency)
        loop = asyncio.get_running_loop()
        return Picture(await loop.run_in_executor(self._threads, _draw, card_of(brief)), MODEL)


def card_of(brief: Brief) -> CardBrief:
    """The brief in the drawer's words, which count candidates from 0."""
    return CardBrief(
        name=brief.name,
        asset_type=ASSET_TYPES[brief.asset_type],
        width=brief.width,
        height=brief.height,
        description=brief.description,
        look=brief.look,
        style_name=brief.style.name,
        style_prompt=brief.style.prompt,
        negative_prompt=brief.style.negative_prompt,
        palette=brief.style.palette,
        candidate=brief.candidate - 1,
    )


@lru_cache(maxsize=KEPT_CARDS)
def _draw(card: CardBrief) -> bytes:
    """The same card is drawn once, as a retry asks for it again."""
    try:
        return draw_card(card)
    except ValueError as error:
        raise SizeUnsupported(str(error)) from error
