"""The chunks of a run: scenes that a language model reads in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from extraction.domain.finds import Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.reuse import EarlierReading, taken_over, worth
from extraction.domain.llm.rounds import Known
from extraction.domain.runs import Spent, Trouble
from extraction.domain.salvage import Tier
from extraction.domain.script import Script, named_scenes

NOTHING_SPENT = Spent()


class ChunkState(StrEnum):
    """Where a chunk is on its way; the last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


PENDING = frozenset({ChunkState.QUEUED, ChunkState.RUNNING})


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads chunks: readings of the same text by the same reader may take each other's place.

    `server` is the address of the API, empty for its provider's own: elsewhere the same name may mean another model.
    """

    provider: str
    model: str
    prompt_version: str
    server: str


@dataclass(frozen=True, slots=True)
class Witness:
    """What the built-in engine found in the whole script, and the names in it."""

    finds: Sequence[Find]
    cast: Sequence[str]


@dataclass(frozen=True, slots=True)
class RunChunk:
    """A chunk that is being read, and what the replies about it held so far."""

    id: UUID
    run_id: UUID
    chunk: Chunk
    attempts: int
    failures: int
    known: Known


@dataclass(frozen=True, slots=True)
class ChunkOutcome:
    """How far one chunk of a run has come."""

    number: int
    scenes: Sequence[int]
    state: ChunkState
    trouble: Trouble | None
    is_reused: bool = False
    saved_micro_usd: int = 0


@dataclass(frozen=True, slots=True)
class ChunkReading:
    """What is known of a chunk, what of it is in the script, and what was dropped.

    `reused_from` names the chunk that it was taken over from, `saved` what reading it again would have cost.
    """

    known: Known
    finds: tuple[Find, ...]
    dropped: Mapping[str, int]
    reused_from: UUID | None = None
    saved: Spent = NOTHING_SPENT


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that was paid for, and where its words are kept; `tier` once it was salvaged."""

    object_key: str | None
    model: str
    is_finished: bool
    spent: Spent
    tier: str | None = None

    def of_tier(self, tier: Tier) -> "Answer":
        """The same, now that it was salvaged."""
        return replace(self, tier=tier.value)


def reading_of(earlier: EarlierReading, chunk: Chunk, script: Script) -> ChunkReading:
    """What an earlier reading holds of the excerpts of a chunk, as the script has them now."""
    found = taken_over(earlier, chunk, script)
    return ChunkReading(earlier.known, found.finds, found.dropped, earlier.id, worth(earlier, chunk))


def reply_key(workspace_id: UUID, chunk: RunChunk) -> str:
    """Where the reply to one try at a chunk is kept."""
    run = f"workspace_{workspace_id}/extraction/runs/{chunk.run_id}"
    return f"{run}/chunk-{chunk.chunk.number}-{chunk.attempts}.txt"


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a run took over from earlier readings, and what reading it again would have cost."""

    scenes: int = 0
    micro_usd: int = 0


def scenes_read(chunks: Iterable[ChunkOutcome]) -> int:
    """How many scenes are read whole: a long one is in several chunks, and counts when all of them are completed."""
    return _scenes_whole((chunk, chunk.state is ChunkState.COMPLETED) for chunk in chunks)


def reuse_of(chunks: Sequence[ChunkOutcome]) -> Reuse:
    """What of the chunks was taken over."""
    scenes = _scenes_whole((chunk, chunk.is_reused) for chunk in chunks)
    return Reuse(scenes, sum(chunk.saved_micro_usd for chunk in chunks))


def _scenes_whole(chunks: Iterable[tuple[ChunkOutcome, bool]]) -> int:
    """How many scenes there are whose every chunk is marked."""
    whole: dict[int, bool] = {}
    for chunk, is_marked in chunks:
        for scene in chunk.scenes:
            whole[scene] = whole.get(scene, True) and is_marked
    return sum(whole.values())


def failure_of(chunks: Sequence[ChunkOutcome]) -> Trouble | None:
    """Why a run whose chunks have all ended has failed: its first failed chunk; None when all are completed."""
    failed = [(chunk, chunk.trouble) for chunk in chunks if chunk.trouble and chunk.state is ChunkState.FAILED]
    if not failed:
        return None
    first, trouble = failed[0]
    told = f"{len(failed)} of {len(chunks)} chunks were not read; the first, {named_scenes(first.scenes)}: {trouble.message}"
    return Trouble(trouble.stage, trouble.error_class, told)
