"""A drawn picture: what a provider hands over, what is found in it, and when it keeps the promise."""

from dataclasses import dataclass

from imagegen.domain.brief import Brief
from imagegen.domain.errors import PictureSizeWrong

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a provider drew: the file, the model that drew it and what that cost."""

    content: bytes
    model: str
    cost_micro_usd: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file itself says: its media type is one of `EXTENSIONS`, `sha256` is lower-case hex, sizes are pixels."""

    content_type: str
    width: int
    height: int
    bytes: int
    sha256: str


def keep_promise(facts: Facts, brief: Brief) -> None:
    """Raise `PictureSizeWrong` unless the picture has the size that was asked for."""
    if (facts.width, facts.height) != (brief.width, brief.height):
        raise PictureSizeWrong(
            f"{brief.width} x {brief.height} pixels were asked for, {facts.width} x {facts.height} were drawn"
        )
