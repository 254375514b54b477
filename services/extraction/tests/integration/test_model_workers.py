"""Runs by a language model that are stopped, or lose their worker, while their chunks are read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest
from services.extraction.tests.integration.place import Place, running_extraction
from services.extraction.tests.integration.scripted_model import CHUNK_TOKENS, PRICE, ScriptedModel, rooms
from services.extraction.tests.integration.test_workers import PROGRAM_SECONDS, known, worker, worker_program

from chassis.service import RunRole
from contracts.subjects import work_subject
from dramatis.simulator import simulated_llm
from dramatis.testing.service import ServiceServers, eventually


async def begun(place: Place, model: ScriptedModel, count: int, calls: int, **wanted: object) -> str:
    """The id of a run over that many scenes, so many of which are being asked about."""
    await place.open()
    await place.write(rooms(count))
    run_id = str((await place.start(**wanted)).json()["id"])

    async def asked() -> bool:
        return len(model.asked) >= calls

    await eventually(asked, f"the model is asked {calls} times")
    return run_id


@asynccontextmanager
async def held_run(place: Place, run_id: str) -> AsyncIterator[None]:
    """Nobody can record anything about the run."""
    connection = await asyncpg.connect(place.running.database.superuser_url)
    try:
        async with connection.transaction():
            assert await connection.fetchval("SELECT id FROM run WHERE id = $1 FOR UPDATE", UUID(run_id))
            yield
    finally:
        await connection.close()


async def waiting_for_locks(place: Place) -> int:
    rows = await place.running.fetch("SELECT count(*) AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    waiting: int = rows[0]["waiting"]
    return waiting


async def test_a_cancelled_run_asks_about_nothing_more_and_pays_for_what_was_asked(
    service_servers: ServiceServers,
) -> None:
    model = ScriptedModel()
    answered = model.hold("ROOM")
    async with running_extraction(
        service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS, llm_concurrency=2
    ) as place:
        run_id = await begun(place, model, 8, calls=4)
        run = (await place.post(f"/v1/runs/{run_id}/cancel")).json()
        assert (run["status"], run["report"]["chunks"]["cancelled"]) == ("cancelled", 8)
        answered.set()
        await place.at_rest()
        run = await place.shown(run_id)
        assert (run["status"], len(model.asked), run["cost_micro_usd"]) == ("cancelled", 4, 4 * PRICE)
        assert await place.told() == ["script.uploaded", "run.started"]
        assert await place.running.dead_letters() == []

        await place.post(f"/v1/runs/{run_id}/retry")
        run = await place.until(run_id, "completed")
        assert (run["scenes_read"], run["cost_micro_usd"]) == (8, 12 * PRICE)


async def test_calls_that_a_cancelled_run_has_under_way_count_under_its_price_cap(
    service_servers: ServiceServers,
) -> None:
    model = ScriptedModel()
    answered = model.hold("ROOM")
    async with running_extraction(service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        run_id = await begun(place, model, 4, calls=4, price_cap_usd=5 * PRICE / 1_000_000)
        await place.post(f"/v1/runs/{run_id}/cancel")
        await place.post(f"/v1/runs/{run_id}/retry")

        await place.running.emitted()

        async def the_others_wait() -> bool:
            return len(model.asked) > 4 and await place.chunks_in_queue() == 5

        await eventually(the_others_wait, "one more is asked about, and nothing else is under way")
        answered.set()
        await place.until(run_id, "completed", "failed")
        await place.at_rest()
        run = await place.shown(run_id)
        assert (run["error_class"], len(model.asked), run["cost_micro_usd"]) == ("price-cap-reached", 5, 5 * PRICE)

        await place.post(f"/v1/runs/{run_id}/retry", json={"price_cap_usd": 8 * PRICE / 1_000_000})
        run = await place.until(run_id, "completed", "failed")
        assert (run["status"], len(model.asked), run["cost_micro_usd"]) == ("completed", 8, 8 * PRICE)


async def test_two_workers_that_settle_the_last_two_chunks_at_once_complete_the_run_once(
    service_servers: ServiceServers,
) -> None:
    model = ScriptedModel()
    async with running_extraction(
        service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS, llm_concurrency=1, role=RunRole.API
    ) as place:
        await known(place)
        answered = model.hold("ROOM")
        await place.write(rooms(2))
        async with worker(place, model), worker(place, model):
            run_id = (await place.start()).json()["id"]

            async def both_asked() -> bool:
                return len(model.asked) == 2

            await eventually(both_asked, "both chunks are asked about")
            async with held_run(place, run_id):
                answered.set()

                async def both_settle() -> bool:
                    return await waiting_for_locks(place) == 2

                await eventually(both_settle, "both wait to record what they found")
            run = await place.until(run_id, "completed")
            await place.at_rest()
        told = await place.told()
        assert (told.count("run.started"), told.count("run.completed"), told.count("run.failed")) == (1, 1, 0)
        assert (run["scenes_read"], run["locations"], run["cost_micro_usd"]) == (2, 2, 2 * PRICE)


async def deliver_again(place: Place, task: str, ticket: UUID) -> None:
    """The task message, as it comes again when its worker died between recording and acknowledging."""
    headers = {"ce-workspaceid": str(place.running.workspace_id), "ce-correlationid": str(uuid4())}
    subject = work_subject("extraction", task, place.running.workspace_id)
    await place.running.js.publish(subject, orjson.dumps({"id": str(ticket)}), headers=headers)


async def test_messages_that_come_again_plan_and_ask_nothing_anew(service_servers: ServiceServers) -> None:
    model = ScriptedModel()
    late = model.hold("ROOM 2 ")
    async with running_extraction(service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        run_id = await begun(place, model, 2, calls=2)

        async def one_is_read() -> bool:
            return bool((await place.shown(run_id))["scenes_read"] == 1)

        await eventually(one_is_read, "the first chunk is read")
        [run] = await place.rows("SELECT ticket FROM run WHERE workspace_id = $1")
        [first, _] = await place.rows("SELECT ticket FROM chunk WHERE workspace_id = $1 ORDER BY number")
        await deliver_again(place, "read", run["ticket"])
        await deliver_again(place, "read-chunk", first["ticket"])
        late.set()
        done = await place.until(run_id, "completed")
        await place.at_rest()
        assert (done["attempts"], done["report"]["chunks"]["total"], len(model.asked)) == (1, 2, 2)
        told = await place.told()
        assert (told.count("run.started"), told.count("run.completed"), told.count("run.failed")) == (1, 1, 0)
        assert await place.running.dead_letters() == []


async def test_a_run_whose_branch_is_deleted_while_it_is_read_asks_about_nothing_more(
    service_servers: ServiceServers,
) -> None:
    model = ScriptedModel()
    answered = model.hold("ROOM")
    async with running_extraction(
        service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS, llm_concurrency=1
    ) as place:
        run_id = await begun(place, model, 6, calls=3)
        await place.deliver(place.branch_deleted())
        deleted_at = datetime.now(UTC)
        answered.set()
        await place.until(run_id, "cancelled")
        await place.at_rest()
        chunks = await place.rows("SELECT started_at FROM chunk WHERE workspace_id = $1 AND attempts > 0")
        assert 3 <= len(model.asked) == len(chunks) < 6
        assert all(chunk["started_at"] < deleted_at for chunk in chunks)


async def test_chunks_under_way_are_handed_on_when_their_worker_is_stopped(service_servers: ServiceServers) -> None:
    model = ScriptedModel()
    late = model.hold("ROOM 2 ")
    async with running_extraction(
        service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS, shutdown_seconds=0.1
    ) as place:
        run_id = await begun(place, model, 3, calls=3)

        async def two_are_read() -> bool:
            return bool((await place.shown(run_id))["scenes_read"] == 2)

        await eventually(two_are_read, "two chunks are read")
        process = place.running.process
        await process.__aexit__()
        late.set()
        async with type(process)(process.service, RunRole.ALL) as again:
            place.running.process = again
            run = await place.until(run_id, "completed")
            await place.at_rest()
        assert [model.times(f"ROOM {number} ") for number in (1, 2, 3)] == [1, 2, 1]
        assert run["cost_micro_usd"] == 3 * PRICE


@pytest.mark.timeout(2 * PROGRAM_SECONDS)
async def test_a_worker_killed_between_chunks_pays_for_no_finished_chunk_again(
    service_servers: ServiceServers,
) -> None:
    with simulated_llm(faults=["hang@3"]) as llm:
        async with running_extraction(
            service_servers,
            role=RunRole.API,
            ack_wait_seconds=4,  # the libraries of models take a while to load, and hold up the heartbeat
            llm_provider="openai",
            llm_model="simulated",
            llm_base_url=llm.base_url,
            llm_concurrency=1,
            llm_chunk_tokens=CHUNK_TOKENS,
            llm_price_input=1,
            llm_price_output=1,
        ) as place:
            await known(place)
            await place.write(rooms(4))
            async with worker_program(place) as doomed:
                run_id = (await place.start()).json()["id"]

                async def two_are_read() -> bool:
                    return bool((await place.shown(run_id))["scenes_read"] >= 2) and len(llm.calls) >= 3

                await eventually(two_are_read, "two chunks are read and a third is asked about", PROGRAM_SECONDS)
                paid = (await place.shown(run_id))["cost_micro_usd"]
                assert paid > 0
                doomed.kill()
                await doomed.wait()
            async with worker(place):
                run = await place.until(run_id, "completed")
                await place.at_rest()
            assert [call.fault for call in llm.calls] == ["", "", "hang", "", ""]
            assert (run["scenes_read"], run["report"]["chunks"]["completed"]) == (4, 4)
            replies = await place.rows("SELECT chunk_id, cost_micro_usd FROM reply WHERE workspace_id = $1")
            assert len(replies) == len({reply["chunk_id"] for reply in replies}) == 4
            assert run["cost_micro_usd"] == sum(reply["cost_micro_usd"] for reply in replies)
            told = await place.told()
            assert (told.count("run.started"), told.count("run.completed")) == (1, 1)
