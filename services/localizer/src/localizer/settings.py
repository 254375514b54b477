"""Settings of the localizer."""

from pydantic import Field

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service has, and limits for what is copied and signed."""

    copy_concurrency: int = Field(default=8, ge=1, description="Images one process copies at once.")
    remove_concurrency: int = Field(default=8, ge=1, description="Copies one process removes at once.")
    max_image_bytes: int = Field(default=50 * 1024 * 1024, ge=1, description="Largest image that is copied.")
    max_image_pixels: int = Field(default=80_000_000, ge=1, description="Most pixels an image may have, decoded.")
    url_seconds: int = Field(default=900, ge=1, le=604_800, description="How long a presigned URL is valid.")
