import re
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from localizer.domain.keys import CopyKeys, copy_keys, is_own_key, is_sound_key, is_url, look_part

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LOOKS = st.text(min_size=1, max_size=200)
PROJECT, BRANCH, ASSET, IMAGE = (UUID(int=n) for n in range(1, 5))
FOLDER = f"project_{PROJECT}/branch_{BRANCH}/master-assets/character/{ASSET}"


def keys_for(look: str = "base", image_id: UUID = IMAGE, source: str = "workspace_1/a.png") -> CopyKeys:
    return copy_keys(
        project_id=PROJECT,
        branch_id=BRANCH,
        asset_type="character",
        asset_id=ASSET,
        image_id=image_id,
        look=look,
        source=source,
    )


def test_a_copy_lies_below_its_project_branch_type_and_asset() -> None:
    keys = keys_for()
    assert keys.key == f"{FOLDER}/base-{IMAGE}.png"
    assert keys.thumbnail_key == f"{FOLDER}/thumbnails/base-{IMAGE}.webp"


@PATIENT
@given(LOOKS, st.text(min_size=1, max_size=200))
def test_keys_are_safe_in_a_url_and_short_enough_for_any_store(look: str, source: str) -> None:
    for key in (keys_for(look, source=source).key, keys_for(look, source=source).thumbnail_key):
        assert re.fullmatch(r"[A-Za-z0-9._~/-]+", key)
        assert is_sound_key(key)
        assert len(key) <= 300


@PATIENT
@given(LOOKS, LOOKS)
def test_two_looks_never_share_a_key(one: str, other: str) -> None:
    assert (keys_for(one) == keys_for(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("storm coat", "storm-coat"),
        ("Storm Coat", "storm coat"),
        ("雨夜", "夜雨"),
        ("café", "cafe"),
        ("look", "🌧️"),
        ("a" * 199 + "b", "a" * 199 + "c"),
    ],
)
def test_looks_that_read_alike_have_keys_of_their_own(one: str, other: str) -> None:
    assert keys_for(one) != keys_for(other)


def test_no_look_can_take_the_key_of_another_by_spelling_its_digest() -> None:
    assert keys_for(look_part("storm coat")) != keys_for("storm coat")


def test_images_of_one_look_have_keys_of_their_own() -> None:
    assert keys_for(image_id=uuid4()) != keys_for(image_id=uuid4())


def test_a_look_can_be_recognised_in_its_key() -> None:
    assert look_part("base") == "base"
    assert look_part("wedding-dress") == "wedding-dress"
    assert re.fullmatch(r"storm-coat_[0-9a-f]{16}", look_part("Storm Coat"))
    assert re.fullmatch(r"look_[0-9a-f]{16}", look_part("雨夜"))


@pytest.mark.parametrize(
    ("source", "extension"),
    [
        ("a/b.png", "png"),
        ("a/b.JPEG", "jpg"),
        ("a/b.jpg", "jpg"),
        ("a/b.svg", "img"),
        ("a/b", "img"),
        ("a.png/b", "img"),
    ],
)
def test_the_extension_is_the_source_s_when_it_is_an_image_s(source: str, extension: str) -> None:
    assert keys_for(source=source).key.endswith(f".{extension}")


@pytest.mark.parametrize("source", ["https://images.example.org/a.png", "HTTP://x", "s3://bucket/key"])
def test_a_source_with_a_scheme_is_a_url(source: str) -> None:
    assert is_url(source)


@pytest.mark.parametrize("source", ["workspace_1/uploads/雨夜.png", "a:b/c", "//a"])
def test_a_source_without_a_scheme_is_an_object_key(source: str) -> None:
    assert not is_url(source)


WORKSPACE = UUID("019a0000-0000-7000-8000-000000000001")
STRANGER = UUID("019a0000-0000-7000-8000-000000000002")
OWN = f"workspace_{WORKSPACE}/"


@pytest.mark.parametrize(
    "rest", ["imagegen/a/b.png", "uploads/吴子安-雨夜 2.png", "uploads/..hidden", "a/...", "%2e%2e/a"]
)
def test_a_workspace_owns_what_lies_below_its_name(rest: str) -> None:
    assert is_own_key(OWN + rest, WORKSPACE)


@pytest.mark.parametrize(
    "key",
    [
        f"workspace_{STRANGER}/imagegen/a.png",
        f"workspace_{WORKSPACE}",
        OWN,
        f"{OWN}../workspace_2/a.png",
        f"{OWN}a/../../b.png",
        f"{OWN}./a.png",
        f"{OWN}a//b.png",
        f"{OWN}a/",
        f"{OWN}..\\..\\b.png",
        f"{OWN}a\x00.png",
        f"{OWN}a\n.png",
        f"/{OWN}a.png",
        f"x/{OWN}a.png",
        f"WORKSPACE_{WORKSPACE}/a.png",
        f"{OWN}{'a' * 1024}",
        "",
    ],
)
def test_a_workspace_owns_nothing_else(key: str) -> None:
    assert not is_own_key(key, WORKSPACE)


@PATIENT
@given(st.lists(st.sampled_from(["..", ".", "", "a", "b.png"]), min_size=1, max_size=6))
def test_an_own_key_stays_below_its_workspace_however_it_is_resolved(segments: list[str]) -> None:
    key = OWN + "/".join(segments)
    assert is_own_key(key, WORKSPACE) == (not {"..", ".", ""} & set(segments))
