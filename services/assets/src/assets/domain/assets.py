"""Assets of the library and of branches: what they are, and what a script's findings do to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from assets.domain.names import distinct_names

MOST_NAMES = 100
MOST_SCENES = 10_000
MOST_DESCRIPTION = 10_000


class AssetType(StrEnum):
    """What kind of thing an asset is."""

    CHARACTER = "character"
    LOCATION = "location"
    PROP = "prop"


class AssetStatus(StrEnum):
    """What people think of an asset; `archived` is set aside, and stays so when a script is read again."""

    DRAFT = "draft"
    APPROVED = "approved"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class GlobalAsset:
    """An asset of the workspace's library."""

    id: UUID
    asset_type: AssetType
    name: str
    aliases: tuple[str, ...]
    description: str
    attributes: Mapping[str, str]
    tags: tuple[str, ...]
    metadata: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ProjectAsset:
    """An asset of one branch. `edited_fields` are those a person has set: no script's finding touches them.

    `made_by` is the finding it was made from, None for what a person has made; `same_as` is the asset of the branch that a
    script says it is.
    """

    id: UUID
    project_id: UUID
    branch_id: UUID
    asset_type: AssetType
    name: str
    first_name_key: str
    aliases: tuple[str, ...]
    description: str
    attributes: Mapping[str, str]
    scene_numbers: tuple[int, ...]
    status: AssetStatus
    edited_fields: tuple[str, ...]
    metadata: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime
    made_by: UUID | None = None
    same_as: UUID | None = None

    def finding(self) -> "Finding":
        """What it says, as a script would."""
        return Finding(self.asset_type, self.name, self.aliases, self.description, self.attributes, self.scene_numbers)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one reading of a script says about one asset."""

    asset_type: AssetType
    name: str
    aliases: tuple[str, ...]
    description: str
    attributes: Mapping[str, str]
    scene_numbers: tuple[int, ...]


def merged(asset: ProjectAsset, finding: Finding, now: datetime) -> ProjectAsset:
    """The asset at its next version, with what the finding adds; itself when that is nothing.

    Aliases and scene numbers are joined. A description and attributes are taken where the asset has none, so the first
    reading stays. Fields that a person has edited stay as they are.
    """
    offered: dict[str, Any] = {
        "aliases": _joined_aliases(asset, finding),
        "description": asset.description or finding.description,
        "attributes": asset.attributes or finding.attributes,
        "scene_numbers": tuple(sorted({*asset.scene_numbers, *finding.scene_numbers}))[:MOST_SCENES],
    }
    news = {
        name: value
        for name, value in offered.items()
        if name not in asset.edited_fields and value != getattr(asset, name)
    }
    return replace(asset, **news, version=asset.version + 1, updated_at=now) if news else asset


def is_untouched(asset: ProjectAsset) -> bool:
    """Whether no person has changed it; images are not looked at."""
    return asset.status is AssetStatus.DRAFT and not asset.edited_fields and not asset.metadata


def _joined_aliases(asset: ProjectAsset, finding: Finding) -> tuple[str, ...]:
    """Aliases known before come first; the script's name joins them where a person calls the asset otherwise."""
    names = (*asset.aliases, finding.name, *finding.aliases)
    return distinct_names(names, besides=asset.name, most=MOST_NAMES)


def drawn_description(description: str, attributes: Mapping[str, str]) -> str:
    """Everything a drawer must know of an asset's look, as plain text of at most 10,000 characters."""
    traits = "; ".join(f"{name}: {value}" for name, value in sorted(attributes.items()) if value)
    return "\n".join(filter(None, (description, traits)))[:MOST_DESCRIPTION]
