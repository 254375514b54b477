"""What can be wrong with a wish about projects, styles and assets."""

from collections.abc import Iterable
from uuid import UUID


class ProjectNotFound(Exception):
    """There is no such project in this workspace."""

    code = "project-not-found"
    kind = "not-found"


class BranchNotFound(Exception):
    """There is no such branch in this project."""

    code = "branch-not-found"
    kind = "not-found"


class StyleCapsuleNotFound(Exception):
    """There is no such style capsule in this workspace."""

    code = "style-capsule-not-found"
    kind = "not-found"


class GlobalAssetNotFound(Exception):
    """There is no such asset in the library."""

    code = "global-asset-not-found"
    kind = "not-found"


class AssetNotFound(Exception):
    """There is no such asset in this branch."""

    code = "asset-not-found"
    kind = "not-found"


class ImageNotFound(Exception):
    """This asset has no such image."""

    code = "image-not-found"
    kind = "not-found"


class NameBlank(Exception):
    """A name needs at least one character that is not white space."""

    code = "name-blank"
    kind = "invalid"


class BranchNameTaken(Exception):
    """The project has a branch of this name."""

    code = "branch-name-taken"
    kind = "conflict"


class AssetNameTaken(Exception):
    """The branch has an asset of this type and name."""

    code = "asset-name-taken"
    kind = "conflict"


class MainBranchStays(Exception):
    """The branch main lives as long as its project."""

    code = "main-branch-stays"
    kind = "conflict"


class StyleCapsuleInUse(Exception):
    """Projects use this style capsule."""

    code = "style-capsule-in-use"
    kind = "conflict"

    def __init__(self, projects: Iterable[tuple[UUID, str]]) -> None:
        listed = [{"id": str(project_id), "name": name} for project_id, name in projects]
        super().__init__("give these projects another style first")
        self.extra = {"projects": listed}


class StyleCapsuleRequired(Exception):
    """The project has no style capsule yet."""

    code = "style-capsule-required"
    kind = "conflict"


class NothingToDraw(Exception):
    """No asset of the branch was chosen."""

    code = "nothing-to-draw"
    kind = "conflict"


class TooManyToDraw(Exception):
    """One batch cannot hold so many images."""

    code = "too-many-to-draw"
    kind = "invalid"


class ImageNotSelected(Exception):
    """Only the choice of the selected image can be undone."""

    code = "image-not-selected"
    kind = "conflict"


class NothingToUndo(Exception):
    """No other image of this look was selected before."""

    code = "nothing-to-undo"
    kind = "conflict"


class AssetsMissing(Exception):
    """Some of the assets named are not in this branch."""

    code = "assets-missing"
    kind = "not-found"

    def __init__(self, asset_ids: Iterable[UUID]) -> None:
        missing = sorted(map(str, asset_ids))
        super().__init__(f"not in this branch: {', '.join(missing[:5])}")
        self.extra = {"asset_ids": missing}


class AssetVanished(Exception):
    """The asset was deleted at the very moment it was found again."""

    code = "asset-vanished"
    kind = "unavailable"
