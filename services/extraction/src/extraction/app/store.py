"""What the use cases need from the store: the promise that `adapters.store` keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis.paging import Items, Page
from contracts.extraction.v1 import AssetExtracted
from extraction.domain.places import Branch, Project
from extraction.domain.runs import Counts, Run, Trouble
from extraction.domain.scripts import ScriptVersion
from extraction.domain.uploads import ScriptFile


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The bytes of a script version, and what its reader needs to know."""

    data: bytes
    format: str
    file_name: str | None


class Places(Protocol):
    """What is known of the assets service's things; older news changes nothing, what is deleted stays deleted."""

    async def remember_project(
        self, workspace_id: UUID, project_id: UUID, name: str, style_capsule_id: UUID | None, version: int
    ) -> None:
        """Keep a project as it is at `version`."""

    async def forget_project(self, workspace_id: UUID, project_id: UUID, name: str, version: int) -> None:
        """Mark a project as deleted, whether or not it was heard of before."""

    async def remember_branch(
        self, workspace_id: UUID, branch_id: UUID, project_id: UUID, name: str, version: int
    ) -> None:
        """Keep a branch as it is at `version`."""

    async def forget_branch(
        self, workspace_id: UUID, branch_id: UUID, project_id: UUID, name: str, version: int
    ) -> None:
        """Mark a branch as deleted, whether or not it was heard of before."""

    async def remember_style_capsule(self, workspace_id: UUID, style_capsule_id: UUID, name: str, version: int) -> None:
        """Keep a style capsule as it is at `version`."""

    async def forget_style_capsule(self, workspace_id: UUID, style_capsule_id: UUID, name: str, version: int) -> None:
        """Mark a style capsule as deleted, whether or not it was heard of before."""

    async def find_project(self, project_id: UUID) -> Project | None:
        """One project, deleted or not."""

    async def find_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, deleted or not."""

    async def lock_branch(self, branch_id: UUID) -> Branch | None:
        """One branch, deleted or not; nobody else adds to it until the transaction ends."""


class Scripts(Protocol):
    """Versions of scripts, and their scenes; nothing of them ever changes."""

    async def insert_script_version(self, version: ScriptVersion, data: bytes) -> None:
        """Add a version with the bytes of its file."""

    async def insert_scenes(self, script_version_id: UUID, scene_ids: Sequence[UUID], file: ScriptFile) -> None:
        """Add the scenes of a version, one id for each."""

    async def find_script_version(self, branch_id: UUID, version: int | None) -> ScriptVersion | None:
        """One version of a branch's script; the highest when `version` is None."""

    async def find_file(self, script_version_id: UUID) -> StoredFile:
        """The file of a version that is there."""

    async def script_document(self, branch_id: UUID, version: int | None) -> str | None:
        """One version as JSON; the highest when `version` is None."""

    async def list_scripts(self, branch_id: UUID, page: Page) -> Items:
        """One page of versions, newest first, as JSON."""

    async def list_scenes(self, script_version_id: UUID, page: Page) -> Items:
        """One page of scenes in reading order, as JSON."""


class Runs(Protocol):
    """Extraction runs and what they found; methods with a `token` change nothing under another's."""

    async def insert_run(self, run_id: UUID, version: ScriptVersion, engine: str, now: datetime) -> Run:
        """Add a queued run."""

    async def lock_run(self, run_id: UUID) -> Run | None:
        """One run, which nobody else changes until the transaction ends."""

    async def claim_run(self, ticket: UUID, token: UUID, now: datetime) -> Run | None:
        """The run queued under `ticket`, now running under `token`; None when nothing is left to do."""

    async def complete_run(
        self, run_id: UUID, token: UUID, counts: Counts, seconds: float, now: datetime
    ) -> Run | None:
        """The run, now completed; None when `token` no longer holds it."""

    async def release_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> Run | None:
        """The run, now waiting to be tried again; None when `token` no longer holds it."""

    async def fail_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> Run | None:
        """The run, now failed; None when `token` no longer holds it."""

    async def cancel_run(self, run_id: UUID, now: datetime) -> None:
        """Cancel a locked, unfinished run; whoever held it holds it no longer."""

    async def requeue_run(self, run_id: UUID, now: datetime) -> Run:
        """A locked, ended run, now queued under a new ticket, with no failures held against it."""

    async def insert_assets(self, run_id: UUID, assets: Sequence[AssetExtracted], now: datetime) -> None:
        """Add what a run found, numbered in its order."""

    async def run_document(self, run_id: UUID) -> str | None:
        """One run with its first assets in brief, as JSON."""

    async def list_runs(self, branch_id: UUID, page: Page) -> Items:
        """One page of runs, newest first, as JSON."""

    async def list_assets(self, run_id: UUID, page: Page) -> Items | None:
        """One page of what a run found, in its order, as JSON; None when there is no such run."""


class Store(Places, Scripts, Runs, Protocol):
    """The rows of one workspace in one open transaction."""
