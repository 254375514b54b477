import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.errors import NameBlank
from assets.domain.names import (
    LONGEST_KEY_BYTES,
    distinct_names,
    folded,
    name_key,
    search_pattern,
    search_text,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("JOHN SMITH", "John  Smith"),
        ("  Mira\t", "mira"),
        ("Straße", "STRASSE"),
        ("café", "cafe\u0301"),
        ("\uff2b\uff25\uff25\uff30\uff25\uff32", "keeper"),
        ("Café\u00a0de la Paix", "CAFE\u0301 DE LA PAIX"),
        ("吴\u3000子安", "吴 子安"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("MIRA", "MIRO"), ("Mira 2", "Mira"), ("e\u0301", "e")])
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("blank", ["", " ", "\u3000\t", "\x1c"])
def test_a_blank_name_has_no_key(blank: str) -> None:
    with pytest.raises(NameBlank):
        name_key(blank)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text("\ufdfa \u0130ẞaé", min_size=1, max_size=200).filter(str.strip))
def test_a_key_fits_an_index_entry(name: str) -> None:
    assert len(name_key(name).encode()) <= LONGEST_KEY_BYTES


def test_long_names_that_differ_at_the_end_keep_different_keys() -> None:
    longest = "\ufdfa" * 199
    assert name_key(longest + "a") != name_key(longest + "b")


def test_a_pattern_takes_wildcards_literally() -> None:
    assert search_pattern("50%_\\") == "%50\\%\\_\\\\%"


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_nothing_wanted_is_no_pattern(nothing: str | None) -> None:
    assert search_pattern(nothing) is None


def test_what_is_searched_is_folded_and_without_blanks() -> None:
    assert search_text(["MIRA", " ", "The  Keeper"]) == "mira\nthe keeper"


def test_distinct_names_keep_the_first_spelling_and_the_order() -> None:
    names = ["The Keeper", "MIRA", "the  keeper", "", "Mrs. Okafor"]
    assert distinct_names(names, besides="Mira", most=10) == ("The Keeper", "Mrs. Okafor")
    assert distinct_names(names, besides="Mira", most=1) == ("The Keeper",)
