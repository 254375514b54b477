"""Where the frozen schemas, the examples and the generated documents lie in a checkout."""

from pathlib import Path

from contracts.subjects import parse_type, short_name

PROJECT = Path(__file__).resolve().parents[2]
REPOSITORY = PROJECT.parent
SCHEMAS = PROJECT / "schemas"
EXAMPLES = PROJECT / "examples"
ASYNCAPI = PROJECT / "asyncapi.json"
EVENT_MAP = REPOSITORY / "ARCHITECTURE.md"


def schema_path(event_type: str) -> Path:
    """Return the frozen schema of an event: `schemas/<owner>/<entity>.<fact>.v<major>.json`."""
    owner, entity, fact, major = parse_type(event_type)
    return SCHEMAS / owner / f"{entity}.{fact}.v{major}.json"


def examples_path(event_type: str) -> Path:
    """Return the folder of an event's golden examples."""
    return EXAMPLES / short_name(event_type)
