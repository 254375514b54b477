"""One user action is one trace, and it crosses every edge that the list of consumers promises."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from tests.system import STYLE, System, until, write_script

from chassis import telemetry
from chassis.objects import ObjectStore
from chassis.settings import ServiceSettings
from chassis.telemetry import current_trace_id, make_provider, span, trace_headers
from contracts.consumers import CONSUMERS, SERVICES
from contracts.subjects import owner_of, short_name
from dramatis.api import Api
from dramatis.production import Place, Production
from dramatis.stack import LocalStack, StackState
from dramatis.traces.span import Span
from dramatis.waiting import wait_for

pytestmark = pytest.mark.timeout(180)  # the first test waits for a stack, and for a production on it

Edge = tuple[str, str, str]

# The built-in provider does not fail on demand, and the built-in engine takes nothing back that it has told; that these
# events are consumed is shown by the contract tests of assets.
UNTOUCHED = {"imagegen.job.failed.v1", "extraction.asset.merged.v1"}


def expected_edges() -> set[Edge]:
    """Who says what to whom: (owner, event, consumer) for every listed consumer."""
    return {
        (owner_of(event.TYPE), short_name(event.TYPE), service)
        for service, events in CONSUMERS.items()
        for event in events
        if short_name(event.TYPE) not in UNTOUCHED
    }


def edges_of(spans: list[Span]) -> set[Edge]:
    """Every span of a consumed event whose parent is a span of the event's owner."""
    by_id = {one.span_id: one for one in spans}
    return {
        (by_id[one.parent_id].service, one.name.removesuffix(" process"), one.service)
        for one in spans
        if one.name.endswith(" process") and one.parent_id in by_id
    }


def spans_of(state: StackState, trace_id: str) -> list[Span]:
    """The spans that the receiver has of a trace."""
    answer = httpx.get(f"{state.traces_url}/{trace_id}.json", timeout=10)
    return [Span.from_dict(one) for one in answer.json()["spans"]] if answer.is_success else []


@pytest.fixture(scope="module")
async def trace_id(stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A user action that makes the services say everything they have to say to each other."""
    system = System(stack.state)
    script = write_script(tmp_path_factory.mktemp("script"), 3)
    made = await asyncio.to_thread(_everything_in_one_trace, system, script)
    await system.quiet()
    return made


async def test_one_user_action_crosses_every_edge_in_one_trace(stack: LocalStack, trace_id: str) -> None:
    assert len(expected_edges()) >= 19, "the list of consumers has shrunk, or is not read any more"

    async def missing() -> str:
        found = edges_of(spans_of(stack.state, trace_id))
        return ", ".join(map(str, sorted(expected_edges() - found)))

    await until(missing, "every edge is in the trace", 30)
    assert {one.service for one in spans_of(stack.state, trace_id)} >= set(SERVICES)


async def test_every_span_of_the_trace_hangs_from_the_user_action(stack: LocalStack, trace_id: str) -> None:
    async def strays() -> str:
        spans = spans_of(stack.state, trace_id)
        ids = {one.span_id for one in spans}
        roots = [one.name for one in spans if one.parent_id not in ids]
        return "" if roots == ["everything"] else f"roots {roots}"

    await until(strays, "one root", 30)


async def test_the_trace_shows_the_stores_and_the_slow_work(stack: LocalStack, trace_id: str) -> None:
    async def missing() -> str:
        names = {one.name for one in spans_of(stack.state, trace_id)}
        return ", ".join({"s3 put", "s3 copy", "draw task", "copy task", "read task"} - names)

    await until(missing, "the work is in the trace", 30)


def _everything_in_one_trace(system: System, script: Path) -> str:
    """A run, and then everything else that services tell each other, below one span; returns the trace id."""
    provider = make_provider("cli", system.state.otlp_endpoint)
    try:
        # The process has one provider for ever, which would go on exporting to this stack after its end.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(telemetry, "_tracer", provider.get_tracer("tests"))
            return _traced_action(system, script)
    finally:
        provider.shutdown()


def _traced_action(system: System, script: Path) -> str:
    with span("everything", {}, trace.SpanKind.CLIENT):
        trace_id = current_trace_id()
        with Api(system.state.origin, system.state.token, trace_headers) as api:
            outcome = Production(api).produce(script, f"Edges {trace_id}", STYLE)
            _lose_an_image(system, api, outcome.place, outcome.assets[0]["id"])
            _cancel_a_drawing(api, outcome.place, outcome.assets[1]["id"])
            _change_and_delete(api, outcome.place)
    assert trace_id is not None
    return trace_id


def _lose_an_image(system: System, api: Api, place: Place, asset: str) -> None:
    """Select an image whose object is gone, so that it cannot be localized."""
    body = {"asset_ids": [asset], "candidates": 1}
    api.post("assets", f"{place.path}/assets/generate-images", body, key=f"again-{asset}")
    candidate = _second_image(api, f"{place.path}/assets/{asset}/images")
    asyncio.run(_delete_object(system.state, candidate["object_key"]))
    api.post("assets", f"{place.path}/assets/{asset}/images/{candidate['id']}/select", key=f"select-{asset}")


def _cancel_a_drawing(api: Api, place: Place, asset: str) -> None:
    """Ask for an image and stop the drawing, which the stack's slow provider gives time for."""
    wish = api.post("assets", f"{place.path}/assets/generate-images", {"asset_ids": [asset]})
    jobs = partial(api.items, "imagegen", "/v1/jobs", batch_id=wish["batch_id"])
    job = wait_for(lambda: next(jobs(), None), "the job being queued", 30)
    api.post("imagegen", f"/v1/jobs/{job['id']}/cancel")


def _second_image(api: Api, images: str) -> dict[str, Any]:
    """The image of an asset that is not the selected one, once it is drawn."""

    def look() -> dict[str, Any] | None:
        found = [image for image in api.items("assets", images) if not image["selected"]]
        return found[0] if found else None

    return wait_for(look, "a second image", 30)


async def _delete_object(state: StackState, key: str) -> None:
    assert state.s3 is not None
    settings = ServiceSettings(
        database_url="",
        nats_url="",
        s3_endpoint=state.s3.endpoint,
        s3_bucket=state.s3.bucket,
        s3_access_key=state.s3.access_key,
        s3_secret_key=state.s3.secret_key,
    )
    async with ObjectStore(settings) as objects:
        await objects.delete(key)


def _change_and_delete(api: Api, place: Place) -> None:
    """Change and delete a project with all that belongs to it."""
    project = f"/v1/projects/{place.project_id}"
    api.request("PATCH", "assets", project, json={"metadata": {"touched": True}}, headers=_if_match(api, project))
    capsule = f"/v1/style-capsules/{api.get('assets', project)['style_capsule_id']}"
    api.request("PATCH", "assets", capsule, json={"metadata": {"touched": True}}, headers=_if_match(api, capsule))
    fork = api.post("assets", f"{project}/branches", {"name": "fork", "forked_from_branch_id": place.branch_id})
    fork_path = f"{project}/branches/{fork['id']}"
    asset = f"{place.path}/assets/{next(iter(api.items('assets', f'{place.path}/assets')))['id']}"
    for doomed in (asset, fork_path, project, capsule):
        api.request("DELETE", "assets", doomed, headers=_if_match(api, doomed))


def _if_match(api: Api, path: str) -> dict[str, str]:
    return {"If-Match": api.request("GET", "assets", path).headers["ETag"]}
