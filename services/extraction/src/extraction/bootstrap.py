"""Connects the parts of extraction; the only place that knows them all."""

from chassis.events import handlers_in
from chassis.service import Service
from extraction.adapters.documents import read_document, script_of
from extraction.adapters.store import Store as PostgresStore
from extraction.app.documents import Documents
from extraction.app.read_script import Extract, ReadScript
from extraction.app.store import Store
from extraction.domain import builtin_engine
from extraction.entrypoints import events
from extraction.entrypoints.http import router
from extraction.settings import Settings


def build(extract: Extract = builtin_engine.extract) -> Service[Store]:
    """The service as its environment configures it, reading with the built-in engine unless told otherwise."""
    settings = Settings()
    documents = Documents(read_document, script_of)
    read_script = ReadScript(documents, extract, concurrency=settings.read_concurrency, max_tries=settings.read_tries)
    return Service(
        name="extraction",
        settings=settings,
        bind=PostgresStore,
        router=router,
        handlers=handlers_in(events),
        tasks=[read_script],
        parts={Documents: documents},
    )
