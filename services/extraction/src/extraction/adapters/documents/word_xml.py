"""What Word's XML says of every paragraph: its words, its style, where it stands on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extraction.adapters.documents.packed import Package
from extraction.adapters.documents.xml_events import parse_xml

HIDDEN = frozenset(
    {
        "del",
        "moveFrom",
        "Fallback",
        "instrText",
        "delText",
        "footnote",
        "endnote",
        "comment",
        "rt",
        "pPrChange",
        "rPrChange",
    }
)
"""Parts that readers of the document do not see: deleted text, code of fields, the second copy of a drawing."""
UNREAD = frozenset({"vanish", "strike", "dstrike"})
"""What a run has that is hidden or struck out."""
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
OFF = frozenset({"0", "false", "off", "none"})
MAX_STYLES_BYTES = 8 * 1024 * 1024
MAX_INHERITANCE = 20


@dataclass(slots=True)
class Layout:
    """Where a paragraph stands, in twentieths of a point; None where it says nothing itself."""

    left: int | None = None
    first: int | None = None
    before: int | None = None
    after: int | None = None
    align: str | None = None
    outline: int | None = None

    def over(self, below: "Layout") -> "Layout":
        """This layout, with what it does not say taken from `below`."""
        return Layout(
            *(
                getattr(below, name) if (own := getattr(self, name)) is None else own
                for name in ("left", "first", "before", "after", "align", "outline")
            )
        )


@dataclass(slots=True)
class WordParagraph:
    """A paragraph as the document has it; `style` is the style's name in lower case."""

    text: str = ""
    style: str = ""
    layout: Layout = field(default_factory=Layout)


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    caps: bool = False
    layout: Layout = field(default_factory=Layout)


def read_styles(package: Package) -> "Styles":
    """The styles of a document; it may have none."""
    handler = Styles()
    if "word/styles.xml" in package.names:
        parse_xml(package.read("word/styles.xml", MAX_STYLES_BYTES), handler, package.what)
    return handler


class Styles:
    """Hears `styles.xml`, then answers what a style means."""

    def __init__(self) -> None:
        self.default = Layout()
        self.normal = ""
        self._styles: dict[str, _Style] = {}
        self._open = _Style()
        self._in_default = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        value = attributes.get("val", "")
        if name == "style":
            self._open = self._styles.setdefault(attributes.get("styleId", ""), _Style())
            if attributes.get("type") == "paragraph" and attributes.get("default", "0") not in OFF:
                self.normal = attributes.get("styleId", "")
        elif name == "name":
            self._open.name = value.casefold()
        elif name == "basedOn":
            self._open.based_on = value
        elif name == "caps":
            self._open.caps = value not in OFF
        elif name == "pPrDefault":
            self._in_default = True
        else:
            lay_out(self.default if self._in_default else self._open.layout, name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "pPrDefault":
            self._in_default = False

    def text(self, data: str) -> None:
        """Styles have no text."""

    def name_of(self, identity: str) -> str:
        """A style's name in lower case, such as `heading 1`; its identity when it has none."""
        style = self._styles.get(identity)
        return (style.name if style else "") or identity.casefold()

    def layout_of(self, identity: str) -> Layout:
        """What a style says, with what it inherits."""
        layout = Layout()
        for style in self._lineage(identity):
            layout = layout.over(style.layout)
        return layout.over(self.default)

    def in_capitals(self, identity: str) -> bool:
        """Whether a style shows every letter as a capital."""
        return any(style.caps for style in self._lineage(identity))

    def _lineage(self, identity: str) -> list[_Style]:
        found: list[_Style] = []
        while (style := self._styles.get(identity)) is not None and len(found) < MAX_INHERITANCE:
            found.append(style)
            identity = style.based_on
        return found


def lay_out(layout: Layout, name: str, attributes: Mapping[str, str]) -> None:
    """Take up what one element of a paragraph's properties says."""
    if name == "ind":
        layout.left = _number(attributes.get("start") or attributes.get("left"), layout.left)
        layout.first = _number(attributes.get("firstLine"), layout.first)
        hanging = _number(attributes.get("hanging"), None)
        layout.first = layout.first if hanging is None else -hanging
    elif name == "spacing":
        layout.before = _number(attributes.get("before"), layout.before)
        layout.after = _number(attributes.get("after"), layout.after)
    elif name == "jc":
        layout.align = attributes.get("val")
    elif name == "outlineLvl":
        layout.outline = _number(attributes.get("val"), None)


def _number(value: str | None, otherwise: int | None) -> int | None:
    try:
        return otherwise if value is None else int(float(value))
    except (ValueError, OverflowError):
        return otherwise


class Body:
    """Hears `document.xml` and keeps its paragraphs, those in tables and text boxes included."""

    def __init__(self, styles: Styles) -> None:
        self.paragraphs: list[WordParagraph] = []
        self._styles = styles
        self._open: list[WordParagraph] = []
        self._text: list[list[str]] = []
        self._style = ""
        self._hidden = 0
        self._run_hidden = self._run_capitals = self._in_run = self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._hidden or name in HIDDEN:
            self._hidden += 1
        elif name == "p":
            self._open.append(WordParagraph(style=self._styles.normal))
            self._text.append([])
        elif name == "r":
            self._in_run, self._run_hidden, self._run_capitals = True, False, False
        elif self._in_run:
            self._start_in_run(name, attributes)
        elif self._open and name == "pStyle":
            self._open[-1].style = attributes.get("val", "")
        elif self._open:
            lay_out(self._open[-1].layout, name, attributes)

    def _start_in_run(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._in_text = True
        elif name in UNREAD:
            self._run_hidden = self._run_hidden or attributes.get("val", "1") not in OFF
        elif name == "caps":
            self._run_capitals = attributes.get("val", "1") not in OFF
        elif name in CHARACTERS and not (name == "br" and attributes.get("type") in {"page", "column"}):
            self._add(CHARACTERS[name])

    def text(self, data: str) -> None:
        """Some text, of a run or between elements."""
        if self._in_text and not self._hidden:
            self._add(data.upper() if self._run_capitals else data)

    def _add(self, text: str) -> None:
        if self._text and not self._run_hidden:
            self._text[-1].append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._hidden:
            self._hidden -= 1
        elif name == "p":
            self._end_paragraph(self._open.pop(), "".join(self._text.pop()))
        elif name == "r":
            self._in_run = False
        elif name == "t":
            self._in_text = False

    def _end_paragraph(self, paragraph: WordParagraph, text: str) -> None:
        identity = paragraph.style
        paragraph.text = text.upper() if self._styles.in_capitals(identity) else text
        paragraph.style = self._styles.name_of(identity)
        paragraph.layout = paragraph.layout.over(self._styles.layout_of(identity))
        self.paragraphs.append(paragraph)
