"""All SQL of the service, one statement a method, in modules by what it is for. Row-level security adds the workspace."""

from extraction.adapters.store_chunk_documents import ChunkDocuments
from extraction.adapters.store_chunk_ends import ChunkEnds
from extraction.adapters.store_chunks import Chunks
from extraction.adapters.store_documents import Documents
from extraction.adapters.store_found import FoundAssets
from extraction.adapters.store_places import Places
from extraction.adapters.store_runs import Runs
from extraction.adapters.store_scripts import Scripts


class Store(Places, Scripts, Runs, Chunks, ChunkEnds, FoundAssets, Documents, ChunkDocuments):
    """The store of one transaction; `app.store` says what each method promises."""
