"""Routes of the assets service, below `/api/assets`."""

from assets.entrypoints import http_assets, http_images, http_library, http_projects, http_styles
from chassis.http import service_router

router = service_router("assets")
for part in (http_assets, http_images, http_projects, http_styles, http_library):
    router.routes.extend(part.router.routes)
