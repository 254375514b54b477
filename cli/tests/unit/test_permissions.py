import pytest

from contracts.consumers import CONSUMERS, SERVICES
from contracts.subjects import durable_of
from dramatis.servers.permissions import inbox_prefix, nats_permissions


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_listens_to_its_own_inbox_only(service: str) -> None:
    assert nats_permissions(service).subscribe == (f"{inbox_prefix(service)}.>",)


@pytest.mark.parametrize("service", SERVICES)
def test_outside_the_jetstream_api_a_service_speaks_with_its_own_voice_only(service: str) -> None:
    spoken = {subject for subject in nats_permissions(service).publish if not subject.startswith("$JS.")}
    assert spoken == {f"{service}.>", f"work.{service}.>", f"dead.{service}.>", f"_INBOX_{service}.>"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_consumed_event_can_be_pulled_and_acknowledged(service: str) -> None:
    allowed = set(nats_permissions(service).publish)
    for event in CONSUMERS[service]:
        durable = durable_of(service, event.TYPE)
        stream = event.TYPE.split(".")[1].upper()
        assert f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}" in allowed
        assert f"$JS.ACK.{stream}.{durable}.>" in allowed


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_may_change_or_delete_streams_and_consumers_of_others(service: str) -> None:
    for subject in nats_permissions(service).publish:
        assert "DELETE" not in subject
        assert "STREAM.CREATE" not in subject
        assert "STREAM.UPDATE" not in subject
        assert not subject.startswith("$JS.API.>")


def test_a_service_without_consumed_events_keeps_its_voice_and_its_work() -> None:
    allowed = nats_permissions("newcomer").publish
    assert "newcomer.>" in allowed
    assert "$JS.API.CONSUMER.MSG.NEXT.WORK_NEWCOMER.>" in allowed
