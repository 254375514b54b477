from collections.abc import Iterator

import pytest
from tests.system import running_stack

from dramatis.stack import LocalStack, StackOptions


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """The whole stack as `dramatis up` runs it, drawing as slowly as a vendor."""
    options = StackOptions(environment={"DRAMATIS_SKETCH_LATENCY_MS": "1500"})
    with running_stack(options) as running:
        yield running
