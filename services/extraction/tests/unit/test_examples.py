"""The sample scripts are the product's first impression: exactly what is found in them is written down here."""

from pathlib import Path

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.decode import decode
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script
from extraction.domain.script import Script

EXAMPLES = Path(__file__).parents[4] / "examples"
STREET = "the-street-that-wasnt-there.fountain"
ORCHARD = "the-orchard-under-the-ice.txt"
STREET_PROPS = (
    "Paper Lanterns; Postal Bicycle; Letter; Ivory Envelope; Lamplighter's Pole; Creased City Map; Ribbon; "
    "Loupe; Copper Compass; Needle; Green Lamps; Red Ledger; Pen; Cards; Blue Glass Bottle; "
    "String; Wheel; Feather; Chain; Iron Door Key; Bell; Silver Eraser Knife; Kettle; Tortoiseshell Music Box"
)
ORCHARD_PROPS = (
    "Stuffed Puffin; Hurricane Lamp; Orchard Ladder; Stone; Cider Barrel; Leather Map Case; Liquorice; "
    "Brass Drill; Photograph; Silver Boatswain's Whistle; Seed Tin; Watering Can; Apple; Long Ribbon"
)


def script(name: str) -> Script:
    return read_script(decode((EXAMPLES / name).read_bytes()).text, file_name=name)


def names(finds: list[Find], asset_type: AssetType) -> list[str]:
    return [find.name for find in finds if find.asset_type is asset_type]


def test_the_screenplay() -> None:
    read = script(STREET)
    finds = extract(read)
    assert (read.title, len(read.scenes)) == ("The Street That Wasn't There", 9)
    assert names(finds, AssetType.CHARACTER) == [
        "Odile March",
        "Toby Sparrow",
        "Bastian Quill",
        "Marzipan",
        "Perpetua Vane",
        "Captain Lucia Morrow",
        "Ambrose Pye",
        "Hester Bell",
    ]
    assert names(finds, AssetType.LOCATION) == [
        "Lantern Bridge",
        "Quill's Map Shop",
        "Town Hall - Survey Office",
        "Salt Market",
        "Barge Marigold - Deck",
        "Bell Tower - Clock Room",
        "Umber Lane",
        "Last House - Parlour",
    ]


def test_the_treatment() -> None:
    read = script(ORCHARD)
    finds = extract(read)
    assert (read.title, len(read.scenes)) == ("The Orchard Under the Ice", 4)
    assert names(finds, AssetType.CHARACTER) == ["Marit Oyelaran", "Biscuit", "Ivo", "Conrad Thale", "June Abara"]
    assert names(finds, AssetType.LOCATION) == [
        "Vesper Station",
        "Glacier",
        "Sunken Orchard",
        "Stone Press House",
        "Radio Hut",
        "Botanical Garden",
    ]


@pytest.mark.parametrize(("name", "props"), [(STREET, STREET_PROPS), (ORCHARD, ORCHARD_PROPS)])
def test_the_props(name: str, props: str) -> None:
    assert "; ".join(names(extract(script(name)), AssetType.PROP)) == props


@pytest.mark.parametrize("name", [STREET, ORCHARD])
def test_every_find_is_described_shown_and_calm(name: str) -> None:
    for find in extract(script(name)):
        assert find.description.endswith((".", "!", "?"))
        assert find.evidence
        assert not any(word.isupper() and len(word) > 1 for word in find.description.split())


@pytest.mark.parametrize("name", [STREET, ORCHARD])
def test_the_examples_are_free_to_use(name: str) -> None:
    assert "public domain (CC0 1.0)" in (EXAMPLES / name).read_text(encoding="utf-8")[:400]
