"""Routes of extraction, below /api/extraction."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Path, Query
from starlette.responses import Response

from chassis.http import current_work, part, prepared, prepares, problems, service_router
from chassis.paging import Page, list_response, page_query
from chassis.work import Work
from contracts.values import MAX_INT4
from extraction.app.cancel_run import cancel_run
from extraction.app.engines import Engines, Wish
from extraction.app.find_branch import find_branch
from extraction.app.find_script import find_script, show_script
from extraction.app.presign_reply import PresignReply
from extraction.app.retry_run import retry_run
from extraction.app.show_run import list_run_assets, list_run_chunks, show_run
from extraction.app.start_run import start_run
from extraction.app.store import Store
from extraction.app.upload_script import upload_script
from extraction.domain.errors import (
    BranchNotFound,
    EncodingUnknown,
    EngineNotConfigured,
    FileDamaged,
    FileEncrypted,
    FormatMismatch,
    NoScenes,
    NoTextLayer,
    PdfEncrypted,
    ProjectNotFound,
    ReadingTooSlow,
    ReplyNotFound,
    RunEnded,
    RunNotFound,
    RunNotRetryable,
    ScriptEmpty,
    ScriptIsBinary,
    ScriptNotFound,
    ScriptTooLarge,
    StyleCapsuleRequired,
    TooManyPages,
    TooManyScenes,
    UnknownFormat,
    UnpackedTooLarge,
    UploadUnsupported,
    XmlForbidden,
)
from extraction.domain.places import Branch
from extraction.domain.price_cap import PriceUnknown
from extraction.entrypoints.http_uploads import REQUEST_BODY, ReadUpload, read_body
from extraction.entrypoints.schemas import (
    AssetList,
    NewRun,
    RunDetail,
    RunList,
    RunRetry,
    SceneList,
    ScriptList,
    ScriptOut,
)
from extraction.entrypoints.schemas_reports import ChunkList, PresignedUrlOut

router = service_router("extraction")

IN_BRANCH = "/v1/projects/{project}/branches/{branch}"
NO_PLACE = (ProjectNotFound, BranchNotFound)
UNREADABLE = (
    ScriptEmpty,
    NoScenes,
    TooManyScenes,
    ScriptIsBinary,
    EncodingUnknown,
    UnknownFormat,
    UploadUnsupported,
    ScriptTooLarge,
    FormatMismatch,
    FileDamaged,
    FileEncrypted,
    PdfEncrypted,
    NoTextLayer,
    XmlForbidden,
    UnpackedTooLarge,
    TooManyPages,
    ReadingTooSlow,
)

InWork = Annotated[Work[Store], Depends(current_work)]
InPage = Annotated[Page, Depends(page_query)]
InEngines = Annotated[Engines, Depends(part(Engines))]
Version = Annotated[int, Path(ge=1, le=MAX_INT4)]


async def branch_in_path(project: UUID, branch: UUID, work: InWork) -> Branch:
    """Dependency: the branch that the address names."""
    return await find_branch(project, branch, work)


InBranch = Annotated[Branch, Depends(branch_in_path)]


@router.post(
    IN_BRANCH + "/scripts",
    status_code=201,
    response_model=ScriptOut,
    responses={
        **problems(*NO_PLACE, *UNREADABLE),
        200: {"model": ScriptOut, "description": "The newest version again: nothing is new."},
    },
    openapi_extra=REQUEST_BODY,
)
@prepares(read_body)
async def post_script(branch: InBranch, read: Annotated[ReadUpload, Depends(prepared)], work: InWork) -> Response:
    """Keep a script as the branch's next version: a file in a form, or `{title, format?, text}`."""
    version, is_new = await upload_script(branch, *read, work)
    return _json(await show_script(branch, version.version, work), 201 if is_new else 200)


@router.get(IN_BRANCH + "/scripts", response_model=ScriptList, responses=problems(*NO_PLACE))
async def get_scripts(branch: InBranch, page: InPage, work: InWork) -> Response:
    """Versions of the branch's script, newest first."""
    return list_response(await work.store.list_scripts(branch.id, page))


@router.get(IN_BRANCH + "/scripts/latest", response_model=ScriptOut, responses=problems(*NO_PLACE, ScriptNotFound))
async def get_latest_script(branch: InBranch, work: InWork) -> Response:
    """The highest version."""
    return _json(await show_script(branch, None, work))


