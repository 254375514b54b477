from collections.abc import Iterator

import pytest
from tests.system import running_stack

from dramatis.stack import LocalStack, StackOptions

SETTINGS = {
    "DRAMATIS_ACK_WAIT_SECONDS": "3",
    "DRAMATIS_SKETCH_LATENCY_MS": "300",
    "DRAMATIS_SHUTDOWN_SECONDS": "5",
}


@pytest.fixture(scope="package")
def stack() -> Iterator[LocalStack]:
    """The whole stack, each role of each service a process of its own, which a test may kill."""
    with running_stack(StackOptions(split=True, environment=SETTINGS)) as running:
        yield running
