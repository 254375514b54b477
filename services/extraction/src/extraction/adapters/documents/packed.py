"""Parts of a zip package, unpacked within limits."""

import zipfile
import zlib
from io import BytesIO

from extraction.domain.errors import FileDamaged, FileEncrypted, UnpackedTooLarge

MAX_PARTS = 5_000
MAX_PART_BYTES = 64 * 1024 * 1024
DIRECTORY_ENTRY = b"PK\x01\x02"
READ = 1024 * 1024


class Package:
    """A zip package that is only read, one part at a time; what a part says of its own size is not believed."""

    def __init__(self, data: bytes, what: str) -> None:
        """Raises `UnpackedTooLarge` (too many parts) and `FileDamaged`; `what` names the file in errors."""
        self.what = what
        if data.count(DIRECTORY_ENTRY) > MAX_PARTS:
            raise UnpackedTooLarge(f"{what} has more than {MAX_PARTS:,} parts: export the script alone")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged(error) from error
        self.names = self._zip.namelist()

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """One part, unpacked; raises `UnpackedTooLarge` beyond `limit` bytes, `FileEncrypted` and `FileDamaged`."""
        found = bytearray()
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(READ):
                    found += chunk
                    if len(found) > limit:
                        raise UnpackedTooLarge(
                            f"{self.what} unpacks to more than {limit:,} bytes: export the script alone, without pictures"
                        )
        except RuntimeError as error:
            raise FileEncrypted from error
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, KeyError, NotImplementedError) as error:
            raise self._damaged(error) from error
        return bytes(found)

    def _damaged(self, error: Exception) -> FileDamaged:
        return FileDamaged(f"{self.what} cannot be unpacked ({error}): save it again and upload the copy")
