"""A script has arrived: keep it as the branch's next version."""

from chassis.work import Work
from contracts.extraction.v1 import ScriptUploaded
from contracts.values import ScriptFormat
from extraction.app.store import Store
from extraction.domain.errors import BranchNotFound
from extraction.domain.places import Branch
from extraction.domain.scripts import ScriptVersion, is_same
from extraction.domain.uploads import ScriptFile, Upload


async def upload_script(
    branch: Branch, upload: Upload, file: ScriptFile, work: Work[Store]
) -> tuple[ScriptVersion, bool]:
    """The version that holds the upload, read as `file`, and whether it is new; the newest one sent again is not.

    Uploads to one branch wait for each other.
    """
    locked = await work.store.lock_branch(branch.id)
    if locked is None or locked.is_deleted:
        raise BranchNotFound(f"branch {branch.id} was deleted")
    newest = await work.store.find_script_version(branch.id, None)
    if newest is not None and is_same(newest, file, upload):
        return newest, False
    version = _next_version(branch, newest, file, work)
    await work.store.insert_script_version(version, file.data)
    await work.store.insert_scenes(version.id, [work.new_id() for _ in file.scenes], file)
    work.emit(script_uploaded(version), version.version)
    return version, True


def _next_version(branch: Branch, newest: ScriptVersion | None, file: ScriptFile, work: Work[Store]) -> ScriptVersion:
    return ScriptVersion(
        id=work.new_id(),
        script_id=newest.script_id if newest else work.new_id(),
        project_id=branch.project_id,
        branch_id=branch.id,
        version=newest.version + 1 if newest else 1,
        title=file.title,
        format=file.format,
        file_name=file.file_name,
        encoding=file.encoding,
        sha256=file.sha256,
        bytes=len(file.data),
        scene_count=len(file.scenes),
        created_at=work.now,
    )


def script_uploaded(version: ScriptVersion) -> ScriptUploaded:
    """What is told of a version; a format that the event has no value for is told as text, and by its name."""
    return ScriptUploaded(
        script_id=version.script_id,
        project_id=version.project_id,
        branch_id=version.branch_id,
        version=version.version,
        title=version.title,
        format=ScriptFormat(version.format) if version.format in set(ScriptFormat) else ScriptFormat.TXT,
        format_name=version.format,
        sha256=version.sha256,
        bytes=version.bytes,
        scene_count=version.scene_count,
    )
