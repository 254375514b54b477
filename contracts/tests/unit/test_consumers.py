import pytest

from contracts.consumers import CONSUMERS, OTHER_CONSUMERS, SERVICES
from contracts.event import EventData
from contracts.registry import EVENTS
from contracts.subjects import owner_of

LISTED = [(service, event) for service, events in {**CONSUMERS, **OTHER_CONSUMERS}.items() for event in events]


def test_every_service_is_listed_and_no_other() -> None:
    assert tuple(CONSUMERS) == SERVICES
    assert set(OTHER_CONSUMERS).isdisjoint(SERVICES)


def test_every_event_is_owned_by_a_service() -> None:
    assert {owner_of(event_type) for event_type in EVENTS} == set(SERVICES)


@pytest.mark.parametrize(("service", "event"), LISTED)
def test_a_listed_event_is_registered(service: str, event: type[EventData]) -> None:
    assert EVENTS[event.TYPE] is event, service


@pytest.mark.parametrize(("service", "event"), LISTED)
def test_nobody_listens_to_itself(service: str, event: type[EventData]) -> None:
    assert owner_of(event.TYPE) != service


@pytest.mark.parametrize("service", [*CONSUMERS, *OTHER_CONSUMERS])
def test_nothing_is_listed_twice(service: str) -> None:
    events = {**CONSUMERS, **OTHER_CONSUMERS}[service]
    assert len(set(events)) == len(events)


def test_the_list_has_not_lost_its_edges() -> None:
    assert all(CONSUMERS.values())
    assert len(LISTED) >= 38
