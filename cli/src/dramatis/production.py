"""From a script to filed pictures, as any client of the API would do it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from dramatis.api import Api, ApiProblem
from dramatis.costs import MICRO, spent, usd
from dramatis.inputs import content_of
from dramatis.waiting import TookTooLong, wait_for

T = TypeVar("T")
Asset = dict[str, Any]

STAGES = ("scenes read", "assets found", "images drawn", "images filed")
SETTLED = frozenset({"localized", "failed"})
_STYLE_EXAMPLE = '--style "ink and watercolour, lamplight"'
_CAP_OF_SERVER = "the server allows a run no more: have its DRAMATIS_RUN_PRICE_CAP_USD raised, then the same command"
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

    @property
    def folder(self) -> str:
        """Where its pictures are filed."""
        return f"project_{self.project_id}/branch_{self.branch_id}/master-assets/"


@dataclass(slots=True)
class Outcome:
    """What came of it: assets as the API shows them, in order of appearance; how many were asked to be drawn; seconds."""

    place: Place
    run: dict[str, Any]
    assets: list[Asset]
    asked: int = 0
    restyled: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def failed(self) -> list[Asset]:
        """Assets whose picture could not be drawn or filed."""
        return [asset for asset in self.assets if asset["image"]["state"] == "failed"]


class Production:
    """Takes one script through all four services."""

    def __init__(self, api: Api, report: Report = lambda *_: None) -> None:
        self._api = api
        self._report = report
        self._restyled = False

    def produce(self, script: Path, project: str, style: str | None, price_cap: float | None = None) -> Outcome:
        """Project, style, script, run, assets, pictures, files; `price_cap` is the most that the run may cost, in USD.

        What was done before is not done again: known projects, assets and pictures stay. Archived assets are left
        alone. Raises `RunFailed`, `StyleNeeded`, `TookTooLong` and what `Api` raises.
        """
        content = content_of(script)
        place = self._place(project.strip(), style)
        clock = _Clock()
        run = self._read(place, script.name, content, price_cap)
        clock.stage("scenes read")
        assets = self._find(place, run)
        clock.stage("assets found")
        asked = self._draw(place, run, assets)
        clock.stage("images drawn")
        filed = self._until("images filed", place, {asset["id"] for asset in assets}, SETTLED)
        clock.stage("images filed")
        return Outcome(place, run, sorted(filed, key=appearance), asked, self._restyled, clock.seconds)

    def _place(self, name: str, style: str | None) -> Place:
        project = next((one for one in self._api.items("assets", "/v1/projects") if one["name"] == name), None)
        if project is None:
            if style is None:
                raise StyleNeeded(f"project {name!r} is new: say how it should look, e.g. {_STYLE_EXAMPLE}")
            capsule = self._style_capsule(style)
            project = self._api.post("assets", "/v1/projects", {"name": name, "style_capsule_id": capsule})
        elif style is not None:
            self._restyle(project, self._style_capsule(style))
        elif project["style_capsule_id"] is None:
            raise StyleNeeded(f"project {name!r} has no style yet: say how it should look, e.g. {_STYLE_EXAMPLE}")
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
            self._restyled = True

    def _read(self, place: Place, name: str, content: bytes, price_cap: float | None) -> dict[str, Any]:
        """Upload the script and read it to its end."""

        def upload() -> dict[str, Any]:
            answer = self._api.request("POST", "extraction", f"{place.path}/scripts", files={"file": (name, content)})
            uploaded: dict[str, Any] = answer.json()
            return uploaded

        terms = {} if price_cap is None else {"price_cap_usd": price_cap}
        body = {"script_version": self._once_known(upload)["version"], **terms}
        run = self._once_known(lambda: self._api.post("extraction", f"{place.path}/runs", body))

        def ended() -> dict[str, Any] | None:
            nonlocal run
            run = self._api.get("extraction", f"/v1/runs/{run['id']}")
            self._report("scenes read", run["scenes_read"], run["scenes_total"])
            return run if run["status"] not in {"queued", "running"} else None

        ended_run = wait_for(ended, "reading the script", _PATIENCE_S, lambda: run["scenes_read"])
        if ended_run["status"] != "completed":
            raise RunFailed(_why(ended_run, price_cap))
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

        try:
            return wait_for(look, "extraction hearing of the project", _NEWS_S)
        except TookTooLong as late:
            raise TookTooLong(f"{late}; it says: {last[0]}") from last[0]

    def _find(self, place: Place, run: dict[str, Any]) -> list[Asset]:
        """All project assets, once everything that the run found is among them, by its name or another's alias."""
        found = self._api.items("extraction", f"/v1/runs/{run['id']}/assets")
        expected = {_key(one["asset_type"], one["name"]) for one in found}
        known = 0

        def all_known() -> list[Asset] | None:
            nonlocal known
            assets = self._assets(place)
            names = {_key(one["type"], name) for one in assets for name in (one["name"], *one["aliases"])}
            known = len(expected & names)
            self._report("assets found", known, len(expected))
            return [one for one in assets if one["status"] != "archived"] if known == len(expected) else None

        return wait_for(all_known, "assets appearing in the project", _PATIENCE_S, lambda: known)

    def _draw(self, place: Place, run: dict[str, Any], assets: list[Asset]) -> int:
        """Have every asset drawn that was not, wait until each is or has failed; how many were asked for."""
        wanting = [asset["id"] for asset in assets if _wants_picture(asset["image"])]
        if wanting:
            body = {"asset_ids": wanting}
            self._api.post("assets", f"{place.path}/assets/generate-images", body, key=f"run-{run['id']}")
        self._until("images drawn", place, {asset["id"] for asset in assets}, {"drawn", *SETTLED})
        return len(wanting)

    def _until(self, stage: str, place: Place, ids: set[str], states: set[str] | frozenset[str]) -> list[Asset]:
        """These assets, once the picture of each is in one of the states; deleted ones are not waited for."""
        count = 0

        def all_done() -> list[Asset] | None:
            nonlocal count
            assets = [asset for asset in self._assets(place) if asset["id"] in ids]
            count = sum(asset["image"]["state"] in states for asset in assets)
            self._report(stage, count, len(assets))
            return assets if count == len(assets) else None

        return wait_for(all_done, stage, _PATIENCE_S, lambda: count)

    def _assets(self, place: Place) -> list[Asset]:
        return list(self._api.items("assets", f"{place.path}/assets"))


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


