"""What an engine finds in a script."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AssetType(StrEnum):
    """The three types of assets."""

    CHARACTER = "character"
    LOCATION = "location"
    PROP = "prop"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the script that shows the asset; `quote` is verbatim from line `line` (from 1) of the file."""

    scene: int
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Find:
    """An asset as the script shows it; `confidence` from 0 to 1, `scene_numbers` and `evidence` in reading order.

    `attributes` may hold `age` (characters), `setting`, `times` and `within`, the place it is a part of (locations).
    """

    asset_type: AssetType
    name: str
    aliases: tuple[str, ...]
    description: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    scene_numbers: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.5
