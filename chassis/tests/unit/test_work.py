from uuid import uuid4

import pytest
from sandbox import WidgetChanged

from chassis.errors import EventTooLarge
from chassis.work import MAX_PAYLOAD_BYTES, Cause, Work


def test_an_event_that_the_bus_cannot_carry_is_refused_where_it_is_told() -> None:
    work = Work("sandbox", None, Cause(uuid4(), uuid4()))
    empty = len(WidgetChanged(widget_id=uuid4(), name="").model_dump_json())
    work.emit(WidgetChanged(widget_id=uuid4(), name="é" * ((MAX_PAYLOAD_BYTES - empty) // 2)), 1)
    with pytest.raises(EventTooLarge, match=f"at most {MAX_PAYLOAD_BYTES} fit"):
        work.emit(WidgetChanged(widget_id=uuid4(), name="é" * (MAX_PAYLOAD_BYTES // 2)), 1)
    assert len(work.outgoing) == 1
