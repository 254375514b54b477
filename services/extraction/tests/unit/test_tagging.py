"""A production's own tags are the truth about what they name."""

from dataclasses import replace

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.reading import read_script
from extraction.domain.script import Tagged

TEXT = "INT. BARN - DAY\n\nA farmer, ZEB (50), lifts a LANTERN. The REX barks.\n\nZEB\nHush.\n"


def tag(asset_type: AssetType, name: str, *aliases: str) -> Tagged:
    return Tagged(asset_type, name, "Whatever", aliases, (1,), (Evidence(1, 3, "lifts a LANTERN"),))


def found(*tags: Tagged) -> dict[tuple[AssetType, str], Find]:
    script = replace(read_script(TEXT, "fountain"), tagged=tags)
    return {(find.asset_type, find.name): find for find in extract(script)}


def test_what_is_tagged_and_found_is_certain_and_takes_the_name_of_the_tag() -> None:
    lantern = found(tag(AssetType.PROP, "Storm lantern", "lantern"))[AssetType.PROP, "Storm lantern"]
    assert lantern.confidence == 1.0
    assert "Lantern" in lantern.aliases
    assert (AssetType.PROP, "Lantern") not in found(tag(AssetType.PROP, "Storm lantern", "lantern"))


def test_what_is_tagged_and_not_found_is_there() -> None:
    shovel = found(tag(AssetType.PROP, "Shovel"))[AssetType.PROP, "Shovel"]
    assert (shovel.confidence, shovel.scene_numbers) == (1.0, (1,))


def test_the_tag_decides_what_a_thing_is() -> None:
    finds = found(tag(AssetType.PROP, "Zeb"))
    assert (AssetType.PROP, "Zeb") in finds
    assert (AssetType.CHARACTER, "Zeb") not in finds


def test_types_stay_in_their_order() -> None:
    order = [asset_type for asset_type, _ in found(tag(AssetType.CHARACTER, "Rex"), tag(AssetType.LOCATION, "Loft"))]
    assert order == sorted(order, key=list(AssetType).index)
