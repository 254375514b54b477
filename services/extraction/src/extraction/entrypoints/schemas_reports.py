"""What is answered about the reading itself: reports of runs, chunks, replies."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.paging import ListOf
from extraction.domain.run_chunk import ChunkState
from extraction.domain.salvage import Tier

REPLY = (
    "Path, below this service, that answers with a URL of the newest raw reply, or of the one that was taken over with "
    "an earlier reading; null where none is kept."
)

SCENES = "Its scenes; those between the first and the last that are not among them are in other chunks."


class Document(BaseModel):
    """Base of every answer: nothing is answered that is not described."""

    model_config = ConfigDict(extra="forbid")


class ChunkCounts(Document):
    """How many chunks of a run are in which state; none for the built-in engine."""

    total: int
    queued: int
    running: int
    completed: int
    failed: int
    cancelled: int


class ChunkBrief(Document):
    """How one chunk of a run went."""

    number: int = Field(description="Counted from 1 in reading order.")
    first_scene: int
    last_scene: int
    scenes: list[int] = Field(description=SCENES)
    part: int = Field(description="0 for whole scenes; counts the parts of a scene that is too long for one chunk.")
    status: ChunkState
    tier: Tier | None = Field(description="How deep salvage had to go in the first reply that held something.")
    error_class: str | None
    is_reused: bool = Field(description="Whether an earlier reading of its scenes is taken over.")
    reply: str | None = Field(description=REPLY)


class Reused(Document):
    """What was taken over from earlier readings, and what reading it anew would have cost."""

    chunks: int
    scenes: int = Field(description="Scenes that had not changed since they were read.")
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int


class Loss(Document):
    """Something that a reply held and that could not be recovered."""

    chunk: int
    loss: str


class RunReport(Document):
    """What a run by a language model has to answer for; everything is empty for the built-in engine."""

    chunks: ChunkCounts
    outcomes: list[ChunkBrief] = Field(description="The first 200 chunks.")
    reused: Reused
    tiers: dict[str, int] = Field(description="Chunks by the tier of salvage.")
    asked_again: int = Field(description="Chunks whose first reply was not whole.")
    repairs: dict[str, int] = Field(description="What was mended in replies, by the number of chunks.")
    losses: list[Loss] = Field(description="What was lost for good; the first 200.")
    dropped: dict[str, int] = Field(description="What was not in the script, or not where the reply said, by reason.")


class ReplyOut(Document):
    """One reply of the language model that was paid for."""

    attempt: int
    model: str = Field(description="The model that answered, as its vendor names it.")
    tier: Tier | None = Field(description="How deep salvage had to go; null when it was not salvaged.")
    is_finished: bool = Field(description="False when the length limit cut it off.")
    is_kept: bool = Field(description="Whether its words can be read.")
    reply: str | None = Field(
        description="Path, below this service, that answers with a URL of its words; null without."
    )
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int


class ChunkOut(Document):
    """Scenes that are read in one go."""

    number: int = Field(description="Counted from 1 in reading order.")
    first_scene: int
    last_scene: int
    scenes: list[int] = Field(description=SCENES)
    part: int = Field(description="0 for whole scenes; counts the parts of a scene that is too long for one chunk.")
    status: ChunkState
    provider: str
    model: str
    prompt_version: str
    attempts: int
    failures: int = Field(description="Failed tries since it was last queued.")
    tier: Tier | None
    repairs: list[str]
    losses: list[str]
    dropped: dict[str, int]
    found: int = Field(description="Finds that are in the script.")
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int
    reused_from: UUID | None = Field(description="Chunk of an earlier run whose reading of these scenes is taken over.")
    saved_micro_usd: int
    failure_stage: str | None
    error_class: str | None
    message: str | None
    reply: str | None = Field(description=REPLY)
    replies: list[ReplyOut] = Field(description="Replies that were paid for, in their order.")


class ChunkList(ListOf):
    """Chunks of a run, in reading order."""

    items: list[ChunkOut]


class PresignedUrlOut(BaseModel):
    """A URL under which anybody can read one object until it expires."""

    url: str
    expires_at: datetime
