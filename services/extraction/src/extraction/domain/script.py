"""The one model of a script, whatever format it came in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from extraction.domain.finds import AssetType, Evidence


class Format(StrEnum):
    """A file format that can be read."""

    FOUNTAIN = "fountain"
    FDX = "fdx"
    TEXT = "txt"
    MARKDOWN = "md"
    PDF = "pdf"
    DOCX = "docx"


class Setting(StrEnum):
    """Where a scene plays, as its heading says."""

    INT = "INT"
    EXT = "EXT"
    INT_EXT = "INT/EXT"


class Kind(StrEnum):
    """What a line of a scene is."""

    ACTION = "action"
    CUE = "cue"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    LYRIC = "lyric"
    TRANSITION = "transition"
    CENTRED = "centred"
    SECTION = "section"
    SYNOPSIS = "synopsis"


@dataclass(frozen=True, slots=True)
class Element:
    """One line of a script that readers see.

    `text` is the line without markup, `source` the same line as the file has it (both without surrounding whitespace),
    `line` its number in the file, counted from 1; in FDX, PDF and DOCX both are those of the text that is made of the
    file. `dual` marks a cue spoken together with the cue before it.
    """

    kind: Kind
    text: str
    line: int
    source: str
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene; `number` counts from 1, `label` is the number that the script itself prints, such as `12A`.

    `heading` is empty and `line` is that of the first element for a scene that the script does not announce.
    """

    number: int
    heading: str
    setting: Setting | None
    place: str | None
    time_of_day: str | None
    elements: tuple[Element, ...]
    line: int = 1
    source: str = ""
    label: str | None = None

    @property
    def sha256(self) -> str:
        """Hex digest of heading and content: blind to its number, its lines and the whitespace around words."""
        digest = sha256(_squeezed(self.heading).encode())
        for element in self.elements:
            digest.update(f"\n{element.kind}\t{_squeezed(element.text)}".encode())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the production itself has tagged in its script, under a category of its breakdown such as `Props`.

    `name` is that of the breakdown, `aliases` the other words that are tagged with it, `evidence` where they stand.
    """

    asset_type: AssetType
    name: str
    category: str
    aliases: tuple[str, ...]
    scene_numbers: tuple[int, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A script as read; `preamble` holds what stands between the title page and the first scene heading.

    `tagged` is the production's own breakdown, where the format keeps one: it is the truth about what it names.
    """

    title: str
    format: Format
    scenes: tuple[Scene, ...]
    preamble: tuple[Element, ...] = ()
    tagged: tuple[Tagged, ...] = ()

    @property
    def sha256(self) -> str:
        """Hex digest of title, preamble, scenes and tags in their order."""
        digest = sha256(_squeezed(self.title).encode())
        for element in self.preamble:
            digest.update(f"\n{element.kind}\t{_squeezed(element.text)}".encode())
        for scene in self.scenes:
            digest.update(scene.sha256.encode())
        for tag in self.tagged:
            digest.update(f"\n{tag.asset_type}\t{_squeezed(tag.name)}\t{tag.scene_numbers}".encode())
        return digest.hexdigest()


def spans(numbers: Iterable[int]) -> str:
    """Ascending numbers as people write them: `1, 3-5, 8`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)


def named_scenes(numbers: Sequence[int]) -> str:
    """Some scenes in words: `scene 4`, `scenes 1, 3-5`."""
    return f"scene{'s' if len(numbers) > 1 else ''} {spans(numbers)}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())
