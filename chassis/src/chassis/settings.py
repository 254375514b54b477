"""Settings every service has, read from `DRAMATIS_*` environment variables once, in `bootstrap`."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Base of each service's settings; a service adds its own fields with safe defaults."""

    # What a setting was stays out of the complaint about another one: passwords and keys are among them.
    model_config = SettingsConfigDict(env_prefix="DRAMATIS_", extra="ignore", hide_input_in_errors=True)

    database_url: SecretStr = Field(description="Postgres URL of the service's own database, as its app role.")
    database_pool: int = Field(default=20, ge=2, description="Most connections one process holds.")
    nats_url: str = Field(description="NATS server URL, comma-separated for a cluster.")
    nats_user: str = ""
    nats_password: SecretStr = SecretStr("")
    s3_endpoint: str = Field(default="", description="S3 endpoint as this process reaches it.")
    s3_public_url: str = Field(default="", description="S3 endpoint as clients reach it; presigned URLs carry it.")
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    s3_bucket: str = "dramatis"
    s3_region: str = "us-east-1"
    otlp_endpoint: str = Field(default="", description="OTLP/HTTP traces URL; empty switches the export off.")
    jwt_secret: SecretStr = Field(default=SecretStr(""), description="Shared secret of HS256 tokens.")
    jwks_url: str = Field(default="", description="JWKS of the identity provider; used instead of the secret.")
    jwt_audience: str = Field(
        default="", description="Audience a token must name; empty accepts only tokens that name none."
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    log_level: str = "INFO"
    max_body_bytes: int = Field(default=1024 * 1024, description="Largest request body that is accepted.")
    ack_wait_seconds: float = Field(default=30.0, gt=0, description="Unacknowledged for this long = delivered again.")
    fetch_seconds: float = Field(
        default=1.0, gt=0, description="An idle consumer asks again, and may stop, this often."
    )
    event_concurrency: int = Field(default=16, ge=1, description="Events of one consumer handled at once.")
    shutdown_seconds: float = Field(default=20.0, gt=0, description="Longest wait for work in flight at shutdown.")
