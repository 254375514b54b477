"""Connects the parts of the localizer; the only place that knows them all."""

from chassis.events import handlers_in
from chassis.objects import ObjectStore
from chassis.service import Service
from localizer.adapters.pillow import Pillow
from localizer.adapters.store import Store as PostgresStore
from localizer.app.copy_image import CopyImage
from localizer.app.presign_object import PresignObject
from localizer.app.remove_copy import RemoveCopy
from localizer.app.store import Store
from localizer.entrypoints import events
from localizer.entrypoints.http import router
from localizer.settings import Settings


def build() -> Service[Store]:
    """The service as its environment configures it."""
    settings = Settings()
    objects = ObjectStore(settings)
    copy_image = CopyImage(
        objects,
        Pillow(max_pixels=settings.max_image_pixels).read,
        concurrency=settings.copy_concurrency,
        max_bytes=settings.max_image_bytes,
    )
    return Service(
        name="localizer",
        settings=settings,
        bind=PostgresStore,
        router=router,
        handlers=handlers_in(events),
        tasks=[copy_image, RemoveCopy(objects, concurrency=settings.remove_concurrency)],
        parts={PresignObject: PresignObject(objects, seconds=settings.url_seconds)},
        resources=[objects],
    )
