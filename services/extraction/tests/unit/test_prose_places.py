"""Places of stories and of stage plays."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.engine.narration import narration
from extraction.domain.engine.place_phrases import spots
from extraction.domain.engine.prose_places import family
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def places(text: str) -> dict[str, Find]:
    found = extract(read_script(text, "txt"))
    return {find.name: find for find in found if find.asset_type is AssetType.LOCATION}


def story(*sentences: str) -> str:
    return "It was late.\n\n" + " ".join(sentences) + "\n"


def test_where_people_are_is_a_place_and_what_is_only_spoken_of_is_none() -> None:
    found = places(
        story(
            "Osric ran into the orchard and climbed the wall.",
            "The orchard was dark.",
            '"Have you been in the cathedral?" asked Osric.',
            "It smelled like a hospital.",
        )
    )
    assert list(found) == ["Orchard"]
    assert found["Orchard"].evidence[0].quote.startswith("Osric ran into the orchard")


@pytest.mark.parametrize(
    ("sentence", "head", "surely"),
    [
        ("She stood in the middle of the ballroom.", "ballroom", True),
        ("She fled to the shelter of one of the barns.", "barns", True),
        ("She entered the narrow chapel.", "chapel", True),
        ("A loft at dawn.", "loft", True),
        ("She leaned on the rail of the bridge.", "bridge", True),
        ("She got as far as the billiard-room and slept.", "billiard-room", True),
        ("She knew that this cold place among the stones was the quarry.", "quarry", True),
        ("She wanted to hurry to the bakery.", "bakery", False),
        ("She could see as far as the bakery.", "bakery", False),
        ("She spat in the river.", "river", False),
        ("She had once worked in the bakery.", "bakery", False),
        ("She was the owner of the tavern.", "tavern", False),
        ("She saw a clock which stood in the hall.", "hall", False),
    ],
)
def test_how_surely_somebody_is_there(sentence: str, head: str, *, surely: bool) -> None:
    weights = {spot.head: spot.weight for spot in spots(sentence)}
    assert (weights[head] >= 1.5) is surely


@pytest.mark.parametrize(
    "sentence",
    [
        "She opened the garden gate.",
        "It was like a tunnel.",
        "He sold no house.",
        "They stood a yard of rope apart.",
        "Every village knew.",
        "It broke all in its path.",
    ],
)
def test_what_is_no_place_here(sentence: str) -> None:
    assert list(spots(sentence)) == []


def test_colours_and_numbers_tell_rooms_apart_and_or_joins_them() -> None:
    found = places(
        story(
            "They danced in the red chamber.",
            "He walked into the northern or grey chamber.",
            "She waited in the grey room.",
            "The red chamber was full. He left the grey room.",
            "He stood in the northern apartment.",
        )
    )
    assert list(found) == ["Red Chamber", "Grey Room"]
    assert "Northern or Grey Chamber" in found["Grey Room"].aliases


def test_a_pavement_is_part_of_the_street() -> None:
    assert list(places(story("She walked down the street.", "He stood on the pavement."))) == ["Street"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\u2018In the barn,\u2019 said Ann\u2019s aunt, \u2018or the boys\u2019 room.\u2019", "said Ann\u2019s aunt"),
        ("\u201cIn the barn,\u201d said Ann. \u201cAnd then", "said Ann."),
        ('"In the barn," said Ann.', "said Ann."),
        ("'In the barn,' said Ann. The Smiths' barn.", "said Ann. The Smiths' barn."),
    ],
)
def test_speech_is_taken_out_of_a_story(text: str, told: str) -> None:
    assert " ".join(narration(text).strip("\u2018\u2019\u201c\u201d\"' ").split()).startswith(
        told.split(".", maxsplit=1)[0]
    )
    assert len(narration(text)) == len(text)


PLAY = "{head}\n\nIDA: Who is there?\n\nJON: Me.\n\nIDA: Come in.\n"


@pytest.mark.parametrize(
    ("description", "name", "alias"),
    [
        ("SCENE: The pantry in Ida's cottage. A table.", "Ida's Cottage - Pantry", "Pantry"),
        ("SCENE: The cellar of the inn of JON KEMP.", "Jon Kemp's Inn - Cellar", "Cellar"),
        ("SCENE: Study at the Old Rectory, Ludlow. Books.", "Old Rectory - Study", "Study"),
        ("SCENE: A gloomy cell. Straw.", "Gloomy Cell", "Cell"),
        ("SCENE: A railway station waiting-room, at night.", "Railway Station Waiting-Room", "Waiting-Room"),
        ("The scene is laid in the garden of a convent.\n\nSCENE I", "Convent - Garden", "Garden"),
    ],
)
def test_a_play_tells_its_setting_at_the_head(description: str, name: str, alias: str) -> None:
    found = places(PLAY.format(head=description))
    assert list(found) == [name]
    assert alias in found[name].aliases


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("SCENE: The brink of a canal. A barrel organ. JON sits at it.", "Brink of a Canal"),
        ("Scene. A windy bandstand in Norway, with a barrel organ.", "Windy Bandstand"),
        ("SETTING: A bandstand.", "Bandstand"),
        ("SCENE: Elsinore.", "Elsinore"),
        ("SCENE: In the workings, late.", "Workings"),
    ],
)
def test_what_a_set_line_names_first_is_the_place_whatever_it_is(description: str, name: str) -> None:
    assert list(places(PLAY.format(head=description))) == [name]


@pytest.mark.parametrize(
    "description",
    [
        "SCENE: An old man, alone.",
        "SCENE: Night.",
        "SCENE: A lantern.",
        "SETTING: JON waits.",
        "SCENE: The lights rise.",
    ],
)
def test_a_set_line_that_names_somebody_a_thing_or_a_time_tells_no_place(description: str) -> None:
    assert places(PLAY.format(head=description)) == {}


def test_acts_in_one_room_are_one_place() -> None:
    text = PLAY.format(head="ACT I\n\nA kitchen in the vicarage.") + "\nACT II\n\nThe same.\n\nIDA: Tea?\n"
    text += "\nACT III\n\nThe garden of the same vicarage.\n\nJON: Tea!\n"
    found = places(text)
    assert {name: find.scene_numbers for name, find in found.items()} == {
        "Vicarage - Kitchen": (1, 2),
        "Vicarage - Garden": (3,),
    }


def test_the_room_is_in_the_house_that_is_told_of() -> None:
    text = story("She ran into the cottage.", "The cottage was cold.", "He came into the room.", "The room was empty.")
    assert list(places(text)) == ["Cottage"]


def test_a_play_without_scenes_tells_its_setting_above_its_first_speech() -> None:
    text = "CHARACTERS\n\nIDA\nJON, keeper of an inn\n\nA loft in JON's barn.\n\n[JON waits.]\n\nIDA: Oh!\n\nJON: Ah!\n\nIDA: Well.\n"
    assert list(places(text)) == ["Jon's Barn - Loft"]


def test_the_house_told_before_the_first_act_is_that_of_its_rooms() -> None:
    text = "IDA, a girl\n\nThe action takes place in Ida's house.\n\nACT I\n\nA room with two doors.\n\nIDA: Oh!\n\nJON: Ah!\n\nIDA: Well.\n"
    assert list(places(text)) == ["Ida's House - Room"]


@pytest.mark.parametrize(
    ("sentence", "inside"),
    [
        ("Ada hurried to the bakery for a loaf.", True),
        ("Ada had hurried to the bakery for a loaf.", False),
        ("Ada hurried to the river for a swim.", False),
    ],
)
def test_whoever_went_to_a_house_is_in_it(sentence: str, *, inside: bool) -> None:
    assert [spot.weight >= 2 for spot in spots(sentence)] == [inside]


def test_a_noun_with_a_hyphen_is_the_same_place_as_one_without() -> None:
    assert family("farm-yard") == family("farmyard") != family("coal-yard")


def test_a_side_that_is_told_once_is_no_part_of_a_name() -> None:
    assert list(places(story("Ada came into the right meadow.", "She crossed the meadow."))) == ["Meadow"]


def test_a_society_is_no_place() -> None:
    text = story("Ada was a pillar of the Church Coal Society.", "She went from the Church Coal Society to bed.")
    assert "Church Coal Society" not in places(text)


def test_a_title_in_capitals_that_tells_what_somebody_does_is_no_place() -> None:
    text = "ADA RUNS\n\nI\n\nI BUILD A STONE HOUSE\n\n" + story("Ada ran into the orchard.", "The orchard was dark.")
    assert list(places(text)) == ["Orchard"]


def test_a_street_with_a_name_is_a_place() -> None:
    assert "Tallow Street" in places(story("They went along Tallow Street.", "It was a gift of Tallow."))


def test_a_paragraph_that_begins_with_a_place_is_set_there() -> None:
    filler = " ".join(["Nobody spoke of it for a long time after that."] * 120)
    assert list(places(story(filler) + "\nThe foundry stood at the end of nothing. It was cold.\n")) == ["Foundry"]
    assert list(places(story(filler) + "\nNobody came. The foundry stood for nothing. It was cold.\n")) == []


def test_a_story_begins_where_somebody_had_long_been() -> None:
    text = "The Gulls\n\nOld Osric had kept gulls on the roof of the Tallow Hotel for years. He slept. He woke.\n"
    assert set(places(text)) == {"Roof", "Tallow Hotel"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She came home to the lighthouse. Nothing had changed. She made tea and slept.", ["Lighthouse"]),
        ("Ada woke. The cell smelled of straw. She counted the days and slept.", ["Cell"]),
        ("Tom kept a kiosk. He sold papers and matches. Nobody paid him.", ["Kiosk"]),
        ("Behind a curtain she found a staircase. She counted the steps. Nobody came.", ["Staircase"]),
        ("Nora lived above a bakery. The bakery belonged to nobody. She never slept.", ["Bakery"]),
    ],
)
def test_a_short_story_is_somewhere_though_nobody_is_told_to_be_in_it(text: str, names: list[str]) -> None:
    assert list(places(text)) == names


def test_what_goes_by_a_timetable_is_how_one_comes_and_no_place() -> None:
    assert list(places("Ada came on the last boat. The workshop was cold. She lit the stove.")) == ["Workshop"]
    assert list(places("Ada hid on the boat. The boat was cold. She lit the stove.")) == ["Boat"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("They reached Dunmore, a town of nine houses.", "Dunmore"),
        ("Harwick was a village without a well.", "Harwick"),
        ("Below lies the Understreet: a market lit by candles.", "Understreet"),
        ("She had loved a village called Stoke.", "Stoke"),
    ],
)
def test_a_name_that_is_told_to_be_a_place_is_one(sentence: str, name: str) -> None:
    assert name in places(story(sentence))


def test_a_name_that_a_place_noun_only_describes_is_none() -> None:
    assert list(places(story("They reached Dunmore, a church mouse.", "They saw Ada, a house guest."))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Pension Rosalba had decided that they would do.",
        "The Grand Hotel was asleep.",
        "The Harrow Inn slept already.",
    ],
)
def test_a_house_that_is_told_of_like_somebody_is_a_place(sentence: str) -> None:
    name = sentence.removeprefix("The ").split(" had")[0].split(" was")[0].split(" slept")[0]
    assert name in places(story("Nora went. Nora said no.", sentence))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Here we are at Duval's, and you pay.", "Duval's"),
        ("Welcome to Port Ellery!", "Port Ellery"),
        ("Welcome aboard the Marigold,", "Marigold"),
        ("We have reached the Old Customs House.", "Old Customs House"),
    ],
)
def test_a_place_that_somebody_says_they_have_come_to_is_one(said: str, name: str) -> None:
    assert list(places(story("Nora went.", f'"{said}" said Nora. Nora sat down.'))) == [name]


def test_a_place_that_somebody_only_speaks_of_is_none() -> None:
    assert places(story("Nora went.", '"I was in Paris, and never came to Duval\'s," said Nora.')) == {}


@pytest.mark.parametrize("sentence", ["She was first in the field.", "He was the oldest in the village."])
def test_where_somebody_is_but_compared_nobody_need_be(sentence: str) -> None:
    assert all(spot.weight < 0.5 for spot in spots(sentence))
