import json
from collections.abc import Sequence

from services.extraction.tests.integration.place import SCENE, Place, running_extraction
from services.extraction.tests.integration.scripted_model import CHUNK_TOKENS, PADDING, ScriptedModel

from contracts.extraction.v1 import AssetMerged
from contracts.registry import EVENTS
from dramatis.testing.contract_suite import assert_frozen, owned_by
from dramatis.testing.service import ServiceServers, eventually
from extraction.domain import builtin_engine
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.script import Script

LONG = "x" * 20_000

ENDLESS = Find(
    asset_type=AssetType.CHARACTER,
    name=LONG,
    aliases=("", LONG, *(f"alias {number}" for number in range(200))),
    description=LONG,
    attributes={f"{number} {LONG}": LONG for number in range(60)},
    scene_numbers=tuple(range(1, 20_000)),
    evidence=tuple(Evidence(number, number, LONG) for number in range(1, 100)),
    confidence=1.5,
)
PLAIN = Find(AssetType.PROP, '雨伞 🌂 / "soaked"', (), "", confidence=-0.1)


class Unreadable(Exception):
    """The engine cannot make sense of this."""

    code = "unreadable"
    kind = "invalid"


async def test_every_event_of_the_service_is_told_as_its_frozen_schema_promises(
    service_servers: ServiceServers,
) -> None:
    def find_or_refuse(script: Script) -> Sequence[Find]:
        if len(script.scenes) == 1:
            raise Unreadable(LONG)
        return [ENDLESS, PLAIN] if len(script.scenes) == 2 else builtin_engine.extract(script)

    model = ScriptedModel()
    async with running_extraction(service_servers, find_or_refuse, model=model, llm_chunk_tokens=CHUNK_TOKENS) as place:
        await place.open()
        await place.write()
        assert (await place.run(engine="builtin"))["status"] == "failed"
        await place.write("INT. A - DAY\n\nBO sits.\n\nINT. B - DAY\n\nBO stands.\n")
        run = await place.run(engine="builtin")
        assert (run["status"], run["characters"], run["locations"], run["props"]) == ("completed", 1, 0, 1)
        await find_two_that_are_one(place, model)
        published = await place.emitted()
        for event in published:
            assert_frozen(event)
        assert {EVENTS[event.type] for event in published} == owned_by("extraction")
        assert len(owned_by("extraction")) >= 6


async def find_two_that_are_one(place: Place, model: ScriptedModel) -> None:
    """The last scene says so, once both are told; the second of them is told no more."""
    for number, people in enumerate((["Mira Okafor"], ["The Keeper"], ["Mira Okafor", "The Keeper"]), 1):
        entry = {"name": people[0], "aliases": people[1:], "scenes": [1]}
        model.will(f"ROOM {number} ", json.dumps({"characters": [entry], "locations": [], "props": []}))
    last = model.hold("ROOM 3 ")
    says = ("Mira Okafor", "The Keeper", "Mira Okafor, whom all call the Keeper,")
    await place.write(
        "".join(f"INT. ROOM {number} - DAY\n\n{who} sits.\n\n{PADDING}\n\n" for number, who in enumerate(says, 1))
    )
    run_id = (await place.start()).json()["id"]

    async def both_are_told() -> bool:
        return {"Mira Okafor", "The Keeper"} <= {event.data.get("name") for event in await place.emitted()}

    await eventually(both_are_told, "both are told")
    last.set()
    run = await place.until(run_id, "completed")
    assert run["characters"] == 1
    told = [event for event in await place.emitted() if event.data.get("run_id") == run_id]
    [merged] = [event for event in told if event.type == AssetMerged.TYPE]
    of_keeper = [event for event in told if event.data.get("extracted_asset_id") == merged.data["extracted_asset_id"]]
    assert [event.envelope.aggregate_version for event in of_keeper] == list(range(1, len(of_keeper) + 1))
    assert (merged.data["name"], merged.data["into_name"], of_keeper[-1]) == ("The Keeper", "Mira Okafor", merged)


async def test_what_the_built_in_engine_finds_is_told_as_promised(service_servers: ServiceServers) -> None:
    long = f"INT. {'A' * 5_000} - DAY\n\nMIRA lifts the {'B' * 5_000}.\n\n{'C' * 500}\n{'d' * 9_000}\n"
    async with running_extraction(service_servers) as place:
        await place.open()
        for title, text in (("x" * 200, long), ("雨夜", SCENE), ('"quoted"', SCENE), ("a\tb", SCENE)):
            assert (await place.write(text, title=title)).status_code == 201
            assert (await place.run())["status"] == "completed"
        await place.at_rest()
        published = await place.emitted()
        assert len(published) >= 4 * 4
        for event in published:
            assert_frozen(event)


async def test_events_of_one_run_belong_to_one_action(service_servers: ServiceServers) -> None:
    async with running_extraction(service_servers) as place:
        await place.open()
        await place.write()
        await place.run()
        await place.at_rest()
        uploaded, *run = (event.envelope for event in await place.emitted())
        assert len({envelope.correlation_id for envelope in run}) == 1
        assert uploaded.correlation_id not in {envelope.correlation_id for envelope in run}
