"""Scenes as people name them."""

from collections.abc import Sequence

import pytest

from extraction.domain.script import named_scenes, spans


@pytest.mark.parametrize(
    ("numbers", "words"), [([], ""), ([4], "4"), ([1, 2, 3, 5, 7, 8], "1-3, 5, 7-8"), (range(1, 500), "1-499")]
)
def test_scene_numbers_are_written_as_spans(numbers: Sequence[int], words: str) -> None:
    assert spans(numbers) == words


def test_some_scenes_are_named_in_words() -> None:
    assert (named_scenes([4]), named_scenes([1, 3, 4, 5])) == ("scene 4", "scenes 1, 3-5")
