"""Verbs that mean a hand by what stands beside them, things in the company of others, things shown by a pose."""

import pytest
from services.extraction.tests.unit.props_case import in_action, in_prose


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tess picked up the lamp.", ["lamp"]),
        ("Tess put the glass down.", ["glass"]),
        ("He held the lamp high.", ["lamp"]),
        ("He hung the lamp on a nail.", ["lamp"]),
        ("He tossed the ball to Ann.", ["ball"]),
        ("Ann carried the hat upstairs.", ["hat"]),
        ("He laid down his hat.", ["hat"]),
        ("Ann shook out the grey sock.", ["grey sock"]),
    ],
)
def test_in_prose_a_doubtful_word_is_a_thing_where_the_verb_can_only_mean_a_hand(text: str, names: list[str]) -> None:
    assert in_prose(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "He held the note for a bar.",
        "She took up the case.",
        "He took the stage in silence.",
        "He gave out the notice.",
        "She dropped the matter. He took the point. He held the line.",
    ],
)
def test_where_the_verb_may_mean_none_it_is_not(text: str) -> None:
    assert in_prose(text) == []


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Marlow goes for the crowbar.", ["crowbar"]),
        ("Marlow dives for a crowbar.", ["crowbar"]),
        ("Hunched over his typewriter, Gus sighs.", ["typewriter"]),
        ("Gus fidgets with his spectacles.", ["spectacles"]),
        ("She scrolls through her phone.", ["phone"]),
        ("She writes on it in chalk.", ["chalk"]),
        ("He types on his keyboard.", ["keyboard"]),
        ("He limps to the typewriter.", ["typewriter"]),
        ("She paces, phone clamped to her ear.", ["phone"]),
        ("Ola waits, a kite tucked under her arm.", ["kite"]),
        ("He puts on his spectacles.", ["spectacles"]),
        ("His kite, trailing it behind him, he runs.", ["kite"]),
        ("The tea comes, and Tess pours it out.", ["tea"]),
    ],
)
def test_what_somebody_is_about_is_a_prop(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize("action", ["Marlow goes for a drink.", "He walks past the typewriter.", "He leans over Tess."])
def test_what_is_only_near_is_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("In the bag: a top hat, a bus ticket and a flare gun.", ["top hat", "bus ticket", "flare gun"]),
        ("Inside, no cello: a ball gown, a comb.", ["ball gown", "comb"]),
        ("One bowl, one spoon, one fork.", ["bowl", "spoon", "fork"]),
        ("Bottles, toys and medals are scattered over the floor.", ["bottles", "toys", "medals"]),
        ("Toys, drugs and muddy boots are strewn about.", ["toys", "drugs"]),
        ("Toys, drugs, and grubby covers are strewn about.", ["toys", "drugs"]),
    ],
)
def test_a_doubtful_thing_is_surer_in_the_company_of_others(action: str, names: list[str]) -> None:
    assert in_action(action) == names


def test_what_people_who_are_introduced_have_on_is_none() -> None:
    assert in_action("HESTER: hat, gloves, scarf, an umbrella.") == ["umbrella"]


def test_what_is_said_in_straight_marks_names_nothing() -> None:
    assert in_action("She gives him a 'can you cook' look.") == []
    assert in_action("She drops the cook's ladle and the maids' comb.") == ["cook's ladle", "comb"]


@pytest.mark.parametrize(
    "text",
    [
        "He would not accept the invitation at first.",
        "She learned her letters there.",
        "She turned the pages slowly.",
        "It had the colour and the contours of a pear.",
        "It had a taste of cherries, toffee and hot buttered toast.",
        "He gave a sketch of the two brothers.",
        "He laid the table for tea.",
    ],
)
def test_idioms_and_likenesses_are_no_things(text: str) -> None:
    assert in_prose(text) == []


def test_a_case_in_court_is_carried_as_no_briefcase_is() -> None:
    assert in_prose("He carried the case before the judge.") == []
    assert in_prose("He carried the briefcase upstairs.") == ["briefcase"]


def test_a_whistle_that_falls_is_no_noise() -> None:
    assert in_action("Tess's whistle falls into the drain.") == ["whistle"]
    assert in_action("A whistle blares.") == []


def test_what_letters_look_like_is_none() -> None:
    assert in_action("It is marked in currants. He marks it in crayon.") == ["crayon"]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Dice are used to settle it.", ["dice"]),
        ("The kettle is quickly filled.", ["kettle"]),
        ("The kettle is blue.", []),
        ("The kettle is the last of them.", []),
        ("The compass was his.", []),
    ],
)
def test_what_is_done_to_a_thing_shows_it(action: str, names: list[str]) -> None:
    assert in_action(action) == names


def test_stuff_in_a_vessel_is_as_sure_as_the_vessel() -> None:
    assert in_action("Nils kneels with a glass of water.") == ["glass of water"]
    assert in_action("Nils stands in a pool of water.") == []


def test_clothes_in_a_list_that_counts_what_there_is_are_things() -> None:
    assert in_action("Overflowing: odd gloves, a whisk, one boot.") == ["odd gloves", "whisk", "boot"]


def test_a_verb_that_and_joins_to_another_describes_nothing() -> None:
    assert in_prose("She rose and collected umbrellas.") == ["umbrellas"]
    assert in_action("He drops a scarf and knitted mittens.") == ["scarf", "knitted mittens"]


def test_who_is_seen_to_watch_has_no_watch() -> None:
    assert in_action("He makes her watch him go. He takes her watch.") == ["watch"]
    assert in_action("He makes her watch him go.") == []


def test_what_is_only_in_the_mind_is_none() -> None:
    assert in_action("A light bulb goes off in her head.") == []
    assert in_action("A light bulb goes off in her hand.") == ["light bulb"]
    assert in_action("He has a bullet in his head.") == ["bullet"]


def test_a_verb_alone_is_a_direction() -> None:
    assert in_action("Drinks.") == []
    assert in_action("Ladles, brooms.") == ["ladles", "brooms"]
