"""A screenplay that a language model reads chunk by chunk becomes the same project, with everything in it once."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.e2e.test_screenplay import SCREENPLAY
from tests.system import STYLE, System, assert_whole, running_stack

from dramatis.production import Outcome, Production
from dramatis.simulator import Simulator, simulated_llm
from dramatis.stack import LocalStack, StackOptions

pytestmark = pytest.mark.timeout(180)  # the first test waits for a stack, and for a production on it


@pytest.fixture(scope="module")
def llm() -> Iterator[Simulator]:
    """A model that is busy, breaks off and disappears now and then."""
    with simulated_llm(faults=["429=1@2", "truncated=0.6@4", "500@6"]) as running:
        yield running


@pytest.fixture(scope="module")
def stack(llm: Simulator) -> Iterator[LocalStack]:
    """The whole stack, with the model configured."""
    environment = {
        "DRAMATIS_LLM_PROVIDER": "openai",
        "DRAMATIS_LLM_MODEL": llm.model,
        "DRAMATIS_LLM_BASE_URL": llm.base_url,
        "DRAMATIS_LLM_CHUNK_TOKENS": "300",
    }
    with running_stack(StackOptions(environment=environment)) as running:
        yield running


@pytest.fixture(scope="module")
async def made(stack: LocalStack) -> Outcome:
    """The screenplay, taken all the way once."""

    def produce() -> Outcome:
        with System(stack.state).api() as api:
            return Production(api).produce(SCREENPLAY, "The Street", STYLE)

    return await asyncio.to_thread(produce)


async def test_everything_it_finds_is_drawn_once_and_filed_once(stack: LocalStack, made: Outcome) -> None:
    assert (made.run["engine"], made.run["status"]) == ("llm", "completed")
    assert made.run["report"]["chunks"]["total"] == made.run["report"]["chunks"]["completed"] > 4
    names = Counter((asset["type"], asset["name"].casefold()) for asset in made.assets)
    assert set(names.values()) == {1}
    found = Counter(asset["type"] for asset in made.assets)
    assert found == {
        "character": made.run["characters"],
        "location": made.run["locations"],
        "prop": made.run["props"],
    }
    await assert_whole(System(stack.state), made.place, len(made.assets))


def test_an_asset_of_many_chunks_is_in_all_their_scenes(stack: LocalStack, made: Outcome) -> None:
    with System(stack.state).api() as api:
        found = {one["name"]: one for one in api.items("extraction", f"/v1/runs/{made.run['id']}/assets")}
    most = max(found.values(), key=lambda one: len(one["scene_numbers"]))
    [asset] = [asset for asset in made.assets if asset["name"] == most["name"]]
    assert asset["scene_numbers"] == most["scene_numbers"]
    assert len(most["scene_numbers"]) > 3


def test_the_second_run_asks_nobody_and_says_what_that_saved(stack: LocalStack, made: Outcome, llm: Simulator) -> None:
    asked = len(llm.calls)
    with System(stack.state).api() as api:
        again = Production(api).produce(SCREENPLAY, "The Street", None)
    assert len(llm.calls) == asked
    assert again.run["report"]["reused"]["scenes"] == again.run["scenes_total"]
    assert {asset["id"] for asset in again.assets} == {asset["id"] for asset in made.assets}
