"""From a script to filed pictures, as any client of the API would do it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from dramatis.api import Api, ApiProblem
from dramatis.waiting import wait_for

T = TypeVar("T")

STAGES = ("scenes read", "assets found", "images drawn", "images filed")
SETTLED = frozenset({"localized", "failed"})
_NEWS_S = 30.0
_PATIENCE_S = 120.0

Report = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


class RunFailed(Exception):
    """The script could not be read to its end."""


class StyleNeeded(Exception):
    """A project has no style capsule yet, and no style was given to make one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A branch of a project."""

    project_id: str
    branch_id: str

    @property
    def path(self) -> str:
        """Its address below a service."""
        return f"/v1/projects/{self.project_id}/branches/{self.branch_id}"


@dataclass(slots=True)
class Outcome:
    """What came of it: assets as the API shows them, seconds per stage."""

    place: Place
    run: dict[str, Any]
    assets: list[dict[str, Any]]
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Assets whose picture could not be drawn or filed."""
        return [asset for asset in self.assets if asset["image"]["state"] == "failed"]


class Production:
    """Takes one script through all four services."""

    def __init__(self, api: Api, report: Report = lambda *_: None) -> None:
        self._api = api
        self._report = report

    def produce(self, script: Path, project: str, style: str | None) -> Outcome:
        """Project, style, script, run, assets, pictures, files; raises `RunFailed`, `StyleNeeded`, `TookTooLong`."""
        place = self._place(project, style)
        clock = _Clock()
        run = self._read(place, script)
        clock.stage("scenes read")
        assets = self._find(place, run)
        clock.stage("assets found")
        self._draw(place, run, assets)
        clock.stage("images drawn")
        assets = self._file(place, assets)
        clock.stage("images filed")
        return Outcome(place, run, assets, clock.seconds)

    def _place(self, name: str, style: str | None) -> Place:
        project = next((one for one in self._api.items("assets", "/v1/projects") if one["name"] == name), None)
        if project is None:
            if style is None:
                raise StyleNeeded(f"project {name!r} is new: say how it should look with --style")
            capsule = self._style_capsule(style)
            project = self._api.post("assets", "/v1/projects", {"name": name, "style_capsule_id": capsule})
        elif style is not None:
            self._restyle(project, self._style_capsule(style))
        branches = self._api.items("assets", f"/v1/projects/{project['id']}/branches")
        return Place(project["id"], next(branch["id"] for branch in branches if branch["name"] == "main"))

    def _style_capsule(self, prompt: str) -> str:
        """The workspace's style capsule with this prompt, made when there is none."""
        for capsule in self._api.items("assets", "/v1/style-capsules"):
            if capsule["prompt"] == prompt:
                return str(capsule["id"])
        return str(self._api.post("assets", "/v1/style-capsules", {"name": prompt[:80], "prompt": prompt})["id"])

    def _restyle(self, project: dict[str, Any], capsule: str) -> None:
        if project["style_capsule_id"] != capsule:
            headers = {"If-Match": f'"{project["version"]}"'}
            path = f"/v1/projects/{project['id']}"
            self._api.request("PATCH", "assets", path, json={"style_capsule_id": capsule}, headers=headers)

    def _read(self, place: Place, script: Path) -> dict[str, Any]:
        """Upload the script and read it to its end."""
        content = script.read_bytes()

        def upload() -> dict[str, Any]:
            files = {"file": (script.name, content)}
            uploaded: dict[str, Any] = self._api.request(
                "POST", "extraction", f"{place.path}/scripts", files=files
            ).json()
            return uploaded

        version = self._once_known(upload)["version"]
        body = {"script_version": version}
        run = self._once_known(lambda: self._api.post("extraction", f"{place.path}/runs", body))

        def ended() -> dict[str, Any] | None:
            nonlocal run
            run = self._api.get("extraction", f"/v1/runs/{run['id']}")
            self._report("scenes read", run["scenes_read"], run["scenes_total"])
            return run if run["status"] not in {"queued", "running"} else None

        ended_run = wait_for(ended, "reading the script", _PATIENCE_S, lambda: run["scenes_read"])
        if ended_run["status"] != "completed":
            raise RunFailed(f"the run {ended_run['state']}: {ended_run.get('message') or 'no reason given'}")
        return ended_run

    def _once_known(self, ask: Callable[[], T]) -> T:
        """Ask until extraction has heard from assets of the project and its style, which takes a moment."""
        last: list[ApiProblem] = []

        def look() -> T | None:
            try:
                return ask()
            except ApiProblem as problem:
                if problem.status != 404 and problem.code != "style-capsule-required":
                    raise
                last[:] = [problem]
                return None

        return wait_for(look, "extraction hearing of the project", _NEWS_S)

    def _find(self, place: Place, run: dict[str, Any]) -> list[dict[str, Any]]:
        """The project assets of all that the run found."""
        expected = sum(run[kind] for kind in ("characters", "locations", "props"))
        known: dict[str, dict[str, Any]] = {}

        def all_known() -> list[dict[str, Any]] | None:
            known.update((asset["id"], asset) for asset in self._assets(place))
            self._report("assets found", min(len(known), expected), expected)
            return list(known.values()) if len(known) >= expected else None

        return wait_for(all_known, "assets appearing in the project", _PATIENCE_S, lambda: len(known))

    def _draw(self, place: Place, run: dict[str, Any], assets: list[dict[str, Any]]) -> None:
        """Ask for a picture of every asset that has none, and wait until each is drawn or has failed."""
        wanting = [asset["id"] for asset in assets if asset["image"]["state"] in {"none", "failed"}]
        if wanting:
            body = {"asset_ids": wanting}
            self._api.post("assets", f"{place.path}/assets/generate-images", body, key=f"run-{run['id']}")
        self._until("images drawn", place, lambda image: image["state"] in {"drawn", *SETTLED})

    def _file(self, place: Place, assets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Wait until each picture is in the project's own storage, or has failed."""
        return self._until("images filed", place, lambda image: image["state"] in SETTLED)

    def _until(self, stage: str, place: Place, done: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        count = 0

        def all_done() -> list[dict[str, Any]] | None:
            nonlocal count
            assets = list(self._assets(place))
            count = sum(done(asset["image"]) for asset in assets)
            self._report(stage, count, len(assets))
            return assets if count == len(assets) else None

        return wait_for(all_done, stage, _PATIENCE_S, lambda: count)

    def _assets(self, place: Place) -> Iterator[dict[str, Any]]:
        return self._api.items("assets", f"{place.path}/assets")


class _Clock:
    """Seconds per stage: each from the end of the one before."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = monotonic()

    def stage(self, name: str) -> None:
        """This stage has ended."""
        now = monotonic()
        self.seconds[name] = now - self._last
        self._last = now
