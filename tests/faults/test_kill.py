"""Processes are killed at random moments of a run; nothing is lost, nothing is done twice."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from tests.system import STYLE, System, assert_whole, write_script

from dramatis.production import Outcome, Production
from dramatis.stack import LocalStack

KILLS = int(os.environ.get("KILLS", "40"))
SEED = int(os.environ.get("SEED", "20260101"))
SCENES = 20
ASSETS = 3 * SCENES


class Killer(threading.Thread):
    """Kills one to three processes of the services at a time, and starts them again, until told to stop."""

    def __init__(self, stack: LocalStack, random: Random) -> None:
        super().__init__(name="killer", daemon=True)
        self.kills: list[str] = []
        self.failure: BaseException | None = None
        self._stack = stack
        self._random = random
        self._enough = threading.Event()
        self._names = [f"{svc}-{role}" for svc in stack.state.services for role in ("api", "worker", "relay")]

    def run(self) -> None:
        """Until stopped; a process that does not start again ends it."""
        try:
            while not self._enough.is_set():
                self._kill_some()
        except BaseException as error:  # noqa: BLE001 - the test raises it
            self.failure = error

    def _kill_some(self) -> None:
        victims = self._random.sample(self._names, self._random.randint(1, 3))
        for name in victims:
            self._enough.wait(self._random.uniform(0.0, 0.4))
            self._stack.kill(name)
            self.kills.append(name)
        self._enough.wait(self._random.uniform(0.0, 0.3))
        with ThreadPoolExecutor() as starting:
            list(starting.map(self._stack.start, victims))

    def stop(self) -> None:
        """Stop, with every process running."""
        self._enough.set()
        self.join(60)
        if self.failure is not None:
            raise self.failure


@pytest.mark.timeout(90 + 8 * KILLS)
@pytest.mark.parametrize(("seed", "kills"), [(SEED, KILLS)], ids=[f"SEED={SEED}-KILLS={KILLS}"])
async def test_sixty_assets_survive_processes_killed_at_random(
    stack: LocalStack, tmp_path: Path, seed: int, kills: int
) -> None:
    system = System(stack.state)
    killer = Killer(stack, Random(seed))
    killer.start()
    try:
        outcomes = await asyncio.to_thread(_produce_until, killer, kills, system, tmp_path)
    finally:
        await asyncio.to_thread(killer.stop)
    assert len(killer.kills) >= kills
    for outcome in outcomes:
        await assert_whole(system, outcome.place, ASSETS)


def _produce_until(killer: Killer, kills: int, system: System, folder: Path) -> list[Outcome]:
    """Projects of sixty assets, one after the other, until there were kills enough."""
    outcomes: list[Outcome] = []
    with system.api() as api:
        while len(killer.kills) < kills and killer.failure is None:
            script = write_script(folder, SCENES, f"Inventory {len(outcomes)}")
            outcomes.append(Production(api).produce(script, f"Inventory {len(outcomes)}", STYLE))
    return outcomes
