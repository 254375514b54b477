"""One workspace of a running assets service, as its people and the other services use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from assets.app.store import Store
from chassis.ids import new_id
from contracts.event import EventData
from contracts.examples import Golden
from contracts.extraction.v1 import AssetExtracted, AssetMerged, RunCompleted
from contracts.imagegen.v1 import JobCompleted, JobFailed
from contracts.localizer.v1 import ImageFailed, ImageLocalized
from contracts.values import AssetScope, AssetType, Engine
from dramatis.testing.contract_suite import told
from dramatis.testing.service import Emitted, ServiceUnderTest

SHA256 = "841d241be20c33cc8e0f60318cefe6fb3d7fd45dcf66cfbb87d0ae75d516a39a"

Json = dict[str, Any]


@dataclass(frozen=True)
class Home:
    """A branch and the address of its assets."""

    project_id: UUID
    branch_id: UUID

    @property
    def project(self) -> str:
        return f"/v1/projects/{self.project_id}"

    @property
    def branch(self) -> str:
        return f"{self.project}/branches/{self.branch_id}"

    @property
    def assets(self) -> str:
        return f"{self.branch}/assets"


@dataclass
class Workspace:
    """What tests do in a workspace of their own; `client` is an editor's."""

    running: ServiceUnderTest[Store]
    client: httpx.AsyncClient

    @property
    def id(self) -> UUID:
        return self.running.workspace_id

    async def post(self, path: str, body: object = None, status: int = 201) -> Json:
        answer = await self.client.post(path, json={} if body is None else body)
        assert answer.status_code == status, answer.text
        document: Json = answer.json()
        return document

    async def get(self, path: str, **query: str | int) -> Json:
        answer = await self.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        document: Json = answer.json()
        return document

    async def items(self, path: str, **query: str | int) -> list[Json]:
        items: list[Json] = (await self.get(path, **query))["items"]
        return items

    async def patch(self, path: str, body: object, version: int) -> httpx.Response:
        return await self.client.patch(path, json=body, headers={"If-Match": f'"{version}"'})

    async def delete(self, path: str, version: int) -> httpx.Response:
        return await self.client.delete(path, headers={"If-Match": f'"{version}"'})

    async def style(self, **fields: object) -> Json:
        return await self.post(
            "/v1/style-capsules", {"name": "Noir", "prompt": "black and white, hard light", **fields}
        )

    async def home(self, *, styled: bool = True) -> Home:
        """A new project's branch `main`."""
        style = (await self.style())["id"] if styled else None
        project = await self.post("/v1/projects", {"name": "The Lighthouse", "style_capsule_id": style})
        [main] = await self.items(f"/v1/projects/{project['id']}/branches")
        return Home(UUID(project["id"]), UUID(main["id"]))

    async def asset(self, home: Home, name: str = "Mira", kind: str = "character", **fields: object) -> Json:
        return await self.post(home.assets, {"name": name, "type": kind, **fields})

    async def shown(self, home: Home, asset: Json) -> Json:
        return await self.get(f"{home.assets}/{asset['id']}")

    async def wish(self, home: Home, **fields: object) -> Json:
        return await self.post(f"{home.assets}/generate-images", fields, status=202)

    async def deliver(self, *messages: Golden, times: int = 1) -> None:
        await self.running.deliver(*messages, times=times)

    async def draw(self, home: Home, asset: Json, **fields: object) -> Json:
        """A drawn image of an asset, as the asset's newest image shows it."""
        await self.deliver(drawn(home, asset, **fields))
        return (await self.items(f"{home.assets}/{asset['id']}/images", limit=200))[-1]

    async def emitted(self, event: type[EventData] | None = None) -> list[Emitted]:
        """What this workspace's people and events have made the service say."""
        everything = await self.running.emitted(event)
        return [one for one in everything if one.envelope.workspace_id == self.id]


