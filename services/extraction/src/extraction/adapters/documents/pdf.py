"""PDF: pages read in a process of their own, then put back into lines by where the words stand."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from extraction.adapters.documents import pdf_child
from extraction.domain.errors import (
    FileDamaged,
    NoTextLayer,
    PdfEncrypted,
    ReadingTooSlow,
    TooManyPages,
    UnpackedTooLarge,
)
from extraction.domain.formats.page_layout import lines_of
from extraction.domain.formats.page_rows import Page, Run
from extraction.domain.formats.plain_text import read_plain_text
from extraction.domain.script import Format, Script

MAX_PAGES = 3_000
MAX_SECONDS = 60.0
FEW_LETTERS = 20
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMPDIR")


def read_pdf(data: bytes, title: str) -> Script:
    """Read a PDF file; `title` is for a script without one.

    Line numbers are those of the text made of the pages: words at their columns, without page numbers, running headers,
    MORE and CONTINUED. Raises `PdfEncrypted`, `NoTextLayer` (a scan), `FileDamaged`, `TooManyPages`, `UnpackedTooLarge`,
    `ReadingTooSlow` (more than `MAX_SECONDS`) and `NoScenes`.
    """
    pages = read_pages(data)
    _require_text(pages)
    script = read_plain_text("\n".join(lines_of([page for page, _ in pages])))
    return script.finish(script.title or title, Format.PDF)


def read_pages(data: bytes) -> list[tuple[Page, int]]:
    """The pages of a PDF, each with the number of pictures on it where it has few words."""
    answer = _ask_child(data)
    match answer.get("error"):
        case None:
            return [(_page(page), page["images"]) for page in answer["pages"]]
        case "encrypted":
            raise PdfEncrypted
        case "pages":
            raise TooManyPages.of(answer["count"], MAX_PAGES)
        case "text":
            raise UnpackedTooLarge("the PDF holds more text than can be read: split it and upload the parts")
    where = f" at page {answer['page']}" if "page" in answer else ""
    raise FileDamaged(f"the PDF is damaged or incomplete{where}: export it again from the program that wrote it")


def _ask_child(data: bytes) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-P", str(pdf_child.__file__), str(MAX_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as its input
            command, input=data, capture_output=True, timeout=MAX_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingTooSlow(
            f"the PDF could not be read within {MAX_SECONDS:.0f} seconds: export it again, or as plain text"
        ) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise FileDamaged("the PDF cannot be read: export it again, or as Fountain, FDX or plain text") from error
    return answer


def _page(page: dict[str, Any]) -> Page:
    runs = tuple(Run(x, y, size, right, _whole(text)) for x, y, size, right, text in page["runs"])
    return Page(page["width"], page["height"], runs)


def _whole(text: str) -> str:
    """The text without halves of surrogate pairs, which nothing can store."""
    return text.encode("utf-8", "replace").decode()


def _require_text(pages: Sequence[tuple[Page, int]]) -> None:
    letters = [sum(map(_letters, (run.text for run in page.runs))) for page, _ in pages]
    pictured = sum(1 for (_, images), count in zip(pages, letters, strict=True) if images and count < FEW_LETTERS)
    if not any(letters) or pictured * 2 > len(pages):
        raise NoTextLayer


def _letters(text: str) -> int:
    return sum(1 for char in text if char.isalpha() and not "\ue000" <= char <= "\uf8ff")
