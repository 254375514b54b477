"""Reads a PDF in a process of its own: `python pdf_child.py` with the file on standard input.

PDFs come from strangers and are read by a large library in C++: what hangs, eats memory or crashes takes this process
with it and no other. Answers with one JSON document: `{"pages": [{"width", "height", "images", "runs": [[x, y, size,
right, text], …]}]}`, lengths in points, y downwards from the top of the page to the line that letters stand on, or with
`{"error": …}` (encrypted, damaged, pages). Knows nothing of the rest of the service, so that it starts quickly.
"""

import ctypes
import json
import math
import sys
import unicodedata
from collections import Counter
from typing import Any

MAX_MEMORY = 1024 * 1024 * 1024
SOFT_HYPHEN = 2
"""What PDFium gives for the hyphen of a word that it takes to be broken."""
ENCRYPTED = 4
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY are 4 and 5 (fpdfview.h)."""
MAX_CHARACTERS = 4_000_000
FAR = 1_000_000.0
"""Points from the page's corner beyond which nothing is on any page."""

Placed = tuple[float, float, tuple[float, float, float, float], str]
"""x, baseline, edges (left, bottom, right, top), character, as the file places them."""
Letter = tuple[float, float, float, float, str]
"""x, baseline from the bottom, size, right edge, character."""


def limit_memory() -> None:
    """No more memory than `MAX_MEMORY`, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 - Unix only

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        return


def read(data: bytes, max_pages: int) -> dict[str, Any]:
    """Every page of a PDF as runs of letters on one line, or what is wrong with it."""
    import pypdfium2  # noqa: PLC0415 - after memory is limited

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        return {"error": "encrypted" if code in {ENCRYPTED, ENCRYPTED + 1} else "damaged"}
    if len(document) > max_pages:
        return {"error": "pages", "count": len(document)}
    pages, left = [], MAX_CHARACTERS
    for index in range(len(document)):
        try:
            page = document[index]
            pages.append(_page(page, left))
            page.close()
        except pypdfium2.PdfiumError:
            return {"error": "damaged", "page": index + 1}
        left -= sum(len(run[4]) for run in pages[-1]["runs"])
        if left <= 0:
            return {"error": "text"}
    return {"pages": pages}


def _page(page: Any, limit: int) -> dict[str, Any]:
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    size = tuple(min(max(length, 0.0), FAR) for length in page.get_size())
    if page.get_rotation() in {90, 270}:
        size = size[::-1]
    text = page.get_textpage()
    placed = _letters(raw, text.raw, min(text.count_chars(), limit))
    text.close()
    turns = Counter(turn for turn, _ in placed)
    turn = max(turns, key=lambda each: turns[each], default=0)
    letters = [_upright(letter, turn, *size) for each, letter in placed if each == turn]
    width, height = size if turn % 2 == 0 else size[::-1]
    images = 0
    if len(letters) < 200:
        images = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return {"width": width, "height": height, "images": images, "runs": _runs(letters, height)}


def _letters(raw: Any, text: Any, count: int) -> list[tuple[int, Placed]]:
    """Every letter that stands straight and somewhere near the page, in the order of the file, with its quarter turns."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    found = []
    for index in range(count):
        letter = _letter(raw, text, index)
        if not letter:
            continue
        quarters = raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
        if abs(quarters - round(quarters)) > 0.07:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        sides = (box.left, box.bottom, box.right, box.top)
        if all(abs(length) < FAR for length in (x.value, y.value, *sides)):
            found.append((round(quarters) % 4, (x.value, y.value, sides, letter)))
    return found


def _upright(placed: Placed, turn: int, width: float, height: float) -> Letter:
    """A letter as it stands once the page is turned so that its text is upright."""
    x, y, (left, bottom, right, top), letter = placed
    tall = (top - bottom) if turn % 2 == 0 else (right - left)
    match turn:
        case 0:
            return x, y, tall, right, letter
        case 1:
            return height - y, x, tall, height - bottom, letter
        case 2:
            return width - x, height - y, tall, width - left, letter
    return y, width - x, tall, top, letter


def _letter(raw: Any, text: Any, index: int) -> str:
    """The character at an index; empty for what PDFium adds of its own, controls, and second halves of a pair."""
    code = raw.FPDFText_GetUnicode(text, index)
    if 0xD800 <= code < 0xDC00:
        code = 0x10000 + ((code - 0xD800) << 10) + (raw.FPDFText_GetUnicode(text, index + 1) & 0x3FF)
    if code == SOFT_HYPHEN:
        return "-"
    unseen = code < 32 or 0xDC00 <= code < 0xE000 or code in {0xFFFE, 0xFFFF}
    return "" if unseen or raw.FPDFText_IsGenerated(text, index) == 1 else chr(code)


def _runs(letters: list[Letter], height: float) -> list[list[Any]]:
    """Neighbouring letters of one line put together; a space where a gap shows one, a new run where it shows more.

    A letter printed twice to look bold is one; letters that are read from right to left join on the other side.
    """
    runs: list[list[Any]] = []
    above = 0.0
    backwards = False
    for x, y, size, right, letter in letters:
        down, wide = round(height - y, 2), size * 0.5
        turned = unicodedata.bidirectional(letter) in {"R", "AL"}
        last = runs[-1] if runs and abs(runs[-1][1] - down) < size * 0.3 else None
        gap = 0.0 if last is None else (last[0] - right if turned or backwards else x - last[3])
        if last and letter == last[4][-1] and abs(x - above) < wide * 0.2:
            continue
        above = x
        if last and -wide < gap < wide * 2.2:
            space = gap > wide * 0.45 and letter != " " and not last[4].endswith(" ")
            last[4] += (" " if space else "") + letter
            last[0], last[3] = min(last[0], round(x, 2)), max(last[3], round(right, 2))
            backwards = backwards or turned
        else:
            runs.append([round(x, 2), down, round(size, 2), round(right, 2), letter])
            backwards = turned
    return [run for run in runs if run[4].strip()]


def main() -> None:
    """Read standard input, answer on standard output."""
    limit_memory()
    answer = read(sys.stdin.buffer.read(), int(sys.argv[1]))
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
