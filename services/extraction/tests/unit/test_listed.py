"""What stands in lists in front of a script: cast and props."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.formats.fountain import read_fountain
from extraction.domain.reading import read_script
from extraction.domain.script import Kind

SCENES = "INT. HALL - DAY\n\nA gramophone plays. The violin cases hum.\n\nANNA\nIs that a violin case?\n\nINT. ATTIC - DAY\n\nDust. The gramophone.\n"


def props(text: str, format_name: str = "txt") -> dict[str, Find]:
    found = extract(read_script(text, format_name))
    return {find.name: find for find in found if find.asset_type is AssetType.PROP}


@pytest.mark.parametrize(
    "listed",
    [
        "PROPS\nviolin case\nthe thurible (brass)\na gramophone\n\n",
        "PROPS:\n\n- violin case\n- thurible\n- gramophone\n\n",
        "Hand props: a violin case, a thurible, a gramophone.\n\n",
    ],
)
def test_a_listed_prop_is_certain_where_the_script_tells_of_it(listed: str) -> None:
    found = props(f"THE HUM\nby Nobody\n\n{listed}{SCENES}")
    assert {name: find.scene_numbers for name, find in found.items()} == {"Violin Case": (1,), "Gramophone": (1, 2)}
    assert {find.confidence for find in found.values()} == {1.0}
    assert all(quote.scene and quote.quote for find in found.values() for quote in find.evidence)


def test_a_list_ends_at_an_empty_line() -> None:
    assert "Dust" not in props(f"THE HUM\n\nPROPS\nviolin case\n\nDust\n\n{SCENES}")


def test_a_chinese_list_of_props_counts_too() -> None:
    found = props("《雨》\n\n道具\uff1a铜铃\u3001油纸伞\n\n1-1 日 内 客厅\n△墙边有油纸伞\u3002\n阿兰\uff1a走\u3002\n")
    assert found["油纸伞"].confidence == 1.0
    assert "铜铃" not in found


def test_what_a_title_page_lists_under_a_key_of_its_own_is_kept() -> None:
    page = "Title: The Hum\nAuthor: X\nCharacters: ANNA BELL, a widow\n    OTTO, a boy\nProps: violin case\n\n"
    script = read_fountain(page + SCENES)
    assert [(element.kind, element.line) for element in script.preamble] == [
        (Kind.SYNOPSIS, n) for n in (3, 3, 4, 5, 5)
    ]
    found = {find.name for find in extract(read_script(page + SCENES, "fountain"))}
    assert {"Anna Bell", "Violin Case"} <= found
    assert "Otto" not in found
