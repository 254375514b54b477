import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import httpx
import pytest
from services.extraction.tests.integration.place import EXAMPLES, ORCHARD, STREET, Place, scenes

from contracts.extraction.v1 import AssetExtracted, RunCompleted
from extraction.domain import builtin_engine
from extraction.domain.decode import decode
from extraction.domain.finds import Find
from extraction.domain.reading import read_script
from extraction.entrypoints.schemas import AssetList, RunDetail, RunList


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def finds_in(name: str) -> Sequence[Find]:
    """What the built-in engine finds in an example."""
    return builtin_engine.extract(read_script(decode((EXAMPLES / name).read_bytes()).text, file_name=name))


@pytest.mark.parametrize("name", [STREET, ORCHARD])
async def test_an_example_is_read_and_everything_in_it_is_told_once(place: Place, name: str) -> None:
    await place.open()
    await place.upload((EXAMPLES / name).read_bytes(), name)
    run = RunDetail.model_validate(await place.run())
    expected = finds_in(name)
    assert (run.status, run.engine, run.script_version, run.attempts) == ("completed", "builtin", 1, 1)
    assert run.scenes_read == run.scenes_total > 0
    assert run.characters + run.locations + run.props == len(expected) == len(run.assets)
    assert [asset.name for asset in run.assets] == [find.name for find in expected]
    assert all(0 < len(asset.evidence) <= 3 for asset in run.assets)
    await place.at_rest()
    events = await place.emitted()
    assert await place.told() == [
        "script.uploaded",
        "run.started",
        *["asset.extracted"] * len(expected),
        "run.completed",
    ]
    for event, find in zip(events[2:-1], expected, strict=True):
        said = AssetExtracted.model_validate(event.data)
        assert (said.asset_type.value, said.name, said.aliases) == (find.asset_type.value, find.name, find.aliases)
        assert said.scene_numbers == find.scene_numbers
        assert [(seen.scene, seen.line, seen.quote) for seen in said.evidence] == [
            (seen.scene, seen.line, seen.quote) for seen in find.evidence
        ]
    completed = RunCompleted.model_validate(events[-1].data)
    assert (completed.run_id, completed.script_id) == (run.id, run.script_id)
    assert (completed.characters, completed.locations, completed.props) == (run.characters, run.locations, run.props)
    assert completed.seconds == run.seconds
    assert (completed.input_tokens, completed.output_tokens, completed.cost_micro_usd) == (0, 0, 0)
    assert events[-1].envelope.aggregate_version == run.version


async def test_quotes_are_found_in_the_lines_they_name(place: Place) -> None:
    await place.open()
    data = (EXAMPLES / STREET).read_bytes()
    await place.upload(data, STREET)
    run = await place.run()
    lines = data.decode().splitlines()
    answer = await place.get(f"/v1/runs/{run['id']}/assets", params={"limit": "200"})
    for asset in AssetList.model_validate_json(answer.content).items:
        for seen in asset.evidence:
            assert seen.quote.strip("… ") in lines[seen.line - 1]


async def test_what_a_run_found_is_listed_in_its_order_page_by_page(place: Place) -> None:
    await place.open()
    await place.upload((EXAMPLES / STREET).read_bytes(), STREET)
    run = await place.run()
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while cursor != {"cursor": ""}:
        answer = await place.get(f"/v1/runs/{run['id']}/assets", params={"limit": "7"} | cursor)
        page = AssetList.model_validate_json(answer.content)
        assert 0 < len(page.items) <= 7
        seen += [item.name for item in page.items]
        cursor = {"cursor": page.next_cursor or ""}
    assert seen == [find.name for find in finds_in(STREET)]


async def test_a_run_reads_the_latest_version_unless_told_otherwise(place: Place) -> None:
    await place.open()
    for count in (1, 2, 3):
        await place.write(scenes(count))
    latest, second = await place.run(), await place.run(script_version=2)
    assert (latest["script_version"], latest["locations"]) == (3, 3)
    assert (second["script_version"], second["locations"]) == (2, 2)


@pytest.mark.parametrize("engine", ["auto", "builtin"])
async def test_the_builtin_engine_is_what_reads(place: Place, engine: str) -> None:
    await place.open()
    await place.write()
    assert (await place.run(engine=engine))["engine"] == "builtin"


async def test_a_run_needs_no_body(place: Place) -> None:
    await place.open()
    await place.write()
    assert (await place.post(f"{place.path}/runs")).status_code == 202


async def test_a_language_model_is_not_configured(place: Place) -> None:
    await place.open()
    await place.write()
    assert problem(await place.start(engine="llm")) == (422, "engine-not-configured")
    assert await place.rows("SELECT 1 FROM run WHERE workspace_id = $1") == []


@pytest.mark.parametrize("wanted", [{"engine": "magic"}, {"script_version": 0}, {"script_version": "x"}, {"a": 1}])
async def test_a_wish_that_cannot_be_is_refused(place: Place, wanted: dict[str, object]) -> None:
    await place.open()
    await place.write()
    assert problem(await place.start(**wanted)) == (422, "request-invalid")


