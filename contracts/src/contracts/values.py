"""Values that several events share: their limits are everybody's limits.

The limits keep every event below the one mebibyte that the bus takes; a service that accepts such a value over HTTP
uses the same type there, so that nothing it accepts is too long to be told.
"""

import json
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

MAX_INT4 = 2**31 - 1
MAX_SAFE_INTEGER = 2**53 - 1
MAX_METADATA_BYTES = 65_536
MAX_METADATA_DEPTH = 100
"""Half of what the readers of JSON follow: what can be told can also be read."""

# Postgres stores no NUL, neither in text nor in jsonb; better refused where it is said than where it is kept.
_NO_NUL = r"^[^\x00]*$"

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_NO_NUL)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_NO_NUL)]
Description = Annotated[str, StringConstraints(max_length=10_000, pattern=_NO_NUL)]
Prompt = Annotated[str, StringConstraints(max_length=10_000, pattern=_NO_NUL)]
Message = Annotated[str, StringConstraints(max_length=4_000, pattern=_NO_NUL)]
Quote = Annotated[str, StringConstraints(max_length=1_000, pattern=_NO_NUL)]
Sha256 = Annotated[str, StringConstraints(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$")]
ContentType = Annotated[str, StringConstraints(min_length=3, max_length=100, pattern=r"^[!-~]+/[ -~]+$")]
ObjectKey = Annotated[str, StringConstraints(min_length=1, max_length=1_024, pattern=_NO_NUL)]
ImageSource = Annotated[str, StringConstraints(min_length=1, max_length=2_048, pattern=_NO_NUL)]
"""An object key of the project's own storage, or an http(s) URL."""

Names = Annotated[tuple[Name, ...], Field(max_length=100)]
Labels = Annotated[tuple[Label, ...], Field(max_length=100)]
FieldNames = Annotated[tuple[Label, ...], Field(max_length=100)]
Attributes = Annotated[
    dict[Label, Annotated[str, StringConstraints(max_length=1_000, pattern=_NO_NUL)]], Field(max_length=50)
]
Palette = Annotated[tuple[Label, ...], Field(max_length=64)]
ReferenceImages = Annotated[tuple[ImageSource, ...], Field(max_length=16)]

SceneNumber = Annotated[int, Field(ge=1, le=1_000_000)]
SceneNumbers = Annotated[tuple[SceneNumber, ...], Field(max_length=10_000)]
Count = Annotated[int, Field(ge=0, le=MAX_INT4)]
Ordinal = Annotated[int, Field(ge=1, le=MAX_INT4)]
Version = Annotated[int, Field(ge=1, le=MAX_SAFE_INTEGER)]
Tokens = Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
ByteCount = Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
MicroUsd = Annotated[int, Field(ge=0, le=MAX_SAFE_INTEGER)]
Pixels = Annotated[int, Field(ge=1, le=65_535)]
Candidates = Annotated[int, Field(ge=1, le=100)]
Seconds = Annotated[float, Field(ge=0, le=31_536_000)]
Confidence = Annotated[float, Field(ge=0, le=1)]


def _storable(metadata: dict[str, JsonValue]) -> dict[str, JsonValue]:
    if _is_deep(metadata):
        raise ValueError(f"metadata is nested deeper than {MAX_METADATA_DEPTH} levels")
    text = json.dumps(metadata, allow_nan=False, ensure_ascii=False)
    if len(text.encode()) > MAX_METADATA_BYTES:
        raise ValueError(f"metadata is larger than {MAX_METADATA_BYTES} bytes of JSON")
    if "\\u0000" in text and "\x00" in "".join(_strings(metadata)):
        raise ValueError("metadata contains a NUL character")
    return metadata


def _is_deep(metadata: JsonValue) -> bool:
    level = [metadata]
    for _ in range(MAX_METADATA_DEPTH):
        inner = [
            value.values() if isinstance(value, dict) else value for value in level if isinstance(value, dict | list)
        ]
        level = [item for items in inner for item in items]
    return any(isinstance(value, dict | list) for value in level)


def _strings(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *_strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []


Metadata = Annotated[dict[str, JsonValue], Field(max_length=100), AfterValidator(_storable)]
"""Anything JSON that the owner passes on without reading it; at most 64 KiB, and 100 levels deep."""


class AssetType(StrEnum):
    """What kind of thing an asset is."""

    CHARACTER = "character"
    LOCATION = "location"
    PROP = "prop"


class AssetScope(StrEnum):
    """Where an asset lives: in one branch of a project, or in the workspace's library."""

    PROJECT = "project"
    GLOBAL = "global"


class ScriptFormat(StrEnum):
    """The file format a script came in."""

    FOUNTAIN = "fountain"
    FDX = "fdx"
    TXT = "txt"
    MD = "md"
    PDF = "pdf"
    DOCX = "docx"


class Engine(StrEnum):
    """What read the script: rules of our own, or a language model."""

    BUILTIN = "builtin"
    LLM = "llm"


class Evidence(BaseModel):
    """One place in the script that shows the asset."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    scene: SceneNumber = Field(description="Scene in the script, counted from 1.")
    line: Ordinal = Field(description="Line of the script's text, counted from 1.")
    quote: Quote = Field(default="", description="The words found there, as written.")


class StyleCapsuleSnapshot(BaseModel):
    """A style capsule as it was when the image was asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    style_capsule_id: UUID = Field(description="The capsule.")
    version: Version = Field(default=1, description="The capsule's version at that moment.")
    name: Name = Field(description="Name of the style.")
    prompt: Prompt = Field(description="What every image of the project must look like.")
    negative_prompt: Prompt = Field(default="", description="What no image of the project may show.")
    palette: Palette = Field(default=(), description="Colours, as #rrggbb or in words.")
    reference_images: ReferenceImages = Field(default=(), description="Object keys or URLs of images in this style.")
