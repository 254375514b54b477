"""Word documents: by their styles, by their layout, and without what readers do not see."""

import zipfile
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches

from extraction.adapters.documents import script_of
from extraction.domain.script import Kind, Scene, Script

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(document: WordDocument) -> Script:
    file = BytesIO()
    document.save(file)
    return script_of(file.getvalue(), "docx")


def body(xml: str) -> Script:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{xml}</w:body></w:document>")
    return script_of(file.getvalue(), None, "the_key.docx")


def kinds(scene: Scene) -> list[tuple[Kind, str]]:
    return [(element.kind, element.text) for element in scene.elements]


def test_headings_of_a_story_are_its_chapters() -> None:
    document = Document()
    document.add_paragraph("The Well", style="Title")
    for chapter, words in (("Down", "She fell."), ("Up", "She rose.\nSlowly.")):
        document.add_heading(chapter, 1)
        document.add_paragraph(words)
    script = read(document)
    assert script.title == "The Well"
    assert [(scene.heading, [element.text for element in scene.elements]) for scene in script.scenes] == [
        ("Down", ["She fell."]),
        ("Up", ["She rose.", "Slowly."]),
    ]


def test_paragraphs_of_prose_stay_apart() -> None:
    document = Document()
    for words in ("It was late and nobody came.", "Then somebody did.", "They talked."):
        document.add_paragraph(words)
    assert [element.line for element in read(document).scenes[0].elements] == [1, 3, 5]


def test_a_flush_screenplay_without_empty_paragraphs_knows_who_speaks() -> None:
    document = Document()
    for words in (
        "INT. HALL - DAY",
        "A door.",
        "ANNA",
        "(low)",
        "Hello?",
        "Nobody answers.",
        "EXT. YARD - DAY",
        "BO",
        "Here.",
    ):
        document.add_paragraph(words)
    script = read(document)
    assert kinds(script.scenes[0]) == [
        (Kind.ACTION, "A door."),
        (Kind.CUE, "ANNA"),
        (Kind.PARENTHETICAL, "(low)"),
        (Kind.DIALOGUE, "Hello?"),
        (Kind.ACTION, "Nobody answers."),
    ]
    assert kinds(script.scenes[1]) == [(Kind.CUE, "BO"), (Kind.DIALOGUE, "Here.")]


def test_centred_cues_and_tabs_are_columns() -> None:
    document = Document()
    document.add_paragraph("INT. HALL - DAY")
    document.add_paragraph("")
    document.add_paragraph("A door.")
    for name, words in (("ANNA", "\tHello?"), ("BO", "\tYes.")):
        document.add_paragraph("")
        document.add_paragraph(name).alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph(words)
    said = [(Kind.CUE, "ANNA"), (Kind.DIALOGUE, "Hello?"), (Kind.CUE, "BO"), (Kind.DIALOGUE, "Yes.")]
    assert kinds(read(document).scenes[0]) == [(Kind.ACTION, "A door."), *said]


def test_a_speech_of_several_indented_paragraphs_is_one_speech() -> None:
    document = Document()
    rows = (
        ("INT. HALL - DAY", 0.0),
        ("A door.", 0.0),
        ("ANNA", 2.2),
        ("Hello?", 1.0),
        ("(beat)", 1.6),
        ("Who?", 1.0),
        ("Snow.", 0.0),
    )
    for words, inches in rows:
        document.add_paragraph(words).paragraph_format.left_indent = Inches(inches)
    assert [kind for kind, _ in kinds(read(document).scenes[0])] == [
        Kind.ACTION,
        Kind.CUE,
        Kind.DIALOGUE,
        Kind.PARENTHETICAL,
        Kind.DIALOGUE,
        Kind.ACTION,
    ]


def test_chinese_scripts_are_read_from_word_too() -> None:
    document = Document()
    for words in ("《潮》", "1-1 夜 外 码头", "人物\uff1a阿海", "△海浪。", "阿海\uff1a谁\uff1f"):
        document.add_paragraph(words)
    script = read(document)
    assert (script.title, script.scenes[0].place) == ("潮", "码头")
    assert [kind for kind, _ in kinds(script.scenes[0])] == [Kind.SYNOPSIS, Kind.ACTION, Kind.CUE, Kind.DIALOGUE]


def test_text_in_tables_is_read_in_its_order() -> None:
    document = Document()
    document.add_paragraph("Before.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Left.", "Right."
    document.add_paragraph("After.")
    assert [element.text for element in read(document).scenes[0].elements] == ["Before.", "Left.", "Right.", "After."]


def test_what_was_deleted_or_hidden_is_not_in_the_script() -> None:
    script = body(
        "<w:p><w:r><w:t>A </w:t></w:r><w:del><w:r><w:delText>red</w:delText><w:t>red</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>blue</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t> black</w:t></w:r><w:r><w:rPr><w:dstrike/><w:strike w:val='0'/></w:rPr><w:t> grey</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:noBreakHyphen/><w:t>green door.</w:t></w:r></w:p>"
    )
    assert script.scenes[0].elements[0].text == "A blue-green door."
    assert script.title == "the key"


def test_capitals_by_format_are_capitals() -> None:
    script = body(
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>int. hall - day</w:t></w:r></w:p>"
        '<w:p><w:r><w:rPr><w:caps w:val="0"/></w:rPr><w:t>A door.</w:t></w:r></w:p>'
    )
    assert [(scene.heading, len(scene.elements)) for scene in script.scenes] == [("INT. HALL - DAY", 1)]
