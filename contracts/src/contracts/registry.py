"""Every event there is, by its type."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.assets import v1 as assets_v1
from contracts.event import EventData
from contracts.extraction import v1 as extraction_v1
from contracts.imagegen import v1 as imagegen_v1
from contracts.localizer import v1 as localizer_v1

EVENTS: Mapping[str, type[EventData]] = MappingProxyType(
    {
        event.TYPE: event
        for event in (*extraction_v1.EVENTS, *assets_v1.EVENTS, *imagegen_v1.EVENTS, *localizer_v1.EVENTS)
    }
)
