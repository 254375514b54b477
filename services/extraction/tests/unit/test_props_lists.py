from importlib.resources import files
from pathlib import Path

import pytest

from extraction.domain.engine.props import lexicon
from extraction.domain.engine.props.lexicon import LISTS, Sort, forms, longest_name, parted, singular, words

LIST_FILES = sorted(Path(str(files(lexicon.__package__ or "").joinpath("data"))).glob("*/*.txt"))


@pytest.mark.parametrize("path", LIST_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_list_says_what_belongs_in_it_and_is_sorted(path: Path) -> None:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    assert header.startswith("# ")
    assert header.endswith(".")
    assert lines == sorted(set(lines))
    assert all(line == line.strip() and line == line.casefold() for line in lines)


def test_every_list_of_things_is_there() -> None:
    assert all(words(name) for name, _ in LISTS)


@pytest.mark.parametrize(
    ("word", "one"),
    [("knives", "knife"), ("boxes", "box"), ("glasses", "glasses"), ("cherries", "cherry"), ("glass", "glass")],
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(
    ("verb", "every"),
    [
        ("grab", {"grab", "grabs", "grabbed", "grabbing"}),
        ("snatch", {"snatch", "snatches", "snatched", "snatching"}),
        ("raise", {"raise", "raises", "raised", "raising"}),
        ("worry", {"worry", "worries", "worried", "worrying"}),
    ],
)
def test_forms_of_regular_verbs(verb: str, every: set[str]) -> None:
    assert set(forms([verb])) >= every


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("toolboxes", ("tool", "box")),
        ("dog-collar", ("dog", "collar")),
        ("trombone", ("trombone",)),
        ("photo", ("photograph",)),
    ],
)
def test_closed_compounds_are_parted_where_a_thing_ends_them(word: str, parts: tuple[str, ...]) -> None:
    assert parted(word) == parts


def test_the_longest_name_wins() -> None:
    assert [(longest_name(given) or (0,))[0] for given in (["the", "music", "box"], ["box"], ["idea"], [])] == [
        2,
        1,
        0,
        0,
    ]


@pytest.mark.parametrize(
    "thing",
    [
        "dutch oven",
        "bulldog clip",
        "arrest warrant",
        "neck brace",
        "spokeshave",
        "hedge shears",
        "dulcimer",
        "croquet mallet",
        "porcelain doll",
        "clock radio",
        "tackle box",
        "flick knife",
        "corncob pipe",
        "eyeliner",
        "fob watch",
        "scouring pad",
        "groundsheet",
        "prayer rug",
        "gingerbread",
    ],
)
def test_every_class_of_things_is_known(thing: str) -> None:
    matched = longest_name(thing.split())
    assert matched == (len(thing.split()), Sort.SURE)
