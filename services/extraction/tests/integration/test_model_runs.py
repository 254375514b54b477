"""Runs by a language model: chunks, streaming, salvage, retries."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from services.extraction.tests.integration.place import Place, last_of, running_extraction
from services.extraction.tests.integration.scripted_model import (
    CHUNK_TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    PRICE,
    UNFINISHED,
    ScriptedModel,
    answer,
    room,
    rooms,
)

from contracts.extraction.v1 import RunCompleted, RunFailed
from dramatis.model_reading import read_with_model
from dramatis.testing.service import ServiceServers, eventually
from extraction.adapters.documents import script_of
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.app.language_model import Reply
from extraction.domain.errors import ModelBusy, ModelRefused, ModelRejected, ModelUnavailable
from extraction.domain.llm.prompt import PROMPT_VERSION
from extraction.entrypoints.schemas import RunDetail

GARBAGE = "I am sorry, the scenes were lovely and I enjoyed reading them very much."


@pytest.fixture(scope="module")
async def shared_place(service_servers: ServiceServers, shared_model: ScriptedModel) -> AsyncIterator[Place]:
    async with running_extraction(service_servers, model=shared_model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        yield place


@pytest.fixture
async def place(place: Place) -> Place:
    return await place.open()


@pytest.mark.parametrize("refused", [False, True], ids=["read whole", "not read whole"])
async def test_who_speaks_and_was_overlooked_is_told_once_the_whole_script_is_read(
    place: Place, model: ScriptedModel, *, refused: bool
) -> None:
    if refused:
        model.will("ROOM 2", ModelRejected("no"))
    await place.write(room(1) + "OTTO\nGood night.\n\n" + room(2))
    run = await place.run()
    assert run["status"] == ("failed" if refused else "completed")
    told = last_of(await place.findings(run["id"]))
    assert ("Otto" in told) is not refused
    assert refused or told["Otto"]["confidence"] <= 0.5 < told["MIRA"]["confidence"]


async def test_a_configured_model_reads_every_chunk_and_the_run_says_what_it_cost(
    place: Place, model: ScriptedModel
) -> None:
    await place.write(rooms(3))
    run = RunDetail.model_validate(await place.run())
    assert (run.status, run.engine, run.provider, run.model) == ("completed", "llm", "hand", "scripted-1")
    assert (run.prompt_version, run.scenes_read, run.scenes_total) == (PROMPT_VERSION, 3, 3)
    assert len(model.asked) == run.report.chunks.total == run.report.chunks.completed == 3
    assert (run.input_tokens, run.output_tokens) == (3 * INPUT_TOKENS, 3 * OUTPUT_TOKENS)
    assert run.cost_micro_usd == 3 * PRICE
    assert (run.characters, run.locations, run.props) == (1, 3, 3)
    assert run.report.tiers == {"strict": 3}
    await place.at_rest()
    told = await place.told()
    assert (told[:2], told[-1]) == (["script.uploaded", "run.started"], "run.completed")
    completed = RunCompleted.model_validate((await place.emitted())[-1].data)
    assert (completed.input_tokens, completed.cost_micro_usd) == (run.input_tokens, run.cost_micro_usd)
    assert (completed.characters, completed.locations, completed.props) == (1, 3, 3)
    last = last_of(await place.findings(str(run.id)))
    assert sorted(last["MIRA"]["scene_numbers"]) == [1, 2, 3]


async def test_the_built_in_engine_still_reads_when_asked_to(place: Place, model: ScriptedModel) -> None:
    await place.write(rooms(2))
    run = await place.run(engine="builtin")
    assert (run["status"], run["engine"], run["provider"], run["report"]["chunks"]["total"]) == (
        "completed",
        "builtin",
        None,
        0,
    )
    assert model.asked == []


async def test_every_reply_is_kept_as_it_came(place: Place, model: ScriptedModel) -> None:
    fenced = f"Here you are:\n```json\n{answer('[Scene 1] INT. ROOM 1 - DAY')}\n```\U0001f3ac"
    model.will("ROOM 1 ", fenced)
    await place.write(rooms(2))
    run = await place.run()
    first, second = await place.chunks(run)
    assert (first.tier, second.tier) == ("unwrapped", "strict")
    assert [reply.model for reply in first.replies] == ["scripted-1-0807"]
    signed = (await place.get(f"/v1/runs/{run['id']}/chunks/1/reply")).json()
    async with httpx.AsyncClient() as client:
        assert (await client.get(signed["url"])).content.decode() == fenced
    missing = await place.get(f"/v1/runs/{run['id']}/chunks/9/reply")
    assert (missing.status_code, missing.json()["code"]) == (404, "reply-not-found")


async def test_what_is_found_is_told_as_chunks_finish_and_again_when_a_later_one_adds_to_it(
    place: Place, model: ScriptedModel
) -> None:
    late = model.hold("ROOM 3 ")
    await place.write(rooms(3))
    run_id = (await place.start()).json()["id"]

    async def two_are_told() -> bool:
        return {"ROOM 1", "ROOM 2"} <= {event.data["name"].upper() for event in await place.findings(run_id)}

    await eventually(two_are_told, "the first two chunks are told")
    run = await place.shown(run_id)
    assert (run["status"], run["scenes_read"]) == ("running", 2)
    before = last_of(await place.findings(run_id))
    assert before["MIRA"]["scene_numbers"] == [1, 2]
    late.set()
    run = await place.until(run_id, "completed")
    await place.at_rest()
    after = last_of(await place.findings(run_id))
    assert after["MIRA"]["extracted_asset_id"] == before["MIRA"]["extracted_asset_id"]
    assert after["MIRA"]["scene_numbers"] == [1, 2, 3]
    versions = [
        event.envelope.aggregate_version for event in await place.findings(run_id) if event.data["name"] == "MIRA"
    ]
    assert versions == list(range(1, len(versions) + 1))
    assert [asset["name"] for asset in run["assets"]].count("MIRA") == 1


async def test_a_busy_model_is_asked_again_when_it_said(place: Place, model: ScriptedModel) -> None:
    model.will("ROOM 1 ", ModelBusy("slow down", retry_after=1.0))
    await place.write(rooms(1))
    run = await place.run()
    assert (run["status"], len(model.asked)) == ("completed", 2)
    assert model.at[1] - model.at[0] >= 1.0
    [chunk] = await place.chunks(run)
    assert (chunk.attempts, chunk.failures, chunk.error_class) == (2, 1, None)


@pytest.mark.usefixtures("quick_backoff")
async def test_a_model_that_stays_away_fails_its_chunk_and_what_the_others_found_stays(
    place: Place, model: ScriptedModel
) -> None:
    model.will("ROOM 2 ", *[ModelUnavailable("502 from upstream")] * 4)
    await place.write(rooms(3))
    run = await place.run()
    assert (run["status"], run["error_class"], run["failure_stage"]) == ("failed", "llm-unavailable", "asking")
    assert "1 of 3 chunks" in run["message"]
    assert (run["scenes_read"], run["report"]["chunks"]["failed"], model.times("ROOM 2 ")) == (2, 1, 4)
    await place.at_rest()
    assert {"ROOM 1", "ROOM 3"} <= {name.upper() for name in last_of(await place.findings(run["id"]))}
    failed = (await place.emitted())[-1]
    assert (failed.type, failed.data["error_class"]) == (RunFailed.TYPE, "llm-unavailable")
    assert failed.data["cost_micro_usd"] == 2 * PRICE

    assert (await place.post(f"/v1/runs/{run['id']}/retry")).json()["status"] == "queued"
    run = await place.until(run["id"], "completed")
    assert (run["scenes_read"], run["report"]["chunks"]["completed"]) == (3, 3)
    assert [model.times(f"ROOM {number} ") for number in (1, 2, 3)] == [1, 5, 1]
    await place.at_rest()
    told = await place.told()
    assert (told.count("run.started"), told.count("run.failed"), told.count("run.completed")) == (2, 1, 1)
    assert "ROOM 2" in {name.upper() for name in last_of(await place.findings(run["id"]))}


async def test_a_model_that_takes_no_requests_is_not_asked_again(place: Place, model: ScriptedModel) -> None:
    model.will("ROOM 1 ", ModelRejected("401: no such key"))
    await place.write(rooms(1))
    run = await place.run()
    assert (run["status"], run["error_class"], len(model.asked)) == ("failed", "llm-rejected", 1)
    assert run["report"]["outcomes"][0]["reply"] is None


async def test_a_reply_that_holds_nothing_is_asked_for_once_more(place: Place, model: ScriptedModel) -> None:
    model.will("ROOM 1 ", GARBAGE)
    await place.write(rooms(2))
    run = await place.run()
    assert (run["status"], run["report"]["asked_again"], len(model.asked)) == ("completed", 1, 3)
    assert run["cost_micro_usd"] == 3 * PRICE
    chunk = (await place.chunks(run))[0]
    assert [reply.tier for reply in chunk.replies] == ["nothing", "strict"]
    assert (chunk.tier, chunk.losses, chunk.cost_micro_usd) == ("strict", [], 2 * PRICE)


async def test_where_two_replies_hold_nothing_the_built_in_reading_stands_in(
    place: Place, model: ScriptedModel
) -> None:
    model.will("ROOM 1 ", GARBAGE, GARBAGE)
    await place.write(rooms(2))
    run = await place.run()
    assert (run["status"], run["scenes_read"], run["cost_micro_usd"]) == ("completed", 2, 3 * PRICE)
    [loss] = run["report"]["losses"]
    assert (loss["chunk"], run["report"]["tiers"]) == (1, {"nothing": 1, "strict": 1})
    assert loss["loss"].startswith("not read by the model (llm-reply-unusable: ")
    sure = {asset["name"].upper(): asset["confidence"] for asset in run["assets"]}
    assert sure["ROOM 1"] <= 0.5 < sure["ROOM 2"]
    signed = await place.get(f"/v1/runs/{run['id']}/chunks/1/reply", params={"attempt": "1"})
    async with httpx.AsyncClient() as client:
        assert (await client.get(signed.json()["url"])).text == GARBAGE
    again = await place.run()
    assert (again["report"]["losses"], again["report"]["reused"]["chunks"]) == ([], 1)
    assert (model.times("ROOM 1 "), model.times("ROOM 2 ")) == (3, 1)


async def test_only_what_a_broken_reply_lost_is_asked_for_again(place: Place, model: ScriptedModel) -> None:
    whole = answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\n")
    model.will("ROOM 1 ", whole[: whole.index('"props"')])
    await place.write(rooms(1))
    run = await place.run()
    assert (run["status"], len(model.asked)) == ("completed", 2)
    assert "only what is missing" in model.asked[1]
    assert "- MIRA" in model.asked[1]
    assert (run["characters"], run["locations"], run["props"], run["report"]["losses"]) == (1, 1, 1, [])
    [chunk] = await place.chunks(run)
    assert [reply.tier for reply in chunk.replies] == ["truncated", "strict"]


async def test_what_a_broken_reply_held_is_kept_when_nobody_answers_again(place: Place, model: ScriptedModel) -> None:
    whole = answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\n")
    model.will("ROOM 1 ", whole[: whole.index('"props"')], ModelRejected("403: out of credit"))
    await place.write(rooms(1))
    run = await place.run()
    assert (run["status"], run["characters"], run["locations"], run["props"]) == ("completed", 1, 1, 0)
    assert any("llm-rejected" in loss["loss"] for loss in run["report"]["losses"])


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param('{"characters": [{"name": "MIRA\\u0000"}, {"name": "\\u0000"}], "props": [{"na', id="NUL"),
        pytest.param('{"characters": [{"name": "MIRA", "description": "\\ud83c"}]}', id="half a pair, escaped"),
        pytest.param('{"characters": [{"name": "MIRA \ud83c"}], "props": [{"name', id="half a pair"),
        pytest.param('{"characters": [{"name": "MIRA"}]}' + "\x00" * 9, id="NUL after the end"),
        pytest.param('{"characters": [' + '{"name": "\x00"},' * 999 + '{"name": "MIRA"}]}', id="many losses"),
    ],
)
async def test_what_no_column_can_hold_costs_nothing(place: Place, model: ScriptedModel, reply: str) -> None:
    model.will("ROOM 1 ", reply)
    await place.write(rooms(1))
    run = await place.run()
    assert (run["status"], run["message"]) == ("completed", None)
    assert run["characters"] == 1


async def test_all_that_a_model_says_of_an_asset_is_told(place: Place, model: ScriptedModel) -> None:
    quote = "MIRA OKAFOR, 30s, in a red coat, takes the lamp."
    said = {"aliases": ["Okafor"], "description": "a woman in a red coat, hood up", "attributes": {"coat": "red"}}
    entry = {"name": "MIRA OKAFOR", "scenes": [1], "evidence": [{"scene": 1, "quote": quote}]} | said
    model.will("ROOM 1 ", json.dumps({"characters": [entry], "locations": [], "props": []}))
    await place.write(room(1, person="MIRA OKAFOR, 30s, in a red coat,"))
    run = await place.run()
    mira = last_of(await place.findings(run["id"]))["Mira Okafor"]
    assert (mira["aliases"], mira["description"]) == (said["aliases"], said["description"])
    assert mira["attributes"]["coat"] == "red"
    assert [(each["scene"], each["quote"]) for each in mira["evidence"]] == [(1, quote)]


async def test_what_is_not_in_the_script_is_dropped_and_counted(place: Place, model: ScriptedModel) -> None:
    model.will("ROOM 1 ", answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\nZORBLAX takes the sceptre.\n"))
    await place.write(rooms(1))
    run = await place.run()
    assert "ZORBLAX" not in {asset["name"].upper() for asset in run["assets"]}
    assert sum(run["report"]["dropped"].values()) >= 2


CUT_SHORT = answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\n").split('"props"')[0]


@pytest.mark.parametrize(
    ("replies", "calls", "lost"),
    [
        pytest.param([], 1, 0, id="whole"),
        pytest.param([CUT_SHORT], 2, 0, id="cut short"),
        pytest.param([UNFINISHED], 2, 0, id="cut off by the vendor where it could have ended"),
        pytest.param([UNFINISHED, UNFINISHED], 2, 1, id="cut off by the vendor twice"),
        pytest.param([CUT_SHORT, GARBAGE], 2, 3, id="the rest never comes"),
        pytest.param([CUT_SHORT, ModelRejected("out of credit")], 2, 3, id="the rest cannot be asked for"),
        pytest.param([ModelRefused("no")], 2, 0, id="refused once"),
        pytest.param([ModelRefused("no"), ModelRefused("no")], 2, 1, id="refused twice"),
        pytest.param([GARBAGE, GARBAGE], 2, 1, id="nothing twice"),
    ],
)
async def test_a_chunk_comes_to_the_same_in_a_run_and_read_on_the_spot(
    place: Place, model: ScriptedModel, replies: list[str | Reply | Exception], calls: int, lost: int
) -> None:
    model.will("ROOM 1 ", *replies)
    await place.write(rooms(1))
    run = await place.run()
    alone = ScriptedModel()
    alone.will("ROOM 1 ", *replies)
    script = script_of(rooms(1).encode(), None, "rooms.fountain")
    reading = await read_with_model(
        script, alone, LanguageModelSettings(llm_chunk_tokens=CHUNK_TOKENS), lambda done, total: None
    )
    assert (len(model.asked), run["error_class"]) == (calls, None)
    assert model.asked == alone.asked
    assert len(reading.lost) == lost
    assert [loss["loss"] for loss in run["report"]["losses"]] == reading.lost
    assert run["cost_micro_usd"] == reading.bill.micro_usd
    found = {asset["name"]: asset["confidence"] for asset in run["assets"]}
    assert found == {find.name: find.confidence for find in reading.finds}


@pytest.mark.usefixtures("quick_backoff")
async def test_what_a_chunk_found_is_known_to_those_that_are_asked_about_later(
    place: Place, model: ScriptedModel
) -> None:
    found = answer("[Scene 1] INT. ROOM 1 - DAY\n\nNobody takes the lamp1.\n").replace("Nobody takes", "nobody says")
    model.will("ROOM 1 ", found)
    model.will("ROOM 2 ", ModelUnavailable("502 from upstream"))
    second = model.hold("ROOM 2 ")
    await place.write(rooms(2))
    run_id = (await place.start()).json()["id"]

    async def first_is_told() -> bool:
        return "Nobody" in {event.data["name"] for event in await place.findings(run_id)}

    await eventually(first_is_told, "what the first chunk holds is told")
    second.set()
    await place.until(run_id, "completed")
    before, after = [prompt for prompt in model.asked if "ROOM 2 " in prompt]
    assert "- ROOM 1\n" in before.upper(), "the built-in engine knows it before"
    assert "- Nobody\n" not in before
    assert "- Nobody\n" in after


async def test_a_model_that_refuses_twice_is_paid_and_costs_no_run(place: Place, model: ScriptedModel) -> None:
    paid = {"input_tokens": INPUT_TOKENS, "output_tokens": OUTPUT_TOKENS, "cost_micro_usd": PRICE}
    refusals = [ModelRefused("the model refuses", text="I would rather not.", **paid) for _ in range(2)]
    model.will("ROOM 1 ", *refusals)
    await place.write(rooms(2))
    run = await place.run()
    assert (run["status"], run["error_class"], run["cost_micro_usd"]) == ("completed", None, 3 * PRICE)
    assert [loss["loss"] for loss in run["report"]["losses"]] == [
        "not read by the model (llm-refused: the model refuses): the built-in reading stands in"
    ]
    signed = (await place.get(f"/v1/runs/{run['id']}/chunks/1/reply")).json()
    async with httpx.AsyncClient() as client:
        assert (await client.get(signed["url"])).text == "I would rather not."
