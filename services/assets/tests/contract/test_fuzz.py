"""Whatever the frozen schemas of consumed events allow: acknowledged, tried again, or dead for a reason we know."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.assets.tests.integration.workspace import Workspace

from contracts.consumers import CONSUMERS
from contracts.event import EventData
from dramatis.testing.contract_suite import assert_survives
from dramatis.testing.random_events import random_messages
from dramatis.testing.random_values import Known

REFUSES = {"name-blank"}


@pytest.fixture
async def known(workspace: Workspace) -> Known:
    """A branch with a drawn asset that waits for another image."""
    home = await workspace.home()
    asset = await workspace.asset(home)
    image = await workspace.draw(home, asset)
    [request] = (await workspace.wish(home))["requests"]
    return {
        "project_id": [str(home.project_id)],
        "branch_id": [str(home.branch_id)],
        "asset_id": [asset["id"]],
        "request_id": [request["id"]],
        "image_id": [image["id"]],
        "name": ["Mira", "MIRA", " ", "\u3000mira"],
    }


@pytest.mark.parametrize("event", CONSUMERS["assets"], ids=lambda event: event.TYPE.removeprefix("dramatis."))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_no_message_that_may_be_said_meets_a_bug(
    event: type[EventData], workspace: Workspace, known: Known, data: st.DataObject
) -> None:
    messages = data.draw(st.lists(random_messages(event, known), min_size=20, max_size=20))
    await assert_survives(workspace.running, messages, REFUSES)
