"""What is told of an upload."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from contracts.values import ScriptFormat
from extraction.app.upload_script import script_uploaded
from extraction.domain.script import Format
from extraction.domain.scripts import ScriptVersion


def kept(format: str) -> ScriptVersion:
    now = datetime(2026, 3, 14, tzinfo=UTC)
    return ScriptVersion(
        UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4), 1, "A", format, None, "x", "0" * 64, 1, 1, now
    )


@pytest.mark.parametrize("format", ScriptFormat)
def test_a_format_of_the_event_is_told_as_it_is(format: ScriptFormat) -> None:
    told = script_uploaded(kept(format.value))
    assert (told.format, told.format_name) == (format, format.value)


def test_a_format_that_the_event_has_no_value_for_is_told_by_its_name() -> None:
    told = script_uploaded(kept("newer"))
    assert (told.format, told.format_name) == (ScriptFormat.TXT, "newer")


@pytest.mark.parametrize("format", Format)
def test_every_format_that_is_read_can_be_told(format: Format) -> None:
    assert script_uploaded(kept(format.value)).format_name == format.value
