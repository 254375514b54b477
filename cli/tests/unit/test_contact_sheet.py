import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from dramatis import contact_sheet as sheet
from dramatis import lettering
from dramatis.contact_sheet import ACCENT, EMPTY, GAP, MARGIN, PAPER, SheetItem, contact_sheet

SIZES = {"character": (64, 96), "location": (128, 72), "prop": (64, 64)}


def picture(tint: tuple[int, int, int], size: tuple[int, int] = (64, 64), form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, tint).save(stream, form)
    return stream.getvalue()


def item(kind: str, tint: tuple[int, int, int], name: str = "Someone") -> SheetItem:
    return SheetItem(name, kind, picture(tint, SIZES[kind]))


def opened(page: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(page))
    assert image.format == "PNG"
    return image.convert("RGB")


def area_of(page: Image.Image, tint: tuple[int, int, int]) -> tuple[int, int, int, int] | None:
    """Where a colour is, as the box of all its pixels."""
    difference = ImageChops.difference(page, Image.new("RGB", page.size, tint)).convert("L")
    return difference.point([255 if value < 3 else 0 for value in range(256)]).getbbox()


def test_one_picture_makes_a_page_with_it_on_paper() -> None:
    page = opened(contact_sheet([item("character", (10, 200, 30))], "Salt", "watercolor"))
    box = area_of(page, (10, 200, 30))
    assert box is not None
    left, top, right, bottom = box
    assert (right - left) / (bottom - top) == pytest.approx(2 / 3, abs=0.02)
    assert left == MARGIN
    assert page.getpixel((5, 5)) == PAPER


def test_an_empty_project_still_has_a_page_with_its_title() -> None:
    page = opened(contact_sheet([], "Salt", "watercolor"))
    assert area_of(page, ACCENT) is not None


def test_types_stand_in_order_whatever_the_order_of_the_items() -> None:
    tints = {"prop": (220, 20, 20), "character": (20, 200, 20), "location": (20, 20, 220)}
    page = opened(contact_sheet([item(kind, tint) for kind, tint in tints.items()], "Salt", ""))
    tops = {kind: box[1] for kind, tint in tints.items() if (box := area_of(page, tint))}
    assert tops["character"] < tops["location"] < tops["prop"]


def test_full_rows_end_exactly_at_the_margin() -> None:
    many = [item("location", (200, index, 40)) for index in range(30)]
    page = opened(contact_sheet(many, "Salt", ""))
    boxes = [box for index in range(30) if (box := area_of(page, (200, index, 40)))]
    assert len(boxes) == 30
    rows: dict[int, list[tuple[int, int, int, int]]] = {}
    for box in boxes:
        rows.setdefault(box[1], []).append(box)
    full = sorted(rows.items())[:-1]
    assert full
    for _, row in full:
        assert min(box[0] for box in row) == MARGIN
        assert max(box[2] for box in row) == page.width - MARGIN


def test_pictures_of_a_row_are_equally_high_and_never_overlap() -> None:
    shapes = [(40, 90), (90, 40), (64, 64), (30, 90), (120, 50), (64, 80), (50, 50), (77, 31)]
    many = [SheetItem("x", "prop", picture((200, 10 * index, 90), shape)) for index, shape in enumerate(shapes)]
    page = opened(contact_sheet(many, "Salt", ""))
    boxes = sorted(box for index in range(len(shapes)) if (box := area_of(page, (200, 10 * index, 90))))
    for first in boxes:
        for second in boxes:
            if first is not second and first[1] == second[1]:
                assert first[3] == second[3]
                assert first[2] + GAP - 2 <= second[0] or second[2] + GAP - 2 <= first[0]


@pytest.mark.parametrize(
    "content", [None, b"", b"not an image", picture((1, 2, 3))[:40], b"\x89PNG\r\n\x1a\n" + bytes(64)]
)
def test_a_missing_or_unreadable_picture_keeps_its_place(content: bytes | None) -> None:
    page = opened(
        contact_sheet([SheetItem("Lost", "character", content), item("character", (10, 200, 30))], "Salt", "")
    )
    empty, whole = area_of(page, EMPTY), area_of(page, (10, 200, 30))
    assert empty is not None
    assert whole is not None
    assert empty[0] < whole[0]


def test_transparent_and_other_formats_are_shown_on_a_ground() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(stream, "PNG")
    items = [
        SheetItem("clear", "prop", stream.getvalue()),
        SheetItem("jpeg", "prop", picture((90, 90, 90), form="JPEG")),
    ]
    page = opened(contact_sheet(items, "Salt", ""))
    assert area_of(page, EMPTY) is not None
    assert area_of(page, (90, 90, 90)) is not None


def test_the_name_is_written_beneath_its_picture() -> None:
    with_name = opened(contact_sheet([item("prop", (10, 200, 30), "李明 the keeper")], "Salt", ""))
    without = opened(contact_sheet([item("prop", (10, 200, 30), "")], "Salt", ""))
    box, changed = area_of(with_name, (10, 200, 30)), ImageChops.difference(with_name, without).getbbox()
    assert box is not None
    assert changed is not None
    assert box[3] < changed[1] < changed[3] <= box[3] + sheet.CAPTION
    assert box[0] <= changed[0] < changed[2] <= box[2] + 1


@pytest.mark.parametrize(
    "name", ["侦探李明", "たなか", "김철수", "المحقق كريم", "שרלוק", "अनिका", "🔑", "Ωmega", "Дмитрий"]
)
def test_names_of_every_script_are_drawn_and_not_replaced_by_boxes(name: str) -> None:
    assert lettering.clean(name) == name
    faces = [(face, text) for face, text in lettering._runs(name, lettering.REGULAR)]
    for face, text in faces:
        for character in text.strip():
            assert lettering._covers(face, character)


def test_a_long_name_is_cut_to_the_width_of_its_picture() -> None:
    long = "Maximilian " * 20
    for width in (20, 90, 300):
        short = lettering.cut(long, lettering.REGULAR, 18, width)
        assert lettering.width_of(short, lettering.REGULAR, 18) <= width
    assert short.endswith("…")


def test_three_hundred_pictures_fit_and_stay_readable() -> None:
    kinds = ("character", "location", "prop")
    many = [item(kinds[index % 3], (200, index % 250, 40), f"Asset {index}") for index in range(300)]
    page = opened(contact_sheet(many, "A long film", "noir"))
    assert page.width <= 2600
    assert page.height < 12_000


def test_equal_items_give_equal_bytes() -> None:
    items = [item("prop", (1, 2, 3)), item("character", (4, 5, 6))]
    assert contact_sheet(items, "Salt", "noir") == contact_sheet(items, "Salt", "noir")


@settings(max_examples=25, deadline=None)
@given(
    title=st.text(max_size=200),
    subtitle=st.text(max_size=200),
    names=st.lists(
        st.tuples(st.text(max_size=60), st.sampled_from(["character", "location", "prop", "", "vehicle", "🐉"])),
        max_size=6,
    ),
)
def test_any_text_makes_a_page(title: str, subtitle: str, names: list[tuple[str, str]]) -> None:
    page = opened(contact_sheet([SheetItem(name, kind, None) for name, kind in names], title, subtitle))
    assert page.width in {1400, 2000}
    for x in (0, page.width - 1):
        assert page.crop((x, 0, x + 1, page.height)).getcolors(2) is not None
