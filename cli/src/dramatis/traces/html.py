"""What both pages share: the frame, the services' colours, escaped text."""

import html
import zlib
from datetime import UTC, datetime
from importlib.resources import files

_KNOWN = {"extraction": 2, "assets": 0, "imagegen": 3, "localizer": 1, "cli": 7, "studio": 4}
_COLOURS = 8
_STYLE = files("dramatis.traces").joinpath("page.css").read_text(encoding="utf-8")


def text(value: object) -> str:
    """Escaped for element content and for quoted attributes."""
    return html.escape(str(value), quote=True)


def breakable(value: str) -> str:
    """Escaped, and free to break after each slash."""
    return text(value).replace("/", "/<wbr>")


def colour(service: str) -> str:
    """The style that gives an element its service's colour, the same on every page."""
    index = _KNOWN.get(service, zlib.crc32(service.encode()) % _COLOURS)
    return f"--c:var(--s{index})"


def dot(service: str) -> str:
    """A small square in the service's colour."""
    return f'<i class="dot" style="{colour(service)}"></i>'


def moment(nanoseconds: int, *, date: bool = True) -> str:
    """A point in time in UTC, to the millisecond; without `date` the day is left to the tooltip."""
    when = datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    precise = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    shown = f"{when:%Y-%m-%d %H:%M:%S} UTC" if date else f"{when:%H:%M:%S}"
    return f'<time datetime="{precise}" title="{precise}">{shown}</time>'


def document(title: str, body: str) -> str:
    """A whole page that needs nothing from elsewhere."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)} · Dramatis traces</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )
