"""The servers of one stack, and what they give to a service."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dramatis.credentials import Credentials
from dramatis.servers.caddy import CaddyServer, Upstreams
from dramatis.servers.nats import NatsServer
from dramatis.servers.ports import is_free
from dramatis.servers.postgres import PostgresServer
from dramatis.servers.provision import ServiceDatabase, provision
from dramatis.servers.seaweed import SeaweedServer
from dramatis.servers.server import Server
from dramatis.servers.traces import TracesServer

ORIGIN_PORT = 8000
BUCKET = "dramatis"

Ports = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Servers:
    """Every server of a stack, started or not."""

    postgres: PostgresServer
    nats: NatsServer
    s3: SeaweedServer
    traces: TracesServer
    caddy: CaddyServer

    def behind_the_origin(self) -> list[Server]:
        """Those that start by themselves, without databases to be made."""
        return [self.nats, self.s3, self.traces]


def make_servers(folder: Path, credentials: Credentials, previous: Ports, origin_port: int | None) -> Servers:
    """The servers of a data folder, on the ports that they had before where these are free."""
    wanted = origin_port or (ORIGIN_PORT if is_free(ORIGIN_PORT) else previous.get("caddy", {}).get("port"))
    return Servers(
        postgres=PostgresServer(
            folder / "postgres",
            credentials.postgres_superuser,
            preferred_ports=previous.get("postgres"),
            log=log_of(folder, "postgres"),
        ),
        nats=NatsServer(
            folder / "nats",
            credentials.nats_users(),
            preferred_ports=previous.get("nats"),
            log=log_of(folder, "nats"),
        ),
        s3=SeaweedServer(
            folder / "s3",
            bucket=BUCKET,
            access_key=credentials.s3_access_key,
            secret_key=credentials.s3_secret_key,
            preferred_ports=previous.get("s3"),
            log=log_of(folder, "s3"),
        ),
        traces=TracesServer(folder / "traces", preferred_ports=previous.get("traces"), log=log_of(folder, "traces")),
        caddy=CaddyServer(
            folder / "caddy",
            Upstreams(),
            preferred_ports={} if wanted is None else {"port": wanted},
            log=log_of(folder, "caddy"),
        ),
    )


def log_of(folder: Path, name: str) -> Path:
    """Where a process writes its log."""
    return folder / "logs" / f"{name}.log"


def make_databases(servers: Servers, credentials: Credentials, services: list[str]) -> dict[str, ServiceDatabase]:
    """The services' databases and roles; blocks, from any thread without a running loop."""
    roles = {service: credentials.postgres_roles(service) for service in services}
    return asyncio.run(provision(servers.postgres.address, roles))


def service_environment(database: ServiceDatabase, servers: Servers, credentials: Credentials) -> dict[str, str]:
    """The settings of a service's process, as `DRAMATIS_*` variables."""
    nats, s3, service = servers.nats.address, servers.s3.address, database.service
    values = {
        "database_url": database.app_url,
        "nats_url": nats.url,
        "nats_user": service,
        "nats_password": nats.passwords.get(service, ""),
        "s3_endpoint": s3.endpoint,
        "s3_public_url": servers.caddy.origin,
        "s3_access_key": s3.access_key,
        "s3_secret_key": s3.secret_key,
        "s3_bucket": s3.bucket,
        "s3_region": s3.region,
        "otlp_endpoint": servers.traces.endpoint,
        "jwt_secret": credentials.jwt_secret,
    }
    return {f"DRAMATIS_{name.upper()}": value for name, value in values.items()}
