"""Scripts that are being read: versions never change, and the chunks of one need not read its file each anew."""

import asyncio
from collections import OrderedDict
from uuid import UUID

from extraction.app.documents import Documents
from extraction.app.store import Store, StoredFile
from extraction.domain.script import Script

Reading = asyncio.Task[Script]


class ScriptShelf:
    """The scripts that one process read last, `places` of them: as many as it has tries under way."""

    def __init__(self, documents: Documents, *, places: int) -> None:
        self._documents = documents
        self._places = places
        self._readings: OrderedDict[UUID, Reading] = OrderedDict()

    async def take(self, script_version_id: UUID, store: Store) -> Reading:
        """The script of a version, which may still be being read; `script_in` waits for it."""
        if script_version_id not in self._readings:
            file = await store.find_file(script_version_id)
            # Another chunk of the same script may have come first meanwhile.
            if script_version_id not in self._readings:
                self._readings[script_version_id] = asyncio.create_task(self._read(script_version_id, file))
        self._readings.move_to_end(script_version_id)
        reading = self._readings[script_version_id]
        while len(self._readings) > self._places:
            self._readings.popitem(last=False)
        return reading

    async def _read(self, script_version_id: UUID, file: StoredFile) -> Script:
        try:
            return await asyncio.to_thread(self._documents.script_of, file.data, file.format, file.file_name)
        except BaseException:
            self._readings.pop(script_version_id, None)
            raise


async def script_in(reading: Reading) -> Script:
    """The script, once it is read; whoever stops waiting stops nobody else."""
    return await asyncio.shield(reading)
