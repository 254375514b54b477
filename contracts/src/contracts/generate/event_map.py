"""The table of who publishes and who consumes, kept between two markers of a Markdown file."""

from contracts.consumers import CONSUMERS, OTHER_CONSUMERS
from contracts.event import EventData
from contracts.generate.schema import summary_of
from contracts.registry import EVENTS
from contracts.subjects import owner_of, short_name

BEGIN = "<!-- events:begin -->"
END = "<!-- events:end -->"


class MarkersMissing(ValueError):
    """The file has no place for the table, or more than one."""

    code = "event-map-markers-missing"
    kind = "invalid"


def event_map() -> str:
    """Return the Markdown table, one row per event."""
    rows = [
        f"| `{short_name(event.TYPE)}` | {owner_of(event.TYPE)} | {_consumers(event)} | {summary_of(event)} |"
        for event in EVENTS.values()
    ]
    return "\n".join(["| event | published by | consumed by | what it says |", "| --- | --- | --- | --- |", *rows])


def with_event_map(document: str) -> str:
    """Return the document with the table of today between its markers; raises MarkersMissing."""
    if document.count(BEGIN) != 1 or document.count(END) != 1 or document.index(END) < document.index(BEGIN):
        raise MarkersMissing(f"it needs {BEGIN} and, below it, {END}, once each")
    before, _, rest = document.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{event_map()}\n{END}{after}"


def _consumers(event: type[EventData]) -> str:
    names = [service for service, consumed in CONSUMERS.items() if event in consumed]
    names += [f"*{reader}*" for reader, consumed in OTHER_CONSUMERS.items() if event in consumed]
    return ", ".join(names) or "—"
