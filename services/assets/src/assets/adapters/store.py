"""All SQL of the assets service, split by table, one statement per method.

Row-level security keeps every statement to one workspace. Rows are locked from the outside in: project, branch, asset,
image request.
"""

from assets.adapters.store_assets import AssetStore
from assets.adapters.store_findings import FindingStore
from assets.adapters.store_images import ImageStore
from assets.adapters.store_library import LibraryStore
from assets.adapters.store_lists import ListStore
from assets.adapters.store_projects import ProjectStore
from assets.adapters.store_styles import StyleStore


class Store(ProjectStore, StyleStore, LibraryStore, AssetStore, FindingStore, ImageStore, ListStore):
    """The rows of one workspace in one open transaction."""
