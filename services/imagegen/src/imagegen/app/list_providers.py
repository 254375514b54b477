"""Which providers are configured, and how they have fared."""

from chassis.work import Work
from imagegen.app.providers import Provider, Providers
from imagegen.app.store import Store
from imagegen.domain.health import Experience


async def list_providers(providers: Providers, work: Work[Store]) -> list[tuple[Provider, Experience]]:
    """Each provider with what this workspace's recent tries met there."""
    configured = list(providers)
    experiences = await work.store.experiences([provider.name for provider in configured])
    return list(zip(configured, experiences, strict=True))
