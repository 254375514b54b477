"""A run by a model takes over what was read before of scenes that have not changed, and says what that saved."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

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

from chassis.ids import new_id
from contracts.extraction.v1 import RunCompleted
from dramatis.testing.service import ServiceServers
from extraction import bootstrap
from extraction.adapters.documents import script_of
from extraction.app import engines
from extraction.domain.errors import ModelRejected
from extraction.domain.script import Script
from extraction.entrypoints.schemas import RunDetail

SHE_IN_BOTH = {
    "name": "MIRA",
    "scenes": [1, 2],
    "evidence": [{"scene": 1, "quote": "MIRA takes the lamp."}, {"scene": 2, "quote": "She waits for OTTO."}],
}


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
async def shared_place(
    service_servers: ServiceServers, shared_model: ScriptedModel, counted: CountedReading
) -> AsyncIterator[Place]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bootstrap, "script_of", counted)
        async with running_extraction(
            service_servers, model=shared_model, llm_chunk_tokens=CHUNK_TOKENS, llm_concurrency=1
        ) as place:
            yield place


@pytest.fixture
async def place(place: Place) -> Place:
    return await place.open()


async def scenes_by_name(place: Place, run: dict[str, Any]) -> dict[str, list[int]]:
    answer = await place.get(f"/v1/runs/{run['id']}/assets", params={"limit": "200"})
    return {asset["name"]: asset["scene_numbers"] for asset in answer.json()["items"]}


async def test_a_changed_scene_is_asked_about_alone_and_the_rest_is_taken_over(
    place: Place, model: ScriptedModel
) -> None:
    before = "".join(f"INT. ROOM {number} - DAY\n\nMIRA takes the lamp{number}.\n\n" for number in range(1, 25))
    await place.write(before)
    first = await place.run()
    asked = len(model.asked)
    whole = [chunk.scenes for chunk in await place.chunks(first)]
    assert [scene for scenes in whole for scene in scenes] == list(range(1, 25))
    assert asked == len(whole) < 8

    await place.write(room(0, "kettle", "BO") + before.replace("lamp8.", "violin."))
    run = await place.run()

    chunks = await place.chunks(run)
    assert [chunk.scenes for chunk in chunks if chunk.reused_from is None] == [[1], [9]]
    assert [chunk.scenes for chunk in chunks if chunk.reused_from] == [
        [scene + 1 for scene in scenes if scene != 8] for scenes in whole
    ]
    assert [model.asked[asked:][0].count("[Scene "), model.asked[asked:][1].count("[Scene ")] == [1, 1]
    assert (model.times("violin"), model.times("kettle"), model.times("lamp9.")) == (1, 1, 1)
    assert (run["scenes_read"], run["scenes_total"], run["cost_micro_usd"]) == (25, 25, 2 * PRICE)
    reused = run["report"]["reused"]
    assert (reused["chunks"], reused["scenes"]) == (len(whole), 23)
    assert (asked - 1) * PRICE < reused["cost_micro_usd"] < asked * PRICE
    found = await scenes_by_name(place, run)
    assert {"BO", "kettle", "violin", *(f"lamp{number}" for number in range(1, 25) if number != 8)} <= found.keys()
    assert "lamp8" not in found
    moved = {scene + 1 for scene in (await scenes_by_name(place, first))["MIRA"]}
    assert found["MIRA"] == sorted(moved | {9})
    assert found["lamp9"] == [10]


async def test_of_a_script_of_one_chunk_only_the_scene_that_changed_is_asked_about(
    place: Place, model: ScriptedModel
) -> None:
    two = "INT. ATTIC - DAY\n\nMIRA takes the lamp.\n\nEXT. QUAY - DAY\n\nShe waits for OTTO.\n\nOTTO takes the rope.\n"
    model.will("ATTIC", json.dumps({"characters": [SHE_IN_BOTH], "locations": [], "props": []}))
    await place.write(two)
    first = await place.run()
    assert len(model.asked) == first["report"]["chunks"]["total"] == 1

    await place.write(two.replace("lamp", "candle"))
    run = await place.run()

    assert len(model.asked) == 2
    assert "OTTO" not in model.asked[1].partition("<script>")[2]
    assert (run["report"]["reused"]["scenes"], run["scenes_read"]) == (1, 2)
    assert 0 < run["report"]["reused"]["cost_micro_usd"] < PRICE
    found = await scenes_by_name(place, run)
    assert found["MIRA"] == [1, 2], "nothing in the second scene says her name"


async def test_a_new_version_reads_only_what_changed_and_says_what_that_saved(
    place: Place, model: ScriptedModel
) -> None:
    await place.write(rooms(4))
    await place.run()
    assert len(model.asked) == 4
    await place.write(room(0, "kettle", "BO") + rooms(2) + room(3, "violin") + room(4, "lamp4"))
    run = await place.run()
    assert (run["status"], run["scenes_read"], len(model.asked)) == ("completed", 5, 6)
    assert (model.times("ROOM 0 "), model.times("violin")) == (1, 1)
    assert run["report"]["reused"] == {
        "chunks": 3,
        "scenes": 3,
        "input_tokens": 3 * INPUT_TOKENS,
        "output_tokens": 3 * OUTPUT_TOKENS,
        "cost_micro_usd": 3 * PRICE,
    }
    assert run["cost_micro_usd"] == 2 * PRICE
    await place.at_rest()
    completed = RunCompleted.model_validate((await place.emitted())[-1].data)
    assert (completed.model, completed.scenes_reused, completed.saved_micro_usd) == ("scripted-1", 3, 3 * PRICE)
    last = last_of(await place.findings(run["id"]))
    assert last["MIRA"]["scene_numbers"] == [2, 3, 4, 5], "scenes are those of the new version"
    lines = (room(0, "kettle", "BO") + rooms(2) + room(3, "violin") + room(4, "lamp4")).splitlines()
    for told in last.values():
        assert all(seen["quote"].strip("… ") in lines[seen["line"] - 1] for seen in told["evidence"])


async def test_nothing_is_taken_over_when_a_person_wants_it_read_anew(place: Place, model: ScriptedModel) -> None:
    await place.write(rooms(2))
    await place.run()
    again = await place.run(incremental=False)
    assert (again["incremental"], again["report"]["reused"]["chunks"], len(model.asked)) == (False, 0, 4)
    third = await place.run()
    assert (third["report"]["reused"]["scenes"], third["cost_micro_usd"], len(model.asked)) == (2, 0, 4)


@pytest.mark.parametrize("what", ["model", "provider", "server"])
async def test_another_model_or_the_same_name_elsewhere_takes_nothing_over(
    place: Place, model: ScriptedModel, what: str
) -> None:
    await place.write(rooms(2))
    await place.run()
    setattr(model, what, "another")
    run, again = await place.run(), await place.run()
    assert (run["model"], run["report"]["reused"]["chunks"], run["cost_micro_usd"]) == (model.model, 0, 2 * PRICE)
    assert (again["report"]["reused"]["chunks"], len(model.asked)) == (2, 4)


async def test_what_another_run_has_read_meanwhile_is_not_asked_about_when_a_run_is_tried_again(
    place: Place, model: ScriptedModel
) -> None:
    await place.write(rooms(4))
    stopped = await place.run(price_cap_usd=2.5 * PRICE / 1_000_000)
    await place.run()
    assert (stopped["status"], len(model.asked)) == ("failed", 4)
    await place.post(f"/v1/runs/{stopped['id']}/retry", json={"price_cap_usd": 1})
    run = await place.until(stopped["id"], "completed")
    assert (len(model.asked), run["cost_micro_usd"], run["scenes_read"]) == (4, 2 * PRICE, 4)
    reused = run["report"]["reused"]
    assert (reused["chunks"], reused["scenes"], reused["cost_micro_usd"]) == (2, 2, 2 * PRICE)


async def test_chunks_that_the_last_release_has_planned_are_read(place: Place, model: ScriptedModel) -> None:
    model.will("ROOM 2 ", ModelRejected("no"))
    await place.write(rooms(2))
    run = await place.run()
    await place.rows(
        "UPDATE chunk SET scenes = NULL, scene_keys = '{}', scene_tokens = '{}', scene_lines = '[]', key = 'a hash'"
        " WHERE workspace_id = $1 RETURNING id"
    )
    await place.post(f"/v1/runs/{run['id']}/retry")
    run = await place.until(run["id"], "completed")
    assert (run["scenes_read"], [chunk.scenes for chunk in await place.chunks(run)]) == (2, [[1], [2]])
    assert {"lamp1", "lamp2"} <= (await scenes_by_name(place, run)).keys()


async def test_what_was_asked_in_other_words_or_in_another_workspace_is_not_taken_over(
    place: Place, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await place.write(rooms(1))
    await place.run()
    neighbour = await Place(replace(place.running, workspace_id=new_id())).open()
    await neighbour.write(rooms(1))

    elsewhere = await neighbour.run()
    monkeypatch.setattr(engines, "PROMPT_VERSION", "in-other-words")
    reworded = await place.run()

    assert [run["report"]["reused"]["chunks"] for run in (elsewhere, reworded)] == [0, 0]
    assert (reworded["prompt_version"], len(model.asked)) == ("in-other-words", 3)


async def test_what_nobody_asked_for_is_told_and_does_not_have_the_chunk_read_again(
    place: Place, model: ScriptedModel
) -> None:
    text = answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\n")
    model.will("ROOM 1 ", text[:-1] + ', "vehicles": [{"name": "a cart"}]}')
    await place.write(rooms(1))
    runs = [await place.run(), await place.run()]
    assert ([run["report"]["reused"]["chunks"] for run in runs], len(model.asked)) == ([0, 1], 1)
    for run in runs:
        [told] = run["report"]["losses"]
        assert "vehicles" in told["loss"]


async def test_what_the_vendor_cut_off_is_not_taken_over_as_if_it_were_whole(
    place: Place, model: ScriptedModel
) -> None:
    model.will("ROOM 1 ", UNFINISHED, UNFINISHED)
    await place.write(rooms(1))
    await place.run()
    run = await place.run()
    assert (run["report"]["reused"]["chunks"], run["report"]["losses"], len(model.asked)) == (0, [], 3)


async def test_what_a_run_read_before_its_price_cap_is_taken_over_by_the_next(
    place: Place, model: ScriptedModel
) -> None:
    await place.write(rooms(4))
    await place.run(price_cap_usd=2.5 * PRICE / 1_000_000)
    run = await place.run(price_cap_usd=1)
    assert (run["status"], run["report"]["reused"]["chunks"], len(model.asked)) == ("completed", 2, 4)


async def test_a_run_links_what_the_model_answered_also_when_it_took_the_reading_over(
    place: Place, model: ScriptedModel
) -> None:
    words = f"```json\n{answer('[Scene 1] INT. ROOM 1 - DAY')}\n```"
    model.will("ROOM 1 ", words)
    await place.write(rooms(1))
    for is_reused in (False, True, True):
        run = await place.run()
        [brief] = RunDetail.model_validate(run).report.outcomes
        [chunk] = await place.chunks(run)
        path = f"/v1/runs/{run['id']}/chunks/1/reply"
        assert (brief.is_reused, brief.reply, chunk.reply) == (is_reused, path, path)
        assert [reply.reply for reply in chunk.replies] == ([] if is_reused else [f"{path}?attempt=1"])
        async with httpx.AsyncClient() as client:
            for link in (path, *(reply.reply for reply in chunk.replies if reply.reply)):
                signed = (await place.get(link)).json()
                assert (await client.get(signed["url"])).content.decode() == words


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
