"""Settings of extraction, from `DRAMATIS_*` environment variables."""

from pydantic import Field

from chassis.settings import ServiceSettings
from extraction.adapters.model_settings import LanguageModelSettings


class Settings(LanguageModelSettings, ServiceSettings):
    """What extraction needs beyond what every service needs."""

    max_body_bytes: int = Field(default=12 * 1024 * 1024, description="Largest upload that is accepted.")
    read_concurrency: int = Field(default=2, ge=1, description="Scripts one worker reads at once.")
    read_tries: int = Field(default=5, ge=1, description="Failed tries after which a run is failed for good.")
    reply_url_seconds: int = Field(
        default=900, ge=1, le=604_800, description="How long a presigned URL of a raw reply is valid."
    )
