from uuid import UUID

import pytest

from contracts.registry import EVENTS
from contracts.subjects import (
    DEAD_STREAM,
    DEAD_SUBJECTS,
    EventTypeInvalid,
    NameInvalid,
    dataschema_of,
    dead_subject,
    dead_subjects,
    durable_of,
    event_filter,
    event_subject,
    owner_of,
    parse_type,
    short_name,
    stream_of,
    stream_subjects,
    work_durable,
    work_filter,
    work_stream,
    work_subject,
    work_subjects,
)

WORKSPACE = UUID("019b8d62-7a80-768c-a30e-03772a58aff1")
CREATED = "dramatis.assets.project.created.v1"
CAPSULE = "dramatis.assets.style-capsule.updated.v12"


def test_an_event_is_published_to_its_workspace() -> None:
    assert event_subject(CREATED, WORKSPACE) == f"assets.project.created.v1.{WORKSPACE}"


def test_a_filter_takes_every_workspace_and_nothing_else() -> None:
    assert event_filter(CREATED) == "assets.project.created.v1.*"
    assert event_filter(CAPSULE) == "assets.style-capsule.updated.v12.*"


def test_the_parts_of_a_type() -> None:
    assert parse_type(CAPSULE) == ("assets", "style-capsule", "updated", 12)
    assert owner_of(CAPSULE) == "assets"
    assert short_name(CAPSULE) == "assets.style-capsule.updated.v12"
    assert dataschema_of(CREATED) == "urn:dramatis:schema:assets.project.created.v1"


def test_streams_durables_work_and_dead_letters() -> None:
    assert (stream_of("assets"), stream_subjects("assets")) == ("ASSETS", "assets.>")
    assert durable_of("extraction", CREATED) == "extraction-assets-project-created-v1"
    assert work_subject("imagegen", "draw", WORKSPACE) == f"work.imagegen.draw.{WORKSPACE}"
    assert work_filter("imagegen", "draw") == "work.imagegen.draw.*"
    assert (work_stream("imagegen"), work_subjects("imagegen")) == ("WORK_IMAGEGEN", "work.imagegen.>")
    assert work_durable("imagegen", "draw") == "imagegen-work-draw"
    assert dead_subject("assets", "assets-imagegen-job-failed-v1") == "dead.assets.assets-imagegen-job-failed-v1"
    assert (dead_subjects("assets"), DEAD_SUBJECTS, DEAD_STREAM) == ("dead.assets.>", "dead.>", "DEAD")


@pytest.mark.parametrize(
    "event_type",
    [
        "",
        "assets.project.created.v1",
        "dramatis.assets.project.created",
        "dramatis.assets.project.created.v0",
        "dramatis.assets.project.created.v01",
        "dramatis.assets.project.created.1",
        "dramatis.assets.Project.created.v1",
        "dramatis.assets.project.created.v1.extra",
        "dramatis.assets.project.created.v1\n",
        "dramatis.assets.*.created.v1",
        "dramatis.assets.>.created.v1",
        "dramatis.assets.style--capsule.created.v1",
        "dramatis.assets.-project.created.v1",
        "dramatis.ass ets.project.created.v1",
    ],
)
def test_what_is_not_a_type_is_refused(event_type: str) -> None:
    with pytest.raises(EventTypeInvalid):
        parse_type(event_type)


@pytest.mark.parametrize("name", ["", "*", ">", "a.b", "a b", "A", "a-", "-a", "a\n", "draw\r\nX"])
def test_a_name_that_would_change_the_subject_is_refused(name: str) -> None:
    with pytest.raises(NameInvalid):
        work_subject("imagegen", name, WORKSPACE)
    with pytest.raises(NameInvalid):
        dead_subject(name, "durable")
    with pytest.raises(NameInvalid):
        stream_of(name)


@pytest.mark.parametrize("event_type", EVENTS)
def test_every_event_follows_the_grammar(event_type: str) -> None:
    owner, entity, fact, major = parse_type(event_type)
    assert event_subject(event_type, WORKSPACE).split(".") == [owner, entity, fact, f"v{major}", str(WORKSPACE)]
    assert event_subject(event_type, WORKSPACE).startswith(stream_subjects(owner).removesuffix(">"))
    assert durable_of("studio", event_type) == f"studio-{owner}-{entity}-{fact}-v{major}"


def test_no_two_events_share_a_durable() -> None:
    assert len({durable_of("studio", event_type) for event_type in EVENTS}) == len(EVENTS)
