"""One small screenplay, written the way that each format's programs write it."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches, Pt
from fpdf import FPDF

from extraction.domain.script import Kind

HEADING = "heading"
TITLE = "The Salt Clock"

Part = tuple[str, str]
SCREENPLAY: Sequence[Part] = (
    (HEADING, "INT. CLOCK TOWER - WORKSHOP - NIGHT"),
    (
        Kind.ACTION,
        "Rain on a round window. VERA LINDQVIST, 61, oils the smallest wheel of an enormous clock with a feather.",
    ),
    (Kind.CUE, "VERA"),
    (Kind.PARENTHETICAL, "(to the wheel)"),
    (Kind.DIALOGUE, "One more winter. That is all I ask of you, and then we may both of us stop."),
    (Kind.ACTION, "A knock. She hides the feather under a tin mug."),
    (Kind.CUE, "OTIS (O.S.)"),
    (Kind.DIALOGUE, "The harbour is freezing!"),
    (Kind.TRANSITION, "CUT TO:"),
    (HEADING, "EXT. HARBOUR - CONTINUOUS"),
    (Kind.ACTION, "OTIS BRANDT, 12, runs along the quay with a storm lantern."),
    (Kind.CUE, "OTIS"),
    (Kind.DIALOGUE, "It has stopped. The whole sea has stopped."),
    (HEADING, "INT. CLOCK TOWER - BELFRY - LATER"),
    (Kind.ACTION, "Vera winds the bell with an iron crank. Nothing."),
    (Kind.CUE, "VERA (V.O.)"),
    (Kind.DIALOGUE, "Salt keeps everything but time."),
)
DEPTHS = {Kind.CUE: 22, Kind.PARENTHETICAL: 16, Kind.DIALOGUE: 10, Kind.TRANSITION: 43}
WIDTHS = {Kind.CUE: 38, Kind.PARENTHETICAL: 25, Kind.DIALOGUE: 35, Kind.TRANSITION: 16}
FOLLOWS = frozenset({Kind.PARENTHETICAL, Kind.DIALOGUE})
FDX_TYPES = {
    HEADING: "Scene Heading",
    Kind.ACTION: "Action",
    Kind.CUE: "Character",
    Kind.PARENTHETICAL: "Parenthetical",
    Kind.DIALOGUE: "Dialogue",
    Kind.TRANSITION: "Transition",
}
FIRST_LINE, LAST_LINE = 72, 720
PITCH = 12
LETTER = 7.2
LEFT = 108


def fountain(parts: Sequence[Part] = SCREENPLAY, title: str = TITLE) -> bytes:
    """Fountain with a title page."""
    lines = [f"Title: {title}", "Author: Nobody"]
    for kind, text in parts:
        lines += [text] if kind in FOLLOWS else ["", text]
    return "\n".join(lines).encode()


def markdown(parts: Sequence[Part] = SCREENPLAY) -> bytes:
    """Markdown with front matter, headings for scenes and bold cues, each with an empty line after it."""
    marks = {HEADING: "## {}", Kind.CUE: "**{}**", Kind.PARENTHETICAL: "*{}*", Kind.TRANSITION: "> {}"}
    return "\n\n".join(
        ["---\ntitle: " + TITLE + "\n---", *(marks.get(kind, "{}").format(text) for kind, text in parts)]
    ).encode()


def columns(parts: Sequence[Part] = SCREENPLAY, numbered: bool = True) -> Iterator[tuple[int, str]]:
    """Lines of a typed script: depth in letters and words; an empty line is `(0, "")`."""
    scene = 0
    for kind, text in parts:
        if kind not in FOLLOWS:
            yield 0, ""
        if kind == HEADING:
            scene += 1
            yield 0, f"{scene}    {text}{' ' * (54 - len(text))}{scene}" if numbered else text
        else:
            yield from ((DEPTHS.get(Kind(kind), 0) + 5, line) for line in wrap(text, WIDTHS.get(Kind(kind), 60)))


def typed(parts: Sequence[Part] = SCREENPLAY) -> bytes:
    """Plain text in columns, scene numbers in both margins."""
    return "\n".join([" " * 24 + TITLE.upper(), *(" " * depth + words for depth, words in columns(parts))]).encode()


def fdx(parts: Sequence[Part] = SCREENPLAY, extra: str = "", title: str = TITLE) -> bytes:
    """Final Draft XML; `extra` stands after the content."""
    paragraphs = "".join(
        f"<Paragraph Type={quoteattr(FDX_TYPES[kind])}><Text>{escape(text)}</Text></Paragraph>" for kind, text in parts
    )
    page = f'<TitlePage><Content><Paragraph Alignment="Center"><Text>{escape(title)}</Text></Paragraph></Content></TitlePage>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Version="5">'
        f"<Content>{paragraphs}</Content>{page}{extra}</FinalDraft>"
    ).encode()


def pdf(parts: Sequence[Part] = SCREENPLAY, per_page: int = 18, password: str | None = None) -> bytes:
    """A PDF in Courier with a title page, page numbers, a running header, and scene numbers in both margins."""
    paper = FPDF(format="letter", unit="pt")
    paper.set_font("Courier", size=12)
    paper.add_page()
    paper.text(252, 300, TITLE.upper())
    rows = list(columns(parts))
    for number, start in enumerate(range(0, len(rows), per_page), start=2):
        paper.add_page()
        paper.text(LEFT, 36, "SALT CLOCK - Blue draft")
        paper.text(530, 36, f"{number}.")
        for offset, (depth, words) in enumerate(rows[start : start + per_page]):
            _print(paper, depth, words, FIRST_LINE + offset * PITCH)
    if password is not None:
        paper.set_encryption(owner_password="owner", user_password=password)
    return bytes(paper.output())


def _print(paper: FPDF, depth: int, words: str, y: float) -> None:
    column = 0
    for piece in words.split("   "):
        if piece.strip():
            x = LEFT - 5 * LETTER + (depth + column + len(piece) - len(piece.lstrip())) * LETTER
            paper.text(x, y, piece.strip())
        column += len(piece) + 3


def docx(parts: Sequence[Part] = SCREENPLAY) -> bytes:
    """A Word document that is indented by hand, without empty paragraphs."""
    document = Document()
    document.add_paragraph(TITLE, style="Title")
    for kind, text in parts:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Inches(0 if kind == HEADING else DEPTHS.get(Kind(kind), 0) / 10)
        paragraph.paragraph_format.space_after = Pt(0)
    return _saved(document)


def styled_docx(parts: Sequence[Part] = SCREENPLAY) -> bytes:
    """A Word document made with a template that names the styles of a screenplay."""
    document = Document()
    document.add_paragraph(TITLE, style="Title")
    for name in FDX_TYPES.values():
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for kind, text in parts:
        document.add_paragraph(text, style=FDX_TYPES[kind])
    return _saved(document)


def _saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
