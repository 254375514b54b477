"""The composition root: the only place that knows every part of the assets service."""

from assets.adapters.store import Store as PostgresStore
from assets.app.store import Store
from assets.entrypoints import events
from assets.entrypoints.http import router
from assets.settings import Settings
from chassis.events import handlers_in
from chassis.service import Service


def build() -> Service[Store]:
    """The service as its environment configures it."""
    return Service(name="assets", settings=Settings(), bind=PostgresStore, router=router, handlers=handlers_in(events))
