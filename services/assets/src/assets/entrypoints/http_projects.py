"""Routes of projects and branches."""

from uuid import UUID

from fastapi import Request, Response

from assets.app.create_project import create_project
from assets.app.delete_branch import delete_branch
from assets.app.delete_project import delete_project
from assets.app.edit_project import edit_project
from assets.app.find import find_branch, find_project
from assets.app.fork_branch import fork_branch
from assets.app.list_branches import list_branches
from assets.domain.errors import (
    BranchNameTaken,
    BranchNotFound,
    MainBranchStays,
    NameBlank,
    ProjectNotFound,
    StyleCapsuleNotFound,
)
from assets.entrypoints.http_work import AtPlace, InPage, InWork, created
from assets.entrypoints.schemas import (
    BranchList,
    BranchOut,
    NewBranch,
    NewProject,
    ProjectChange,
    ProjectList,
    ProjectOut,
)
from chassis.errors import IfMatchRequired, Stale
from chassis.http import IfMatch, etag, problems, service_router
from chassis.paging import list_response

router = service_router("assets")


@router.post("/v1/projects", status_code=201, responses=problems(StyleCapsuleNotFound))
async def post_project(body: NewProject, work: InWork, request: Request, response: Response) -> ProjectOut:
    """Make a project; it is born with a branch `main`."""
    project = await create_project(body.name, body.style_capsule_id, body.metadata, work)
    created(request, response, project.id, project.version)
    return ProjectOut.model_validate(project)


@router.get("/v1/projects", response_model=ProjectList)
async def get_projects(page: InPage, work: InWork) -> Response:
    """Projects of the workspace, oldest first."""
    return list_response(await work.store.list_projects(page))


@router.get("/v1/projects/{project}", responses=problems(ProjectNotFound))
async def get_project(project: UUID, work: InWork, response: Response) -> ProjectOut:
    """One project."""
    found = await find_project(project, work)
    response.headers.update(etag(found.version))
    return ProjectOut.model_validate(found)


@router.patch(
    "/v1/projects/{project}", responses=problems(ProjectNotFound, StyleCapsuleNotFound, Stale, IfMatchRequired)
)
async def patch_project(
    project: UUID, body: ProjectChange, if_match: IfMatch, work: InWork, response: Response
) -> ProjectOut:
    """Change a project's name, style or metadata."""
    changed = await edit_project(project, if_match, body.model_dump(exclude_unset=True), work)
    response.headers.update(etag(changed.version))
    return ProjectOut.model_validate(changed)


@router.delete("/v1/projects/{project}", status_code=204, responses=problems(ProjectNotFound, Stale, IfMatchRequired))
async def remove_project(project: UUID, if_match: IfMatch, work: InWork) -> None:
    """Delete a project, its branches and everything in them."""
    await delete_project(project, if_match, work)


@router.post(
    "/v1/projects/{project}/branches",
    status_code=201,
    responses=problems(ProjectNotFound, BranchNotFound, BranchNameTaken, NameBlank),
)
async def post_branch(project: UUID, body: NewBranch, work: InWork, request: Request, response: Response) -> BranchOut:
    """Fork a branch: assets, images and what is selected come along."""
    branch = await fork_branch(project, body.name, body.forked_from_branch_id, body.metadata, work)
    created(request, response, branch.id, branch.version)
    return BranchOut.model_validate(branch)


@router.get("/v1/projects/{project}/branches", response_model=BranchList, responses=problems(ProjectNotFound))
async def get_branches(project: UUID, page: InPage, work: InWork) -> Response:
    """Branches of a project, `main` first."""
    return list_response(await list_branches(project, page, work))


@router.get("/v1/projects/{project}/branches/{branch}", responses=problems(BranchNotFound))
async def get_branch(place: AtPlace, work: InWork, response: Response) -> BranchOut:
    """One branch."""
    branch = await find_branch(place, work)
    response.headers.update(etag(branch.version))
    return BranchOut.model_validate(branch)


@router.delete(
    "/v1/projects/{project}/branches/{branch}",
    status_code=204,
    responses=problems(BranchNotFound, MainBranchStays, Stale, IfMatchRequired),
)
async def remove_branch(place: AtPlace, if_match: IfMatch, work: InWork) -> None:
    """Delete a branch and everything in it; `main` stays."""
    await delete_branch(place, if_match, work)
