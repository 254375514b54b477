"""Files that are broken, hostile, or not what they are called: each ends in an error that says what to do."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from fpdf import FPDF
from PIL import Image
from services.extraction.tests.unit import written

from extraction.adapters.documents import packed, pdf, pdf_child, read_document, script_of, xml_events
from extraction.domain.errors import ExtractionError
from extraction.domain.uploads import Upload

WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
LAUGHS = b"".join(b'<!ENTITY %c "%s">' % (98 + index, b"&%c;" % (97 + index) * 10) for index in range(10))
CATALOGUE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"


def package(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return file.getvalue()


def scan(page_numbers: bool = False) -> bytes:
    paper = FPDF(format="letter", unit="pt")
    paper.set_font("Courier", size=12)
    for number in range(3):
        paper.add_page()
        paper.image(Image.new("L", (60, 80), 200), 0, 0, 600, 780)
        if page_numbers:
            paper.text(500, 30, f"Page {number}.")
    return bytes(paper.output())


def page_of(stream: bytes) -> bytes:
    packed_stream = zlib.compress(stream)
    return (
        CATALOGUE + b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj\n"
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n"
        % len(packed_stream)
        + packed_stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )


def refused(data: bytes, file_name: str | None = None, format: str | None = None) -> str:
    """The code of the error; its words must say something."""
    with pytest.raises(ExtractionError) as caught:
        script_of(data, format, file_name)
    assert len(str(caught.value)) > 20
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "file_name", "code"),
    [
        pytest.param(b"", "a.pdf", "script-empty", id="an empty PDF"),
        pytest.param(b"<FinalDraft/>", "a.fdx", "script-empty", id="FDX without paragraphs"),
        pytest.param(package(document=WORD + b"</w:body></w:document>"), "a.docx", "script-empty", id="Word without words"),
        pytest.param(b"%PDF-1.7\n", "a.pdf", "file-damaged", id="the head of a PDF"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 40, "a.pdf", "file-damaged", id="a PDF of noise"),
        pytest.param(b"<FinalDraft><Content>", "a.fdx", "file-damaged", id="half an FDX"),
        pytest.param(b"<FinalDraft>&nope;</FinalDraft>", "a.fdx", "file-damaged", id="an entity nobody declared"),
        pytest.param(b"PK\x03\x04word/document.xml", "a.docx", "file-damaged", id="half a package"),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "lol">' + LAUGHS + b"]><FinalDraft>&k;</FinalDraft>", "a.fdx", "xml-forbidden", id="laughs"
        ),
        pytest.param(
            b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><FinalDraft/>', "a.fdx", "xml-forbidden", id="a DTD"
        ),
        pytest.param(package(document=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "a.docx", "xml-forbidden", id="a DTD in Word"),
        pytest.param(b"<FinalDraft>" + b"<a>" * 900, "a.fdx", "unpacked-too-large", id="nested without end"),
        pytest.param(package(document=WORD + b" " * 70_000_000), "a.docx", "unpacked-too-large", id="a zip bomb"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.docx", "format-mismatch", id="an old Word file"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "file-encrypted", id="Word, locked"
        ),
        pytest.param(b'<?xml version="1.0"?><html/>', "a.fdx", "format-mismatch", id="other XML"),
        pytest.param(package(other=b"<x/>"), "a.docx", "format-mismatch", id="a package without a document"),
        pytest.param(package(other=b"<x/>"), None, "script-is-binary", id="a package of anything"),
        pytest.param(CATALOGUE + b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999>>endobj\ntrailer<</Root 1 0 R>>", "a.pdf", "too-many-pages", id="pages in a ring"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, file_name: str | None, code: str) -> None:
    assert refused(data, file_name) == code


def test_a_locked_pdf_says_so_and_one_locked_for_changes_only_is_read() -> None:
    assert refused(written.pdf(password="secret"), "a.pdf") == "pdf-encrypted"
    assert len(script_of(written.pdf(password=""), "pdf").scenes) == 3


@pytest.mark.parametrize("page_numbers", [False, True])
def test_a_scan_has_no_text_layer(page_numbers: bool) -> None:
    assert refused(scan(page_numbers), "a.pdf") == "no-text-layer"


@pytest.mark.parametrize(
    ("write", "file_name", "format"),
    [
        (written.pdf, "a.txt", None),
        (written.pdf, "a.fountain", None),
        (written.docx, "a.pdf", None),
        (written.fdx, "a.txt", None),
        (written.fdx, "a.fdx", "fountain"),
        (written.fountain, "a.pdf", None),
        (written.fountain, "a.docx", None),
        (written.fountain, "a.fdx", None),
        (written.typed, "a.txt", "pdf"),
    ],
)
def test_a_file_under_a_wrong_name_is_told_what_it_is(
    write: Callable[[], bytes], file_name: str, format: str | None
) -> None:
    with pytest.raises(ExtractionError, match=r"is said to be .*, but it is ") as caught:
        script_of(write(), format, file_name)
    assert caught.value.code == "format-mismatch"
    assert set(caught.value.extra) == {"said", "found"}


def test_the_format_that_is_named_wins_over_the_extension() -> None:
    assert script_of(written.pdf(), "PDF", "a.txt").format == "pdf"
    assert script_of(written.fdx(), None, "a.draft7").format == "fdx"


def test_a_part_that_understates_its_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_PART_BYTES", 100)
    archive = packed.Package(package(document=b"x" * 101), "it")
    with pytest.raises(ExtractionError, match="more than 100 bytes"):
        archive.read("word/document.xml", 100)


def test_too_many_parts_and_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_PARTS", 3)
    assert refused(written.docx(), "a.docx") == "unpacked-too-large"
    monkeypatch.setattr(xml_events, "MAX_ELEMENTS", 20)
    assert refused(written.fdx(), "a.fdx") == "unpacked-too-large"


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.001)
    assert refused(written.pdf(), "a.pdf") == "reading-too-slow"


def test_a_pdf_that_unpacks_to_millions_of_letters_takes_nobody_with_it() -> None:
    assert refused(page_of(b"BT /F1 12 Tf (a) Tj ET\n" * 3_000_000), "a.pdf") in {"file-damaged", "unpacked-too-large"}
    assert len(script_of(page_of(b"BT /F1 12 Tf 72 700 Td (He waits.) Tj ET"), "pdf").scenes) == 1


def test_more_pages_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(ExtractionError, match="3 pages, at most 2"):
        script_of(written.pdf(), "pdf")


def test_what_is_kept_of_a_document_is_its_own_bytes() -> None:
    data = written.pdf()
    file = read_document(Upload(data, title=" Mine ", file_name="../salt.pdf"))
    assert (file.data, file.format, file.encoding, file.title, file.file_name) == (
        data,
        "pdf",
        "binary",
        "Mine",
        "salt.pdf",
    )


def test_more_text_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "MAX_CHARACTERS", 50)
    assert pdf_child.read(written.pdf(), 10) == {"error": "text"}
