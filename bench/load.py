"""Loads: so many at once for so long, or so many in all; each returns a rate per second."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter


async def for_seconds(one: Callable[[], Awaitable[object]], at_once: int, seconds: float) -> float:
    """`one` again and again by `at_once` loops; calls per second."""
    done = 0
    started = perf_counter()

    async def loop() -> None:
        nonlocal done
        while perf_counter() - started < seconds:
            await one()
            done += 1

    await asyncio.gather(*(loop() for _ in range(at_once)))
    return done / (perf_counter() - started)


async def so_many(one: Callable[[], Awaitable[object]], at_once: int, count: int) -> float:
    """`one` exactly `count` times by `at_once` loops; calls per second."""
    left = iter(range(count))
    started = perf_counter()

    async def loop() -> None:
        for _ in left:
            await one()

    await asyncio.gather(*(loop() for _ in range(at_once)))
    return count / (perf_counter() - started)
