"""All pictures of a project on one page."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from dramatis import lettering

_TYPES = {"character": "Characters", "location": "Locations", "prop": "Props"}
_SHAPES = {"character": 2 / 3, "location": 16 / 9, "prop": 1.0}
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)

PAPER, INK, QUIET, ACCENT, EMPTY = (245, 241, 233), (38, 35, 32), (120, 113, 104), (178, 70, 46), (228, 221, 209)
MARGIN, GAP, CAPTION = 80, 26, 40  # pixels
_STRETCH = 1.3  # a row may be so much higher than wished, to fill the width
_LONGEST = 60_000  # pixels a page may be high; PNG readers give up long after


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One picture and what is written beneath it; without bytes, or with bytes no one can read, a place is kept."""

    name: str
    asset_type: str
    image_bytes: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    item: SheetItem
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    count: int
    base: int


def contact_sheet(items: Sequence[SheetItem], title: str, subtitle: str) -> bytes:
    """A PNG page: the title, then the pictures in rows of equal height, grouped by type, each with its name.

    The page is 1400 to 2600 pixels wide, by the number of pictures, and as high as it must be.
    """
    width, target = _format(len(items))
    places, headings, height = _arranged(items, width, target)
    page = Image.new("RGB", (width, min(_LONGEST, height)), PAPER)
    _write_title(page, title, subtitle, len(items))
    for heading in headings:
        _write_heading(page, heading)
    _draw_shadows(page, places)
    for place in places:
        _draw_place(page, place)
    stream = io.BytesIO()
    page.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _format(count: int) -> tuple[int, int]:
    """Width of the page and wished height of a row, in pixels."""
    for most, width, target in ((6, 1400, 460), (24, 2000, 420), (60, 2400, 340), (140, 2600, 260)):
        if count <= most:
            return width, target
    return 2600, 190


def _arranged(items: Sequence[SheetItem], width: int, target: int) -> tuple[list[_Place], list[_Heading], int]:
    places: list[_Place] = []
    headings: list[_Heading] = []
    y = 250
    for name, group in _groups(items):
        headings.append(_Heading(name, len(group), y + 30))
        y += 64
        for row in _rows(group, width - 2 * MARGIN, target, y):
            places.extend(row)
            y = max(place.top + place.height for place in row) + CAPTION + GAP
        y += 44
    return places, headings, y + MARGIN - 44


def _groups(items: Sequence[SheetItem]) -> Iterator[tuple[str, list[SheetItem]]]:
    kinds = [*_TYPES, *sorted({item.asset_type for item in items} - set(_TYPES))]
    for kind in kinds:
        group = [item for item in items if item.asset_type == kind]
        if group:
            yield _TYPES.get(kind, lettering.clean(kind, 40).capitalize() or "Others"), group


def _rows(group: list[SheetItem], room: int, target: int, y: int) -> Iterator[list[_Place]]:
    """Rows about as long as each other, each stretched to the width; too few pictures for one row are not stretched."""
    shaped = [(item, _shape(item)) for item in group]
    total = sum(shape for _, shape in shaped)
    count = max(1, round((total * target + GAP * (len(shaped) - 1)) / room))
    rows: dict[int, list[tuple[SheetItem, float]]] = {}
    before = 0.0
    for item, shape in shaped:
        rows.setdefault(int((before + shape / 2) / total * count), []).append((item, shape))
        before += shape
    for held in rows.values():
        row = _row(held, room, min(target * _STRETCH, _row_height(held, room)), y)
        yield row
        y += row[0].height + CAPTION + GAP


def _row_height(held: list[tuple[SheetItem, float]], room: int) -> float:
    return (room - GAP * (len(held) - 1)) / sum(shape for _, shape in held)


def _row(held: list[tuple[SheetItem, float]], room: int, height: float, y: int) -> list[_Place]:
    places = []
    x = float(MARGIN)
    for item, shape in held:
        right = min(MARGIN + room, round(x + shape * height))
        places.append(_Place(item, round(x), y, max(1, right - round(x)), max(1, round(height))))
        x += shape * height + GAP
    return places


def _shape(item: SheetItem) -> float:
    """Width in parts of the height, between a tall and a wide strip."""
    usual = _SHAPES.get(item.asset_type, 1.0)
    try:
        with Image.open(io.BytesIO(item.image_bytes or b"")) as image:
            width, height = image.size
    except _UNREADABLE:
        return usual
    return min(3.0, max(0.4, width / max(1, height)))


