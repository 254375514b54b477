from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from services.extraction.tests.integration.place import HeldEngine, Place, running_extraction
from services.extraction.tests.integration.scripted_model import ScriptedModel

from chassis import outcomes
from chassis.ids import new_id
from dramatis.testing.service import ServiceServers


@pytest.fixture
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


@pytest.fixture(scope="module")
async def shared_place(service_servers: ServiceServers) -> AsyncIterator[Place]:
    async with running_extraction(service_servers) as place:
        yield place


@pytest.fixture
def place(shared_place: Place) -> Place:
    """A workspace of its own in the extraction that the tests of a module share."""
    return Place(replace(shared_place.running, workspace_id=new_id()))


@pytest.fixture(scope="module")
def shared_model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def model(shared_model: ScriptedModel) -> ScriptedModel:
    """The model that the tests of a module share, knowing nothing of those before."""
    vars(shared_model).update(vars(ScriptedModel()))
    return shared_model


@pytest.fixture
def held_engine() -> Iterator[HeldEngine]:
    """An engine that finds nothing before the test lets it go; its threads are let go at the end in any case."""
    engine = HeldEngine()
    yield engine
    engine.released.set()
