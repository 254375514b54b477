from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.tests.unit.stand_in import Answer, Call, StandIn, problem

from dramatis import production, waiting
from dramatis.api import Api, ApiProblem
from dramatis.production import Outcome, Production, RunFailed, StyleNeeded
from dramatis.waiting import TookTooLong, wait_for

PROJECT = {"id": "p", "name": "Tea", "style_capsule_id": "s", "version": 3}
PLACE = "/v1/projects/p/branches/b"
SCRIPTS = f"/api/extraction{PLACE}/scripts"
RUNS = f"/api/extraction{PLACE}/runs"
ASSETS = f"/api/assets{PLACE}/assets"
GENERATE = f"{ASSETS}/generate-images"


def listed(*items: object) -> dict[str, object]:
    return {"items": list(items), "next_cursor": None}


def run(status: str = "completed", message: str | None = None, **more: object) -> dict[str, object]:
    counts = {"scenes_read": 1, "scenes_total": 1, "input_tokens": 0, "output_tokens": 0, "cost_micro_usd": 0}
    return {"id": "r", "status": status, "message": message, "error_class": None, **counts, **more}


def asset(name: str, state: str = "localized", **more: Any) -> dict[str, Any]:
    image = {"state": state, "selected_image_id": "i" if state in {"drawn", "localized"} else None, "error": None}
    return {
        "id": name,
        "type": "prop",
        "name": name,
        "aliases": [],
        "scene_numbers": [1],
        "status": "draft",
        "image": image,
        **more,
    }


def found(*names: str) -> dict[str, object]:
    return listed(*({"asset_type": "prop", "name": name} for name in names))


@pytest.fixture
def server(stand_in: StandIn) -> StandIn:
    """A project that has a style, and a script in which one prop is found."""
    stand_in.on("GET", "/api/assets/v1/projects", listed(PROJECT))
    stand_in.on(
        "GET", "/api/assets/v1/projects/p/branches", listed({"id": "fork", "name": "x"}, {"id": "b", "name": "main"})
    )
    stand_in.on("POST", SCRIPTS, {"version": 7})
    stand_in.on("POST", RUNS, run("queued"))
    stand_in.on("GET", "/api/extraction/v1/runs/r", run("running"), run())
    stand_in.on("GET", "/api/extraction/v1/runs/r/assets", found("Lamp"))
    stand_in.on("GET", ASSETS, listed(asset("Lamp", "none")), listed(asset("Lamp", "drawn")), listed(asset("Lamp")))
    stand_in.on("POST", GENERATE, {"batch_id": "x", "requests": []})
    return stand_in


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "POLL_S", 0.005)
    monkeypatch.setattr(production, "_PATIENCE_S", 0.4)
    monkeypatch.setattr(production, "_NEWS_S", 0.4)


@pytest.fixture
def produce(server: StandIn, tmp_path: Path) -> Iterator[Callable[..., Outcome]]:
    script = tmp_path / "tea.fountain"
    script.write_text("INT. KITCHEN - DAY")
    with Api(server.origin, "token") as api:
        yield lambda project="Tea", style=None, report=lambda *_: None, price_cap=None: Production(api, report).produce(
            script, project, style, price_cap
        )


def bodies(server: StandIn, path: str) -> list[bytes]:
    return [call.body for call in server.to(path) if call.method == "POST"]


def test_a_script_is_taken_all_the_way(server: StandIn, produce: Callable[..., Outcome]) -> None:
    heard: list[tuple[str, int, int]] = []
    outcome = produce(report=lambda *news: heard.append(news))

    assert [each["name"] for each in outcome.assets] == ["Lamp"]
    assert outcome.asked == 1
    assert outcome.failed == []
    assert list(outcome.seconds) == list(production.STAGES) == list(dict.fromkeys(stage for stage, *_ in heard))
    assert heard[-1] == ("images filed", 1, 1)
    assert b'filename="tea.fountain"' in bodies(server, SCRIPTS)[0]
    assert bodies(server, RUNS) == [b'{"script_version":7}']
    assert bodies(server, GENERATE) == [b'{"asset_ids":["Lamp"]}']


