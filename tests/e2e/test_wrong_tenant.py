"""A stranger walks every route and speaks to every consumer, and finds and changes nothing."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from tests.system import STYLE, System, until, write_script

from contracts.consumers import CONSUMERS, SERVICES
from contracts.event import EventData
from contracts.examples import golden
from contracts.subjects import durable_of, event_subject, owner_of, stream_of
from dramatis.production import Production
from dramatis.stack import LocalStack, make_token

pytestmark = pytest.mark.timeout(180)  # the first test waits for a stack, and for a production on it

Route = tuple[str, str, str]

BODIES: dict[Route, Any] = {
    ("assets", "POST", "/v1/projects"): {"name": "Theirs", "style_capsule_id": "{style_capsule}"},
    ("assets", "PATCH", "/v1/projects/{project}"): {"name": "Mine now"},
    ("assets", "POST", "/v1/projects/{project}/branches"): {"name": "fork"},
    ("assets", "POST", "/v1/style-capsules"): None,
    ("assets", "PATCH", "/v1/style-capsules/{style_capsule}"): {"name": "Mine now"},
    ("assets", "POST", "/v1/global-assets"): None,
    ("assets", "PATCH", "/v1/global-assets/{global_asset}"): {"name": "Mine now"},
    ("assets", "POST", "/v1/projects/{project}/branches/{branch}/assets"): {"name": "Spy", "type": "prop"},
    ("assets", "PATCH", "/v1/projects/{project}/branches/{branch}/assets/{asset}"): {"name": "Mine now"},
    ("assets", "POST", "/v1/projects/{project}/branches/{branch}/assets/generate-images"): {},
    ("assets", "POST", "/v1/projects/{project}/branches/{branch}/assets/{asset}/images/{image}/select"): {},
    ("extraction", "POST", "/v1/projects/{project}/branches/{branch}/scripts"): {
        "title": "Spy",
        "text": "INT. A - DAY\n",
    },
    ("extraction", "POST", "/v1/projects/{project}/branches/{branch}/runs"): {},
    ("extraction", "POST", "/v1/runs/{run}/retry"): {},
    ("extraction", "POST", "/v1/runs/{run}/cancel"): {},
    ("imagegen", "POST", "/v1/jobs/{job}/retry"): {},
    ("imagegen", "POST", "/v1/jobs/{job}/cancel"): {},
    ("imagegen", "POST", "/v1/batches/{batch}/retry-failed"): {},
    ("imagegen", "POST", "/v1/batches/{batch}/cancel"): {},
    ("localizer", "POST", "/v1/localizations/{localization}/retry"): {},
}
"""What the stranger sends to each route that takes a body; None where nothing of the owner's can be named."""

SHARED = {("imagegen", "GET", "/v1/providers")}
"""Routes that show the same to everybody, and nothing of anybody's."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A workspace with a finished run in it, and the ids of one thing of each kind."""

    system: System
    ids: dict[str, str]

    async def rows(self, service: str) -> dict[str, str]:
        """What the owner has in a service, as a digest per table."""
        assert self.system.state.workspace_id is not None
        return await self.system.snapshot(service, [self.system.state.workspace_id])


