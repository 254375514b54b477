"""Settings of imagegen, from `DRAMATIS_*` environment variables."""

from pydantic import Field

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """What imagegen needs beyond what every service needs."""

    image_provider: str = Field(default="sketch", description="Provider that draws what is requested.")
    draw_concurrency: int = Field(
        default=40,
        ge=1,
        description="Jobs one worker has under way; above a provider's cap, as storing takes time too.",
    )
    draw_tries: int = Field(default=5, ge=1, description="Failed tries after which a job is failed for good.")
    sketch_concurrency: int = Field(default=20, ge=1, description="Cards one worker has drawn at once.")
    sketch_latency_ms: float = Field(default=0, ge=0, description="Slows the sketch provider, for benches and demos.")
