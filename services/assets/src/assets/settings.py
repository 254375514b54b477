"""Settings of the assets service."""

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """What every service has; this one needs nothing else."""
