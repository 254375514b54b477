"""On which terms a model reads: what caps its price, what is told of its cost."""

from collections.abc import AsyncIterator

import pytest
from services.extraction.tests.integration.place import Place, running_extraction
from services.extraction.tests.integration.scripted_model import (
    CHUNK_TOKENS,
    PRICE,
    ScriptedModel,
    answer,
    reply,
    rooms,
)

from dramatis.testing.service import ServiceServers, eventually
from extraction.domain.errors import ModelRejected


@pytest.fixture(scope="module")
async def shared_place(service_servers: ServiceServers, shared_model: ScriptedModel) -> AsyncIterator[Place]:
    async with running_extraction(service_servers, model=shared_model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        yield place


@pytest.fixture
async def place(place: Place) -> Place:
    return await place.open()


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


async def test_a_run_stops_before_the_call_that_would_pass_its_price_cap(place: Place, model: ScriptedModel) -> None:
    await place.write(rooms(4))
    run = await place.run(price_cap_usd=2.5 * PRICE / 1_000_000)
    assert (run["status"], run["error_class"]) == ("failed", "price-cap-reached")
    assert (len(model.asked), run["cost_micro_usd"], run["price_cap_micro_usd"]) == (2, 2 * PRICE, 2.5 * PRICE)
    assert (run["report"]["chunks"]["completed"], run["report"]["chunks"]["failed"]) == (2, 2)
    assert run["characters"] == 1
    again = await place.post(f"/v1/runs/{run['id']}/retry", json={"price_cap_usd": 1})
    assert again.json()["price_cap_micro_usd"] == 1_000_000
    run = await place.until(run["id"], "completed")
    assert (len(model.asked), run["cost_micro_usd"]) == (4, 4 * PRICE)


async def test_no_reply_is_so_long_that_it_passes_the_price_cap(place: Place, model: ScriptedModel) -> None:
    model.expected = 0
    longest = 8192
    model.will("ROOM", *[reply(answer(""), longest) for _ in range(2)])
    await place.write(rooms(2))
    run = await place.run(price_cap_usd=1.5 * longest / 1_000_000)
    assert (run["status"], run["error_class"], len(model.asked)) == ("failed", "price-cap-reached", 1)
    assert run["cost_micro_usd"] == longest < run["price_cap_micro_usd"]
    assert f"{longest} of {run['price_cap_micro_usd']} are spent" in run["message"]


async def test_a_call_waits_when_only_calls_under_way_could_pass_the_price_cap(
    place: Place, model: ScriptedModel
) -> None:
    model.expected = 3 * PRICE
    answered = model.hold("ROOM")
    await place.write(rooms(4))
    run_id = (await place.start(price_cap_usd=6 * PRICE / 1_000_000)).json()["id"]

    async def two_are_asked() -> bool:
        return len(model.asked) == 2

    await eventually(two_are_asked, "two calls are under way")
    await place.running.emitted()

    async def two_have_no_message() -> bool:
        return await place.chunks_in_queue() == 2

    await eventually(two_have_no_message, "nothing of the queue is held by what waits")
    answered.set()
    run = await place.until(run_id, "completed", "failed")
    assert (run["status"], len(model.asked), run["cost_micro_usd"]) == ("completed", 4, 4 * PRICE)
    assert [(chunk.attempts, chunk.failures) for chunk in await place.chunks(run)] == [(1, 0)] * 4
    assert await place.running.dead_letters() == []


@pytest.mark.parametrize("wanted", [{"price_cap_usd": 0}, {"price_cap_usd": -1}, {"incremental": "perhaps"}])
async def test_a_wish_that_makes_no_sense_is_refused(place: Place, wanted: dict[str, object]) -> None:
    await place.write(rooms(1))
    assert (await place.start(**wanted)).status_code == 422


async def test_every_chunk_says_who_read_it_and_what_it_cost_and_the_run_costs_their_sum(
    place: Place, model: ScriptedModel
) -> None:
    model.will("ROOM 1 ", "The scenes were lovely.")
    model.will("ROOM 3 ", ModelRejected("no"))
    await place.write(rooms(3))
    run = await place.run()

    chunks = await place.chunks(run)

    assert [chunk.cost_micro_usd for chunk in chunks] == [2 * PRICE, PRICE, 0]
    assert {(chunk.provider, chunk.model, chunk.prompt_version) for chunk in chunks} == {
        (run["provider"], run["model"], run["prompt_version"])
    }
    for counted in ("cost_micro_usd", "input_tokens", "output_tokens"):
        of_chunks = [getattr(chunk, counted) for chunk in chunks]
        of_replies = [sum(getattr(reply, counted) for reply in chunk.replies) for chunk in chunks]
        assert (of_replies, sum(of_chunks)) == (of_chunks, run[counted])
