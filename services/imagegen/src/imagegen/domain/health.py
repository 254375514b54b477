"""How a provider has fared lately."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

RECENT_TRIES = 20


class Health(StrEnum):
    """What the recent tries say of a provider."""

    UNKNOWN = "unknown"
    OK = "ok"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Experience:
    """The last `RECENT_TRIES` tries of a workspace at one provider, and the newest failure among them."""

    provider: str
    tries: int
    failed: int
    failed_at: datetime | None = None
    error_class: str | None = None
    vendor_message: str | None = None

    @property
    def health(self) -> Health:
        """Failing when every recent try failed at the provider."""
        if self.tries == 0:
            return Health.UNKNOWN
        return Health.FAILING if self.failed == self.tries else Health.OK
