"""`stack.json`: what runs, where, and how to log in; for the CLI, for tests and for the next start."""

import os
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dramatis.servers.identity import Identity

DEFAULT_DATA_DIR = Path(".dramatis")
_FILE = "stack.json"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class DatabaseState(_Part):
    """One service's database, as its app role and as its owner."""

    app_url: str
    owner_url: str


class PostgresState(_Part):
    """Postgres. `data` is where its files are: beside the rest, unless its user cannot get there."""

    superuser_url: str
    data: Path
    databases: dict[str, DatabaseState]


class NatsState(_Part):
    """NATS and the password of each user; `operator` may do everything."""

    url: str
    passwords: dict[str, str]


class S3State(_Part):
    """S3. `public_url` is the origin, for presigned URLs."""

    endpoint: str
    public_url: str
    bucket: str
    access_key: str
    secret_key: str
    region: str


class StackState(_Part):
    """A stack as its parent last wrote it down. `ready` is False while it starts, and after it stopped."""

    version: str
    ready: bool = False
    parent: Identity
    processes: list[Identity] = Field(default_factory=list)
    ports: dict[str, dict[str, int]] = Field(default_factory=dict)
    logs: Path
    origin: str = ""
    services: dict[str, str] = Field(default_factory=dict, description="Address of each service's API on the origin.")
    otlp_endpoint: str = ""
    traces_url: str = ""
    postgres: PostgresState | None = None
    nats: NatsState | None = None
    s3: S3State | None = None
    jwt_secret: str = ""
    workspace_id: UUID | None = None
    token: str = Field(default="", description="Of an owner of the workspace.")

    def running(self) -> dict[str, bool]:
        """Whether each process that was started still runs, by name."""
        return {identity.name: identity.process() is not None for identity in self.processes}


def read_state(folder: Path) -> StackState | None:
    """What `stack.json` of a data folder says; None when there is none that can be read."""
    try:
        return StackState.model_validate_json((folder / _FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def write_state(folder: Path, state: StackState) -> None:
    """Replace `stack.json` at once, readable by its owner alone."""
    fresh = folder / f".{_FILE}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(state.model_dump_json(indent=2) + "\n")
    fresh.replace(folder / _FILE)
