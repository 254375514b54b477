"""Those whom stories call by what they are: who is somebody, who has a name, and who is nobody."""

import pytest
from services.extraction.tests.unit.test_prose_people import people

NORA = "Nora said no. Nora went. Arthur said yes. Arthur laughed."
FAR = ["Nothing was heard but the rain."] * 12


def test_one_who_is_new_to_those_with_names_is_another_than_they() -> None:
    found = people(NORA, "An old man sat by the door.", '"Sit," said the old man. The old man thumped the table.')
    assert list(found) == ["Nora", "Arthur", "Old Man"]


def test_one_who_is_never_introduced_may_be_anybody_with_a_name() -> None:
    assert list(people(NORA, '"Sit," said the old man. The old man thumped the table.')) == ["Nora", "Arthur"]
    assert list(people(NORA, "The girl sat down. The girl smiled, and the girl nodded.")) == ["Nora", "Arthur"]


def test_one_whose_name_may_be_told_next_is_not_counted_twice() -> None:
    girl = "A girl stood there. The girl smiled. The girl nodded."
    assert list(people(girl, NORA)) == ["Nora", "Arthur"]
    assert list(people(girl, *FAR, NORA)) == ["Girl", "Nora", "Arthur"]


def test_a_chapter_without_the_others_has_its_own_people() -> None:
    found = people("CHAPTER I", "The girl sat down. The girl smiled, and the girl nodded.", "CHAPTER II", NORA)
    assert list(found) == ["Girl", "Nora", "Arthur"]


def test_an_old_man_and_a_young_man_are_two() -> None:
    old = "An old man came in. The old man sat down and the old man laughed."
    young = "Then a young man came. The young man smiled, and the young man nodded."
    assert list(people("Nora said no. Nora went.", old, young)) == ["Nora", "Old Man", "Young Man"]


@pytest.mark.parametrize(
    "sentence",
    [
        "She was not an affectionate child, and no child was less loved.",
        "She wept like a hungry child. He slept like a tired child.",
        "There were rows of Flemish people. The Flemish people looked, and the people laughed.",
        "The talisman was old. The talisman lay there and the talisman gleamed.",
    ],
)
def test_who_is_denied_or_likened_is_nobody_and_a_crowd_no_character(sentence: str) -> None:
    assert list(people(NORA, sentence, "The child slept and the child woke.")) == ["Nora", "Arthur"]


def test_all_words_for_a_stranger_mean_one() -> None:
    found = people(NORA, "The stranger came at six.", '"Good day," said the visitor. The newcomer sat down. He ate.')
    assert list(found) == ["Nora", "Arthur", "Stranger"]
    assert set(found["Stranger"].aliases) == {"Visitor", "Newcomer"}


@pytest.mark.parametrize(
    "told",
    [
        "His clerk, Edwin, laughed.",
        "Edwin, the clerk, laughed.",
        "There was a clerk named Edwin. Edwin laughed.",
        "The clerk whose name was Edwin laughed.",
        '"That is my clerk; his name is Edwin," she said. Edwin laughed.',
        'The door let in a clerk. Nora rose and cried: "Why, it\'s Edwin!" Edwin laughed.',
    ],
)
def test_who_is_told_to_be_one_is_one(told: str) -> None:
    found = people(
        "Nora said no. Nora went.", told, "Edwin sat. Edwin smiled.", '"Yes," said the clerk. The clerk ate.'
    )
    assert list(found) == ["Nora", "Edwin"]
    assert "Clerk" in found["Edwin"].aliases


def test_a_name_that_is_asked_for_is_that_of_who_is_meant() -> None:
    found = people(
        "Nora said no. Nora went. An old man came. The old man sat. The old man laughed.",
        *FAR,
        '"What is the name of the old man who sat there?"',
        '"Quillan."',
    )
    assert list(found) == ["Nora", "Quillan"]
    assert found["Quillan"].aliases == ("Old Man",)


def test_people_in_a_list_are_not_one() -> None:
    text = 'The clerk, Edwin, and Nora came. Edwin laughed. Nora laughed. "Yes," said the clerk. The clerk ate.'
    assert "Clerk" in people("Edwin said no. Nora said no.", text)


def test_a_title_of_two_words_goes_with_its_name() -> None:
    text = '"Sergeant-Major Quill," said Nora. The sergeant-major laughed. The sergeant-major ate. The soldier wept.'
    found = people("Nora said no. Nora went.", text, '"No," said the soldier. The soldier slept.')
    assert list(found) == ["Nora", "Sergeant-Major Quill"]
    assert "Soldier" in found["Sergeant-Major Quill"].aliases


def test_a_title_alone_is_no_other_name() -> None:
    assert people("Miss Quill said no. Miss Quill went.")["Miss Quill"].aliases == ()


def test_a_calling_that_is_written_like_a_name_is_one() -> None:
    found = people(
        NORA, "Nora heard the Signora\u2019s voice. Behind the desk stood the weary Signora, and Nora sat down."
    )
    assert list(found) == ["Nora", "Arthur", "Signora"]


def test_pronouns_tell_that_somebody_is_none_of_those_with_names() -> None:
    text = "The stranger knocked. He waited. The stranger knocked again. He sighed."
    assert list(people("Nora said no. Nora went.", text)) == ["Nora", "Stranger"]
    assert list(people(NORA, text)) == ["Nora", "Arthur", "Stranger"]
    assert list(people(text, "Arthur said yes. Arthur laughed.")) == ["Arthur"]


def test_the_niece_is_somebody_though_another_woman_has_a_name() -> None:
    text = '"No," said the niece. The niece rose. Mrs. Quill came in. Mrs. Quill sat down. "Yes," said the niece.'
    assert set(people("Arthur said yes. Arthur laughed.", text)) == {"Arthur", "Niece", "Mrs. Quill"}


def test_a_title_without_an_article_is_a_name() -> None:
    assert list(people(NORA, '"Sit down," said Madame. Nora sat. "Thank you," said Madame.')) == [
        "Nora",
        "Arthur",
        "Madame",
    ]


def test_a_child_is_no_mr_quill_and_nobody_who_stands_beside_it() -> None:
    boy = "A boy stood there. The boy smiled. The boy nodded."
    assert "Boy" in people(boy, "Mr. Quill said no. Mr. Quill went.")
    assert "Boy" in people(boy, "Edwin looked at the boy. Edwin said no. Edwin laughed.")
    assert "Boy" not in people(boy, "Edwin said no. Edwin laughed.")
    assert "Boy" not in people(boy, "Edwin, the boy from the mill, said no. Edwin laughed.")
