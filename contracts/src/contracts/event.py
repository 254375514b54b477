"""The data of an event: what every model in this package is."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class EventData(BaseModel):
    """A fact, told by its owner; unknown fields are ignored, so an old reader survives a new writer."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    TYPE: ClassVar[str]
    """`dramatis.<owner>.<entity>.<fact>.v<major>`."""

    AGGREGATE: ClassVar[str]
    """Kind of the thing whose version orders these events, e.g. `project`."""

    AGGREGATE_ID: ClassVar[str]
    """Name of the field that identifies that thing."""

    @property
    def aggregate_id(self) -> UUID:
        """The thing this event is about; with AGGREGATE it makes the `ce-subject`, `<aggregate>/<id>`."""
        identity: UUID = getattr(self, self.AGGREGATE_ID)
        return identity
