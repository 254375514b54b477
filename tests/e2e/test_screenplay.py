"""A real screenplay becomes filed reference images: what the project is for, from the outside."""

import asyncio
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.system import STYLE, System, assert_whole

from dramatis.production import Outcome, Production
from dramatis.stack import LocalStack

pytestmark = pytest.mark.timeout(180)  # the first test waits for a stack, and for a production on it

SCREENPLAY = Path(__file__).parents[2] / "examples" / "the-street-that-wasnt-there.fountain"
SIZES = {"character": (512, 768), "location": (1024, 576), "prop": (512, 512)}


@pytest.fixture(scope="module")
async def made(stack: LocalStack) -> Outcome:
    """The screenplay, taken all the way once."""
    return await asyncio.to_thread(produce, System(stack.state))


def produce(system: System) -> Outcome:
    with system.api() as api:
        return Production(api).produce(SCREENPLAY, "The Street", STYLE)


async def test_every_character_location_and_prop_is_drawn_once_and_filed_once(stack: LocalStack, made: Outcome) -> None:
    assert Counter(asset["type"] for asset in made.assets) == {"character": 8, "location": 8, "prop": 24}
    await assert_whole(System(stack.state), made.place, len(made.assets))


def test_each_file_lies_where_its_asset_says_and_is_a_picture_of_its_type(stack: LocalStack, made: Outcome) -> None:
    with System(stack.state).api() as api:
        for asset in made.assets:
            image = asset["image"]
            folder = f"{made.place.folder}{asset['type']}/{asset['id']}/"
            assert image["localized_key"].startswith(folder)
            assert image["thumbnail_key"].startswith(folder)
            url = api.get("localizer", image["localized_url"].removeprefix("/api/localizer"))["url"]
            with Image.open(BytesIO(api.download(url))) as picture:
                assert picture.size == SIZES[asset["type"]] == (image["width"], image["height"])


def test_every_picture_is_in_the_projects_style(stack: LocalStack, made: Outcome) -> None:
    with System(stack.state).api() as api:
        jobs = list(api.items("imagegen", "/v1/jobs", project_id=made.place.project_id))
        shown: list[dict[str, Any]] = [api.get("imagegen", f"/v1/jobs/{job['id']}") for job in jobs]
    assert len(shown) == len(made.assets)
    assert {job["request"]["style_capsule"]["prompt"] for job in shown} == {STYLE}


async def test_the_same_screenplay_again_makes_nothing_twice(stack: LocalStack, made: Outcome) -> None:
    system = System(stack.state)
    again = await asyncio.to_thread(produce, system)
    assert again.asked == 0
    assert [asset["id"] for asset in again.assets] == [asset["id"] for asset in made.assets]
    assert again.run["script_version"] == made.run["script_version"]
    await assert_whole(system, made.place, len(made.assets))
