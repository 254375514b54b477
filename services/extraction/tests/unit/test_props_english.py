import pytest
from services.extraction.tests.unit.props_case import in_action, in_prose, props_of


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("She pockets a compass.", ["compass"]),
        ("Otto weighs the brass compass in his hand.", ["brass compass"]),
        ("He wipes his brow with a handkerchief.", ["handkerchief"]),
        ("Ola, a crowbar under her arm, waits.", ["crowbar"]),
        ("A lantern in one hand, an axe in the other.", ["lantern", "axe"]),
        ("In his fist a hammer.", ["hammer"]),
        ("Otto, telephone to his ear, nods.", ["telephone"]),
        ("On the sill: dice, a comb, a dead phone.", ["dice", "comb", "dead phone"]),
        ("The kettle whistles. The umbrella is hers.", ["kettle"]),
        ("She winds up a music box and sets it down.", ["music box"]),
    ],
)
def test_what_hands_have_is_a_prop(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("She holds out a folded, yellowed map.", ["yellowed map"]),
        ("A ship's bell hangs from her belt.", ["ship's bell"]),
        ("Marta's thermos rolls away, then a thermos lands.", ["thermos"]),
        ("He drops her father's penknife.", ["penknife"]),
        ("He drops a LONG-HANDLED AXE.", ["long-handled axe"]),
        ("She opens her own umbrella.", ["umbrella"]),
        ("He takes three large walnuts.", ["large walnuts"]),
    ],
)
def test_names_are_whole_and_without_articles_and_owners(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("He carries a jar of pickles.", ["jar of pickles"]),
        ("She drops a stack of plates.", ["stack of plates"]),
        ("He shakes a ring of keys.", ["ring of keys"]),
        ("She pours a glass of lemonade.", ["glass of lemonade"]),
        ("He lifts a slice of cake.", ["slice of cake"]),
    ],
)
def test_a_holder_and_what_it_holds_are_one_prop(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    "action",
    [
        "He runs past a phone booth.",
        "The gun dealer shrugs.",
        "A glass door opens.",
        "The knife thrower bows.",
        "Her key witness is late.",
        "She looks for the letter writer.",
    ],
)
def test_a_word_that_only_helps_to_name_something_else_is_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    "action",
    [
        "She brushes past him.",
        "Otto hammers on the wall.",
        "They need to book early.",
        "He fans himself and she combs through the crowd.",
        "The men watch her go.",
        "Wax drips over the floor.",
        "Lock the door!",
    ],
)
def test_verbs_that_look_like_things_are_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    "action",
    [
        "He falls like a sack of potatoes.",
        "She is thin as a needle.",
        "A stain the size of a coin spreads.",
        "He is harder than a hammer.",
        "He walks like a man with a hammer.",
    ],
)
def test_comparisons_are_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    "action",
    ["He has no gun.", "She leaves without a compass.", "He does not have a gun.", "She smiles instead of a knife."],
)
def test_what_is_denied_is_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    "action", ["She makes a note.", "He takes a small bow.", "They set sail.", "She makes the bed."]
)
def test_idioms_are_none(action: str) -> None:
    assert in_action(action) == []


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Somewhere a bell RINGS. The bell strikes.", []),
        ("A distant horn. A shrill whistle.", []),
        ("A WHISTLE from below.", []),
        ("She rings a small bell.", ["small bell"]),
    ],
)
def test_what_is_only_heard_is_none(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("He wears a hat and a scarf.", []),
        ("ODA (40, raincoat, rubber boots) waits.", []),
        ("She puts on her gloves.", []),
        ("A scarf around his neck, a hat on her head.", []),
        ("He opens his shirt and pulls at his collar.", []),
        ("A hat in his hand.", ["hat"]),
        ("She hands him a hat.", ["hat"]),
        ("He picks up one muddy boot.", ["muddy boot"]),
    ],
)
def test_clothes_are_props_while_they_are_carried(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("A table, a sofa and two chairs.", []),
        ("She puts the kettle on the stove.", ["kettle"]),
        ("He smashes a chair against the wall.", ["chair"]),
        ("She stands at a lectern.", ["lectern"]),
        ("He opens a drawer and shuts the cupboard.", []),
        ("She hangs the lantern on a hook.", ["lantern"]),
    ],
)
def test_furniture_is_a_prop_when_it_is_used(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Water everywhere. Blood on the wall. Ink on her fingers.", []),
        ("She drinks a cup of water.", ["cup of water"]),
        ("A crow watches.", []),
        ("He lifts a dead crow by one wing.", ["dead crow"]),
    ],
)
def test_stuff_and_animals_are_props_in_a_holder_or_lifeless(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("INSERT - THE TELEGRAM", ["telegram"]),
        ("CLOSE ON a thimble.", ["thimble"]),
        ("Over the gate: NO GUNS.", []),
        ("The sign says BEER.", []),
        ("Note: keep it short.", []),
        ('A tattoo: "KNIFE".', []),
        ("She turns the FLUX DAMPENER.", ["flux dampener"]),
        ("The FLUX DAMPENER hums.", []),
    ],
)
def test_capitals_point_at_things_or_are_lettering(action: str, names: list[str]) -> None:
    assert in_action(action) == names


def test_names_of_people_are_none() -> None:
    text = "INT. HALL - DAY\n\nHESTER BELL (40) and her friend Pepper wait. Bell nods.\n\nHESTER BELL\nHm.\n"
    assert props_of(text) == {}


def test_things_that_are_only_spoken_of_are_none() -> None:
    assert props_of("INT. HALL - DAY\n\nOTTO\nI lost my compass and a knife.\n\nMARTA\nAnd the map?\n") == {}


def test_directions_inside_speeches_count() -> None:
    play = "ACT I\n\nOTTO: (opening a tin box) The knife is gone.\n\nMARTA: Is it?\n\nOTTO: (he takes\na pistol out) Look.\n"
    assert list(props_of(play, "txt")) == ["tin box", "pistol"]


def test_quotations_in_prose_do_not_count() -> None:
    text = (
        "Otto picked up the lantern. “Where is the knife?” he said. “And bring a rope,” said Marta, lifting a kettle."
    )
    assert in_prose(text) == ["lantern", "kettle"]


def test_prose_needs_more_than_a_mention() -> None:
    text = "Otto thought of hammers and of candles. There was a wardrobe. He picked up a hammer."
    assert in_prose(text) == ["hammer"]


def test_lists_of_what_somebody_has_count_in_prose() -> None:
    text = (
        "She had, besides the debts, two kites, part of a flute, a tin soldier that had lost its head, and a whistle."
    )
    assert in_prose(text) == ["kites", "flute", "tin soldier", "whistle"]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("On the desk a card.", []),
        ("On the desk a recipe card.", ["recipe card"]),
        ("On the desk a score-card and a fishing-rod.", ["score-card", "fishing-rod"]),
    ],
)
def test_a_doubtful_word_counts_when_another_says_of_what_kind(action: str, names: list[str]) -> None:
    assert in_action(action) == names


def test_a_denial_ends_with_its_clause() -> None:
    assert in_action("She has a box that wouldn't open, a whistle and a coin.") == ["box", "whistle", "coin"]
