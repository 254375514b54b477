"""The built-in engine: pages per second, and whether a scene of a long script costs what one of a short script costs."""

import asyncio
from collections.abc import Callable
from time import perf_counter

from bench.ground import Ground
from bench.row import Row, at_least, at_most, interleaved, row
from bench.scripts import pages, screenplay
from extraction.domain import builtin_engine
from extraction.domain.reading import read_script
from extraction.domain.script import Script

FEATURE_SCENES = 400
SHORT_SCENES, LONG_SCENES = 100, 10_000
SHORT_REPEATS = 20


async def rows(_ground: Ground) -> list[Row]:
    """Pages of a feature film against reading its file alone; then time per scene, file and all, as scripts grow."""
    feature, short, long = (screenplay(scenes) for scenes in (FEATURE_SCENES, SHORT_SCENES, LONG_SCENES))
    read = read_script(feature, "fountain")
    amount = pages(feature)
    engine, reader = await interleaved(
        _measured(lambda: amount / _seconds(lambda: builtin_engine.extract(read))),
        _measured(lambda: amount / _seconds(lambda: read_script(feature, "fountain"))),
    )
    of_long, of_short = await interleaved(
        _measured(lambda: _ms_per_scene(long, LONG_SCENES, 1)),
        _measured(lambda: _ms_per_scene(short, SHORT_SCENES, SHORT_REPEATS)),
    )
    says = f"the same in a script of {SHORT_SCENES} scenes"
    return [
        row("built-in engine", engine, reader, at_least(0.08), unit="pages/s", limit_is="reading the file into scenes"),
        row(f"a scene of {LONG_SCENES:,}, read whole", of_long, of_short, at_most(1.5), unit="ms", limit_is=says),
    ]


def _measured(figure: Callable[[], float]) -> Callable[[], "asyncio.Future[float]"]:
    """In a thread of its own, as the service does it."""
    return lambda: asyncio.ensure_future(asyncio.to_thread(figure))


def _ms_per_scene(text: str, scenes: int, repeats: int) -> float:
    seconds = _seconds(lambda: [_whole(text) for _ in range(repeats)])
    return seconds * 1000 / scenes / repeats


def _whole(text: str) -> Script:
    script = read_script(text, "fountain")
    assert builtin_engine.extract(script)
    return script


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
