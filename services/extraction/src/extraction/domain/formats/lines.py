"""Lines of a text, numbered as an editor numbers them."""

import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: `number` from 1, `source` as written, `text` without what the format hides."""

    number: int
    text: str
    source: str

    @property
    def words(self) -> str:
        """The text without surrounding whitespace."""
        return self.text.strip()

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on the line."""
        return not self.text.strip()


def split_lines(text: str) -> list[str]:
    r"""Split at \n, \r\n and \r only, as editors do: form feeds and Unicode separators stay inside their line."""
    return LINE_END.split(text)


def number_lines(text: str) -> list[Line]:
    """All lines, with nothing hidden."""
    return [Line(number, source, source) for number, source in enumerate(split_lines(text), start=1)]
