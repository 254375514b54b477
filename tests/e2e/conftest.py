from collections.abc import Iterator

import pytest
from tests.system import running_stack

from dramatis.stack import LocalStack


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """The whole stack as `dramatis up` runs it."""
    with running_stack() as running:
        yield running
