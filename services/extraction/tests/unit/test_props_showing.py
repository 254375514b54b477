import pytest
from services.extraction.tests.unit.props_case import in_action, in_prose, props_of


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Inspector Rook, camcorder out, waits.", ["camcorder"]),
        ("Telescope up, she scans the bay.", ["telescope"]),
        ("The stool holds a teapot out of reach.", ["teapot"]),
    ],
)
def test_a_thing_made_ready_is_shown(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(
    ("direction", "names"),
    [("(into megaphone)", ["megaphone"]), ("(on walkie-talkie)", ["walkie-talkie"]), ("(to the barman)", [])],
)
def test_a_direction_tells_what_somebody_speaks_through(direction: str, names: list[str]) -> None:
    assert list(props_of(f"INT. HALL - DAY\n\nOdile waits.\n\nODILE\n{direction}\nAll aboard.\n")) == names


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Ines glances at her stopwatch.", ["stopwatch"]),
        ("He mutters into a walkie-talkie.", ["walkie-talkie"]),
        ("She squints through binoculars.", ["binoculars"]),
        ("She squints at binoculars through the window.", []),
        ("He reads the letter aloud.", ["letter"]),
        ("He tunes the guitar.", ["guitar"]),
        ("She looks at the telephone pole.", []),
        ("Piet reaches for the teapot.", ["teapot"]),
    ],
)
def test_what_somebody_looks_at_speaks_into_or_reaches_for_is_a_prop(action: str, names: list[str]) -> None:
    assert in_action(action) == names


def test_what_is_played_sitting_is_a_prop() -> None:
    assert in_prose("The widow sat down at the piano, which stood near the window.") == ["piano"]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Ola pulls on a pair of mittens.", ["pair of mittens"]),
        ("Ola pulls on a cardigan.", []),
        ("She switches off the radio.", ["radio"]),
        ("He slits the parcel.", ["parcel"]),
        ("She irons a shirt.", ["shirt"]),
        ("He gets his wallet.", ["wallet"]),
    ],
)
def test_hands_do_more_than_hold(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize(("left", "right"), ["()", "[]"])
def test_directions_inside_speeches_have_round_or_square_brackets(left: str, right: str) -> None:
    speech = f"RUTH. {left}Giving him an oar.{right} Row.\n\nIVO. {left}He drops\nthe compass.{right} I row.\n"
    assert list(props_of(f"THE SOUND\n\nACT I\n\n{speech}\nRUTH. Good.\n\nIVO. Yes.\n", "txt")) == ["oar", "compass"]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Frost shears the petals.", []),
        ("Combs through his beard.", []),
        ("He goes on painting sadly, knitting slowly at her side.", []),
        ("She picks up a silver framed mirror.", ["silver framed mirror"]),
        ("He pushes the PAUSE button.", []),
        ("She pushes the SPROCKET.", ["sprocket"]),
        ("He lowers the shears.", ["shears"]),
    ],
)
def test_a_verb_an_adjective_and_a_label_are_no_things(action: str, names: list[str]) -> None:
    assert in_action(action) == names


@pytest.mark.parametrize("action", ["A flashlight beam sweeps the attic.", "A flashlight strap snaps."])
def test_where_a_part_is_seen_the_thing_is_seen(action: str) -> None:
    assert in_action(action) == ["flashlight"]


@pytest.mark.parametrize(
    "thing",
    [
        "valise",
        "stethoscope",
        "sextant",
        "ring binder",
        "gramophone",
        "candelabra",
        "usb stick",
        "libretto",
        "kettle",
        "pitchfork",
        "parasol",
        "fire extinguisher",
        "colander",
        "boarding pass",
        "decanter",
        "toffee apple",
    ],
)
def test_period_travel_trade_kitchen_office_stage_and_electronic_things_are_known(thing: str) -> None:
    assert in_action(f"Nils sets down a {thing}.") == [thing]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("Buckets, brooms.", ["buckets", "brooms"]),
        ("Vera, clipboard and whistle, waits.", ["clipboard", "whistle"]),
        ("Teapots hang from the beams.", ["teapots"]),
        ("Shelves arrayed with ledgers, beakers, and mugs.", ["ledgers", "beakers", "mugs"]),
        ("He sorts through the envelopes.", ["envelopes"]),
        ("He wipes his mouth and drinks again.", []),
        ("She thinks of teapots.", []),
    ],
)
def test_lists_of_bare_words_and_things_that_lie_about_are_shown(action: str, names: list[str]) -> None:
    assert in_action(action) == names
