"""At which stage of a task something went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.tasks import Failure
from extraction.domain.runs import Trouble


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Let an exception that leaves the block say at which stage it arose; of stages in stages it is the innermost."""
    try:
        yield
    except Exception as error:
        vars(error).setdefault("stage", name)
        raise


def trouble_of(failure: Failure) -> Trouble:
    """A failed try as runs and chunks record it."""
    return Trouble(failure.stage, failure.error_class, failure.message)
