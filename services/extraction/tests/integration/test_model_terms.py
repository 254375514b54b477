"""On which terms a model reads: a cap on a price nobody knows, readings of another server, scripts of several runs."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from services.extraction.tests.integration.place import Place, running_extraction
from services.extraction.tests.integration.scripted_model import CHUNK_TOKENS, PRICE, ScriptedModel, rooms

from chassis.ids import new_id
from dramatis.testing.service import ServiceServers
from extraction import bootstrap
from extraction.adapters.documents import script_of
from extraction.domain.errors import ModelRejected
from extraction.domain.script import Script


class CountedReading:
    """Reads files, and counts how often each."""

    def __init__(self) -> None:
        self.times: Counter[bytes] = Counter()

    def __call__(self, data: bytes, format: str | None = None, file_name: str | None = None) -> Script:
        self.times[data] += 1
        return script_of(data, format, file_name)


@pytest.fixture(scope="module")
def counted() -> CountedReading:
    return CountedReading()


@pytest.fixture(scope="module")
async def shared(
    service_servers: ServiceServers, counted: CountedReading
) -> AsyncIterator[tuple[Place, ScriptedModel]]:
    model = ScriptedModel()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bootstrap, "script_of", counted)
        async with running_extraction(
            service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS, llm_concurrency=1
        ) as place:
            yield place, model


@pytest.fixture
def model(shared: tuple[Place, ScriptedModel]) -> ScriptedModel:
    """The model that the tests of the module share, knowing nothing of those before."""
    vars(shared[1]).update(vars(ScriptedModel()))
    return shared[1]


@pytest.fixture
async def place(shared: tuple[Place, ScriptedModel]) -> Place:
    """A workspace of its own."""
    return await Place(replace(shared[0].running, workspace_id=new_id())).open()


async def test_a_cap_on_a_price_that_nobody_knows_is_refused(place: Place, model: ScriptedModel) -> None:
    model.has_price = False
    await place.write(rooms(1))

    refused = await place.start(price_cap_usd=1)

    assert (refused.status_code, refused.json()["code"]) == (422, "price-unknown")
    assert "DRAMATIS_LLM_PRICE_INPUT" in refused.json()["detail"]
    assert model.asked == []
    assert (await place.start(engine="builtin", price_cap_usd=1)).status_code == 202
    await place.at_rest()


async def test_a_retry_cannot_be_capped_either_when_nobody_knows_a_price(place: Place, model: ScriptedModel) -> None:
    model.has_price = False
    model.will("ROOM 1 ", ModelRejected("no"))
    await place.write(rooms(1))
    run = await place.run()

    refused = await place.post(f"/v1/runs/{run['id']}/retry", json={"price_cap_usd": 1})

    assert (refused.status_code, refused.json()["code"]) == (422, "price-unknown")
    assert (await place.shown(run["id"]))["status"] == "failed"
    assert (await place.post(f"/v1/runs/{run['id']}/retry")).status_code == 202
    await place.until(run["id"], "completed")


async def test_what_a_model_of_the_same_name_read_elsewhere_is_not_taken_over(
    place: Place, model: ScriptedModel
) -> None:
    await place.write(rooms(2))
    await place.run()
    model.server = "http://elsewhere.test/v1"

    elsewhere = await place.run()
    again = await place.run()

    assert (elsewhere["report"]["reused"]["chunks"], elsewhere["cost_micro_usd"]) == (0, 2 * PRICE)
    assert (again["report"]["reused"]["chunks"], len(model.asked)) == (2, 4)


async def test_three_runs_side_by_side_read_each_script_once(
    place: Place, model: ScriptedModel, counted: CountedReading
) -> None:
    places = [await Place(place.running).open() for _ in range(3)]
    texts = [f"{rooms(5)}INT. LOFT {number} - DAY\n\nMIRA takes the kite.\n" for number in range(3)]
    for each, text in zip(places, texts, strict=True):
        await each.write(text)
    started = [(await each.start(incremental=False)).json()["id"] for each in places]
    runs = [await each.until(run_id, "completed") for each, run_id in zip(places, started, strict=True)]

    assert len(model.asked) == sum(run["report"]["chunks"]["total"] for run in runs) >= 15
    assert [counted.times[text.encode()] for text in texts] == [1, 1, 1]
