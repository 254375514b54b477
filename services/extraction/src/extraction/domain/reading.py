"""A script's text to the script: choose the format, read it, name it."""

import re
from collections.abc import Callable, Mapping

from extraction.domain.decode import clean_text
from extraction.domain.errors import FormatMismatch
from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.detection import CALLED, EXTENSION, WRITTEN, known_format
from extraction.domain.formats.fountain import read_fountain, read_title_page
from extraction.domain.formats.headings import is_heading
from extraction.domain.formats.hidden import visible_lines
from extraction.domain.formats.lines import number_lines
from extraction.domain.formats.plain_text import read_markdown, read_plain_text
from extraction.domain.formats.short_drama import is_short_drama, read_short_drama
from extraction.domain.script import Format, Kind, Script

PATH = re.compile(r".*[\\/]", re.DOTALL)
UNTITLED = "Untitled"
QUOTES = ' "\u201c\u201d\u00ab\u00bb'
MAX_TITLE = 200


def _read_fountain(text: str) -> Assembly:
    """Fountain; a Chinese script in which nobody speaks by its rules is read as what it is, whatever it is called."""
    script = read_fountain(text)
    if any(element.kind is Kind.CUE for _, _, elements in script.drafts for element in elements):
        return script
    lines = number_lines(text)
    return read_short_drama(lines) if is_short_drama(lines) else script


READERS: Mapping[Format, Callable[[str], Assembly]] = {
    Format.FOUNTAIN: _read_fountain,
    Format.TEXT: read_plain_text,
    Format.MARKDOWN: read_markdown,
}


def read_script(text: str, format: str | None = None, file_name: str | None = None) -> Script:
    """Read a script.

    `format` is one of the written formats (or a usual name for it) and wins over the extension of `file_name`; with
    neither the text decides. The title is that of the script itself, else the file's name. Raises `ScriptEmpty`,
    `ScriptIsBinary`, `EncodingUnknown`, `UnknownFormat`, `FormatMismatch` (a format that is no text) and `NoScenes`.
    """
    text = clean_text(text)
    chosen = detect_format(text, format, file_name)
    script = READERS[chosen](text)
    return script.finish(title_of(script.title, file_name), chosen)


def title_of(own: str, file_name: str | None) -> str:
    """A script's own title, else the name of its file, at most `MAX_TITLE` characters."""
    return (own.strip(QUOTES) or _stem(file_name) or UNTITLED)[:MAX_TITLE]


def detect_format(text: str, format: str | None = None, file_name: str | None = None) -> Format:
    """The format that is named, else that of the file's extension, else the one the text looks like.

    Raises `UnknownFormat` for a name or an extension that is not known, `FormatMismatch` for one that is no text.
    """
    known = known_format(format, file_name)
    if known is None:
        return Format.FOUNTAIN if _looks_like_fountain(text) else Format.TEXT
    if known not in WRITTEN:
        raise FormatMismatch.of(CALLED[known], "a text", "name it .txt or .fountain, or send the file itself")
    return known


def _looks_like_fountain(text: str) -> bool:
    lines = visible_lines(text)
    if read_title_page(lines)[1]:
        return True
    return any(is_heading(line.text) and line.words.isupper() for line in number_lines(text))


def _stem(file_name: str | None) -> str:
    """A file's name without folders and extension, `_` read as a space."""
    name = PATH.sub("", file_name or "")
    return " ".join(EXTENSION.sub("", name).replace("_", " ").split())
