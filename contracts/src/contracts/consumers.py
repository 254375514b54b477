"""Who listens to what, as data: the topology, the docs and the tests are made from these lists."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.assets.v1 import (
    BranchCreated,
    BranchDeleted,
    GlobalAssetCreated,
    GlobalAssetDeleted,
    GlobalAssetUpdated,
    ImageRequested,
    ImageSelected,
    ProjectAssetCloned,
    ProjectAssetCreated,
    ProjectAssetDeleted,
    ProjectAssetSynced,
    ProjectAssetUpdated,
    ProjectCreated,
    ProjectDeleted,
    ProjectUpdated,
    StyleCapsuleCreated,
    StyleCapsuleDeleted,
    StyleCapsuleUpdated,
)
from contracts.event import EventData
from contracts.extraction.v1 import AssetExtracted, AssetMerged, RunCompleted, RunFailed, RunStarted, ScriptUploaded
from contracts.imagegen.v1 import BatchCompleted, JobCancelled, JobCompleted, JobFailed, JobQueued, JobStarted
from contracts.localizer.v1 import ImageFailed, ImageLocalized

SERVICES: tuple[str, ...] = ("extraction", "assets", "imagegen", "localizer")

CONSUMERS: Mapping[str, tuple[type[EventData], ...]] = MappingProxyType(
    {
        "extraction": (
            ProjectCreated,
            ProjectUpdated,
            ProjectDeleted,
            BranchCreated,
            BranchDeleted,
            StyleCapsuleCreated,
            StyleCapsuleUpdated,
            StyleCapsuleDeleted,
        ),
        "assets": (
            AssetExtracted,
            AssetMerged,
            RunCompleted,
            JobCompleted,
            JobFailed,
            JobCancelled,
            ImageLocalized,
            ImageFailed,
        ),
        "imagegen": (ImageRequested,),
        "localizer": (ImageSelected, ProjectAssetDeleted, ProjectDeleted, BranchDeleted),
    }
)

# Readers outside this repository; they keep their own durables.
OTHER_CONSUMERS: Mapping[str, tuple[type[EventData], ...]] = MappingProxyType(
    {
        "studio": (
            ScriptUploaded,
            RunStarted,
            RunCompleted,
            RunFailed,
            GlobalAssetCreated,
            GlobalAssetUpdated,
            GlobalAssetDeleted,
            ProjectAssetCreated,
            ProjectAssetUpdated,
            ProjectAssetDeleted,
            ProjectAssetCloned,
            ProjectAssetSynced,
            JobQueued,
            JobStarted,
            JobCompleted,
            JobFailed,
            JobCancelled,
            BatchCompleted,
            ImageLocalized,
            ImageFailed,
        ),
    }
)
