import asyncio
from itertools import permutations
from uuid import uuid4

import pytest
from services.assets.tests.integration.workspace import Home, Json, Workspace, copied, drawn, not_copied, not_drawn

from assets.domain.images import MOST_IMAGES_AT_ONCE
from chassis.ids import new_id
from contracts.assets.v1 import ImageRequested, ImageSelected


async def images(workspace: Workspace, home: Home, asset: Json) -> list[Json]:
    return await workspace.items(f"{home.assets}/{asset['id']}/images")


async def select(workspace: Workspace, home: Home, image: Json, *, undo: bool = False, status: int = 200) -> Json:
    path = f"{home.assets}/{image['asset_id']}/images/{image['id']}/select"
    return await workspace.post(path, {"undo": undo}, status=status)


async def test_a_wish_asks_for_every_asset_with_all_that_its_drawer_needs(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home, description="Tall.", attributes={"age": "60"})
    await workspace.asset(home, "Harbour", "location")
    await workspace.asset(home, "Cup", "prop")
    answer = await workspace.wish(home, candidates=2)
    told = await workspace.emitted(ImageRequested)
    assert [(one.data["asset_type"], one.data["width"], one.data["height"]) for one in told] == [
        ("character", 512, 768),
        ("location", 1024, 576),
        ("prop", 512, 512),
    ]
    assert [one.data["request_id"] for one in told] == [request["id"] for request in answer["requests"]]
    first = told[0].data
    assert (first["asset_id"], first["description"]) == (mira["id"], "Tall.\nage: 60")
    assert (first["look"], first["candidates"], first["batch_size"]) == ("base", 2, 6)
    assert (first["batch_id"], first["reference_image"]) == (answer["batch_id"], None)
    style = (await workspace.get(home.project))["style_capsule_id"]
    assert (first["style_capsule"]["style_capsule_id"], first["style_capsule"]["version"]) == (style, 1)
    assert first["style_capsule"]["prompt"] == "black and white, hard light"
    assert (await workspace.shown(home, mira))["image"]["state"] == "requested"


async def test_without_a_style_nothing_is_drawn(workspace: Workspace) -> None:
    home = await workspace.home(styled=False)
    await workspace.asset(home)
    problem = await workspace.post(f"{home.assets}/generate-images", {}, status=409)
    assert problem["code"] == "style-capsule-required"
    assert await workspace.emitted(ImageRequested) == []


