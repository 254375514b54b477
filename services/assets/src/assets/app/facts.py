"""What the service says of its projects, styles and assets: each as the fields of its events."""

from typing import Any

from assets.domain.assets import GlobalAsset, ProjectAsset, drawn_description
from assets.domain.images import SIZES, ImageCandidate, ImageRequest
from assets.domain.projects import Branch, Project, StyleCapsule
from contracts.assets.v1 import ImageRequested, ImageSelected
from contracts.values import AssetScope, AssetType, StyleCapsuleSnapshot


def of_project(project: Project) -> dict[str, Any]:
    """Fields of the project events."""
    return {"project_id": project.id, "name": project.name, "style_capsule_id": project.style_capsule_id}


def of_branch(branch: Branch) -> dict[str, Any]:
    """Fields of the branch events."""
    return {
        "branch_id": branch.id,
        "project_id": branch.project_id,
        "name": branch.name,
        "forked_from_branch_id": branch.forked_from_branch_id,
    }


def of_style_capsule(capsule: StyleCapsule) -> dict[str, Any]:
    """Fields of the style capsule events, and of a snapshot but for its version."""
    return {
        "style_capsule_id": capsule.id,
        "name": capsule.name,
        "prompt": capsule.prompt,
        "negative_prompt": capsule.negative_prompt,
        "palette": capsule.palette,
        "reference_images": capsule.reference_images,
    }


def of_global_asset(asset: GlobalAsset) -> dict[str, Any]:
    """Fields of the global asset events."""
    return {
        "global_asset_id": asset.id,
        "asset_type": AssetType(asset.asset_type),
        "name": asset.name,
        "aliases": asset.aliases,
        "description": asset.description,
        "attributes": asset.attributes,
        "tags": asset.tags,
        "metadata": asset.metadata,
    }


def of_project_asset(asset: ProjectAsset) -> dict[str, Any]:
    """Fields of the project asset events."""
    return {
        "asset_id": asset.id,
        "project_id": asset.project_id,
        "branch_id": asset.branch_id,
        "asset_type": AssetType(asset.asset_type),
        "name": asset.name,
        "aliases": asset.aliases,
        "description": asset.description,
        "attributes": asset.attributes,
        "scene_numbers": asset.scene_numbers,
        "metadata": asset.metadata,
        "same_as": asset.same_as,
    }


def image_requested(
    request: ImageRequest, asset: ProjectAsset, capsule: StyleCapsule, batch_size: int
) -> ImageRequested:
    """The wish for an asset's images, with everything a drawer needs; `batch_size` is in images."""
    size = SIZES[asset.asset_type]
    return ImageRequested(
        request_id=request.id,
        asset_id=asset.id,
        asset_scope=AssetScope.PROJECT,
        project_id=asset.project_id,
        branch_id=asset.branch_id,
        asset_type=AssetType(asset.asset_type),
        name=asset.name,
        look=request.look,
        description=drawn_description(asset.description, asset.attributes),
        style_capsule=StyleCapsuleSnapshot(**of_style_capsule(capsule), version=capsule.version),
        width=size.width,
        height=size.height,
        candidates=request.candidates,
        batch_id=request.batch_id,
        batch_size=batch_size,
    )


def image_selected(image: ImageCandidate, asset: ProjectAsset) -> ImageSelected:
    """The choice of an image for its look of the asset."""
    return ImageSelected(
        image_id=image.id,
        asset_id=asset.id,
        asset_scope=AssetScope.PROJECT,
        asset_type=AssetType(asset.asset_type),
        asset_name=asset.name,
        project_id=asset.project_id,
        branch_id=asset.branch_id,
        look=image.look,
        source=image.object_key,
        sha256=image.sha256,
    )
