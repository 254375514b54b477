"""One version of a branch's script."""

from chassis.work import Work
from extraction.app.store import Store
from extraction.domain.errors import ScriptNotFound
from extraction.domain.places import Branch
from extraction.domain.scripts import ScriptVersion


async def find_script(branch: Branch, version: int | None, work: Work[Store]) -> ScriptVersion:
    """The version, or the latest one; raises `ScriptNotFound`."""
    found = await work.store.find_script_version(branch.id, version)
    if found is None:
        raise _missing(branch, version)
    return found


async def show_script(branch: Branch, version: int | None, work: Work[Store]) -> str:
    """The same as JSON."""
    document = await work.store.script_document(branch.id, version)
    if document is None:
        raise _missing(branch, version)
    return document


def _missing(branch: Branch, version: int | None) -> ScriptNotFound:
    if version is None:
        return ScriptNotFound(f"branch {branch.id} has no script yet: upload one first")
    return ScriptNotFound(f"the script of branch {branch.id} has no version {version}")
