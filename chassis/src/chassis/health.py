"""`/health/live` and `/health/ready`: what Kubernetes and the local stack ask."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from starlette.responses import JSONResponse

Check = Callable[[], Awaitable[str | None]]
"""None when well, otherwise what is wrong."""


def health_router(checks: Mapping[str, Check]) -> APIRouter:
    """Live as soon as the process answers; ready when every check is well, otherwise 503 naming what is not."""
    router = APIRouter(tags=["health"])

    @router.get("/health/live")
    async def get_live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/health/ready")
    async def get_ready() -> JSONResponse:
        found = {name: await check() for name, check in checks.items()}
        ready = not any(found.values())
        body = {"status": "ready" if ready else "not ready", "checks": {n: p or "ok" for n, p in found.items()}}
        return JSONResponse(body, 200 if ready else 503)

    return router
