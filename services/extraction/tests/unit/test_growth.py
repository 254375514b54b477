"""Reading and extracting take time in proportion to the script, and hostile texts no more than honest ones."""

from collections.abc import Callable

import pytest
from services.extraction.tests.unit.growth import growth

from extraction.domain.builtin_engine import extract
from extraction.domain.reading import read_script

MAX_GROWTH = 3.0


def scenes(count: int) -> str:
    return "".join(
        f"INT. ROOM {index % 40} - HALL {index} - NIGHT\n\nINES CALLOWAY (34) and PERSON{index} (40s) wait. "
        f"She takes a BRASS KEY and the LAMP NUMBER {index}. The door SLAMS.\n\nINES (V.O.)\n(low)\nHello.\n\n"
        for index in range(count)
    )


def reading(make: Callable[[int], str], named: str = "fountain") -> Callable[[int], Callable[[], object]]:
    """Reads, and extracts from, a text of a size."""

    def of_size(count: int) -> Callable[[], object]:
        text = make(count)
        return lambda: extract(read_script(text, named))

    return of_size


def test_twice_the_scenes_take_twice_the_time() -> None:
    assert growth(reading(scenes), 150) <= MAX_GROWTH


@pytest.mark.parametrize(
    "piece",
    [
        "[[\n\n",
        "[[a]] ",
        "/*",
        "**a ",
        "A (",
        '"a ',
        "A-",
        "the AB cd. ",
        "ANN OTHER (40) runs with a TIN BOX. ",
        "He goes. The DOOR. ",
        "BOB SMITH\nhi\n\n",
        ".LATER THE LATER THE ",
        "a tin of a red box, ",
        "key-",
        "刀",
        "一把刀的",
        "\n",
    ],
)
def test_hostile_texts_grow_no_faster(piece: str) -> None:
    size = 80_000 // len(piece)
    assert growth(reading(lambda count: "INT. A - DAY\n\nx " + piece * (count // 4)), size) <= MAX_GROWTH


def test_long_prose_in_one_line_grows_no_faster() -> None:
    assert growth(reading(lambda count: "Then Tom said hello to Mary Ann in Paris. " * count, "txt"), 400) <= MAX_GROWTH


@pytest.mark.parametrize(
    "piece",
    [
        "Then {n} Pell ran into the red room of the old mill. ",
        "In the middle of the end of the ",
        "\u2018So \u2018 she said, ",
        "'Well ",
        "her sister was the first of the ",
        "my clerk, A{n}-A-A, an old clerk named Ab {n} ",
        "\n\nCHAPTER {n}\n\nThe girl sat. Nora{n} said no to a stranger. The girl nodded. The girl went.",
        "The Gull {n} sank in the harbour, and here we are at Nook, the Inn {n} said. ",
        "She sat, tall, old, wan, in the {n} hall. ",
        "the blue or green or {n} or ",
        "\n\nMR {n}: In the hall of the house of Ann.\n",
        "\n\nACT I\n\nSCENE: A room in the house of ANN of the hall of\n\nANN: Hm.\n\nBO: Yes.\n\nANN: No.\n",
        "周{n}走进周家书房\u3002阿棠说\u3002在在在周慕白看了看",
        "\n\nINT. A - DAY\n\nWren{n} sits. Then Wren, 30, lifts the Wren {n} of Wren",
        "\n\n1-{n} 日 内 周家书房\n人物\uff1a周慕白、周{n}\n周慕白\uff1a慕白。\n",
    ],
)
def test_stories_plays_and_chinese_scripts_grow_no_faster(piece: str) -> None:
    size = 60_000 // len(piece)

    def make(count: int) -> str:
        return "It was late.\n\n" + "".join(piece.replace("{n}", f"N{index % 997}") for index in range(count // 4))

    assert growth(reading(make, "txt"), size) <= MAX_GROWTH


def test_headings_that_may_be_one_place_grow_no_faster() -> None:
    def make(count: int) -> str:
        return "".join(f"INT. HOUSE {index} - HALL - DAY\n\nx.\n\nINT. HALL\n\nx.\n\n" for index in range(count))

    assert growth(reading(make), 400) <= MAX_GROWTH


def test_names_that_may_be_one_person_grow_no_faster() -> None:
    def make(count: int) -> str:
        return "INT. A - DAY\n\n" + "".join(
            f"ANN N{index}X\nhi\n\nDR. N{index}X\nhi\n\nANN\nhi\n\n" for index in range(count)
        )

    assert growth(reading(make), 250) <= MAX_GROWTH
