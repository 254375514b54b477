"""Final Draft's FDX: XML that says of every paragraph what it is, and keeps the production's breakdown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extraction.adapters.documents.xml_events import parse_xml
from extraction.domain.errors import FormatMismatch, ScriptEmpty
from extraction.domain.formats.paragraphs import Mark, Paragraph, Style, place_paragraphs, read_placed
from extraction.domain.formats.tags import Breakdown, tagged_in
from extraction.domain.script import Format, Kind, Script

TYPES: Mapping[str, Kind | Style] = {
    "Scene Heading": Style.HEADING,
    "Action": Kind.ACTION,
    "General": Kind.ACTION,
    "Character": Kind.CUE,
    "Parenthetical": Kind.PARENTHETICAL,
    "Dialogue": Kind.DIALOGUE,
    "Singing": Kind.LYRIC,
    "Lyrics": Kind.LYRIC,
    "Transition": Kind.TRANSITION,
    "Shot": Kind.ACTION,
    "Cast List": Kind.SYNOPSIS,
    "New Act": Kind.SECTION,
    "End of Act": Kind.SECTION,
    "Cold Opening": Kind.SECTION,
    "Show/Ep. Title": Kind.SECTION,
    "Outline Body": Kind.SYNOPSIS,
}
OUTLINE = "Outline"
BODY = ("FinalDraft", "Content")
TITLE_PAGE = "TitlePage"
BLOCKS = frozenset({"Paragraph", "DualDialogue"})
SUMMARY = ("SceneProperties", "Summary", "Paragraph", "Text")
UNTITLED = "Untitled"


def read_final_draft(data: bytes, title: str) -> Script:
    """Read an FDX file; `title` is for a script without a title page.

    Line numbers are those of the text made of the paragraphs, in their order, an empty line before all but spoken words.
    What the program keeps beside the script (notes, lists of names, revisions, scenes that were omitted) is not read, nor
    what is struck out. Raises what `parse_xml` raises, `FormatMismatch` for other XML, `ScriptEmpty` and `NoScenes`.
    """
    reader = _Reader()
    parse_xml(data, reader, "the FDX file")
    if reader.root != BODY[0]:
        raise FormatMismatch.of("Final Draft XML", "XML of another kind", "export it as FDX, Fountain or plain text")
    placed = place_paragraphs(reader.paragraphs())
    if not placed:
        raise ScriptEmpty
    script = read_placed(reader.title or title, placed).finish(reader.title or title, Format.FDX)
    return Script(script.title, script.format, script.scenes, script.preamble, tagged_in(reader.breakdown, placed))


@dataclass(slots=True)
class _Draft:
    """A paragraph while it is being read."""

    type: str
    label: str | None
    dual: bool
    text: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)


class _Reader:
    """Hears the XML and keeps paragraphs, title and breakdown."""

    def __init__(self) -> None:
        self.root = ""
        self.title = ""
        self.breakdown = Breakdown()
        self._drafts: list[_Draft] = []
        self._open: list[_Draft] = []
        self._path: list[str] = []
        self._attributes: dict[str, str] = {}
        self._behaviours: dict[str, str] = {}
        self._element_type = ""
        self._speakers: int | None = None
        self._text: list[str] = []
        self._title: list[str] = []

    def paragraphs(self) -> list[Paragraph]:
        """Everything that was read, in its order; a type of the writer's own is what it is paginated as."""
        found: list[Paragraph] = []
        for draft in self._drafts:
            text = "".join(draft.text)
            found.append(Paragraph(self._kind(draft.type), text, draft.label, draft.dual, tuple(draft.marks)))
            if summary := " ".join("".join(draft.summary).split()):
                found.append(Paragraph(Kind.SYNOPSIS, summary))
        return found

    def _kind(self, name: str) -> Kind | Style:
        if name.startswith(OUTLINE):
            return TYPES.get(name, Kind.SECTION)
        return TYPES.get(name) or TYPES.get(self._behaviours.get(name, ""), Kind.ACTION)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        self._path.append(name)
        self._text.clear()
        if name == "Text":
            self._attributes = attributes
        elif self._in_body():
            self._start_block(name, attributes)
        elif name == "ElementSettings":
            self._element_type = attributes.get("Type", "")
        elif name == "Behavior":
            self._behaviours[self._element_type] = attributes.get("PaginateAs", "")
        elif "TagData" in self._path:
            self._start_tag(name, attributes)

    def _in_body(self) -> bool:
        return tuple(self._path[:2]) == BODY and BLOCKS.issuperset(self._path[2:])

    def _in_title_page(self) -> bool:
        return TITLE_PAGE in self._path and "Content" in self._path[self._path.index(TITLE_PAGE) :]

    def _start_block(self, name: str, attributes: dict[str, str]) -> None:
        if name == "DualDialogue":
            self._speakers = 0
        elif name == "Paragraph":
            kind = attributes.get("Type", "General")
            dual = False
            if self._speakers is not None and kind == "Character":
                self._speakers += 1
                dual = self._speakers > 1
            self._open.append(_Draft(kind, attributes.get("Number") or None, dual))

    def _start_tag(self, name: str, attributes: dict[str, str]) -> None:
        identity = attributes.get("Id", "")
        if name == "TagCategory":
            self.breakdown.categories[identity] = attributes.get("Name", "")
        elif name == "TagDefinition":
            self.breakdown.definitions[identity] = (attributes.get("CatId", ""), attributes.get("Label", ""))
        elif name == "Tag":
            self._attributes = attributes

    def text(self, data: str) -> None:
        self._text.append(data)

    def end(self, name: str) -> None:
        if name == "Text":
            self._end_text("".join(self._text))
        elif name == "DefId" and "Tags" in self._path:
            number = self._attributes.get("Number", "")
            self.breakdown.tags.setdefault(number, []).append("".join(self._text).strip())
        elif self._in_body():
            if name == "DualDialogue":
                self._speakers = None
            elif name == "Paragraph" and (draft := self._open.pop()).text:
                self._drafts.append(draft)
        elif name == "Paragraph" and self._in_title_page():
            self.title = self.title or " ".join("".join(self._title).split()).strip(' "\u201c\u201d')
            self._title.clear()
        self._path.pop()
        self._text.clear()

    def _end_text(self, text: str) -> None:
        style = self._attributes.get("Style", "")
        if "Strikeout" in style:
            return
        if "AllCaps" in style:
            text = text.upper()
        inside = self._path[:-1]
        if tuple(inside[:2]) == BODY and BLOCKS.issuperset(inside[2:]) and self._open:
            self._open[-1].text.append(text)
            if number := self._attributes.get("TagNumber"):
                self._open[-1].marks.append(Mark(number, text))
        elif tuple(self._path[-4:]) == SUMMARY and self._open:
            self._open[-1].summary.append(text + " ")
        elif self._in_title_page():
            self._title.append(text)
