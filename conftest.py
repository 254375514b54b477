"""Fixtures for every tier. The two imports come first on purpose: `contracts/` and `chassis/` at the root share their
names with the packages inside them, and pytest would otherwise register the folders as empty packages."""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

import chassis
import contracts

PACKAGES = (chassis, contracts)
pytest_plugins = ["dramatis.testing"]

# A shell starts what runs in its background with Ctrl-C ignored, and so would everything be that is interrupted here.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Machines are shared: slow is no fault. The same examples each time; HYPOTHESIS_PROFILE=explore draws others.
SLOW = [HealthCheck.too_slow]
settings.register_profile("dramatis", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dramatis"))

WHOLE_STACKS = ("tests/faults", "tests/e2e", "tests/tracing", "cli/tests/integration")

SHARED_STACKS = ("tests/faults", "tests/e2e")


class Scheduling(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
    """A module at a time, except that the modules of a folder that share a stack go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.partition("::")[0].rpartition("/")[0]
        return folder if folder in SHARED_STACKS else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Ours in place of `--dist loadscope`."""
    return Scheduling(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking for garbage in it again and again costs a tenth of all the time."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start with the tests that take longest, or one worker is left with them at the end; the rest stays shuffled."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(config.rootpath).as_posix()
        return next((n for n, folder in enumerate(WHOLE_STACKS) if path.startswith(folder)), len(WHOLE_STACKS))

    items.sort(key=place)
