"""What can draw: the promise every provider keeps, and the registry that hands out their slots."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Protocol

from chassis.telemetry import MODEL, PROVIDER, span
from imagegen.domain.brief import Brief
from imagegen.domain.errors import ProviderUnknown
from imagegen.domain.picture import Picture


class Provider(Protocol):
    """One vendor of pictures, or a drawer of our own.

    An adapter raises problems: of kind `unavailable` when another try may succeed (`retry_after` seconds, a float, when
    the vendor names them), of any other kind when it cannot. The message is the vendor's own words.
    """

    @property
    def name(self) -> str:
        """What jobs, settings and costs call it, e.g. `sketch`."""

    @property
    def model(self) -> str:
        """The vendor's name for its model."""

    @property
    def max_concurrency(self) -> int:
        """Calls one process may have open at once."""

    def cost(self, brief: Brief) -> int:
        """Expected price of one picture in micro-USD."""

    async def draw(self, brief: Brief) -> Picture:
        """Draw one PNG, JPEG or WebP picture of exactly the brief's size."""


class Providers:
    """The configured providers; `default` is asked when nobody names another."""

    def __init__(self, providers: Sequence[Provider], default: str) -> None:
        self._providers = {provider.name: provider for provider in providers}
        self._slots = {name: asyncio.Semaphore(each.max_concurrency) for name, each in self._providers.items()}
        self.default = self.named(default)

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._providers.values())

    def named(self, name: str) -> Provider:
        """The provider of that name; raises `ProviderUnknown`."""
        provider = self._providers.get(name)
        if provider is None:
            raise ProviderUnknown(f"no provider {name!r} is configured; there is {', '.join(self._providers)}")
        return provider

    async def draw(self, name: str, brief: Brief) -> Picture:
        """Have a picture drawn, holding one of the provider's slots for as long as the provider works on it.

        Raises `ProviderUnknown` or what the provider raises.
        """
        provider = self.named(name)
        async with self._slots[name]:
            with span(f"{name} draw", {PROVIDER: name, MODEL: provider.model}):
                return await provider.draw(brief)
