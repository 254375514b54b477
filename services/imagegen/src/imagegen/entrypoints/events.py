"""Events that imagegen consumes."""

from chassis.events import Received, consumes
from chassis.work import Work
from contracts.assets.v1 import ImageRequested
from imagegen.app.providers import Providers
from imagegen.app.queue_jobs import queue_jobs
from imagegen.app.store import Store


@consumes(ImageRequested)
async def on_image_requested(event: Received[ImageRequested], work: Work[Store], *, providers: Providers) -> None:
    """Queue one job per candidate; `bootstrap` gives the providers."""
    await queue_jobs(event.data, providers.default, work)
