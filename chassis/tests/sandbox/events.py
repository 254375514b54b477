"""Messages of the sandbox, as another service would have sent them."""

from uuid import UUID, uuid4

from chassis.ids import new_id, now
from contracts.envelope import Envelope
from contracts.examples import Golden
from sandbox import WidgetChanged


def widget_changed(widget_id: UUID, name: str, version: int) -> Golden:
    """One `widget.changed` message."""
    data = WidgetChanged(widget_id=widget_id, name=name)
    envelope = Envelope(
        id=new_id(),
        type=WidgetChanged.TYPE,
        source="/services/sandbox",
        subject=f"{data.AGGREGATE}/{data.aggregate_id}",
        time=now(),
        workspace_id=uuid4(),
        correlation_id=new_id(),
        causation_id=None,
        aggregate_version=version,
    )
    return Golden(f"{name}-{version}", envelope.headers(), data.model_dump_json().encode())
