"""What is wrong is refused with a reason, at the origin and on the bus; nothing is lost, nothing is half done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from nats.js import JetStreamContext
from tests.system import STYLE, System, until

from chassis.deadletters import DeadLetter, list_dead_letters
from contracts.consumers import CONSUMERS, SERVICES
from contracts.event import EventData
from contracts.examples import golden
from contracts.subjects import durable_of, event_subject
from dramatis.stack import LocalStack
from dramatis.waiting import wait_for

pytestmark = pytest.mark.timeout(180)  # the first test waits for a stack

SCENE = "INT. CAFÉ - NIGHT\n\nZOË, 30s, lifts the LANTERN.\n\nZOË\nIt is out.\n"
TITLE_PAGE = "Title: The Lantern\nCredit: written by\nAuthor: Nobody\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
LARGE = b"INT. ROOM - DAY\n\nBO sits.\n\n" * 800_000

UPLOADS = {
    "empty": (b"", "a.fountain", 422, "script-empty"),
    "binary": (PNG, "a.fountain", 415, "script-is-binary"),
    "20 MB": (LARGE, "a.fountain", 413, "body-too-large"),
    "broken UTF-16": ("INT. A - DAY\n\nx".encode("utf-16")[:-1], "a.txt", 415, "encoding-unknown"),
    "an encoding that cannot be told": ("ИНТ. КУХНЯ - ДЕНЬ ".encode("cp1251") * 9, "a.txt", 415, "encoding-unknown"),
    "only a title page": (TITLE_PAGE.encode(), "a.fountain", 422, "no-scenes"),
    "an unknown format": (SCENE.encode(), "a.celtx", 415, "unknown-format"),
}
BODIES = {"a list": b"[]", "a text": b'"x"', "cut off": b'{"name": "Zo', "not UTF-8": b'{"name": "\xff"}'}
INSIDES = ("Traceback", ".py", "asyncpg", "site-packages")
BREAKAGES = {"truncated": "undecodable", "of an unknown version": "unknown-version", "without an id": "undecodable"}


@dataclass(frozen=True, slots=True)
class Place:
    """A project of the owner's that extraction knows of."""

    system: System
    path: str
    client: httpx.Client

    def send(self, method: str, service: str, path: str, **content: Any) -> httpx.Response:
        """One request as the owner, with no second try."""
        url = f"{self.system.state.origin}/api/{service}{path}"
        headers = {"Authorization": f"Bearer {self.system.state.token}", **content.pop("headers", {})}
        return self.client.request(method, url, headers=headers, **content)

    def upload(self, data: bytes, file_name: str) -> httpx.Response:
        return self.send("POST", "extraction", f"{self.path}/scripts", files={"file": (file_name, data)})


@pytest.fixture(scope="module")
def place(stack: LocalStack) -> Iterator[Place]:
    system = System(stack.state)
    with system.api() as api:
        capsule = api.post("assets", "/v1/style-capsules", {"name": "Ink", "prompt": STYLE})["id"]
        project = api.post("assets", "/v1/projects", {"name": "Bad input", "style_capsule_id": capsule})["id"]
        [branch] = api.items("assets", f"/v1/projects/{project}/branches")
    with httpx.Client(timeout=60) as client:
        found = Place(system, f"/v1/projects/{project}/branches/{branch['id']}", client)
        scripts = f"{found.path}/scripts"
        wait_for(
            lambda: found.send("GET", "extraction", scripts).is_success or None, "extraction knows the project", 30
        )
        yield found


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem document that gives a reason, and nothing of our insides."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text[:200]
    document = answer.json()
    assert document["detail"]
    assert document["trace_id"]
    assert [word for word in INSIDES if word in answer.text] == []
    return document["status"], document["code"]


