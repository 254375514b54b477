"""Whole runs by the scripted model server, with everything that goes wrong with it."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from textwrap import wrap
from typing import Any

import pytest
from services.extraction.tests.integration.place import EXAMPLES, KINDS, Place, running_extraction
from services.extraction.tests.integration.scripted_model import CHUNK_TOKENS, ScriptedModel, room, rooms
from services.extraction.tests.unit import written

from contracts.extraction.v1 import AssetExtracted
from dramatis.simulator import Simulator, simulated_llm
from dramatis.testing.service import ServiceServers, eventually
from extraction.app import describe_assets
from extraction.domain.llm.prompt import CAST_SHOWN, INSTRUCTIONS
from extraction.domain.llm.tokens import estimate_tokens
from extraction.domain.script import Format
from extraction.entrypoints.schemas import RunDetail

WRITTEN: Sequence[tuple[Callable[[], bytes], str]] = [
    (written.fountain, "clock.fountain"),
    (written.fdx, "clock.fdx"),
    (written.typed, "clock.txt"),
    (written.markdown, "clock.md"),
    (written.pdf, "clock.pdf"),
    (written.docx, "clock.docx"),
]
FAULTS = {
    "429=0": 1,
    "500": 1,
    "dropped": 1,
    "hang": 1,
    "empty": 1,
    "refusal": 1,
    "truncated=0.5": 1,
    "fenced": 0,
    "wrong-keys": 1,
    "slow=0.001": 0,
}
"""What goes wrong, and how many more calls that takes at most."""
HELD_BACK, TOLD_EARLY = 24, 16
KIND_CHUNK = 600
UNCONFIRMED = 0.5
"""Most confidence in what the built-in reading alone has found."""
APART = 6
FEW = 8
SCENES = 60
PAGE_LINES, PAGE_WIDTH = 55, 61
LONG, LONG_CHUNK = 120, 3000


@asynccontextmanager
async def reading_with(llm: Simulator, servers: ServiceServers, **settings: Any) -> AsyncIterator[Place]:
    """A place whose scripts are read by a simulated model, one scene a call."""
    chosen: dict[str, Any] = {
        "llm_provider": "openai",
        "llm_model": llm.model,
        "llm_base_url": llm.base_url,
        "llm_chunk_tokens": CHUNK_TOKENS,
        "llm_price_input": 1,
        "llm_price_output": 2,
        "ack_wait_seconds": 15,  # the libraries of models take a while to load, and hold up the heartbeat
    }
    async with running_extraction(servers, **(chosen | settings)) as place:
        yield await place.open()


async def test_a_script_of_any_format_is_read_by_a_model(service_servers: ServiceServers) -> None:
    with simulated_llm() as llm:
        async with reading_with(llm, service_servers) as place:
            for write, file_name in WRITTEN:
                await place.upload(write(), file_name)
                run = RunDetail.model_validate(await place.run())
                assert (run.status, run.engine, run.model, run.scenes_read) == ("completed", "llm", llm.model, 3)
                paid = run.input_tokens + 2 * run.output_tokens
                saved = run.report.reused.input_tokens + 2 * run.report.reused.output_tokens
                assert run.cost_micro_usd == paid
                assert 0 <= run.report.reused.cost_micro_usd - saved <= 2 * run.report.reused.chunks, "shares are whole"
                assert paid + saved > 0, file_name
                assert {"VERA LINDQVIST", "OTIS BRANDT", "HARBOUR"} <= {asset.name.upper() for asset in run.assets}


async def test_a_script_of_any_kind_is_read_by_a_model(service_servers: ServiceServers) -> None:
    with simulated_llm() as llm:
        async with reading_with(llm, service_servers, llm_chunk_tokens=KIND_CHUNK) as place:
            for kind, (file_name, there) in KINDS.items():
                asked = len(llm.calls)
                await place.upload((EXAMPLES / file_name).read_bytes(), file_name)
                run = RunDetail.model_validate(await place.run())
                assert (run.status, run.engine, run.scenes_read) == ("completed", "llm", run.scenes_total), kind
                assert 0 < len(llm.calls) - asked == run.report.chunks.completed, kind
                assert run.report.losses == [], kind
                by_model = {asset.name.upper() for asset in run.assets if asset.confidence > UNCONFIRMED}
                assert there <= by_model, kind


def test_every_format_is_read_by_a_model() -> None:
    assert {file_name.rpartition(".")[2] for _, file_name in WRITTEN} == set(Format)


async def test_more_assets_than_one_run_tells_end_it_before_all_of_it_is_paid_for(
    service_servers: ServiceServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describe_assets, "MAX_ASSETS", 4)
    with simulated_llm() as llm:
        async with reading_with(llm, service_servers, llm_concurrency=1) as place:
            await place.write(rooms(FEW))
            run = RunDetail.model_validate(await place.run())
            await place.at_rest()
    assert (run.status, run.failure_stage, run.error_class) == ("failed", "describing", "too-many-assets")
    assert run.message == "5 assets were found, one run tells at most 4: split the script"
    assert run.cost_micro_usd > 0
    assert len(llm.calls) < FEW
    assert run.report.chunks.cancelled >= FEW - len(llm.calls)


async def test_what_is_found_is_told_long_before_a_long_run_ends(service_servers: ServiceServers) -> None:
    model = ScriptedModel()
    late = model.hold(f"ROOM {HELD_BACK} ")
    async with running_extraction(service_servers, model=model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        await place.open()
        await place.write(rooms(HELD_BACK))
        run_id = (await place.start()).json()["id"]

        async def told() -> set[str]:
            events = [event for event in await place.emitted() if event.type == AssetExtracted.TYPE]
            return {event.data["name"].upper() for event in events if event.data["asset_type"] == "location"}

        async def most_are_told() -> bool:
            return len(await told()) >= TOLD_EARLY

        await eventually(most_are_told, f"{TOLD_EARLY} of {HELD_BACK} rooms are told")
        run = RunDetail.model_validate(await place.shown(run_id))
        assert (run.status, run.report.chunks.total) == ("running", HELD_BACK)
        assert f"ROOM {HELD_BACK}" not in await told()
        late.set()
        await place.until(run_id, "completed")
        await place.at_rest()
        assert await told() == {f"ROOM {number}" for number in range(1, HELD_BACK + 1)}


@pytest.mark.timeout(120)
async def test_three_hundred_pages_are_read_whole_in_prompts_of_bounded_size(service_servers: ServiceServers) -> None:
    text = "".join(room(number, f"lamp{number}") + "MIRA\nIt rains.\n\n" * 46 for number in range(1, LONG + 1))
    assert sum(len(wrap(line, PAGE_WIDTH)) or 1 for line in text.splitlines()) > 300 * PAGE_LINES
    with simulated_llm() as llm:
        async with reading_with(llm, service_servers, llm_chunk_tokens=LONG_CHUNK) as place:
            await place.write(text)
            run = RunDetail.model_validate(await place.run(within=90))
    assert (run.status, run.scenes_read, run.report.losses) == ("completed", LONG, [])
    assert 10 < len(llm.calls) == run.report.chunks.completed
    assert run.locations == LONG
    asked = "".join(call.prompt for call in llm.calls)
    assert all(f"INT. ROOM {number} - DAY" in asked for number in range(1, LONG + 1))
    assert asked.count("It rains.") == text.count("It rains.")
    assert max(len(re.findall(r"(?im)^- room \d+$", call.prompt)) for call in llm.calls) <= CAST_SHOWN < run.locations
    around = estimate_tokens(INSTRUCTIONS) + 2 * CAST_SHOWN * estimate_tokens("- ROOM 100\n")
    assert max(estimate_tokens(call.prompt) for call in llm.calls) < LONG_CHUNK + around


@pytest.mark.timeout(60)  # one of the replies hangs, another one drips
@pytest.mark.usefixtures("quick_backoff")
async def test_broken_replies_of_every_kind_never_cost_the_run(service_servers: ServiceServers) -> None:
    # So far apart that what is asked again meets no second fault.
    faults = [f"{fault}@{2 + APART * place}" for place, fault in enumerate(FAULTS)]
    with simulated_llm(faults=faults) as llm:
        async with reading_with(llm, service_servers, llm_timeout_seconds=4, llm_concurrency=1) as place:
            await place.write(rooms(SCENES))
            run = RunDetail.model_validate(await place.run(within=50))
            assert (run.status, run.scenes_read, run.report.chunks.completed) == ("completed", SCENES, SCENES)
            assets = await place.get(f"/v1/runs/{run.id}/assets", params={"limit": "200"})
    assert len([call for call in llm.calls if call.fault]) == len(FAULTS)
    assert SCENES < len(llm.calls) <= SCENES + sum(FAULTS.values())
    names = {asset["name"].upper() for asset in assets.json()["items"]}
    assert {f"ROOM {number}" for number in range(1, SCENES + 1)} <= names
    assert run.report.asked_again >= 3, "the empty one, the refusal and the truncated one"
