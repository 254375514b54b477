"""Scripts that several runs read at once."""

import asyncio
from collections import Counter
from itertools import repeat
from typing import cast
from uuid import UUID, uuid4

import pytest

from extraction.app.documents import Documents
from extraction.app.script_shelf import ScriptShelf, script_in
from extraction.app.store import Store, StoredFile
from extraction.domain.errors import FileDamaged
from extraction.domain.script import Script
from extraction.domain.uploads import ScriptFile, Upload


class Files:
    """The part of a store that a shelf asks: a version's file is its id."""

    async def find_file(self, script_version_id: UUID) -> StoredFile:
        await asyncio.sleep(0)
        return StoredFile(script_version_id.bytes, "txt", None)


class Parser:
    """Counts how often each file is read."""

    def __init__(self, *troubles: Exception) -> None:
        self.read: Counter[UUID] = Counter()
        self._troubles = list(troubles)

    def documents(self) -> Documents:
        return Documents(self._never, self._script)

    @staticmethod
    def _never(upload: Upload) -> ScriptFile:
        raise AssertionError(upload)

    def _script(self, data: bytes, _: str | None, __: str | None) -> Script:
        self.read[UUID(bytes=data)] += 1
        if self._troubles:
            raise self._troubles.pop()
        return cast("Script", data)


STORE = cast("Store", Files())


async def test_the_chunks_of_three_runs_side_by_side_read_each_script_once() -> None:
    parser = Parser()
    shelf = ScriptShelf(parser.documents(), places=3)
    versions = [uuid4() for _ in range(3)]

    async def chunk(version: UUID) -> Script:
        return await script_in(await shelf.take(version, STORE))

    for _ in repeat(None, 10):
        await asyncio.gather(*map(chunk, versions * 2))

    assert parser.read == Counter(versions)


async def test_a_script_that_nobody_reads_any_more_is_put_away() -> None:
    parser = Parser()
    shelf = ScriptShelf(parser.documents(), places=2)
    first, *others = [uuid4() for _ in range(3)]

    for version in (first, *others, first):
        await script_in(await shelf.take(version, STORE))

    assert parser.read[first] == 2


async def test_a_script_that_could_not_be_read_is_tried_again() -> None:
    parser = Parser(FileDamaged())
    shelf = ScriptShelf(parser.documents(), places=2)
    version = uuid4()

    with pytest.raises(FileDamaged):
        await script_in(await shelf.take(version, STORE))
    await script_in(await shelf.take(version, STORE))

    assert parser.read[version] == 2
