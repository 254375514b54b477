"""What the tests of the whole system have in common: a script of a known size, and what must be true at the end."""

import asyncio
import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from uuid import UUID

import asyncpg
import nats
from nats.aio.client import Client

from chassis.deadletters import list_dead_letters
from contracts.consumers import SERVICES
from contracts.subjects import stream_of, work_stream
from dramatis.api import Api
from dramatis.production import Place
from dramatis.servers.nats import OPERATOR
from dramatis.servers.ports import free_port
from dramatis.stack import LocalStack, StackOptions, StackState

QUIET_S = 90.0
STYLE = "ink and watercolour, lamplight"

_FIRST = [
    "Ada",
    "Bela",
    "Cato",
    "Dora",
    "Egon",
    "Fina",
    "Goran",
    "Hilda",
    "Ivo",
    "Jora",
    "Karla",
    "Lev",
    "Mina",
    "Nils",
    "Olga",
    "Pavel",
    "Rosa",
    "Sten",
    "Tilda",
    "Ulf",
]
_PLACES = [
    "ATTIC",
    "BAKERY",
    "CELLAR",
    "DEPOT",
    "EMBASSY",
    "FORGE",
    "GARAGE",
    "HARBOUR",
    "INN",
    "JETTY",
    "KIOSK",
    "LIBRARY",
    "MILL",
    "NURSERY",
    "OFFICE",
    "PIER",
    "QUARRY",
    "ROOF",
    "STABLE",
    "TOWER",
]
_THINGS = [
    "ANVIL",
    "BELLOWS",
    "CANDLE",
    "DAGGER",
    "EASEL",
    "FLUTE",
    "GOBLET",
    "HAMMER",
    "INKWELL",
    "JIGSAW",
    "KETTLE",
    "LANTERN",
    "MIRROR",
    "NECKLACE",
    "OILCAN",
    "PARASOL",
    "QUILL",
    "ROPE",
    "SATCHEL",
    "TROWEL",
]


def script_of(scenes: int, title: str = "The Inventory") -> str:
    """A Fountain script with one new location, character and prop in each of at most 20 scenes."""
    text = [f"Title: {title}", "Author: The tests", ""]
    for number, (name, place, thing) in enumerate(zip(_FIRST, _PLACES, _THINGS, strict=True), 1):
        if number > scenes:
            break
        text += [
            f"INT. {place} - NIGHT",
            "",
            f"{name.upper()} (40s, patient) enters and picks up the {thing}.",
            "",
            name.upper(),
            "So this is where it was.",
            "",
        ]
    return "\n".join(text)