async def test_a_run_needs_a_script(place: Place) -> None:
    await place.open()
    assert problem(await place.start()) == (404, "script-not-found")
    await place.write()
    assert problem(await place.start(script_version=2)) == (404, "script-not-found")


async def test_a_run_needs_a_style_capsule(place: Place) -> None:
    await place.open(styled=False)
    await place.write()
    assert problem(await place.start()) == (409, "style-capsule-required")
    await place.deliver(place.styled(version=2))
    assert (await place.start()).status_code == 202
    await place.deliver(place.style_capsule_deleted())
    assert problem(await place.start()) == (409, "style-capsule-required")


async def test_the_same_idempotency_key_starts_one_run(place: Place) -> None:
    await place.open()
    await place.write()
    answers = [await place.post(f"{place.path}/runs", headers={"Idempotency-Key": "once"}) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await place.rows("SELECT 1 FROM run WHERE workspace_id = $1")) == 1


async def test_runs_are_listed_newest_first_page_by_page(place: Place) -> None:
    await place.open()
    await place.write()
    started = [UUID((await place.start()).json()["id"]) for _ in range(5)]
    seen: list[UUID] = []
    cursor: dict[str, str] = {}
    for expected in (2, 2, 1):
        answer = await place.get(f"{place.path}/runs", params={"limit": "2"} | cursor)
        page = RunList.model_validate_json(answer.content)
        assert len(page.items) == expected
        seen += [item.id for item in page.items]
        cursor = {"cursor": page.next_cursor or ""}
    assert (seen, cursor) == (started[::-1], {"cursor": ""})


async def test_runs_that_are_read_at_the_same_time_do_not_mix(place: Place) -> None:
    await place.open()
    for count in (1, 2, 3, 4):
        await place.write(scenes(count))
    runs = await asyncio.gather(*(place.run(script_version=version) for version in (1, 2, 3, 4)))
    assert [run["locations"] for run in runs] == [1, 2, 3, 4]
    await place.at_rest()
    told = [event.data["run_id"] for event in await place.emitted() if event.type == AssetExtracted.TYPE]
    assert [told.count(run["id"]) for run in runs] == [
        run["characters"] + run["locations"] + run["props"] for run in runs
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/assets"),
        ("GET", "/chunks"),
        ("GET", "/chunks/1/reply"),
        ("POST", "/cancel"),
        ("POST", "/retry"),
    ],
)
async def test_nobody_reaches_a_run_that_does_not_exist_or_is_another_workspaces(
    place: Place, method: str, path: str
) -> None:
    await place.open()
    await place.write()
    run = await place.run()
    own, other = await place.running.http(), await place.running.http(workspace_id=uuid4())
    assert problem(await own.request(method, f"/v1/runs/{uuid4()}{path}")) == (404, "run-not-found")
    assert problem(await other.request(method, f"/v1/runs/{run['id']}{path}")) == (404, "run-not-found")


@pytest.mark.parametrize("path", ["{place}/runs", "/v1/runs/{run}/cancel", "/v1/runs/{run}/retry"])
async def test_a_viewer_starts_and_stops_nothing(place: Place, path: str) -> None:
    await place.open()
    await place.write()
    run = await place.run()
    viewer = await place.running.http("viewer")
    answer = await viewer.post(path.format(place=place.path, run=run["id"]))
    assert problem(answer) == (403, "role-forbidden")


async def test_a_completed_run_can_be_neither_cancelled_nor_tried_again(place: Place) -> None:
    await place.open()
    await place.write()
    run = await place.run()
    assert problem(await place.post(f"/v1/runs/{run['id']}/cancel")) == (409, "run-ended")
    assert problem(await place.post(f"/v1/runs/{run['id']}/retry")) == (409, "run-not-retryable")


async def test_the_api_describes_itself(place: Place) -> None:
    document = (await place.get("openapi.json")).json()
    in_branch = "/api/extraction/v1/projects/{project}/branches/{branch}"
    assert sorted(document["paths"]) == [
        f"{in_branch}/runs",
        f"{in_branch}/scripts",
        f"{in_branch}/scripts/latest",
        f"{in_branch}/scripts/{{version}}",
        f"{in_branch}/scripts/{{version}}/scenes",
        "/api/extraction/v1/runs/{run}",
        "/api/extraction/v1/runs/{run}/assets",
        "/api/extraction/v1/runs/{run}/cancel",
        "/api/extraction/v1/runs/{run}/chunks",
        "/api/extraction/v1/runs/{run}/chunks/{number}/reply",
        "/api/extraction/v1/runs/{run}/retry",
        "/health/live",
        "/health/ready",
    ]
    body = document["paths"][f"{in_branch}/scripts"]["post"]["requestBody"]
    assert sorted(body["content"]) == ["application/json", "multipart/form-data"]
    assert body["content"]["multipart/form-data"]["schema"]["required"] == ["file"]