def found(home: Home, name: str = "MIRA", kind: str = "character", **fields: object) -> Golden:
    """What extraction says when a run has found an asset."""
    data = {
        "extracted_asset_id": new_id(),
        "run_id": new_id(),
        "script_id": new_id(),
        "script_version": 1,
        "project_id": home.project_id,
        "branch_id": home.branch_id,
        "asset_type": AssetType(kind),
        "name": name,
    }
    return told(AssetExtracted.model_validate({**data, **fields}))


def merged(home: Home, finding_id: UUID, name: str, into_name: str, into_id: UUID | None = None) -> Golden:
    """What extraction says when a finding has turned out to be another one."""
    return told(
        AssetMerged(
            extracted_asset_id=finding_id,
            run_id=new_id(),
            script_id=new_id(),
            script_version=1,
            project_id=home.project_id,
            branch_id=home.branch_id,
            asset_type=AssetType.CHARACTER,
            name=name,
            into_extracted_asset_id=into_id or new_id(),
            into_name=into_name,
        ),
        version=2,
    )


def read(home: Home, run_id: UUID) -> Golden:
    """What extraction says when a run has told everything."""
    data = RunCompleted(
        run_id=run_id,
        script_id=new_id(),
        script_version=1,
        project_id=home.project_id,
        branch_id=home.branch_id,
        engine=Engine.BUILTIN,
        characters=1,
        locations=0,
        props=0,
        seconds=0.5,
    )
    return told(data, version=2)


def drawn(home: Home, asset: Json, **fields: object) -> Golden:
    """What imagegen says when an image is drawn; `request_id`, `job_id`, `look`, `candidate` as wanted."""
    data = _job(home, asset) | {
        "object_key": f"workspace/imagegen/{uuid4()}.png",
        "content_type": "image/png",
        "sha256": SHA256,
        "bytes": 1000,
        "width": 512,
        "height": 768,
        "seconds": 1.5,
    }
    return told(JobCompleted.model_validate(data | fields), version=3)


def not_drawn(home: Home, asset: Json, **fields: object) -> Golden:
    """What imagegen says when a job has given up."""
    data = _job(home, asset) | {"failure_stage": "provider", "error_class": "refused", "vendor_message": "No hats."}
    return told(JobFailed.model_validate(data | fields), version=4)


def _job(home: Home, asset: Json) -> Json:
    return {
        "job_id": new_id(),
        "request_id": new_id(),
        "asset_id": asset["id"],
        "asset_scope": AssetScope.PROJECT,
        "project_id": home.project_id,
        "branch_id": home.branch_id,
        "provider": "sketch",
        "model": "sketch-1",
    }


def copied(home: Home, image: Json, version: int = 1, localization_id: UUID | None = None, **fields: object) -> Golden:
    """What localizer says when an image's copy is stored."""
    folder = f"project_{home.project_id}/branch_{home.branch_id}/master-assets/characters/{image['asset_id']}"
    data = _localization(home, image, localization_id) | {
        "key": f"{folder}/base.png",
        "thumbnail_key": f"{folder}/base.thumbnail.webp",
        "sha256": SHA256,
        "bytes": 1000,
        "width": 512,
        "height": 768,
        "content_type": "image/png",
    }
    return told(ImageLocalized.model_validate(data | fields), version)


def not_copied(home: Home, image: Json, version: int = 1, localization_id: UUID | None = None) -> Golden:
    """What localizer says when an image could not be copied."""
    data = _localization(home, image, localization_id)
    why = {"failure_stage": "verify", "error_class": "checksum-mismatch", "message": "Not the same image."}
    return told(ImageFailed.model_validate(data | why), version)


def _localization(home: Home, image: Json, localization_id: UUID | None) -> Json:
    return {
        "localization_id": localization_id or new_id(),
        "image_id": image["id"],
        "asset_id": image["asset_id"],
        "project_id": home.project_id,
        "branch_id": home.branch_id,
        "asset_type": AssetType.CHARACTER,
        "source": image["object_key"],
    }


def names(items: Sequence[Json]) -> list[str]:
    return [item["name"] for item in items]