def _write_title(page: Image.Image, title: str, subtitle: str, count: int) -> None:
    room = page.width - 2 * MARGIN
    ImageDraw.Draw(page).rectangle((MARGIN, MARGIN, MARGIN + 64, MARGIN + 5), fill=ACCENT)
    text = lettering.clean(title)
    size = next((size for size in range(68, 35, -4) if lettering.width_of(text, lettering.STRONG, size) <= room), 36)
    lettering.write(
        page, (MARGIN, 160), lettering.cut(text, lettering.STRONG, size, room), lettering.STRONG, size, ink=INK
    )
    total = f"{count} picture{'' if count == 1 else 's'}"
    aside = lettering.width_of(total, lettering.REGULAR, 24)
    lettering.write(page, (page.width - MARGIN - aside, 204), total, lettering.REGULAR, 24, ink=QUIET)
    line = lettering.cut(lettering.clean(subtitle), lettering.REGULAR, 26, room - aside - 40)
    lettering.write(page, (MARGIN, 204), line, lettering.REGULAR, 26, ink=QUIET)


def _write_heading(page: Image.Image, heading: _Heading) -> None:
    lettering.write(page, (MARGIN, heading.base), heading.text, lettering.STRONG, 27, ink=INK)
    x = MARGIN + lettering.width_of(heading.text, lettering.STRONG, 27) + 14
    lettering.write(page, (x, heading.base), str(heading.count), lettering.REGULAR, 24, ink=ACCENT)
    start = x + lettering.width_of(str(heading.count), lettering.REGULAR, 24) + 20
    ImageDraw.Draw(page).line((start, heading.base - 9, page.width - MARGIN, heading.base - 9), fill=EMPTY, width=2)


def _draw_shadows(page: Image.Image, places: Sequence[_Place]) -> None:
    """One soft shadow for each picture, blurred together at a quarter of the size."""
    mask = Image.new("L", (page.width // 4 + 1, page.height // 4 + 1))
    draw = ImageDraw.Draw(mask)
    for place in places:
        left, top = place.left / 4, place.top / 4
        draw.rectangle((left, top + 2, left + place.width / 4, top + place.height / 4 + 2), fill=96)
    soft = mask.filter(ImageFilter.GaussianBlur(3)).resize((mask.width * 4, mask.height * 4), Image.Resampling.BILINEAR)
    page.paste((70, 58, 44), (0, 0), soft.crop((0, 0, page.width, page.height)))


def _draw_place(page: Image.Image, place: _Place) -> None:
    box = (place.left, place.top, place.left + place.width, place.top + place.height)
    picture = _picture(place)
    if picture is None:
        _draw_empty(page, box, "unreadable" if place.item.image_bytes else "no picture")
    else:
        page.paste(picture, box[:2])
    size = 21 if place.height > 240 else 18 if place.height > 170 else 15
    name = lettering.cut(lettering.clean(place.item.name), lettering.REGULAR, size, place.width)
    lettering.write(page, (place.left, box[3] + 14 + size * 0.72), name, lettering.REGULAR, size, ink=INK)


def _picture(place: _Place) -> Image.Image | None:
    if not place.item.image_bytes:
        return None
    try:
        with Image.open(io.BytesIO(place.item.image_bytes)) as image:
            image.draft("RGB", (place.width, place.height))
            whole = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    except _UNREADABLE:
        return None
    small = whole.resize((place.width, place.height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small.mode == "RGB":
        return small
    ground = Image.new("RGB", small.size, EMPTY)
    ground.paste(small, (0, 0), small)
    return ground


def _draw_empty(page: Image.Image, box: tuple[int, int, int, int], label: str) -> None:
    left, top, right, bottom = box
    draw = ImageDraw.Draw(page)
    draw.rectangle((left, top, right - 1, bottom - 1), fill=EMPTY, outline=(205, 196, 181), width=2)
    draw.line((left, bottom - 1, right - 1, top), fill=(212, 203, 188), width=2)
    size = 19 if right - left > 140 else 13
    text = lettering.cut(label, lettering.REGULAR, size, right - left - 12)
    x = (left + right - lettering.width_of(text, lettering.REGULAR, size)) / 2
    draw.rectangle((left + 8, (top + bottom) // 2 - size, right - 9, (top + bottom) // 2 + size), fill=EMPTY)
    lettering.write(page, (x, (top + bottom) / 2 + size * 0.3), text, lettering.REGULAR, size, ink=QUIET)
