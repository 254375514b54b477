"""One run: how far it has come, and what it found."""

from uuid import UUID

from chassis.paging import Items, Page
from chassis.work import Work
from extraction.app.store import Store
from extraction.domain.errors import RunNotFound


async def show_run(run_id: UUID, work: Work[Store]) -> str:
    """The run with its first assets in brief, as JSON; raises `RunNotFound`."""
    document = await work.store.run_document(run_id)
    if document is None:
        raise missing(run_id)
    return document


async def list_run_assets(run_id: UUID, page: Page, work: Work[Store]) -> Items:
    """One page of everything it found, with all evidence; raises `RunNotFound`."""
    items = await work.store.list_assets(run_id, page)
    if items is None:
        raise missing(run_id)
    return items


async def list_run_chunks(run_id: UUID, page: Page, work: Work[Store]) -> Items:
    """One page of the chunks that a language model reads it in; raises `RunNotFound`."""
    items = await work.store.list_chunks(run_id, page)
    if items is None:
        raise missing(run_id)
    return items


def missing(run_id: UUID) -> RunNotFound:
    """The error for a run that is not there."""
    return RunNotFound(f"no run {run_id}; the runs of a branch are listed at …/branches/<branch>/runs")
