"""The servers a bench runs on: as the local stack starts them, durable settings included, in a temporary folder."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import nats
import sandbox
from nats.aio.client import Client
from nats.js import JetStreamContext
from sandbox import Store

import chassis
from chassis.database import Database, Pool, open_pool
from chassis.ids import new_id
from chassis.settings import ServiceSettings
from chassis.topology import ensure_streams, streams
from chassis.work import Cause
from dramatis.credentials import Credentials
from dramatis.servers.nats import OPERATOR, NatsServer
from dramatis.servers.postgres import PostgresServer
from dramatis.servers.provision import ServiceDatabase
from dramatis.servers.seaweed import SeaweedServer
from dramatis.testing.databases import Databases
from dramatis.testing.service import ServiceServers

BUCKET = "dramatis"
CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Ground:
    """Servers, and the chassis' made-up service on them."""

    servers: ServiceServers
    database: ServiceDatabase
    settings: ServiceSettings
    pool: Pool
    client: Client
    js: JetStreamContext
    workspace_id: UUID

    def db(self, wake: Callable[[], None] = lambda: None) -> Database[Store]:
        """Units of work of the made-up service; `wake` is called after a commit."""
        return Database("sandbox", self.pool, Store, wake)

    def cause(self) -> Cause:
        """A fresh user action in the bench's workspace."""
        return Cause(self.workspace_id, new_id())

    async def empty(self) -> None:
        """Forget all rows and messages between two measurements."""
        await self.superuser("TRUNCATE outbox, inbox, widget")
        await self.js.purge_stream("SANDBOX")

    async def superuser(self, sql: str) -> None:
        """Run a statement past row-level security."""
        connection = await asyncpg.connect(self.database.superuser_url)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


def home() -> Path:
    """A temporary folder that the user of Postgres may enter."""
    folder = Path(tempfile.mkdtemp(prefix="dramatis-bench-"))
    folder.chmod(0o711)
    return folder


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """Everything started, and stopped again."""
    credentials = Credentials.random()
    folder = home()
    postgres = PostgresServer(folder / "postgres", credentials.postgres_superuser)
    bus = NatsServer(folder / "nats", credentials.nats_users())
    s3 = SeaweedServer(
        folder / "s3", bucket=BUCKET, access_key=credentials.s3_access_key, secret_key=credentials.s3_secret_key
    )
    started = (postgres, bus, s3)
    try:
        await asyncio.gather(*(asyncio.to_thread(server.start) for server in started))
        servers = ServiceServers(Databases(postgres.address, credentials), bus.address, s3.address, credentials)
        folders = [Path(module.__file__ or "").parent / "migrations" for module in (chassis, sandbox)]
        async with servers.databases("sandbox", folders=folders) as database:
            settings = ServiceSettings(
                database_url=database.app_url,
                database_pool=CONNECTIONS + 4,
                nats_url=bus.address.url,
                nats_user=OPERATOR,
                nats_password=bus.address.passwords[OPERATOR],
            )
            pool = await open_pool(settings, "sandbox")
            client = await nats.connect(bus.address.url, user=OPERATOR, password=bus.address.passwords[OPERATOR])
            js = client.jetstream(timeout=10)
            await ensure_streams(js, streams(["sandbox"]))
            yield Ground(servers, database, settings, pool, client, js, new_id())
            await client.close()
            await pool.close()
    finally:
        for server in started:
            server.kill()
        postgres.remove_data()
        shutil.rmtree(folder, ignore_errors=True)
