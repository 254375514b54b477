"""A list of 50 assets under row-level security, against the bare query behind a bare ASGI application."""

from uuid import UUID

import asyncpg
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assets.adapters.store import Store as PostgresStore
from assets.app.store import AssetFilters, Store
from assets.bootstrap import build
from assets.domain.projects import Place
from bench.ground import Ground
from bench.load import for_seconds
from bench.row import Row, at_least, interleaved, row
from chassis.database import Pool
from chassis.paging import Page
from dramatis.testing.service import SECRET, ServiceUnderTest, service_under_test
from dramatis.tokens import make_token

ASSETS = 50
AT_ONCE = 16
SECONDS = 1.5


async def rows(ground: Ground) -> list[Row]:
    """Requests straight into the ASGI application: what the network costs is the same for both."""
    async with (
        service_under_test("assets", build, ground.servers, database_pool=AT_ONCE) as running,
        asyncpg.create_pool(running.database.superuser_url, min_size=1, max_size=AT_ONCE, reset=_keep) as pool,
    ):
        path = await _branch_of_fifty(running)
        token = make_token(SECRET, running.workspace_id)
        headers = [(b"authorization", f"Bearer {token}".encode()), (b"host", b"bench")]
        app = running.process.app()
        bare = _bare(pool, path)

        async def ours() -> float:
            return await for_seconds(lambda: _get(app, f"/api/assets{path}", headers), AT_ONCE, SECONDS)

        async def limit() -> float:
            return await for_seconds(lambda: _get(bare, path, headers), AT_ONCE, SECONDS)

        measured, limits = await interleaved(ours, limit)
    says = "bare ASGI, the same query without row-level security"
    return [row("list of 50 under row-level security", measured, limits, at_least(0.55), unit="1/s", limit_is=says)]


async def _branch_of_fifty(running: ServiceUnderTest[Store]) -> str:
    client = await running.http()
    capsule = (await client.post("/v1/style-capsules", json={"name": "Ink", "prompt": "ink"})).json()["id"]
    project = (await client.post("/v1/projects", json={"name": "Bench", "style_capsule_id": capsule})).json()["id"]
    branch = (await client.get(f"/v1/projects/{project}/branches")).json()["items"][0]["id"]
    path = f"/v1/projects/{project}/branches/{branch}/assets"
    for number in range(ASSETS):
        body = {"name": f"Lantern {number}", "type": "prop", "description": "A brass lantern, dented on one side. " * 4}
        assert (await client.post(path, json=body)).status_code == 201
    return path


def _bare(pool: Pool, path: str) -> ASGIApp:
    """The same statement, with no routing, no token, no span and no tenant around it."""
    project, branch = (UUID(part) for part in path.split("/")[3:6:2])
    filters, page = AssetFilters(), Page(ASSETS, None)

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        async with pool.acquire() as connection:
            found = await PostgresStore(connection).list_assets(Place(project, branch), filters, page)
        assert found is not None
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": f'{{"items":{found.json},"next_cursor":null}}'.encode()})

    return app


async def _keep(_connection: object) -> None:
    """Spare the round trip of a session reset, as the chassis does."""


async def _get(app: ASGIApp, path: str, headers: list[tuple[bytes, bytes]]) -> None:
    """One GET, straight into the application."""
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"limit=50",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    status = 0
    size = 0

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, size
        status = message.get("status", status)
        size += len(message.get("body", b""))

    await app(scope, receive, send)
    assert status == 200, status
    assert size > ASSETS * 200, size
