"""What the model is asked, and that a change of it changes its version."""

from hashlib import sha256

from extraction.domain.llm import layout, prompt
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.prompt import CAST_SHOWN, PROMPT_VERSION, prompt_for, prompt_for_missing

CHUNK = Chunk(
    1,
    (4, 5),
    0,
    "[Scene 1] INT. INN - DAY\n\nMaeve pours.\n\n[Scene 2] EXT. QUAY\n\nFog.\n",
    ("a", "b"),
    (12, 8),
    ((), ()),
)
VERSIONS = {"1": "e21efa3b6e81024f"}


def test_whoever_changes_the_prompt_changes_its_version() -> None:
    words = "\n".join(
        [prompt.INSTRUCTIONS, prompt.KNOWN, prompt.SCENES, prompt.MISSING, layout.opening(1, "X"), layout.BEFORE]
    )

    told = sha256(words.encode()).hexdigest()[:16]
    assert VERSIONS.get(PROMPT_VERSION) == told, (
        f"raise PROMPT_VERSION in {prompt.__name__}, then add its number here: VERSIONS[...] = {told!r}"
    )


def test_the_prompt_holds_the_scenes_and_names_known_from_elsewhere() -> None:
    asked = prompt_for(CHUNK, ["Ines Calloway", "Leopold\nFinch"])

    assert CHUNK.text in asked.user
    assert "- Ines Calloway\n- Leopold Finch\n" in asked.user
    assert asked.text == f"{asked.system}\n\n{asked.user}"


def test_of_a_long_cast_the_most_important_are_named() -> None:
    asked = prompt_for(CHUNK, [f"Name {number}" for number in range(CAST_SHOWN + 1)]).user

    assert asked.count("\n- Name ") == CAST_SHOWN
    assert f"- Name {CAST_SHOWN - 1}\n" in asked
    assert f"Name {CAST_SHOWN}" not in asked


def test_nothing_is_said_about_known_names_when_there_are_none() -> None:
    assert "Names known" not in prompt_for(CHUNK).user


def test_the_words_of_the_example_are_no_words_of_the_scenes() -> None:
    assert "EXAMPLE-NAME" in prompt_for(CHUNK).system
    assert "EXAMPLE" not in prompt_for(CHUNK).user


def test_scenes_with_braces_are_sent_as_they_are() -> None:
    odd = Chunk(1, (1,), 0, "[Scene 1]\n\nA sign: {open} {0} {", ("key",), (9,), ((),))

    assert "{open} {0} {" in prompt_for(odd, ["{x}"]).user


def test_asked_again_it_lists_only_what_is_missing() -> None:
    asked = prompt_for_missing(CHUNK, ["Maeve"], ["Maeve", "Inn"], ["2 items cut off at the end"])

    assert asked.user.startswith(prompt_for(CHUNK, ["Maeve"]).user)
    assert "- Maeve\n- Inn\n" in asked.user
    assert "2 items cut off at the end" in asked.user


def test_asked_again_without_anything_recovered_it_says_so() -> None:
    assert "- nothing" in prompt_for_missing(CHUNK, [], [], []).user