@pytest.mark.parametrize(("data", "file_name", "status", "code"), UPLOADS.values(), ids=UPLOADS)
def test_what_is_no_script_is_refused_and_nothing_is_kept(
    place: Place, data: bytes, file_name: str, status: int, code: str
) -> None:
    before = place.send("GET", "extraction", f"{place.path}/scripts").json()
    assert refused(place.upload(data, file_name)) == (status, code)
    assert place.send("GET", "extraction", f"{place.path}/scripts").json() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_script_in_an_old_encoding_keeps_its_letters(place: Place, encoding: str) -> None:
    answer = place.upload(SCENE.encode(encoding), f"{encoding}.fountain")
    assert answer.status_code == 201, answer.text
    version = answer.json()["version"]
    [scene] = place.send("GET", "extraction", f"{place.path}/scripts/{version}/scenes").json()["items"]
    assert scene["heading"] == "INT. CAFÉ - NIGHT"


def routes_with_json(system: System) -> Iterator[tuple[str, str, str]]:
    """Every route of the running services that takes JSON."""
    for service in SERVICES:
        document = httpx.get(f"{system.state.origin}/api/{service}/openapi.json", timeout=10).json()
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if "application/json" in operation.get("requestBody", {}).get("content", {}):
                    yield service, method.upper(), path.removeprefix(f"/api/{service}")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_of_the_wrong_shape_is_refused_by_every_route(place: Place, body: bytes) -> None:
    routes = list(routes_with_json(place.system))
    assert len(routes) >= 12, "the routes are not found any more"
    project, branch = place.path.split("/")[3:6:2]
    for service, method, template in routes:
        path = template.replace("{project}", project).replace("{branch}", branch)
        path = "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))
        headers = {"Content-Type": "application/json", "If-Match": '"1"'}
        answer = place.send(method, service, path, content=body, headers=headers)
        status, _ = refused(answer)
        assert 400 <= status < 500, f"{method} {path}: {answer.text}"


@pytest.mark.parametrize("breakage", BREAKAGES)
async def test_an_event_that_cannot_be_read_is_a_dead_letter_of_every_consumer(place: Place, breakage: str) -> None:
    client = await place.system.nats()
    try:
        js = client.jetstream(timeout=10)
        sent = {event: await _publish_broken(js, event, breakage) for events in CONSUMERS.values() for event in events}
        await until(lambda: _unburied(js, sent), "every consumer has buried it", 30)
        letters = [one for one in await list_dead_letters(js, limit=1_000) if _workspace(one) in sent.values()]
    finally:
        await client.close()
    assert {(one.code, one.deliveries) for one in letters} == {(BREAKAGES[breakage], 1)}
    assert len(letters) == len(_expected(sent)) >= 20, "the consumers are not found any more"
    assert {one.data for one in letters} == {_broken_data(event, breakage) for event in sent}
    assert [one.consumer for one in letters if not one.reason or "Traceback" in one.reason] == []
    for service in SERVICES:
        assert await place.system.snapshot(service, [UUID(workspace) for workspace in sent.values()]) == {}


def _expected(sent: Mapping[type[EventData], str]) -> set[tuple[str, str]]:
    """Consumer and workspace of each dead letter that there must be."""
    return {(durable_of(svc, event.TYPE), sent[event]) for svc, events in CONSUMERS.items() for event in events}


async def _unburied(js: JetStreamContext, sent: Mapping[type[EventData], str]) -> str:
    buried = {(one.consumer, _workspace(one)) for one in await list_dead_letters(js, limit=1_000)}
    return ", ".join(consumer for consumer, _ in sorted(_expected(sent) - buried))


def _workspace(letter: DeadLetter) -> str:
    return letter.headers.get("ce-workspaceid", "")


async def _publish_broken(js: JetStreamContext, event: type[EventData], breakage: str) -> str:
    """Say an example of the event wrongly, in a workspace of its own, which is returned."""
    workspace = str(uuid4())
    headers = {**golden(event.TYPE)[0].headers, "ce-workspaceid": workspace, "ce-id": str(uuid4())}
    headers["Nats-Msg-Id"] = headers["ce-id"]
    if breakage == "of an unknown version":
        headers["ce-type"] = f"{event.TYPE.rpartition('.v')[0]}.v2"
    if breakage == "without an id":
        del headers["ce-id"]
    await js.publish(event_subject(event.TYPE, UUID(workspace)), _broken_data(event, breakage), headers=headers)
    return workspace


def _broken_data(event: type[EventData], breakage: str) -> bytes:
    data = golden(event.TYPE)[0].data_bytes
    return data[: len(data) // 2] if breakage == "truncated" else data
