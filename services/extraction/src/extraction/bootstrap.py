"""Connects the parts of extraction; the only place that knows them all."""

from chassis.events import handlers_in
from chassis.objects import ObjectStore
from chassis.service import Service
from extraction.adapters.documents import read_document, script_of
from extraction.adapters.language_model import connect
from extraction.adapters.store import Store as PostgresStore
from extraction.app.documents import Documents
from extraction.app.engines import Engines, Extract
from extraction.app.keep_reply import KeepReply
from extraction.app.language_model import LanguageModel
from extraction.app.presign_reply import PresignReply
from extraction.app.read_chunk import ReadChunk, tries_under_way
from extraction.app.read_script import ReadScript
from extraction.app.script_shelf import ScriptShelf
from extraction.app.store import Store
from extraction.domain import builtin_engine
from extraction.entrypoints import events
from extraction.entrypoints.http import router
from extraction.settings import Settings


def build(
    extract: Extract = builtin_engine.extract, model: LanguageModel | None = None, settings: Settings | None = None
) -> Service[Store]:
    """The service, from the environment unless told otherwise; `extract` and `model` take the place of its engines."""
    settings = settings or Settings()
    objects = ObjectStore(settings)
    documents = Documents(read_document, script_of)
    configured = None if model else connect(settings)
    engines = Engines(
        extract=extract,
        model=model or configured,
        chunk_tokens=settings.llm_chunk_tokens,
        reply_tokens=settings.llm_reply_tokens,
        price_cap_usd=settings.run_price_cap_usd,
    )
    shelf = ScriptShelf(documents, places=settings.read_concurrency + tries_under_way(settings.llm_concurrency))
    read_script = ReadScript(engines, shelf, concurrency=settings.read_concurrency, max_tries=settings.read_tries)
    read_chunk = ReadChunk(
        engines, shelf, KeepReply(objects), concurrency=settings.llm_concurrency, max_tries=settings.llm_tries
    )
    return Service(
        name="extraction",
        settings=settings,
        bind=PostgresStore,
        router=router,
        handlers=handlers_in(events),
        tasks=[read_script, read_chunk],
        parts={
            Documents: documents,
            Engines: engines,
            PresignReply: PresignReply(objects, seconds=settings.reply_url_seconds),
        },
        resources=[objects, *([configured] if configured else [])],
    )
