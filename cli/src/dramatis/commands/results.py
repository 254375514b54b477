"""What came of a script, for people and for programs."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from dramatis.commands.connection import Server
from dramatis.commands.output import out, remark, say
from dramatis.commands.producing import Result
from dramatis.costs import spent, usd
from dramatis.production import Asset, Outcome
from extraction.domain.script import spans

KINDS = ("character", "location", "prop")


def print_result(result: Result, target: Server) -> None:
    """The assets as a table, then how many, where they are, how long it took and the trace."""
    outcome = result.outcome
    if outcome.assets:
        out.print(_table(outcome))
    counts = ", ".join(counted(sum(one["type"] == kind for one in outcome.assets), kind) for kind in KINDS)
    filed = sum(one["image"]["state"] == "localized" for one in outcome.assets)
    say(f"{counts}; {counted(filed, 'picture')} filed, {outcome.asked} asked for just now")
    if outcome.run.get("engine") == "llm":
        say(f"read by        {_reader(outcome.run)}")
        reused = outcome.run["report"]["reused"]
        if reused["chunks"]:
            say(f"taken over: {_saved(reused)}")
    say(f"filed below    {outcome.place.folder}")
    say("time           " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in outcome.seconds.items()))
    say(f"trace          {_trace_url(result, target) or result.trace_id}")
    if outcome.restyled and outcome.asked < len(outcome.assets):
        remark("the style is new: pictures that were drawn before stay in the old one")
    for asset in outcome.failed:
        remark(Text.assemble((f"{asset['name']}: {asset['image']['error']}", "red"), f"; {_remedy(asset)}"))


def print_document(result: Result, target: Server) -> None:
    """All of it as one JSON object."""
    outcome = result.outcome
    out.print_json(
        data={
            "project": {"id": outcome.place.project_id, "name": result.project},
            "branch_id": outcome.place.branch_id,
            "folder": outcome.place.folder,
            "run": {key: value for key, value in outcome.run.items() if key != "assets"},
            "assets": outcome.assets,
            "asked": outcome.asked,
            "failed": [asset["id"] for asset in outcome.failed],
            "seconds": outcome.seconds,
            "trace_id": result.trace_id,
            "trace_url": _trace_url(result, target),
        }
    )


def counted(number: int, noun: str) -> str:
    """How many, in words: `1 scene`, `2 scenes`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _reader(run: Mapping[str, Any]) -> str:
    """The model, and what its replies took."""
    words = spent(run["input_tokens"], run["output_tokens"], run["cost_micro_usd"])
    return f"{run['provider']} {run['model']}: {words}"


def _saved(reused: Mapping[str, int]) -> str:
    """What of earlier readings was used again, and what that saved where the price is known."""
    price = f", {usd(reused['cost_micro_usd'])} USD saved" if reused["cost_micro_usd"] else ""
    return counted(reused["scenes"], "scene") + price


def _table(outcome: Outcome) -> Table:
    table = Table()
    for heading in ("type", "name", "scenes", "picture"):
        table.add_column(heading, overflow="fold")
    for asset in outcome.assets:
        table.add_row(asset["type"], Text(asset["name"]), spans(asset["scene_numbers"]), _picture(asset["image"]))
    return table


def _picture(image: dict[str, object]) -> Text:
    if image["state"] == "localized":
        return Text(f"{image['width']}x{image['height']}")
    return Text(str(image["state"]), "red")


def _remedy(asset: Asset) -> str:
    if asset["image"]["selected_image_id"] is None:
        return "the same command again has it drawn again"
    return "POST /api/localizer/v1/localizations/{id}/retry files it again, see /api/localizer/docs"


def _trace_url(result: Result, target: Server) -> str | None:
    return f"{target.traces_url}/{result.trace_id}" if target.traces_url else None
