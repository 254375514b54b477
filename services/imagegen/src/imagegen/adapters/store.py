"""All SQL of the service, one statement a method, in modules by what it is for. Row-level security adds the workspace."""

from imagegen.adapters.store_batches import Batches
from imagegen.adapters.store_documents import Documents
from imagegen.adapters.store_jobs import Jobs
from imagegen.adapters.store_tries import Tries


class Store(Jobs, Tries, Batches, Documents):
    """The store of one transaction; `app.store` says what each method promises."""
