"""Routes of imagegen, below /api/imagegen."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from starlette.responses import Response

from chassis.http import current_work, part, problems, service_router
from chassis.paging import Page, list_response, page_query
from chassis.work import Work
from contracts.values import Label
from imagegen.app.cancel_batch import cancel_batch
from imagegen.app.cancel_job import cancel_job
from imagegen.app.list_providers import list_providers
from imagegen.app.providers import Provider, Providers
from imagegen.app.retry_failed import retry_failed
from imagegen.app.retry_job import retry_job
from imagegen.app.show_batch import show_batch
from imagegen.app.show_job import show_job
from imagegen.app.store import JobFilter, Store
from imagegen.domain.errors import BatchEnded, BatchNotFound, JobEnded, JobNotFound, JobNotRetryable
from imagegen.domain.health import Experience
from imagegen.domain.job import JobState
from imagegen.entrypoints.schemas import BatchOut, JobDetail, JobList, ProviderList, ProviderOut

router = service_router("imagegen")

InWork = Annotated[Work[Store], Depends(current_work)]
InPage = Annotated[Page, Depends(page_query)]


async def job_filter(
    status: JobState | None = None,
    project_id: UUID | None = None,
    batch_id: UUID | None = None,
    error_class: Annotated[Label | None, Query(description="e.g. `picture-size-wrong`")] = None,
    asset_id: UUID | None = None,
) -> JobFilter:
    """Dependency: what a list of jobs is narrowed to."""
    return JobFilter(status, project_id, batch_id, error_class, asset_id)


@router.get("/v1/jobs", response_model=JobList)
async def get_jobs(wanted: Annotated[JobFilter, Depends(job_filter)], page: InPage, work: InWork) -> Response:
    """Jobs, newest first."""
    return list_response(await work.store.list_jobs(wanted, page))


@router.get("/v1/jobs/{job}", response_model=JobDetail, responses=problems(JobNotFound))
async def get_job(job: UUID, work: InWork) -> Response:
    """One job with its tries."""
    return _json(await show_job(job, work))


@router.post(
    "/v1/jobs/{job}/retry",
    status_code=202,
    response_model=JobDetail,
    responses=problems(JobNotFound, JobNotRetryable),
)
async def post_job_retry(job: UUID, work: InWork) -> Response:
    """Queue a failed or cancelled job again."""
    await retry_job(job, work)
    return _json(await show_job(job, work), 202)


@router.post("/v1/jobs/{job}/cancel", response_model=JobDetail, responses=problems(JobNotFound, JobEnded))
async def post_job_cancel(job: UUID, work: InWork) -> Response:
    """Stop a job; what is being drawn for it is dropped."""
    await cancel_job(job, work)
    return _json(await show_job(job, work))


@router.get("/v1/batches/{batch}", response_model=BatchOut, responses=problems(BatchNotFound))
async def get_batch(batch: UUID, work: InWork) -> Response:
    """Progress of a batch, and the outcome of each job."""
    return _json(await show_batch(batch, work))


@router.post(
    "/v1/batches/{batch}/retry-failed", status_code=202, response_model=BatchOut, responses=problems(BatchNotFound)
)
async def post_batch_retry_failed(batch: UUID, work: InWork) -> Response:
    """Queue every failed job of a batch again."""
    await retry_failed(batch, work)
    return _json(await show_batch(batch, work), 202)


@router.post("/v1/batches/{batch}/cancel", response_model=BatchOut, responses=problems(BatchNotFound, BatchEnded))
async def post_batch_cancel(batch: UUID, work: InWork) -> Response:
    """Stop what has not ended yet."""
    await cancel_batch(batch, work)
    return _json(await show_batch(batch, work))


@router.get("/v1/providers")
async def get_providers(providers: Annotated[Providers, Depends(part(Providers))], work: InWork) -> ProviderList:
    """The configured providers, their limits, and how this workspace's recent tries went."""
    found = await list_providers(providers, work)
    return ProviderList(items=[_provider(each, experience, providers.default) for each, experience in found])


def _json(document: str, status: int = 200) -> Response:
    return Response(document, status, media_type="application/json")


def _provider(provider: Provider, experience: Experience, default: Provider) -> ProviderOut:
    return ProviderOut(
        name=provider.name,
        model=provider.model,
        is_default=provider is default,
        max_concurrency=provider.max_concurrency,
        health=experience.health,
        recent_tries=experience.tries,
        recent_failures=experience.failed,
        failed_at=experience.failed_at,
        error_class=experience.error_class,
        vendor_message=experience.vendor_message,
    )
