"""What the use cases need from the store: the promise that `adapters.store` keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis.paging import Items, Page
from contracts.extraction.v1 import AssetExtracted
from extraction.domain.finds import Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.reuse import EarlierReading
from extraction.domain.places import Branch, Project
from extraction.domain.run_chunk import Answer, ChunkOutcome, ChunkReading, Reader, RunChunk, Witness
from extraction.domain.runs import Counts, Run, Terms, Trouble
from extraction.domain.scripts import ScriptVersion
from extraction.domain.uploads import ScriptFile


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The bytes of a script version, and what its reader needs to know."""

    data: bytes
    format: str
    file_name: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it was told last; one that is merged has turned out to be another one of its run."""

    asset: AssetExtracted
    version: int
    is_merged: bool


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

    async def insert_run(self, run_id: UUID, version: ScriptVersion, terms: Terms, now: datetime) -> UUID:
        """Add a queued run; its ticket."""

    async def lock_run(self, run_id: UUID) -> Run | None:
        """One run, which nobody else changes until the transaction ends."""

    async def claim_run(self, ticket: UUID, token: UUID, now: datetime) -> Run | None:
        """The run queued under `ticket`, now running under `token`; None when nothing is left to do or it is planned."""

    async def plan_run(self, run_id: UUID, token: UUID, reader: Reader, witness: Witness, now: datetime) -> bool:
        """Whether the chunks of the run are to be read now; False when `token` no longer holds it."""

    async def begin_run(self, run_id: UUID, token: UUID, reader: Reader | None, now: datetime) -> Run:
        """A locked run whose chunks are planned, now running; its first try began now unless it did before."""

    async def lock_run_of_chunk(self, ticket: UUID) -> Run | None:
        """The run of the chunk queued under `ticket`, which nobody else changes until the transaction ends."""

    async def note_progress(
        self, run_id: UUID, scenes_read: int, told_chunks: int, counts: Counts, now: datetime
    ) -> None:
        """Keep how far a locked run has come."""

    async def find_witness(self, run_id: UUID) -> list[Find]:
        """What the built-in engine found when the run was planned."""

    async def list_cast(self, run_id: UUID, most: int) -> tuple[list[str], list[str]]:
        """Names of the built-in engine's characters and locations, and of those that only chunks found; most of each."""

    async def complete_run(
        self, run_id: UUID, token: UUID, counts: Counts, seconds: float, now: datetime
    ) -> int | None:
        """The version of the run, now completed; None when `token` no longer holds it."""

    async def release_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the run now waits to be tried again; False when `token` no longer holds it."""

    async def fail_run(self, run_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> int | None:
        """The version of the run, now failed; None when `token` no longer holds it."""

    async def cancel_run(self, run_id: UUID, now: datetime) -> None:
        """Cancel a locked, unfinished run; whoever held it holds it no longer."""

    async def requeue_run(self, run_id: UUID, price_cap_micro_usd: int | None, now: datetime) -> UUID:
        """Queue a locked, ended run anew, with no failures held against it; its new ticket."""

    async def run_document(self, run_id: UUID) -> str | None:
        """One run with its first assets in brief, as JSON."""

    async def list_runs(self, branch_id: UUID, page: Page) -> Items:
        """One page of runs, newest first, as JSON."""

    async def list_assets(self, run_id: UUID, page: Page) -> Items | None:
        """One page of what a run found, in its order, as JSON; None when there is no such run."""


class Chunks(Protocol):
    """Chunks of runs, and the replies that were paid for; methods with a `token` change nothing under another's.

    Whoever claims a chunk or ends a try at one locks its run first.
    """

    async def insert_chunks(
        self, run_id: UUID, chunks: Sequence[tuple[UUID, Chunk]], reader: Reader, now: datetime
    ) -> list[UUID]:
        """Add queued chunks, each with its id; their tickets in reading order."""

    async def claim_chunk(self, ticket: UUID, token: UUID, reader: Reader | None, now: datetime) -> RunChunk | None:
        """The chunk queued under `ticket`, now running under `token`; None when nothing is left to do."""

    async def insert_taken_over(
        self, run_id: UUID, chunks: Iterable[tuple[UUID, Chunk, ChunkReading]], reader: Reader, now: datetime
    ) -> None:
        """Add completed chunks, each with its id and with what was read of it before."""

    async def find_readings(self, keys: Sequence[str], reader: Reader) -> dict[str, UUID]:
        """For excerpts with these keys, the chunk of any run of the workspace that the same reader read them in last."""

    async def remember_reading(self, chunk: Chunk, chunk_id: UUID, reader: Reader) -> None:
        """Let later runs take over what a chunk, just completed, was found to hold."""

    async def list_earlier(self, chunk_ids: Iterable[UUID]) -> dict[UUID, EarlierReading]:
        """What completed chunks hold, by their ids, to be taken over."""

    async def reserved_elsewhere(self, run_id: UUID, chunk_id: UUID) -> tuple[int, int]:
        """What the other chunks that are being read may cost, and calls that a cancelling has cut off, in micro-USD."""

    async def reserve(self, chunk_id: UUID, micro_usd: int) -> None:
        """Note what the call that is about to be made may cost."""

    async def note_billed(self, chunk_id: UUID, micro_usd: int) -> None:
        """A call that a cancelling has cut off, and that might have cost so much, has ended."""

    async def park_chunk(self, chunk_id: UUID, token: UUID, now: datetime) -> None:
        """Let a chunk that was just claimed wait for room under the price cap, as if it had not been."""

    async def wake_chunk(self, run_id: UUID, now: datetime) -> UUID | None:
        """The new ticket of the first parked chunk of a locked run, now queued; None when none is parked."""

    async def complete_chunk(self, chunk_id: UUID, token: UUID, reading: ChunkReading, now: datetime) -> bool:
        """Whether the chunk is now completed; False when `token` no longer holds it."""

    async def continue_chunk(self, chunk_id: UUID, token: UUID, reading: ChunkReading, now: datetime) -> UUID | None:
        """The new ticket of the chunk, which keeps what is known and waits to be asked for the rest; None when lost."""

    async def settle_for_known(self, chunk_id: UUID, token: UUID, loss: str, now: datetime) -> bool:
        """Whether the chunk is now completed with what is known of it, and `loss` said; False when `token` is lost."""

    async def release_chunk(self, chunk_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the chunk now waits to be tried again; False when `token` no longer holds it."""

    async def fail_chunk(self, chunk_id: UUID, token: UUID, trouble: Trouble, now: datetime) -> bool:
        """Whether the chunk is now failed; False when `token` no longer holds it."""

    async def is_wanted(self, chunk_id: UUID, ticket: UUID) -> bool:
        """Whether the message of this ticket still has something to start."""

    async def charge(self, chunk: RunChunk, token: UUID, reader: Reader, answer: Answer, now: datetime) -> None:
        """Record a reply once, and put its price on the bills of its chunk and its run."""

    async def cancel_chunks(self, run_id: UUID, now: datetime) -> None:
        """Cancel the unfinished chunks of a locked run; whoever held one holds it no longer."""

    async def requeue_chunks(self, run_id: UUID, now: datetime) -> list[UUID]:
        """Queue the failed and cancelled chunks of a locked run anew; their tickets in reading order."""

    async def has_run(self, run_id: UUID) -> bool:
        """Whether there is such a run."""

    async def find_reply_key(self, run_id: UUID, number: int, attempt: int | None) -> str | None:
        """Key of the newest kept reply about a chunk, or of that of one attempt; None when there is none.

        Where the chunk has none of its own, those about the chunk that its reading was taken over from count.
        """

    async def list_chunks(self, run_id: UUID, page: Page) -> Items | None:
        """One page of a run's chunks in reading order, as JSON; None when there is no such run."""

    async def chunk_outcomes(self, run_id: UUID) -> list[ChunkOutcome]:
        """How far each chunk of a run has come, in reading order."""

    async def chunk_finds(self, run_id: UUID) -> tuple[list[list[Find]], frozenset[int]]:
        """What the chunks of a run have found so far, in reading order, and the places of those that no model read."""


class FoundAssets(Protocol):
    """What runs found, as it was told."""

    async def insert_assets(
        self, run_id: UUID, assets: Sequence[AssetExtracted], now: datetime, after: int = 0
    ) -> None:
        """Add what a run found, numbered in its order from `after` + 1."""

    async def update_assets(self, assets: Sequence[AssetExtracted]) -> None:
        """Keep findings as they are told again, each at its next version."""

    async def merge_assets(self, merged: Mapping[UUID, UUID]) -> None:
        """Let each of these findings stand for another one of its run, at its next version."""

    async def list_told(self, run: Run) -> list[Told]:
        """Everything that a run has told, in its order."""


class Store(Places, Scripts, Runs, Chunks, FoundAssets, Protocol):
    """The rows of one workspace in one open transaction."""
