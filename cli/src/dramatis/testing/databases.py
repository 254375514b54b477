"""Fresh migrated databases, copied from a template that is migrated once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

from dramatis.credentials import Credentials
from dramatis.migrations import migrate, migration_folders
from dramatis.servers.postgres import PostgresAddress
from dramatis.servers.provision import ServiceDatabase, copy_database, drop_database, provision


class Databases:
    """Call it with a service's name for a database of one's own, dropped at the end of the block.

    `folders` replaces the service's own migration folders, for packages that are no service; all callers of one name
    give the same. The template bears the service's name, for migrations that look at it, and nobody connects to it.
    """

    def __init__(self, server: PostgresAddress, credentials: Credentials) -> None:
        self._server = server
        self._credentials = credentials
        self._templates: dict[str, ServiceDatabase] = {}
        self._folders: dict[str, list[Path]] = {}
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def __call__(self, service: str, *, folders: Sequence[Path] | None = None) -> AsyncIterator[ServiceDatabase]:
        """A copy of the service's migrated database, with its owner, app and relay roles."""
        async with self._lock:
            template = await self._template(service, folders)
            database = await copy_database(template, f"{service}_{uuid4().hex[:12]}")
        try:
            yield database
        finally:
            await drop_database(database)

    async def _template(self, service: str, folders: Sequence[Path] | None) -> ServiceDatabase:
        wanted = migration_folders(service) if folders is None else list(folders)
        if service not in self._templates:
            passwords = self._credentials.postgres_roles(service)
            template = (await provision(self._server, {service: passwords}))[service]
            await asyncio.to_thread(migrate, template.owner_url, wanted)
            self._templates[service], self._folders[service] = template, wanted
        assert self._folders[service] == wanted, f"{service} was migrated from {self._folders[service]}"
        return self._templates[service]