def test_extraction_may_hear_of_the_project_late(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("POST", SCRIPTS, problem(404, "project-not-found"), problem(404, "branch-not-found"), {"version": 1})
    server.on("POST", RUNS, problem(409, "style-capsule-required"), run("queued"))

    assert produce().run["status"] == "completed"


def test_extraction_that_never_hears_of_it_is_named(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("POST", SCRIPTS, problem(404, "project-not-found", "no such project"))

    with pytest.raises(TookTooLong, match=r"extraction hearing of the project.*no such project"):
        produce()


def test_a_script_that_cannot_be_read_is_refused_at_once(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("POST", SCRIPTS, problem(422, "no-scenes", "add a scene"))

    with pytest.raises(ApiProblem, match="add a scene"):
        produce()
    assert len(bodies(server, SCRIPTS)) == 1


@pytest.mark.parametrize(("status", "message"), [("failed", "the model is away"), ("cancelled", None)])
def test_a_run_that_did_not_complete_says_why(
    server: StandIn, produce: Callable[..., Outcome], status: str, message: str | None
) -> None:
    server.on("GET", "/api/extraction/v1/runs/r", run(status, message))

    with pytest.raises(RunFailed, match=f"r has {status}: {message or 'nobody said why'}"):
        produce()


def test_a_price_cap_is_one_of_the_run(server: StandIn, produce: Callable[..., Outcome]) -> None:
    produce(price_cap=2.5)

    assert bodies(server, RUNS) == [b'{"script_version":7,"price_cap_usd":2.5}']


SPENT = {"input_tokens": 1200, "output_tokens": 34, "cost_micro_usd": 4100}


def test_a_run_that_did_not_complete_says_what_it_has_cost(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", "/api/extraction/v1/runs/r", run("failed", "the model is away", **SPENT))

    with pytest.raises(RunFailed, match=r"the model is away; 1,200 tokens in, 34 out, 0\.0041 USD are spent$"):
        produce()


@pytest.mark.parametrize(
    ("asked", "whose"),
    [
        (0.006, "the same command with a higher --price-cap"),
        (0.0060004, "the same command with a higher --price-cap"),
        (5.0, "the server allows a run no more: have its DRAMATIS_RUN_PRICE_CAP_USD raised, then the same command"),
        (None, "the server allows a run no more: have its DRAMATIS_RUN_PRICE_CAP_USD raised, then the same command"),
    ],
)
def test_a_run_that_stops_before_its_price_cap_says_what_is_spent_and_whose_cap_it_is(
    server: StandIn, produce: Callable[..., Outcome], asked: float | None, whose: str
) -> None:
    capped = run("failed", "m", error_class="price-cap-reached", price_cap_micro_usd=6000, **SPENT)
    server.on("GET", "/api/extraction/v1/runs/r", capped)

    with pytest.raises(RunFailed) as caught:
        produce(price_cap=asked)
    assert str(caught.value) == (
        "the run r has stopped before its price cap: 0.0041 of 0.0060 USD are spent, and the next call could cost more "
        f"than is left; what was read is kept: {whose} pays only for the rest"
    )


def test_what_an_earlier_script_left_is_not_taken_for_what_this_one_found(
    server: StandIn, produce: Callable[..., Outcome]
) -> None:
    server.on("GET", "/api/extraction/v1/runs/r/assets", found("Rope"))
    server.on(
        "GET",
        ASSETS,
        listed(asset("Lamp"), asset("Chair")),
        listed(asset("Lamp"), asset("Chair"), asset("Rope", "none")),
        listed(asset("Lamp"), asset("Chair"), asset("Rope")),
    )

    assert [each["name"] for each in produce().assets] == ["Chair", "Lamp", "Rope"]
    assert bodies(server, GENERATE) == [b'{"asset_ids":["Rope"]}']


def test_an_asset_that_people_call_otherwise_is_known_by_its_alias(
    server: StandIn, produce: Callable[..., Outcome]
) -> None:
    server.on("GET", "/api/extraction/v1/runs/r/assets", found("OIL  Lamp"))
    server.on("GET", ASSETS, listed(asset("Lantern", aliases=["Oil Lamp"])))

    assert [each["name"] for each in produce().assets] == ["Lantern"]


def test_archived_assets_are_left_alone(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", ASSETS, listed(asset("Lamp", "none", status="archived")))
    outcome = produce()

    assert outcome.assets == []
    assert outcome.asked == 0
    assert bodies(server, GENERATE) == []


def test_a_script_without_assets_is_done_at_once(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", "/api/extraction/v1/runs/r/assets", found())
    server.on("GET", ASSETS, listed())

    assert produce().assets == []


def test_a_failed_picture_is_an_outcome(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", ASSETS, listed(asset("Lamp", "none")), listed(asset("Lamp", "failed")))

    assert [each["name"] for each in produce().failed] == ["Lamp"]


def test_a_picture_that_failed_before_is_asked_for_again(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", ASSETS, listed(asset("Lamp", "failed")), listed(asset("Lamp")))

    assert produce().asked == 1


def test_a_drawn_picture_that_could_not_be_filed_is_not_drawn_again(
    server: StandIn, produce: Callable[..., Outcome]
) -> None:
    drawn = asset("Lamp", "failed")
    drawn["image"]["selected_image_id"] = "i"
    server.on("GET", ASSETS, listed(drawn))

    assert produce().asked == 0


def test_assets_come_in_order_of_appearance(server: StandIn, produce: Callable[..., Outcome]) -> None:
    late, early = asset("Lamp", scene_numbers=[7, 9]), asset("Tea", scene_numbers=[2, 8])
    server.on("GET", ASSETS, listed(late, early, asset("Zoo", type="location"), asset("Ax", scene_numbers=[7])))

    assert [each["name"] for each in produce().assets] == ["Zoo", "Tea", "Ax", "Lamp"]


def test_an_asset_deleted_meanwhile_is_not_waited_for(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", ASSETS, listed(asset("Lamp", "none"), asset("Gone", "none")), listed(asset("Lamp")))

    assert [each["name"] for each in produce().assets] == ["Lamp"]


def test_a_picture_that_never_comes_is_given_up(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", ASSETS, listed(asset("Lamp", "none")), listed(asset("Lamp", "requested")))

    with pytest.raises(TookTooLong, match="images drawn"):
        produce()


def test_a_new_project_needs_a_style(produce: Callable[..., Outcome]) -> None:
    with pytest.raises(StyleNeeded, match=r"'New' is new: .*--style"):
        produce(project="New")


def test_a_project_without_a_style_is_told_at_once(server: StandIn, produce: Callable[..., Outcome]) -> None:
    server.on("GET", "/api/assets/v1/projects", listed({**PROJECT, "style_capsule_id": None}))

    with pytest.raises(StyleNeeded, match=r"'Tea' has no style yet: .*--style"):
        produce()
    assert bodies(server, SCRIPTS) == []


@pytest.mark.parametrize(("style", "restyled"), [("pencil", False), ("oil", True)])
def test_a_style_is_changed_only_when_it_is_another(
    server: StandIn, produce: Callable[..., Outcome], style: str, restyled: bool
) -> None:
    capsules = listed({"id": "s", "prompt": "pencil"}, {"id": "t", "prompt": "oil"})
    server.on("GET", "/api/assets/v1/style-capsules", capsules)
    server.on("PATCH", "/api/assets/v1/projects/p", {})

    assert produce(style=style).restyled is restyled
    changes = server.to("/api/assets/v1/projects/p")
    assert [call.headers["If-Match"] for call in changes] == (['"3"'] if restyled else [])


def test_a_new_project_gets_a_new_style(server: StandIn, produce: Callable[..., Outcome]) -> None:
    made: list[Call] = []

    def make(call: Call) -> Answer:
        made.append(call)
        return Answer({**PROJECT, "id": "p"} if call.path.endswith("projects") else {"id": "c"}, 201)

    server.on("GET", "/api/assets/v1/style-capsules", listed())
    server.routes["POST", "/api/assets/v1/style-capsules"] = make
    server.routes["POST", "/api/assets/v1/projects"] = make
    produce(project=" New ", style="s" * 100)

    assert b'"name":"' + b"s" * 80 + b'"' in made[0].body
    assert made[1].body == b'{"name":"New","style_capsule_id":"c"}'


def test_waiting_ends_with_what_is_seen() -> None:
    seen = iter([None, None, "there"])
    assert wait_for(lambda: next(seen), "it", 5) == "there"


def test_a_look_that_sees_something_false_is_an_end() -> None:
    assert wait_for(list, "it", 5) == []


def test_waiting_gives_up_without_progress() -> None:
    with pytest.raises(TookTooLong, match="the moon: no progress for 0 s"):
        wait_for(lambda: None, "the moon", 0.02)


def test_waiting_goes_on_while_there_is_progress() -> None:
    steps = iter(range(100))
    progress = [0]

    def look() -> str | None:
        progress[0] = next(steps)
        return "there" if progress[0] == 30 else None

    assert wait_for(look, "it", 0.05, lambda: progress[0]) == "there"
