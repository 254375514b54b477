import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest
from services.imagegen.tests.conftest import PRICE, Vendor, png

from chassis.errors import Problem
from chassis.objects import ObjectStore, ObjectStoreRefused, ObjectStoreUnavailable
from dramatis.testing.service import eventually
from imagegen.adapters.pictures import inspect
from imagegen.app.draw_image import DrawImage, Drawing
from imagegen.app.providers import Providers
from imagegen.domain.brief import Brief, Style
from imagegen.domain.errors import PictureSizeWrong, PictureUnreadable, ProviderUnknown
from imagegen.domain.job import Job, JobState

BRIEF = Brief("Mira", "character", "base", "", Style("Gouache", ""), width=16, height=16)


class Shelf:
    """Stands for the object store where a test must hold it up; the real one is in the integration tests."""

    def __init__(self, *outages: Problem) -> None:
        self.outages = list(outages)
        self.keys: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def put(self, key: str, body: bytes, content_type: str, sha256: str) -> None:
        await self.open.wait()
        if self.outages:
            raise self.outages.pop(0)
        self.keys.append(key)


def task(vendor: Vendor, shelf: Shelf) -> DrawImage:
    providers = Providers([vendor], vendor.name)
    return DrawImage(providers, cast("ObjectStore", shelf), inspect, concurrency=40, max_tries=3)


def drawing(provider: str = "vendor") -> Drawing:
    a_job = Job(
        *(uuid4(), uuid4(), 1, None, uuid4(), "global", None, None, "base", provider, "vendor-1"),
        state=JobState.RUNNING,
        ticket=uuid4(),
        attempts=1,
        failures=0,
        cost_micro_usd=0,
        version=2,
    )
    return Drawing(a_job, uuid4(), BRIEF, uuid4(), datetime(2026, 3, 14, tzinfo=UTC))


async def test_no_more_than_its_slots_are_drawn_at_once() -> None:
    open_calls, most = 0, 0
    released = asyncio.Event()

    async def slow(brief: Brief) -> bytes:
        nonlocal open_calls, most
        open_calls += 1
        most = max(most, open_calls)
        await released.wait()
        open_calls -= 1
        return png(brief.width, brief.height)

    draw = task(Vendor(slow, max_concurrency=3), Shelf())
    tries = [asyncio.create_task(draw.perform(drawing())) for _ in range(10)]

    async def full() -> bool:
        return open_calls == 3

    await eventually(full, "all slots are taken")
    released.set()
    await asyncio.gather(*tries)
    assert most == 3


async def test_the_slot_is_free_again_while_a_picture_is_checked_and_stored() -> None:
    vendor, shelf = Vendor(max_concurrency=1), Shelf()
    shelf.open.clear()
    draw = task(vendor, shelf)
    tries = [asyncio.create_task(draw.perform(drawing())) for _ in range(5)]

    async def all_drawn() -> bool:
        return len(vendor.briefs) == 5

    await eventually(all_drawn, "the vendor is asked for every picture")
    assert shelf.keys == []
    shelf.open.set()
    await asyncio.gather(*tries)
    assert len(set(shelf.keys)) == 5


async def test_a_slot_is_given_back_when_the_vendor_fails() -> None:
    async def broken(_brief: Brief) -> bytes:
        raise OSError("connection reset")

    draw = task(Vendor(broken, max_concurrency=1), Shelf())
    for _ in range(3):
        with pytest.raises(OSError, match="reset"):
            await draw.perform(drawing())


async def test_a_picture_that_is_paid_for_is_not_drawn_again_because_the_store_is_away() -> None:
    vendor, shelf = Vendor(), Shelf(ObjectStoreUnavailable("starting"), ObjectStoreUnavailable("starting"))
    claim = drawing()
    stored = await task(vendor, shelf).perform(claim)
    assert len(vendor.briefs) == 1
    assert shelf.keys == [stored.object_key]
    assert claim.spent == PRICE


async def breaking(_brief: Brief) -> bytes:
    raise OSError("connection reset")


async def small(_brief: Brief) -> bytes:
    return png(8, 8)


async def cut_off(_brief: Brief) -> bytes:
    return png(16, 16)[:-20]


@pytest.mark.parametrize(
    ("vendor", "shelf", "error", "stage"),
    [
        (Vendor(breaking), Shelf, OSError, "provider"),
        (Vendor(small), Shelf, PictureSizeWrong, "validate"),
        (Vendor(cut_off), Shelf, PictureUnreadable, "validate"),
        (Vendor(), lambda: Shelf(ObjectStoreRefused("no such bucket")), ObjectStoreRefused, "store"),
    ],
    ids=["vendor", "size", "cut off", "store"],
)
async def test_an_error_says_at_which_stage_it_arose(
    vendor: Vendor, shelf: Callable[[], Shelf], error: type[Exception], stage: str
) -> None:
    with pytest.raises(error) as raised:
        await task(vendor, shelf()).perform(drawing())
    assert cast("Any", raised.value).stage == stage


async def test_what_a_refused_picture_cost_is_remembered() -> None:
    claim = drawing()
    with pytest.raises(PictureSizeWrong):
        await task(Vendor(small), Shelf()).perform(claim)
    assert claim.spent == PRICE


async def test_a_job_of_a_provider_that_is_gone_says_which_there_are() -> None:
    with pytest.raises(ProviderUnknown, match="no provider 'atelier' is configured; there is vendor"):
        await task(Vendor(), Shelf()).perform(drawing("atelier"))


def test_the_default_must_be_among_the_providers() -> None:
    with pytest.raises(ProviderUnknown):
        Providers([Vendor()], "atelier")


def test_providers_are_found_by_name() -> None:
    first, second = Vendor(), Vendor(name="second")
    providers = Providers([first, second], "second")
    assert (providers.named("vendor"), providers.default, list(providers)) == (first, second, [first, second])
