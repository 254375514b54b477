"""Events of the extraction service, version 1: scripts, runs and what they found."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from contracts.event import EventData
from contracts.values import (
    AssetType,
    Attributes,
    ByteCount,
    Confidence,
    Count,
    Description,
    Engine,
    Evidence,
    Label,
    Message,
    MicroUsd,
    Name,
    Names,
    Ordinal,
    SceneNumbers,
    ScriptFormat,
    Seconds,
    Sha256,
    Tokens,
)


class ScriptUploaded(EventData):
    """A version of a script is stored, cut into scenes and ready to be read."""

    TYPE: ClassVar[str] = "dramatis.extraction.script.uploaded.v1"
    AGGREGATE: ClassVar[str] = "script"
    AGGREGATE_ID: ClassVar[str] = "script_id"

    script_id: UUID = Field(description="The script; the same for all its versions.")
    project_id: UUID = Field(description="Project the script belongs to.")
    branch_id: UUID = Field(description="Branch the script belongs to.")
    version: Ordinal = Field(description="Version of the script in its branch, counted from 1.")
    title: Name = Field(description="Title of the script.")
    format: ScriptFormat = Field(
        description="Format of the uploaded file; `txt` for a format younger than these values, which never grow."
    )
    sha256: Sha256 = Field(description="SHA-256 of the uploaded file, lower-case hex.")
    bytes: ByteCount = Field(description="Size of the uploaded file in bytes.")
    scene_count: Count = Field(description="Number of scenes found in the text.")
    format_name: Label | None = Field(
        default=None, description="Format of the uploaded file, whichever it is: a value that readers may not know."
    )


class RunFact(EventData):
    """What every event of an extraction run says."""

    AGGREGATE: ClassVar[str] = "run"
    AGGREGATE_ID: ClassVar[str] = "run_id"

    run_id: UUID = Field(description="The extraction run.")
    script_id: UUID = Field(description="Script the run reads.")
    script_version: Ordinal = Field(description="Version of the script the run reads.")
    project_id: UUID = Field(description="Project the script belongs to.")
    branch_id: UUID = Field(description="Branch the script belongs to.")
    engine: Engine = Field(description="What reads the script.")


class RunStarted(RunFact):
    """A run began to read a script."""

    TYPE: ClassVar[str] = "dramatis.extraction.run.started.v1"


class RunCompleted(RunFact):
    """A run has read the whole script; every asset it found has been told before."""

    TYPE: ClassVar[str] = "dramatis.extraction.run.completed.v1"

    characters: Count = Field(description="Number of characters found.")
    locations: Count = Field(description="Number of locations found.")
    props: Count = Field(description="Number of props found.")
    input_tokens: Tokens = Field(default=0, description="Tokens read by the language model; 0 for the builtin engine.")
    output_tokens: Tokens = Field(default=0, description="Tokens written by the language model.")
    cost_micro_usd: MicroUsd = Field(default=0, description="What the run cost, in micro-USD.")
    provider: Label | None = Field(
        default=None, description="Who runs the language model; null for the builtin engine."
    )
    model: Label | None = Field(default=None, description="The language model; null for the builtin engine.")
    prompt_version: Label | None = Field(default=None, description="How the language model was asked.")
    scenes_reused: Count = Field(default=0, description="Scenes whose earlier reading was taken over.")
    saved_micro_usd: MicroUsd = Field(default=0, description="What reading them again would have cost, in micro-USD.")
    seconds: Seconds = Field(description="How long the run took, in seconds.")


class RunFailed(RunFact):
    """A run gave up; what it had found before stays found."""

    TYPE: ClassVar[str] = "dramatis.extraction.run.failed.v1"

    failure_stage: Label = Field(description="Where it failed, e.g. `reading`, `extracting`, `describing`.")
    error_class: Label = Field(description="Stable name of the kind of error.")
    message: Message = Field(default="", description="What happened, for a person.")
    input_tokens: Tokens = Field(default=0, description="Tokens read by the language model; 0 for the builtin engine.")
    output_tokens: Tokens = Field(default=0, description="Tokens written by the language model.")
    cost_micro_usd: MicroUsd = Field(default=0, description="What the run cost, in micro-USD, though it failed.")


class AssetExtracted(EventData):
    """A run found one asset in the script, or more about one that it has told before, at a higher version."""

    TYPE: ClassVar[str] = "dramatis.extraction.asset.extracted.v1"
    AGGREGATE: ClassVar[str] = "extracted-asset"
    AGGREGATE_ID: ClassVar[str] = "extracted_asset_id"

    extracted_asset_id: UUID = Field(description="This finding; another run finds the asset under another id.")
    run_id: UUID = Field(description="Run that found it.")
    script_id: UUID = Field(description="Script it was found in.")
    script_version: Ordinal = Field(description="Version of the script it was found in.")
    project_id: UUID = Field(description="Project the script belongs to.")
    branch_id: UUID = Field(description="Branch the script belongs to.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    name: Name = Field(description="Name as the script uses it, in its language.")
    aliases: Names = Field(default=(), description="Other names the script uses for it.")
    description: Description = Field(default="", description="What it looks like, plain text in the script's language.")
    attributes: Attributes = Field(default={}, description="Single traits, e.g. age, hair, era.")
    scene_numbers: SceneNumbers = Field(
        default=(), description="Scenes it appears in, counted from 1, ascending; at most the first 10,000 of them."
    )
    evidence: tuple[Evidence, ...] = Field(
        default=(), max_length=50, description="Where the script shows it; at most the first 50 places."
    )
    confidence: Confidence = Field(default=1.0, description="How sure the engine is, from 0 to 1.")


class AssetMerged(EventData):
    """A run found out that one of its findings is another one: it is told no more, the other holds all that it said."""

    TYPE: ClassVar[str] = "dramatis.extraction.asset.merged.v1"
    AGGREGATE: ClassVar[str] = "extracted-asset"
    AGGREGATE_ID: ClassVar[str] = "extracted_asset_id"

    extracted_asset_id: UUID = Field(description="The finding that is told no more.")
    run_id: UUID = Field(description="Run that found it.")
    script_id: UUID = Field(description="Script it was found in.")
    script_version: Ordinal = Field(description="Version of the script it was found in.")
    project_id: UUID = Field(description="Project the script belongs to.")
    branch_id: UUID = Field(description="Branch the script belongs to.")
    asset_type: AssetType = Field(description="Character, location or prop.")
    name: Name = Field(description="Name under which it was told.")
    into_extracted_asset_id: UUID = Field(description="The finding of the same run that it is.")
    into_name: Name = Field(description="Name under which that one is told.")


EVENTS: tuple[type[EventData], ...] = (ScriptUploaded, RunStarted, RunCompleted, RunFailed, AssetExtracted, AssetMerged)