@pytest.fixture(scope="module")
async def owned(stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Owned:
    """The owner's world."""
    system = System(stack.state)
    script = write_script(tmp_path_factory.mktemp("script"), 2)
    ids = await asyncio.to_thread(_own_everything, system, script)
    await system.quiet()
    return Owned(system, ids)


def _own_everything(system: System, script: Path) -> dict[str, str]:
    with system.api() as api:
        outcome = Production(api).produce(script, "Owned", STYLE)
        asset = outcome.assets[0]
        job = next(api.items("imagegen", "/v1/jobs"))
        script_version = api.get("extraction", f"{outcome.place.path}/scripts/latest")
        return {
            "project": outcome.place.project_id,
            "branch": outcome.place.branch_id,
            "style_capsule": api.get("assets", f"/v1/projects/{outcome.place.project_id}")["style_capsule_id"],
            "global_asset": api.post("assets", "/v1/global-assets", {"name": "Lamp", "type": "prop"})["id"],
            "asset": asset["id"],
            "image": asset["image"]["selected_image_id"],
            "run": outcome.run["id"],
            "number": "1",
            "version": str(script_version["version"]),
            "job": job["id"],
            "batch": job["batch_id"],
            "localization": next(api.items("localizer", "/v1/localizations"))["id"],
            "key": asset["image"]["localized_key"],
            "request": job["request_id"],
            "script": script_version["script_id"],
        }


def routes(system: System) -> Iterator[Route]:
    """Every route that the running services describe."""
    for service in SERVICES:
        document = httpx.get(f"{system.state.origin}/api/{service}/openapi.json", timeout=10).json()
        for path, methods in document["paths"].items():
            if path.startswith("/api/"):
                for method in methods:
                    yield service, method.upper(), path.removeprefix(f"/api/{service}")


def test_the_walk_knows_every_route_that_takes_a_body(owned: Owned) -> None:
    found = {route for route in routes(owned.system) if route[1] in {"POST", "PUT", "PATCH"}}
    assert found == set(BODIES)


def test_a_stranger_finds_nothing_on_any_route(owned: Owned) -> None:
    walked = list(routes(owned.system))
    assert len(walked) >= 45, "the routes are not found any more"
    assert {service for service, _, _ in walked} == set(SERVICES)
    with httpx.Client(timeout=30) as client:
        complaints = [complaint for route in walked if (complaint := _visit(client, owned, route))]
    assert complaints == []


def _visit(client: httpx.Client, owned: Owned, route: Route) -> str:
    """What a stranger got that it should not have got; empty when all is well."""
    service, method, template = route
    state = owned.system.state
    path = re.sub(r"{(\w+?)(:path)?}", lambda match: owned.ids[match[1]], template)
    body = BODIES.get(route)
    named = "{" in template or "{" in str(body)
    if body is not None:
        body = orjson.loads(
            re.sub(r"{(\w+)}", lambda match: owned.ids[match[1]], orjson.dumps(body).decode().replace("{}", "{ }"))
        )
    headers = {"Authorization": f"Bearer {make_token(state.jwt_secret, uuid4())}", "If-Match": '"1"'}
    url = f"{state.origin}/api/{service}{path}"
    answer = client.request(method, url, json=body if method != "GET" else None, headers=headers)
    if named:
        return "" if answer.status_code == 404 else f"{method} {path}: {answer.status_code} {answer.text[:200]}"
    if route in SHARED or (method == "POST" and body is None):
        return ""
    return "" if answer.json().get("items") == [] else f"{method} {path}: {answer.text[:200]}"


@pytest.mark.parametrize(
    ("service", "event"), [(service, event) for service, events in CONSUMERS.items() for event in events]
)
async def test_a_strangers_event_changes_nothing_of_the_owners(
    owned: Owned, service: str, event: type[EventData]
) -> None:
    before = await owned.rows(service)
    assert before, "the owner has nothing here that could change"
    await _deliver_as_stranger(owned, service, event)
    await owned.system.quiet()
    assert await owned.rows(service) == before


async def _deliver_as_stranger(owned: Owned, service: str, event: type[EventData]) -> None:
    """Each golden example with the owner's ids in it, sent in another workspace's name."""
    stranger = uuid4()
    client = await owned.system.nats()
    try:
        js = client.jetstream()
        for example in golden(event.TYPE):
            data = {**orjson.loads(example.data_bytes), **_ids_for(event, owned.ids)}
            headers = {**example.headers, "ce-workspaceid": str(stranger), "ce-id": str(uuid4())}
            headers["Nats-Msg-Id"] = headers["ce-id"]
            headers["ce-subject"] = f"{event.AGGREGATE}/{data[event.AGGREGATE_ID]}"
            await js.publish(event_subject(event.TYPE, stranger), orjson.dumps(data), headers=headers)
        stream, durable = stream_of(owner_of(event.TYPE)), durable_of(service, event.TYPE)

        async def delivered() -> str:
            info = await js.consumer_info(stream, durable)
            return "" if info.num_pending == info.num_ack_pending == 0 else f"{info.num_pending} pending"

        await until(delivered, f"{durable} has seen the stranger", 30)
    finally:
        await client.close()


def _ids_for(event: type[EventData], ids: dict[str, str]) -> dict[str, str]:
    """The owner's ids under the event's own names for them."""
    known = {f"{name}_id": value for name, value in ids.items()}
    return {name: value for name, value in known.items() if name in event.model_fields}
