"""Connects the parts of imagegen; the only place that knows them all."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from chassis.events import handlers_in
from chassis.objects import ObjectStore
from chassis.service import Service
from imagegen.adapters import pictures
from imagegen.adapters.sketch_provider import SketchProvider
from imagegen.adapters.store import Store as PostgresStore
from imagegen.app.discard_image import DiscardImage
from imagegen.app.draw_image import DrawImage
from imagegen.app.providers import Provider, Providers
from imagegen.app.store import Store
from imagegen.entrypoints import events
from imagegen.entrypoints.http import router
from imagegen.settings import Settings


def build(settings: Settings | None = None, others: Sequence[Provider] = ()) -> Service[Store]:
    """The service, from the environment unless told otherwise; `others` are providers beside the configured ones."""
    settings = settings or Settings()
    objects = ObjectStore(settings)
    sketch = SketchProvider(settings.sketch_concurrency, settings.sketch_latency_ms)
    providers = Providers([sketch, *others], settings.image_provider)
    draw = DrawImage(
        providers,
        objects,
        pictures.inspect,
        concurrency=settings.draw_concurrency,
        max_tries=settings.draw_tries,
    )
    return Service(
        name="imagegen",
        settings=settings,
        bind=PostgresStore,
        router=router,
        handlers=[replace(each, function=partial(each.function, providers=providers)) for each in handlers_in(events)],
        tasks=[draw, DiscardImage(objects)],
        parts={Providers: providers},
        resources=[objects, sketch],
    )
