"""Have a script read."""

from uuid import UUID

from chassis.work import Work
from extraction.app.engines import Engines, Wish
from extraction.app.find_branch import find_project
from extraction.app.find_script import find_script
from extraction.app.store import Store
from extraction.app.tell_run import enqueue
from extraction.domain.errors import StyleCapsuleRequired
from extraction.domain.places import Branch


async def start_run(
    branch: Branch, script_version: int | None, wish: Wish, engines: Engines, work: Work[Store]
) -> UUID:
    """Queue a run over a version of the branch's script, the latest unless told otherwise; its id.

    Raises `EngineNotConfigured`, `PriceUnknown`, `ProjectNotFound`, `StyleCapsuleRequired` or `ScriptNotFound`.
    """
    terms = engines.terms(wish)
    await require_style_capsule(branch.project_id, work)
    version = await find_script(branch, script_version, work)
    run_id = work.new_id()
    enqueue(await work.store.insert_run(run_id, version, terms, work.now), work)
    return run_id


async def require_style_capsule(project_id: UUID, work: Work[Store]) -> None:
    """Raise `StyleCapsuleRequired` unless the project is known to have one."""
    project = await find_project(project_id, work)
    if not project.has_style_capsule:
        raise StyleCapsuleRequired(
            f"project {project_id} has no style capsule: choose one for it, then start the run again; "
            "one chosen a moment ago may still be on its way here"
        )
