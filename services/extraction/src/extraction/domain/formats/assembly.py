"""Puts lines together to scenes; what every reader of a format writes into."""

from dataclasses import dataclass, field

from extraction.domain.errors import NoScenes
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.script import Element, Format, Kind, Scene, Script

FURNITURE = frozenset({Kind.SECTION, Kind.SYNOPSIS, Kind.TRANSITION})


@dataclass(slots=True)
class Assembly:
    """A script while it is being read."""

    title: str = ""
    preamble: list[Element] = field(default_factory=list)
    drafts: list[tuple[Heading, Line, list[Element]]] = field(default_factory=list)

    def open_scene(self, heading: Heading, line: Line) -> None:
        """Begin a scene at the line of its heading."""
        self.drafts.append((heading, line, []))

    def add(self, kind: Kind, text: str, line: Line, *, dual: bool = False) -> None:
        """Add one line to the open scene, or to what comes before the first."""
        elements = self.drafts[-1][2] if self.drafts else self.preamble
        elements.append(Element(kind, text, line.number, line.source.strip(), dual))

    def finish(self, title: str, source_format: Format) -> Script:
        """The script; text without any heading is one scene without a heading. Raises `NoScenes`."""
        scenes = tuple(_scene(number, *draft) for number, draft in enumerate(self.drafts, start=1))
        if scenes:
            return Script(title, source_format, scenes, tuple(self.preamble))
        if all(element.kind in FURNITURE for element in self.preamble):
            raise NoScenes
        elements = tuple(self.preamble)
        return Script(title, source_format, (Scene(1, "", None, None, None, elements, elements[0].line),))


def _scene(number: int, heading: Heading, line: Line, elements: list[Element]) -> Scene:
    return Scene(
        number=number,
        heading=heading.text,
        setting=heading.setting,
        place=heading.place,
        time_of_day=heading.time_of_day,
        elements=tuple(elements),
        line=line.number,
        source=line.source.strip(),
        label=heading.label,
    )
