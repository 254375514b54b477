"""What travels over HTTP. Postgres makes the documents that are answered; these describe them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.paging import ListOf
from contracts.values import AssetType, Engine, Evidence, Label, Name, Ordinal
from extraction.domain.runs import EngineChoice, RunState
from extraction.domain.script import Format, Setting
from extraction.entrypoints.schemas_reports import Document, RunReport

MAX_PRICE_CAP_USD = 1_000_000

PriceCap = Annotated[float, Field(gt=0, le=MAX_PRICE_CAP_USD)]


class Sent(BaseModel):
    """Base of what clients send: a field nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid")


class ScriptForm(Sent):
    """What may be said about an uploaded file."""

    title: Name | None = Field(default=None, description="Title; the script's own, or the file's name, without it.")
    format: Label | None = Field(
        default=None,
        description="fountain, fdx, txt, md, pdf or docx; told from the file's name or content without it.",
    )


class NewScript(ScriptForm):
    """A script as text."""

    text: Annotated[str, StringConstraints(min_length=1)] = Field(description="The whole script.")


class NewRun(Sent):
    """Which script is to be read, and by what."""

    script_version: Ordinal | None = Field(default=None, description="Version to read; the latest without it.")
    engine: EngineChoice = Field(
        default=EngineChoice.AUTO, description="What reads it; `auto` is the language model where one is configured."
    )
    incremental: bool = Field(
        default=True, description="Take over what the same model has read before; false reads everything anew."
    )
    price_cap_usd: PriceCap | None = Field(
        default=None, description="Most the run may cost, in USD; it can only lower the cap of the installation."
    )


class RunRetry(Sent):
    """On which terms a run is tried again."""

    price_cap_usd: PriceCap | None = Field(
        default=None, description="Most the run may cost from first to last, in USD; as before without it."
    )


class ScriptOut(Document):
    """One version of the script of a branch; it never changes."""

    script_id: UUID = Field(description="The script; the same for all its versions.")
    project_id: UUID
    branch_id: UUID
    version: int = Field(description="Counted from 1 in the branch.")
    title: str
    format: Format = Field(description="How it is read.")
    file_name: str | None
    encoding: str = Field(description="Encoding of the file, as Python calls it; `binary` for PDF, DOCX and FDX.")
    sha256: str = Field(description="SHA-256 of the file, lower-case hex.")
    bytes: int = Field(description="Size of the file.")
    scene_count: int
    created_at: datetime


class ScriptList(ListOf):
    """Versions of a script, newest first."""

    items: list[ScriptOut]


class SceneOut(Document):
    """One scene as its heading says."""

    number: int = Field(description="Counted from 1.")
    label: str | None = Field(description="The number that the script itself prints, e.g. `12A`.")
    heading: str = Field(description="Empty for a scene that the script does not announce.")
    setting: Setting | None
    place: str | None
    time_of_day: str | None
    line: int = Field(description="Line of the script's text, counted from 1.")


class SceneList(ListOf):
    """Scenes in reading order."""

    items: list[SceneOut]


class AssetBrief(Document):
    """What a run found, with its first evidence."""

    id: UUID
    number: int = Field(description="Place among what the run found, counted from 1.")
    asset_type: AssetType
    name: str
    aliases: list[str]
    description: str
    attributes: dict[str, str]
    confidence: float = Field(description="How sure the engine is, from 0 to 1.")
    scene_count: int = Field(description="Number of scenes it appears in, counted up to 10,000.")
    evidence: list[Evidence] = Field(description="The first three places in the script that show it.")


class AssetOut(Document):
    """What a run found, with all its evidence."""

    id: UUID
    number: int = Field(description="Place among what the run found, counted from 1.")
    asset_type: AssetType
    name: str
    aliases: list[str]
    description: str
    attributes: dict[str, str]
    scene_numbers: list[int] = Field(description="Scenes it appears in, ascending; at most the first 10,000 of them.")
    confidence: float = Field(description="How sure the engine is, from 0 to 1.")
    evidence: list[Evidence] = Field(description="Where the script shows it; at most the first 50 places.")


class AssetList(ListOf):
    """What a run found, in the order in which it was told."""

    items: list[AssetOut]


class RunOut(Document):
    """One reading of one script version, in a list."""

    id: UUID
    project_id: UUID
    branch_id: UUID
    script_id: UUID
    script_version: int
    engine: Engine
    provider: str | None = Field(description="Who runs the language model; null for the built-in engine.")
    model: str | None = Field(description="The language model; null for the built-in engine.")
    prompt_version: str | None = Field(description="How the model is asked; null for the built-in engine.")
    incremental: bool = Field(description="Whether readings of earlier runs are taken over.")
    price_cap_micro_usd: int | None = Field(description="Most the run may cost; null for no bound.")
    status: RunState
    attempts: int = Field(description="Tries begun so far.")
    failures: int = Field(description="Failed tries since it was last queued by a person.")
    scenes_read: int
    scenes_total: int
    characters: int
    locations: int
    props: int
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int
    seconds: float | None = Field(description="From the beginning of the first try to the end; null before.")
    failure_stage: str | None = Field(
        description="Where it failed: reading, extracting, describing, planning; for a chunk asking, keeping, salvaging, "
        "grounding."
    )
    error_class: str | None = Field(description="Stable code of what went wrong in the last try.")
    message: str | None = Field(description="What happened, for a person.")
    version: int
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class RunDetail(RunOut):
    """One run with what it found, in brief; the first 200 of them."""

    assets: list[AssetBrief]
    report: RunReport


class RunList(ListOf):
    """Runs, newest first."""

    items: list[RunOut]
