"""The addresses and logins of a running stack, for `stack.json`."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dramatis.credentials import Credentials
from dramatis.servers.postgres import PostgresServer
from dramatis.servers.provision import ServiceDatabase
from dramatis.stack.parts import Servers
from dramatis.stack.state import DatabaseState, NatsState, PostgresState, S3State
from dramatis.tokens import make_token

_TOKEN_LIFE = timedelta(days=30)


def describe(servers: Servers, credentials: Credentials, databases: Mapping[str, ServiceDatabase]) -> dict[str, Any]:
    """The fields of `StackState` that are known once every server is up."""
    origin, workspace = servers.caddy.origin, credentials.workspace_id
    nats, s3 = servers.nats.address, servers.s3.address
    return {
        "origin": origin,
        "services": {service: f"{origin}/api/{service}" for service in databases},
        "otlp_endpoint": servers.traces.endpoint,
        "traces_url": f"{origin}/traces",
        "postgres": _postgres(servers.postgres, databases),
        "nats": NatsState(url=nats.url, passwords=dict(nats.passwords)),
        "s3": S3State(
            endpoint=s3.endpoint,
            public_url=origin,
            bucket=s3.bucket,
            access_key=s3.access_key,
            secret_key=s3.secret_key,
            region=s3.region,
        ),
        "jwt_secret": credentials.jwt_secret,
        "workspace_id": workspace,
        "token": make_token(credentials.jwt_secret, workspace, subject="local", ttl=_TOKEN_LIFE),
    }


def _postgres(server: PostgresServer, databases: Mapping[str, ServiceDatabase]) -> PostgresState:
    return PostgresState(
        superuser_url=server.address.url(),
        data=server.data,
        databases={
            service: DatabaseState(app_url=database.app_url, owner_url=database.owner_url)
            for service, database in databases.items()
        },
    )
