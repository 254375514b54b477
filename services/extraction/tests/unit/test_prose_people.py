"""Characters of stories: with names, without, and the one who tells."""

import pytest

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def people(*paragraphs: str) -> dict[str, Find]:
    found = extract(read_script("It was late.\n\n" + "\n\n".join(paragraphs) + "\n", "txt"))
    return {find.name: find for find in found if find.asset_type is AssetType.CHARACTER}


def test_a_full_name_in_a_speech_is_the_name_of_who_is_called_by_a_part_of_it() -> None:
    found = people('Nora ran. Nora laughed and said: "I am Nora Quist." Then Nora slept.')
    assert list(found) == ["Nora Quist"]
    assert found["Nora Quist"].aliases == ("Nora",)


def test_a_first_name_with_a_family_name_needs_to_act_only_once() -> None:
    assert list(people("Then Arthur Pell bought the kite. He had heard of Mount Pell.")) == ["Arthur Pell"]


@pytest.mark.parametrize("name", ["Ann Reed", "Miro Okande", "Zahra Haddad", "Sal Okoye", "Juno Park", "Rosa Hall"])
def test_whoever_goes_by_a_first_name_too_is_known_whether_or_not_that_is_in_a_list(name: str) -> None:
    first = name.split(maxsplit=1)[0]
    found = people(
        f"{name} brought a lantern into the greenhouse.",
        f"{name} frowned. The glass was cold.",
        f"In the cellar, {first} found the key. {name} smiled and put it in a pocket.",
    )
    assert {one.name: one.aliases for one in found.values()} == {name: (first,)}


def test_a_company_is_not_who_its_founder_is() -> None:
    found = people(
        "The storm came. The Thorne Company was old. Then Thorne laughed, and Thorne said no, and Thorne left."
    )
    assert list(found) == ["Thorne"]


def test_somebody_without_a_name_who_acts_is_a_character() -> None:
    found = people(
        "Nora said no. Nora went. Then a hooded rider came. The rider stopped and the rider looked at Nora.",
    )
    assert list(found) == ["Nora", "Hooded Rider"]
    assert found["Hooded Rider"].aliases == ("Rider",)
    assert found["Hooded Rider"].evidence


def test_kin_without_a_name_are_called_after_whose_they_are() -> None:
    found = people("Nora was sitting with her brother. Nora laughed. Her brother was reading.")
    assert list(found) == ["Nora", "Nora's Brother"]


def test_kin_with_a_name_are_nobody_else() -> None:
    found = people("Nora said no. Arthur said yes. Her brother laughed. Her brother went with Nora.")
    assert list(found) == ["Nora", "Arthur"]


def test_a_title_alone_is_the_one_who_has_it() -> None:
    found = people("Captain Pell came in. Captain Pell sat down. The captain said nothing. The captain slept.")
    assert list(found) == ["Captain Pell"]


def test_the_boy_is_one_of_those_who_have_names() -> None:
    assert list(people("Arthur ran. Arthur said no. The boy slept. The boy woke and the boy wept.")) == ["Arthur"]


def test_father_and_son_of_one_name_are_two() -> None:
    found = people("Mr. Pell said no. Arthur said yes. Arthur Pell laughed. Mr. Pell went. Arthur stayed.")
    assert set(found) == {"Mr. Pell", "Arthur Pell"}


def test_who_tells_the_story_is_in_it() -> None:
    found = people(
        "I woke. I took my coat. I ran to my door and I saw my own face. I wept. I laughed. I hid. I sat. I slept."
    )
    assert list(found) == ["Narrator"]
    assert found["Narrator"].evidence


def test_one_who_says_i_in_passing_is_not() -> None:
    assert (
        people("The night was long, as I have said. Nobody came, and nobody went, and nothing moved in the reeds.")
        == {}
    )


def test_an_office_goes_with_the_name_told_once() -> None:
    found = people("It was Judge Pell's house. Nora said no. Nora went. The Judge laughed, and then the Judge slept.")
    assert set(found) == {"Judge Pell", "Nora"}


def test_a_byline_is_nobody() -> None:
    assert list(people("by Arthur Pell", "Nora ran. Nora said no. Nora slept.")) == ["Nora"]


TOLD = "I woke. I took my coat. I ran to my door and I saw my own face. I wept. I laughed. I hid. I sat. I slept. "


@pytest.mark.parametrize(
    "text",
    [
        "Call me Osric. " + TOLD,
        "My name is Osric. " + TOLD,
        TOLD + '"Come, Osric, and sit," said Nora. "You are late, Osric."',
        "OSRIC\u2019S JOURNAL\n\n" + TOLD,
    ],
)
def test_the_one_who_tells_has_a_name_when_it_is_told(text: str) -> None:
    found = people(text)
    assert "Osric" in found
    assert "Narrator" in found["Osric"].aliases
    assert "Narrator" not in found


def test_a_name_that_somebody_else_has_is_not_that_of_the_one_who_tells() -> None:
    text = TOLD + '"Come, Osric, and sit," said Nora. "You are late, Osric." Then Osric said no. Osric went.'
    assert set(people(text)) == {"Narrator", "Nora", "Osric"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("There was a child named Pim.", "Pim"),
        ("She met the Clockmaker, an enormous woman with a monocle.", "Clockmaker"),
        ("A dog called Rags barked.", "Rags"),
        ("Ruth, a woman from Leeds, was late.", "Ruth"),
    ],
)
def test_a_name_that_is_told_to_be_somebody_is_a_character(sentence: str, name: str) -> None:
    assert list(people(sentence)) == [name]


def test_a_name_that_is_told_to_be_a_thing_is_nobody() -> None:
    assert list(people("He read Hamlet, a play. She had a boat called Rosinante.")) == []


def test_a_name_that_only_opens_sentences_has_to_do_what_hands_do() -> None:
    assert list(people("Ferran kept a shop. Ferran wrapped the map. Then it rained.")) == ["Ferran"]
    assert list(people("Gloom was here. Gloom had come. Gloom filled the house.")) == []


@pytest.mark.parametrize("name", ["Mrs. March", "Mr. May", "Mrs. Marsh", "Mrs. Hall", "Miss Church", "Captain Field"])
def test_behind_a_title_every_word_is_a_name(name: str) -> None:
    assert list(people(f'"Well," said {name}. {name} sat down.')) == [name]
    assert list(people("He went to Mount Hall. In May the March wind blew. He came to Queen Street.")) == []


def test_a_title_alone_on_its_line_is_nobody() -> None:
    assert list(people("WANDERING SAILORS", "Nora ran. Nora said no. Nora slept.")) == ["Nora"]


def test_a_ship_is_a_place_and_nobody() -> None:
    text = (
        "The _Marigold_ had been struck at noon and was sinking, while boats were lowered. The _Marigold_ turned over."
    )
    assert list(people(text, "Nora said no. Nora slept.")) == ["Nora"]
    found = extract(read_script(f"It was late.\n\n{text}\n", "txt"))
    assert "Marigold" in [find.name for find in found if find.asset_type is AssetType.LOCATION]


def test_one_of_whom_only_who_she_is_is_told_is_somebody() -> None:
    text = "As soon as Tilde, her slow cook, had been scolded, she went. She gave Tilde the key and left Tilde there."
    assert "Tilde" in people("Nora ran. Nora slept.", text)


def test_how_old_somebody_is_is_no_part_of_the_name() -> None:
    assert list(people("Nora ran. Sixteen-year-old Nora slept. Sixteen-year-old Nora woke.")) == ["Nora"]