async def test_a_wish_names_assets_or_filters_them(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    cup = await workspace.asset(home, "Cup", "prop")
    old = await workspace.asset(home, "Old cup", "prop", status="archived")

    async def chosen(**fields: object) -> set[str]:
        return {request["asset_id"] for request in (await workspace.wish(home, **fields))["requests"]}

    assert await chosen(asset_ids=[cup["id"], cup["id"]]) == {cup["id"]}
    assert await chosen(asset_ids=[old["id"]]) == {old["id"]}
    assert await chosen() == {mira["id"], cup["id"]}
    assert await chosen(filter={"type": "prop"}) == {cup["id"]}
    assert await chosen(filter={"q": "cup", "status": "archived"}) == {old["id"]}
    await workspace.deliver(drawn(home, mira))
    assert await chosen(filter={"image": "drawn"}) == {mira["id"]}


async def test_a_wish_for_assets_that_are_not_there_asks_for_nothing(workspace: Workspace) -> None:
    home, other = await workspace.home(), await workspace.home()
    mira, stranger, nobody = await workspace.asset(home), await workspace.asset(other), str(uuid4())
    path = f"{home.assets}/generate-images"
    problem = await workspace.post(path, {"asset_ids": [mira["id"], stranger["id"], nobody]}, status=404)
    assert (problem["code"], problem["asset_ids"]) == ("assets-missing", sorted([stranger["id"], nobody]))
    problem = await workspace.post(path, {"filter": {"q": "nobody"}}, status=409)
    assert problem["code"] == "nothing-to-draw"
    assert await workspace.emitted(ImageRequested) == []


async def test_a_batch_is_bounded_in_images(workspace: Workspace) -> None:
    home = await workspace.home()
    await workspace.running.fetch(
        """
        INSERT INTO project_asset (id, workspace_id, project_id, branch_id, asset_type, name, name_key, first_name_key,
               aliases, description, attributes, scene_numbers, status, edited_fields, search, version, created_at,
               updated_at)
        SELECT gen_random_uuid(), $1, $2, $3, 'prop', n, n, n, '{}', '', '{}', '{}', 'draft', '{}', n, 1, now(), now()
          FROM (SELECT number::text FROM generate_series(1, $4) AS number) AS numbered (n)
        """,
        workspace.id,
        home.project_id,
        home.branch_id,
        MOST_IMAGES_AT_ONCE // 100 + 1,
    )
    problem = await workspace.post(f"{home.assets}/generate-images", {"candidates": 100}, status=422)
    assert problem["code"] == "too-many-to-draw"
    assert len((await workspace.wish(home, candidates=99))["requests"]) == MOST_IMAGES_AT_ONCE // 100 + 1


async def test_the_first_image_of_a_look_is_selected_and_the_others_wait(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    [request] = (await workspace.wish(home, candidates=2))["requests"]
    first = await workspace.draw(home, mira, request_id=request["id"])
    second = await workspace.draw(home, mira, request_id=request["id"], candidate=2)
    storm = await workspace.draw(home, mira, look="storm coat")
    assert [image["selected"] for image in await images(workspace, home, mira)] == [True, False, True]
    told = await workspace.emitted(ImageSelected)
    assert [one.data["image_id"] for one in told] == [first["id"], storm["id"]]
    assert [one.envelope.aggregate_version for one in told] == [2, 3]
    assert (told[0].data["source"], told[1].data["look"]) == (first["object_key"], "storm coat")
    shown = await workspace.shown(home, mira)
    assert shown["version"] == 3
    assert shown["image"] == {
        "state": "drawn",
        "selected_image_id": first["id"],
        "object_key": first["object_key"],
        "localized_key": None,
        "thumbnail_key": None,
        "localized_url": None,
        "width": 512,
        "height": 768,
        "sha256": first["sha256"],
        "error": None,
    }
    assert second["state"] == "drawn"


async def test_many_first_images_at_once_select_one(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    await workspace.deliver(*(drawn(home, mira, candidate=number) for number in range(1, 13)), times=2)
    listed = await images(workspace, home, mira)
    assert (len(listed), sum(image["selected"] for image in listed)) == (12, 1)
    assert len(await workspace.emitted(ImageSelected)) == 1


async def test_a_person_chooses_another_image_and_undoes_it_step_by_step(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    first, second, third = [await workspace.draw(home, mira) for _ in range(3)]
    assert (await select(workspace, home, second))["selected"] is True
    assert (await select(workspace, home, third))["id"] == third["id"]
    assert (await workspace.shown(home, mira))["image"]["selected_image_id"] == third["id"]
    assert (await select(workspace, home, third, undo=True))["id"] == second["id"]
    assert (await select(workspace, home, second, undo=True))["id"] == first["id"]
    assert (await select(workspace, home, first, undo=True, status=409))["code"] == "nothing-to-undo"
    assert (await select(workspace, home, third, undo=True, status=409))["code"] == "image-not-selected"
    told = await workspace.emitted(ImageSelected)
    assert [one.data["image_id"] for one in told] == [one["id"] for one in (first, second, third, second, first)]
    assert [one.envelope.aggregate_version for one in told] == [2, 3, 4, 5, 6]


async def test_choosing_the_selected_image_again_tells_nothing(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    image = await workspace.draw(home, mira)
    path = f"{home.assets}/{mira['id']}/images/{image['id']}/select"
    assert (await workspace.client.post(path)).json() == image
    assert len(await workspace.emitted(ImageSelected)) == 1


async def test_an_image_of_another_asset_cannot_be_chosen(workspace: Workspace) -> None:
    home = await workspace.home()
    mira, cup = await workspace.asset(home), await workspace.asset(home, "Cup", "prop")
    image = await workspace.draw(home, mira)
    problem = await select(workspace, home, {**image, "asset_id": cup["id"]}, status=404)
    assert problem["code"] == "image-not-found"
    assert (await select(workspace, home, {**image, "asset_id": str(uuid4())}, status=404))["code"] == "asset-not-found"


async def test_choices_at_the_same_moment_leave_one_selected(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    drawn_images = [await workspace.draw(home, mira) for _ in range(4)]
    await asyncio.gather(*(select(workspace, home, image) for image in drawn_images * 2))
    assert sum(image["selected"] for image in await images(workspace, home, mira)) == 1
    told = await workspace.emitted(ImageSelected)
    assert [one.envelope.aggregate_version for one in told] == list(range(2, len(told) + 2))
    assert (await workspace.shown(home, mira))["image"]["selected_image_id"] == told[-1].data["image_id"]


async def test_an_asset_whose_images_all_failed_says_why(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    [request] = (await workspace.wish(home, candidates=2))["requests"]
    await workspace.deliver(not_drawn(home, mira, request_id=request["id"], candidate=1))
    assert (await workspace.shown(home, mira))["image"]["state"] == "requested"
    await workspace.deliver(not_drawn(home, mira, request_id=request["id"], candidate=2))
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["error"]) == ("failed", "provider: refused: No hats.")
    await workspace.wish(home)
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["error"]) == ("requested", None)


@pytest.mark.parametrize("order", list(permutations(range(2))), ids=str)
async def test_a_failed_job_that_was_drawn_after_all_is_drawn_in_whatever_order(
    workspace: Workspace, order: tuple[int, int]
) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    [request] = (await workspace.wish(home))["requests"]
    job = {"request_id": request["id"], "job_id": new_id()}
    news = [not_drawn(home, mira, **job), drawn(home, mira, **job)]
    for place in order:
        await workspace.deliver(news[place], times=2)
    assert (await workspace.shown(home, mira))["image"]["state"] == "drawn"
    assert len(await images(workspace, home, mira)) == 1


async def test_an_image_shows_its_copy(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    image = await workspace.draw(home, mira)
    await workspace.deliver(copied(home, image, sha256="f" * 64), times=2)
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["sha256"], shown["error"]) == ("localized", "f" * 64, None)
    assert shown["localized_key"].endswith("/base.png")
    assert shown["thumbnail_key"].endswith("/base.thumbnail.webp")
    assert [asset["image"] for asset in await workspace.items(home.assets)] == [shown]
    [listed] = await images(workspace, home, mira)
    assert (listed["state"], listed["localized_key"]) == ("localized", shown["localized_key"])


async def test_an_image_that_could_not_be_copied_says_why_until_it_is(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    image = await workspace.draw(home, mira)
    localization_id = new_id()
    await workspace.deliver(not_copied(home, image, 1, localization_id))
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["error"]) == ("failed", "verify: checksum-mismatch: Not the same image.")
    await workspace.deliver(copied(home, image, 2, localization_id))
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["error"]) == ("localized", None)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
async def test_older_news_of_a_copy_never_overwrites_newer(workspace: Workspace, order: tuple[int, int, int]) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    image = await workspace.draw(home, mira)
    first, second = new_id(), new_id()
    news = [
        copied(home, image, 9, first, key="old.png"),
        not_copied(home, image, 1, second),
        copied(home, image, 2, second, key="new.png"),
    ]
    for place in order:
        await workspace.deliver(news[place])
    shown = (await workspace.shown(home, mira))["image"]
    assert (shown["state"], shown["localized_key"]) == ("localized", "new.png")


async def test_many_copies_are_noted_at_once(workspace: Workspace) -> None:
    home = await workspace.home()
    assets = [await workspace.asset(home, f"n{number}") for number in range(20)]
    await workspace.deliver(*(drawn(home, asset) for asset in assets))
    selected = [(await images(workspace, home, asset))[0] for asset in assets]
    gone = {"id": str(uuid4()), "asset_id": str(uuid4()), "object_key": "gone.png"}
    await workspace.deliver(*(copied(home, image) for image in [*selected, gone] * 3), times=2)
    assert {asset["image"]["state"] for asset in await workspace.items(home.assets)} == {"localized"}
    assert await workspace.running.dead_letters() == []


async def test_news_of_deleted_assets_and_images_are_ignored(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    [request] = (await workspace.wish(home))["requests"]
    image = await workspace.draw(home, mira)
    version = (await workspace.shown(home, mira))["version"]
    assert (await workspace.delete(f"{home.assets}/{mira['id']}", version)).status_code == 204
    before = len(await workspace.emitted())
    await workspace.deliver(
        drawn(home, mira, request_id=request["id"]),
        not_drawn(home, mira, request_id=request["id"]),
        copied(home, image),
        not_copied(home, image),
        times=2,
    )
    assert await workspace.running.dead_letters() == []
    assert len(await workspace.emitted()) == before


async def test_a_copy_does_not_get_in_the_way_of_somebody_who_is_editing(workspace: Workspace) -> None:
    home = await workspace.home()
    mira = await workspace.asset(home)
    image = await workspace.draw(home, mira)
    version = (await workspace.shown(home, mira))["version"]
    await workspace.deliver(copied(home, image))
    answer = await workspace.patch(f"{home.assets}/{mira['id']}", {"description": "Tall."}, version)
    assert answer.status_code == 200
    assert answer.json()["image"]["state"] == "localized"
