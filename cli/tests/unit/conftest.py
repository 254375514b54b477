from collections.abc import Iterator

import pytest
from cli.tests.unit.stand_in import StandIn, serving


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A server that answers what the test says."""
    with serving() as each:
        yield each