@router.get(IN_BRANCH + "/scripts/{version}", response_model=ScriptOut, responses=problems(*NO_PLACE, ScriptNotFound))
async def get_script(branch: InBranch, version: Version, work: InWork) -> Response:
    """One version."""
    return _json(await show_script(branch, version, work))


@router.get(
    IN_BRANCH + "/scripts/{version}/scenes", response_model=SceneList, responses=problems(*NO_PLACE, ScriptNotFound)
)
async def get_scenes(branch: InBranch, version: Version, page: InPage, work: InWork) -> Response:
    """Scenes of one version, in reading order."""
    script = await find_script(branch, version, work)
    return list_response(await work.store.list_scenes(script.id, page))


@router.post(
    IN_BRANCH + "/runs",
    status_code=202,
    response_model=RunDetail,
    responses=problems(*NO_PLACE, ScriptNotFound, StyleCapsuleRequired, EngineNotConfigured, PriceUnknown),
)
async def post_run(
    branch: InBranch, engines: InEngines, work: InWork, body: Annotated[NewRun | None, Body()] = None
) -> Response:
    """Have a script read; the project needs a style capsule."""
    wanted = body or NewRun()
    wish = Wish(wanted.engine, wanted.incremental, wanted.price_cap_usd)
    run_id = await start_run(branch, wanted.script_version, wish, engines, work)
    return _json(await show_run(run_id, work), 202)


@router.get(IN_BRANCH + "/runs", response_model=RunList, responses=problems(*NO_PLACE))
async def get_runs(branch: InBranch, page: InPage, work: InWork) -> Response:
    """Runs of the branch, newest first."""
    return list_response(await work.store.list_runs(branch.id, page))


@router.get("/v1/runs/{run}", response_model=RunDetail, responses=problems(RunNotFound))
async def get_run(run: UUID, work: InWork) -> Response:
    """How far a run has come, and what it found, in brief."""
    return _json(await show_run(run, work))


@router.get("/v1/runs/{run}/assets", response_model=AssetList, responses=problems(RunNotFound))
async def get_run_assets(run: UUID, page: InPage, work: InWork) -> Response:
    """Everything a run found, with all evidence."""
    return list_response(await list_run_assets(run, page, work))


@router.get("/v1/runs/{run}/chunks", response_model=ChunkList, responses=problems(RunNotFound))
async def get_run_chunks(run: UUID, page: InPage, work: InWork) -> Response:
    """The chunks that a language model reads the run in, in reading order."""
    return list_response(await list_run_chunks(run, page, work))


@router.get("/v1/runs/{run}/chunks/{number}/reply", responses=problems(RunNotFound, ReplyNotFound))
async def get_run_chunk_reply(
    run: UUID,
    number: Annotated[int, Path(ge=1, le=MAX_INT4)],
    work: InWork,
    presign_reply: Annotated[PresignReply, Depends(part(PresignReply))],
    attempt: Annotated[
        int | None, Query(ge=1, le=MAX_INT4, description="Which attempt's; the newest without it.")
    ] = None,
) -> PresignedUrlOut:
    """A short-lived URL for what the model answered about a chunk, exactly as it came."""
    presigned = await presign_reply(run, number, attempt, work)
    return PresignedUrlOut(url=presigned.url, expires_at=presigned.expires_at)


@router.post("/v1/runs/{run}/cancel", response_model=RunDetail, responses=problems(RunNotFound, RunEnded))
async def post_run_cancel(run: UUID, work: InWork) -> Response:
    """Stop a run; what it is finding is dropped."""
    await cancel_run(run, work)
    return _json(await show_run(run, work))


@router.post(
    "/v1/runs/{run}/retry",
    status_code=202,
    response_model=RunDetail,
    responses=problems(
        RunNotFound, RunNotRetryable, *NO_PLACE, StyleCapsuleRequired, EngineNotConfigured, PriceUnknown
    ),
)
async def post_run_retry(
    run: UUID, engines: InEngines, work: InWork, body: Annotated[RunRetry | None, Body()] = None
) -> Response:
    """Queue a failed or cancelled run again; of its chunks only those that were not read."""
    await retry_run(run, (body or RunRetry()).price_cap_usd, engines, work)
    return _json(await show_run(run, work), 202)


def _json(document: str, status: int = 200) -> Response:
    return Response(document, status, media_type="application/json")
