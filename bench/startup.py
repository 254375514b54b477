"""How long the servers take to be ready, and a second `dramatis up`."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from bench.ground import BUCKET, Ground, home
from bench.row import REPEATS, Row, at_most, row
from dramatis.credentials import Credentials
from dramatis.servers.nats import NatsServer
from dramatis.servers.postgres import PostgresServer
from dramatis.servers.seaweed import SeaweedServer
from dramatis.stack import LocalStack

SERVERS_READY_S = 1.5
SECOND_UP_S = 8.0


async def rows(_ground: Ground) -> list[Row]:
    """Both rows; the limits are the targets themselves."""
    servers = [await asyncio.to_thread(_servers_ready) for _ in range(REPEATS)]
    ups = await asyncio.to_thread(_second_ups)
    says = "the target itself"
    return [
        row("Postgres, NATS and S3 ready", servers, [SERVERS_READY_S] * REPEATS, at_most(1.0), unit="s", limit_is=says),
        row("second `dramatis up` ready", ups, [SECOND_UP_S] * len(ups), at_most(1.0), unit="s", limit_is=says),
    ]


def _servers_ready() -> float:
    folder, credentials = home(), Credentials.random()
    postgres = PostgresServer(folder / "postgres", credentials.postgres_superuser)
    nats = NatsServer(folder / "nats", credentials.nats_users())
    s3 = SeaweedServer(
        folder / "s3", bucket=BUCKET, access_key=credentials.s3_access_key, secret_key=credentials.s3_secret_key
    )
    servers = (postgres, nats, s3)

    async def start() -> float:
        started = perf_counter()
        await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
        return perf_counter() - started

    try:
        return asyncio.run(start())
    finally:
        for server in servers:
            server.kill()
        postgres.remove_data()
        shutil.rmtree(folder, ignore_errors=True)


def _second_ups() -> list[float]:
    """Seconds of each start on a data folder that was up before."""
    folder = Path(tempfile.mkdtemp(prefix="dramatis-bench-"))
    folder.chmod(0o711)
    found = []
    try:
        for _ in range(1 + REPEATS):
            started = perf_counter()
            with LocalStack(folder):
                found.append(perf_counter() - started)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found[1:]
