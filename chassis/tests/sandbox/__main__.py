"""The made-up service as a real process: python -m sandbox api|worker|relay|all.

`SANDBOX_SECONDS` is how long a POST, a handler and a task take.
"""

import asyncio
import os
import sys

import structlog

from chassis.events import Handler, Received
from chassis.service import Service, run
from chassis.work import Work
from sandbox import Claim, PaintWidget, Sandbox, Store, WidgetChanged

log = structlog.get_logger()


async def work_for_a_while(what: object) -> None:
    """Say so, then take time."""
    log.info("at work", what=str(what))
    await asyncio.sleep(float(os.environ.get("SANDBOX_SECONDS", "0")))  # lint: allow sleeping-test it is the work


async def on_widget_changed(event: Received[WidgetChanged], work: Work[Store]) -> None:
    """Count the effect, and tell of it."""
    if event.data.name == "an echo":
        return
    await work_for_a_while(event.data.widget_id)
    await work.store.count_effect(work.workspace_id, [(event.data.widget_id, event.data.name, event.version)])
    work.emit(WidgetChanged(widget_id=event.data.widget_id, name="an echo"), event.version)


async def paint(claim: Claim) -> str:
    """Paint a widget."""
    await work_for_a_while(claim.widget_id)
    return "painted"


def build() -> Service[Store]:
    """The service as its environment configures it."""
    handlers, tasks = [Handler(WidgetChanged, on_widget_changed, 1)], [PaintWidget(paint)]
    return Sandbox(work_for_a_while, handlers, tasks).build()


if __name__ == "__main__":
    run(build, sys.argv[1:])
