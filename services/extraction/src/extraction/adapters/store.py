"""All SQL of the service, one statement a method, in modules by what it is for. Row-level security adds the workspace."""

from extraction.adapters.store_documents import Documents
from extraction.adapters.store_places import Places
from extraction.adapters.store_runs import Runs
from extraction.adapters.store_scripts import Scripts


class Store(Places, Scripts, Runs, Documents):
    """The store of one transaction; `app.store` says what each method promises."""
