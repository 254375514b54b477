import httpx
import pytest
from services.localizer.tests.integration.scene import png, running_localizer

from dramatis.testing.service import ServiceServers, eventually

pytestmark = pytest.mark.usefixtures("quick_backoff")


async def test_an_image_of_too_many_bytes_is_not_copied(service_servers: ServiceServers) -> None:
    async with running_localizer(service_servers, max_image_bytes=200) as scene:
        await scene.deliver(scene.selected(await scene.stored(png())))
        assert await scene.failure() == ("source", "source-too-large")


async def test_an_image_of_too_many_pixels_is_not_kept(service_servers: ServiceServers) -> None:
    async with running_localizer(service_servers, max_image_pixels=100) as scene:
        await scene.deliver(scene.selected(await scene.stored(png(11, 10))))
        assert await scene.failure() == ("thumbnail", "copy-too-large")


async def test_a_signed_url_expires(service_servers: ServiceServers) -> None:
    async with running_localizer(service_servers, url_seconds=1) as scene:
        source = await scene.stored(png())
        url = (await (await scene.running.http()).get(f"/v1/objects/{source}/url")).json()["url"]
        async with httpx.AsyncClient() as client:

            async def expired() -> bool:
                return (await client.get(url)).status_code == 403

            await eventually(expired, "the URL has expired")
