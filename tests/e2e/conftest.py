from collections.abc import Iterator

import pytest
from tests.system import running_stack

from dramatis.stack import LocalStack


@pytest.fixture(scope="package")
def stack() -> Iterator[LocalStack]:
    """The whole stack as `dramatis up` runs it."""
    with running_stack() as running:
        yield running
