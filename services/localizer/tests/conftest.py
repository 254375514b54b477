from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from services.localizer.tests.integration.scene import Scene, running_localizer

from chassis import outcomes
from chassis.ids import new_id
from dramatis.testing.service import ServiceServers


@pytest.fixture
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


@pytest.fixture(scope="module")
async def shared_scene(service_servers: ServiceServers) -> AsyncIterator[Scene]:
    async with running_localizer(service_servers) as scene:
        yield scene


@pytest.fixture
def scene(shared_scene: Scene, quick_backoff: None) -> Scene:
    """A workspace of its own in the localizer that the tests of a module share."""
    return Scene(replace(shared_scene.running, workspace_id=new_id()), shared_scene.objects)