def _why(run: dict[str, Any], price_cap: float | None) -> str:
    """What ended a run too early, what it has cost until then, and what to do where that is known."""
    if run["error_class"] == "price-cap-reached":
        cap: int = run["price_cap_micro_usd"]
        own = price_cap is not None and round(price_cap * MICRO) <= cap
        again = "the same command with a higher --price-cap" if own else _CAP_OF_SERVER
        return (
            f"the run {run['id']} has stopped before its price cap: {usd(run['cost_micro_usd'])} of {usd(cap)} USD are "
            f"spent, and the next call could cost more than is left; what was read is kept: {again} pays only for the rest"
        )
    cost = run["input_tokens"], run["output_tokens"], run["cost_micro_usd"]
    paid = f"; {spent(*cost)} are spent" if any(cost) else ""
    return f"the run {run['id']} has {run['status']}: {run['message'] or 'nobody said why'}{paid}"


def appearance(asset: Asset) -> tuple[str, int, str]:
    """Orders assets by type, then by the scene they first appear in, those of no scene first."""
    return asset["type"], min(asset["scene_numbers"], default=0), asset["name"]


def _wants_picture(image: dict[str, Any]) -> bool:
    """Whether nothing was drawn; a drawn picture that could not be filed is not helped by another one."""
    return image["state"] in {"none", "failed"} and image["selected_image_id"] is None


def _key(kind: str, name: str) -> tuple[str, str]:
    """What two spellings of a name have in common, as the assets service sees it."""
    return kind, " ".join(unicodedata.normalize("NFKC", name).casefold().split())