@contextmanager
def running_stack(options: StackOptions | None = None) -> Iterator[LocalStack]:
    """A stack of its own in a temporary folder, up for the length of the block.

    Not in pytest's folders: every run of pytest closes those to others, and Postgres runs as another user.
    """
    folder = Path(tempfile.mkdtemp(prefix="dramatis-stack-"))
    folder.chmod(0o711)
    try:
        with LocalStack(folder, replace(options or StackOptions(), port=free_port())) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class System:
    """A running stack, seen from everywhere at once."""

    state: StackState

    def api(self) -> Api:
        """Its HTTP API, as the owner of its workspace."""
        return Api(self.state.origin, self.state.token)

    @asynccontextmanager
    async def database(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """A connection to a service's database, past row-level security."""
        assert self.state.postgres is not None
        connection = await asyncpg.connect(self.state.postgres.superuser_url.replace("/postgres?", f"/{service}?"))
        try:
            yield connection
        finally:
            await connection.close()

    async def fetch(self, service: str, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Rows of a service's database, past row-level security."""
        async with self.database(service) as connection:
            return await connection.fetch(sql, *arguments)

    async def snapshot(self, service: str, workspace_ids: Sequence[UUID]) -> dict[str, str]:
        """A digest of these workspaces' rows per table of a service; tables without any are left out."""
        async with self.database(service) as connection:
            return await _digests(connection, workspace_ids)

    async def nats(self) -> Client:
        """A connection as the operator; the caller closes it."""
        assert self.state.nats is not None
        return await nats.connect(self.state.nats.url, user=OPERATOR, password=self.state.nats.passwords[OPERATOR])

    async def quiet(self) -> None:
        """Wait until nothing is on its way: outboxes and work queues empty, nothing pending or unacknowledged."""
        async with AsyncExitStack() as opened:
            client = await self.nats()
            opened.push_async_callback(client.close)
            databases = {each: await opened.enter_async_context(self.database(each)) for each in SERVICES}
            await until(lambda: self._is_quiet(client, databases), "the system comes to rest", QUIET_S)

    async def _is_quiet(self, client: Client, databases: Mapping[str, asyncpg.Connection]) -> str:
        js = client.jetstream(timeout=10)
        for service, database in databases.items():
            if rows := await database.fetch("SELECT subject, last_error FROM outbox"):
                return f"{service} has {len(rows)} outbox rows, the first {dict(rows[0])}"
            if left := (await js.stream_info(work_stream(service))).state.messages:
                return f"{work_stream(service)} has {left} messages"
            for info in await js.consumers_info(stream_of(service)):
                if info.num_pending or info.num_ack_pending:
                    return f"{info.name} has {info.num_pending} pending, {info.num_ack_pending} unacknowledged"
        return ""

    async def dead_letters(self) -> int:
        """How many dead letters there are; those of strangers, whom other tests send, are not counted."""
        client = await self.nats()
        try:
            letters = await list_dead_letters(client.jetstream(timeout=10), limit=10_000)
        finally:
            await client.close()
        return sum(one.headers.get("ce-workspaceid") in (None, str(self.state.workspace_id)) for one in letters)

    async def facts(self, event_type: str) -> Counter[str]:
        """How often each aggregate is told of in the events of a type, over the whole stream."""
        client = await self.nats()
        owner = event_type.split(".")[1]
        counted: Counter[str] = Counter()
        try:
            js = client.jetstream(timeout=10)
            state = (await js.stream_info(stream_of(owner))).state
            for sequence in range(max(1, state.first_seq), state.last_seq + 1):
                headers = (await js.get_msg(stream_of(owner), seq=sequence)).headers or {}
                if headers.get("ce-type") == event_type:
                    counted[headers["ce-subject"]] += 1
        finally:
            await client.close()
        return counted


async def _digests(connection: asyncpg.Connection, workspace_ids: Sequence[UUID]) -> dict[str, str]:
    tables = await connection.fetch(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace_id'"
        " AND table_schema = 'public' AND table_name NOT IN ('outbox', 'inbox', 'idempotency')"
    )
    digests = {}
    for name in sorted(row["table_name"] for row in tables):
        rows = f"SELECT t::text AS line FROM {name} AS t WHERE workspace_id = ANY($1::uuid[])"  # noqa: S608 - names from the catalogue
        sql = f"SELECT md5(string_agg(line, ',' ORDER BY line)) AS digest FROM ({rows}) AS found"  # noqa: S608 - as above
        digests[name] = await connection.fetchval(sql, workspace_ids)
    return {name: digest for name, digest in digests.items() if digest}


async def until(check: Callable[[], Awaitable[str]], what: str, seconds: float) -> None:
    """Wait until `check` has no complaint left; raises TimeoutError with the last one."""
    deadline = monotonic() + seconds
    while complaint := await check():
        if monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}; {complaint}")
        await asyncio.sleep(0.1)  # lint: allow sleeping-test this is the wait on a condition that all tests use


def write_script(folder: Path, scenes: int, title: str = "The Inventory") -> Path:
    """The script as a file."""
    path = folder / "inventory.fountain"
    path.write_text(script_of(scenes, title))
    return path


async def assert_whole(system: System, place: Place, count: int) -> None:
    """Every asset once, every image once, every localized file as its checksum says, nothing left over anywhere."""
    await system.quiet()
    assert await system.dead_letters() == 0
    branch = place.branch_id
    names = await system.fetch("assets", "SELECT asset_type, name FROM project_asset WHERE branch_id = $1", branch)
    assert len(names) == count
    assert len({tuple(row) for row in names}) == count
    jobs = await system.fetch("imagegen", "SELECT id, asset_id, state FROM job WHERE branch_id = $1", branch)
    assert Counter(row["state"] for row in jobs) == {"completed": count}
    assert len({row["asset_id"] for row in jobs}) == count
    told = await system.facts("dramatis.imagegen.job.completed.v1")
    assert {told[f"job/{row['id']}"] for row in jobs} == {1}
    candidates = await system.fetch(
        "assets",
        "SELECT candidate.asset_id FROM image_candidate AS candidate"
        " JOIN project_asset AS asset ON asset.id = candidate.asset_id WHERE asset.branch_id = $1",
        branch,
    )
    assert Counter(row["asset_id"] for row in candidates) == dict.fromkeys((row["asset_id"] for row in jobs), 1)
    await assert_files_whole(system, place, count)


async def assert_files_whole(system: System, place: Place, count: int) -> None:
    """Each localized file is there once, with the bytes that were drawn; so is its thumbnail."""
    rows = await system.fetch(
        "localizer",
        "SELECT key, thumbnail_key, source, sha256, bytes FROM localization WHERE branch_id = $1",
        place.branch_id,
    )
    assert len({row["key"] for row in rows}) == len(rows) == count
    with system.api() as api:
        for row in rows:
            assert row["key"].startswith(f"project_{place.project_id}/branch_{place.branch_id}/master-assets/")
            copy, source = (_object(api, row[column]) for column in ("key", "source"))
            assert hashlib.sha256(copy).hexdigest() == row["sha256"] == hashlib.sha256(source).hexdigest()
            assert len(copy) == row["bytes"]
            assert _object(api, row["thumbnail_key"])[8:12] == b"WEBP"


def _object(api: Api, key: str) -> bytes:
    return api.download(api.get("localizer", f"/v1/objects/{key}/url")["url"])
