from services.extraction.tests.unit.props_case import in_action, props_of

SCENES = (
    "INT. SHED - DAY\n\nMarta finds a brass key under the mat.\n\n"
    "INT. HOUSE - DAY\n\nThe BRASS KEY is in the lock. She turns the key.\n\n"
    "INT. CELLAR - DAY\n\nAn iron key hangs from a nail. She takes the iron key.\n"
)


def test_a_bare_name_means_the_thing_of_that_name_that_was_last_meant() -> None:
    found = props_of(SCENES)
    assert found["brass key"].scene_numbers == (1, 2)
    assert found["brass key"].aliases == ("Key",)


def test_things_of_one_kind_that_are_told_apart_are_two() -> None:
    found = props_of(SCENES)
    assert found["iron key"].scene_numbers == (3,)


def test_plural_and_singular_are_one() -> None:
    assert in_action("Two muddy spades. He lifts a spade. She takes the other spade.") == ["muddy spades"]


def test_how_a_thing_looks_does_not_make_it_another() -> None:
    assert in_action("He lifts the dusty jug. She fills the empty jug.") == ["dusty jug"]


def test_a_new_thing_that_is_described_is_another_one() -> None:
    found = in_action("She fills the bread-box. He brings out a fancy box. A box. She opens the box.")
    assert found == ["bread-box", "fancy box"]


def test_a_closed_compound_is_what_it_ends_with() -> None:
    found = props_of("INT. HALL - DAY\n\nShe carries a bird-cage. The birdcage rattles. She opens the cage.\n")
    assert {name: find.aliases for name, find in found.items()} == {"bird-cage": ("Birdcage", "Cage")}


def test_what_a_holder_holds_is_another_name_for_both() -> None:
    found = props_of("INT. HALL - DAY\n\nHe opens a tin of peaches.\n\nINT. BARN - DAY\n\nShe eats the peaches.\n")
    assert found["tin of peaches"].scene_numbers == (1, 2)


def test_evidence_is_one_line_for_each_scene() -> None:
    evidence = props_of(SCENES)["brass key"].evidence
    assert [(each.scene, each.line) for each in evidence] == [(1, 3), (2, 7)]
    assert evidence[0].quote == "Marta finds a brass key under the mat."


def test_a_thing_that_is_handled_is_surer_than_one_that_is_there() -> None:
    found = props_of("INT. HALL - DAY\n\nA teapot. Marta lifts a lantern.\n")
    assert found["lantern"].confidence > found["teapot"].confidence


def test_it_is_described_where_it_is_introduced() -> None:
    found = props_of("INT. A - DAY\n\nHe lifts the urn.\n\nINT. B - DAY\n\nAn urn painted with black ships falls.\n")
    assert found["urn"].description == "An urn painted with black ships falls."


def test_the_amount_of_a_thing_is_no_part_of_its_name() -> None:
    assert in_action("She spits out a mouthful of drawing pins.") == ["drawing pins"]
    assert in_action("He carries a number of parcels and drops a row of green cups.") == ["parcels", "green cups"]
    assert in_action("He drops a stack of plates.") == ["stack of plates"]


def test_a_thing_in_its_holder_goes_by_its_own_whole_name_too() -> None:
    found = props_of("INT. HALL - DAY\n\nHe holds a roll of duct tape. He drops the duct tape.\n")
    assert {name: find.aliases for name, find in found.items()} == {"roll of duct tape": ("Duct Tape", "Tape")}


def test_a_wider_word_means_the_thing_that_was_last_meant() -> None:
    assert in_action("She cocks a revolver. He eyes the gun. She drops the weapon.") == ["revolver"]
    assert in_action("She opens a satchel. She drops the bag.") == ["satchel"]
    assert in_action("He picks up a revolver and a gun.") == ["revolver", "gun"]


def test_a_part_means_the_whole_in_the_same_scene() -> None:
    assert in_action("The telephone rings. He lifts the receiver.") == ["telephone"]
    assert in_action("He lifts the shotgun barrel.") == ["shotgun"]
    assert in_action("He rolls in a beer barrel.") == ["beer barrel"]
    apart = "INT. HALL - DAY\n\nThe telephone rings.\n\nINT. SHIP - DAY\n\nHe lifts the receiver.\n"
    assert list(props_of(apart)) == ["telephone", "receiver"]


def test_what_a_thing_is_wrapped_in_makes_no_other_of_it() -> None:
    assert in_action("She hides a packet of biscuits. She opens the bag of biscuits.") == ["packet of biscuits"]
    assert in_action("He carries a cup of coffee and a jug of coffee.") == ["cup of coffee", "jug of coffee"]
