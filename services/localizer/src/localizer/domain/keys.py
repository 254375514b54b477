"""Keys of objects: where a copy lies, and which objects a workspace may read."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

MAX_KEY_CHARACTERS = 1_024
MAX_LOOK_CHARACTERS = 48
EXTENSIONS = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp", ".gif": "gif", ".avif": "avif"}
UNKNOWN_EXTENSION = "img"

_PLAIN_LOOK = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE | re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CopyKeys:
    """Where one localization keeps its copy and its thumbnail."""

    key: str
    thumbnail_key: str


def copy_keys(
    *, project_id: UUID, branch_id: UUID, asset_type: str, asset_id: UUID, image_id: UUID, look: str, source: str
) -> CopyKeys:
    """Keys that follow from the selection alone, so that a repeated copy lands where the first one did.

    The image's id and the look's own part tell any two localizations of an asset apart. Only unreserved characters of
    RFC 3986 and `/` occur.
    """
    folder = f"project_{project_id}/branch_{branch_id}/master-assets/{asset_type}/{asset_id}"
    stem = f"{look_part(look)}-{image_id}"
    return CopyKeys(f"{folder}/{stem}.{_extension(source)}", f"{folder}/thumbnails/{stem}.webp")


def look_part(look: str) -> str:
    """The look as it stands in a key: itself when it is a plain slug, otherwise `<slug>_<digest>`.

    A plain slug has no underscore, and the digest (64 bits of SHA-256) tells apart the looks that share a slug.
    """
    if len(look) <= MAX_LOOK_CHARACTERS and _PLAIN_LOOK.fullmatch(look):
        return look
    ascii_look = unicodedata.normalize("NFKD", look).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_look))[:MAX_LOOK_CHARACTERS].strip("-")
    return f"{slug or 'look'}_{hashlib.sha256(look.encode()).hexdigest()[:16]}"


def is_url(source: str) -> bool:
    """Whether a source has a URL's scheme; anything else is an object key."""
    return _URL.match(source) is not None


def is_own_key(key: str, workspace_id: UUID) -> bool:
    """Whether a key lies under `workspace_<id>/` of this very workspace, and cannot be read as lying elsewhere."""
    return key.startswith(f"workspace_{workspace_id}/") and is_sound_key(key)


def is_sound_key(key: str) -> bool:
    """Whether a key means the same to everyone: no empty, `.` or `..` segment, backslash or control character."""
    segments = key.split("/")
    return (
        len(key) <= MAX_KEY_CHARACTERS
        and not {"", ".", ".."} & set(segments)
        and "\\" not in key
        and _CONTROL.search(key) is None
    )


def _extension(source: str) -> str:
    return EXTENSIONS.get(PurePosixPath(source).suffix.lower(), UNKNOWN_EXTENSION)
