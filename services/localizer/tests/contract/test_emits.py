from uuid import uuid4

from services.localizer.tests.integration.scene import Scene, png, sha256_of

from contracts.assets.v1 import ImageSelected
from contracts.examples import golden
from contracts.registry import EVENTS
from dramatis.testing.contract_suite import aimed, assert_frozen, owned_by


async def test_every_event_of_the_service_is_told_as_its_frozen_schema_promises(scene: Scene) -> None:
    data = png()
    source = await scene.stored(data)
    looks = ["base", "雨夜", '🌧️ / "soaked"', "x" * 200]
    await scene.deliver(
        *(scene.selected(source, look=look, sha256=sha256_of(data)) for look in looks),
        scene.selected(source, sha256=sha256_of(b"another image")),
        scene.selected("https://images.example.org/mira.png"),
        scene.selected(f"workspace_{scene.running.workspace_id}/imagegen/gone.png"),
        scene.selected(await scene.stored(b"no image")),
    )
    await scene.at_rest()
    published = await scene.emitted()
    assert len(published) == 8
    for event in published:
        assert_frozen(event)
    assert {EVENTS[event.type] for event in published} == owned_by("localizer")
    assert len(owned_by("localizer")) >= 2


async def test_the_longest_message_still_fits_its_event(scene: Scene) -> None:
    await scene.deliver(scene.selected(f"https://images.example.org/{'a' * 2_000}"))
    await scene.until("failed")
    [event] = await scene.emitted()
    assert_frozen(event)


async def test_an_event_leads_back_to_the_selection(scene: Scene) -> None:
    selected = scene.selected(await scene.stored(png()))
    await scene.deliver(selected)
    await scene.until("localized")
    [event] = await scene.emitted()
    assert str(event.envelope.causation_id) == selected.headers["ce-id"]
    assert str(event.envelope.correlation_id) == selected.headers["ce-correlationid"]


async def test_versions_of_a_localization_count_up(scene: Scene) -> None:
    source, image_id = await scene.stored(png()), uuid4()
    for version in (1, 2, 3):
        await scene.deliver(scene.selected(source, image_id=image_id, version=version))
        await scene.until("localized")
    versions = [event.envelope.aggregate_version for event in await scene.emitted()]
    assert len(versions) == 3
    assert versions == sorted(set(versions))


async def test_every_example_of_a_selection_ends_in_words_when_its_source_is_not_there(scene: Scene) -> None:
    examples = [aimed(example) for example in golden(ImageSelected.TYPE)]
    await scene.deliver(*examples)
    await scene.at_rest()
    rows, published = await scene.rows(), await scene.emitted()
    assert {row["error_class"] for row in rows} == {"source-missing", "source-not-stored"}
    assert len(published) == len(rows) >= 5
    for event in published:
        assert_frozen(event)
