"""The command line against one real stack."""

import asyncio
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import nats
import pytest
from cli.tests.command_line import PATIENCE_S, Terminal

from dramatis.api import Api
from dramatis.commands.make_pictures import DEMO_PROJECT, DEMO_STYLE
from dramatis.contact_sheet import SheetItem, contact_sheet
from dramatis.production import appearance
from dramatis.servers.identity import Identity
from dramatis.servers.nats import OPERATOR
from dramatis.servers.ports import free_port
from dramatis.stack import StackState, read_state
from dramatis.waiting import wait_for

TEA = """INT. KITCHEN - DAY

ANNA (30, tired) puts the TEAPOT on the table.

ANNA
Tea?
"""
GARDEN = """
EXT. GARDEN - NIGHT

BORIS (50, bearded) digs with a SHOVEL.

BORIS
Never.
"""

pytestmark = pytest.mark.timeout(240)  # a stack starts four Python services; a busy machine takes its time


@pytest.fixture(scope="module")
def dramatis(module_folder: Path) -> Iterator[Terminal]:
    """A terminal on a stack that `up` started; at the end `down` leaves nothing of it running."""
    slow = {"DRAMATIS_SKETCH_LATENCY_MS": "100"}  # long enough to be interrupted
    terminal = Terminal(module_folder, **slow)
    started = terminal.run("up", "--detach")
    try:
        assert started.code == 0, started.err
        assert re.fullmatch(
            r"running at http://127\.0\.0\.1:\d+; `dramatis down --data-dir \S+` stops it\n", started.out
        )
        yield terminal
    finally:
        processes = terminal.state.processes
        stopped = terminal("down")
    assert stopped.code == 0, stopped.err
    assert [each.name for each in processes if each.process() is not None] == []
    assert terminal("status").code == 3


@pytest.fixture(scope="module")
def api(dramatis: Terminal) -> Iterator[Api]:
    """The stack's HTTP API."""
    with Api(dramatis.state.origin, dramatis.state.token) as each:
        yield each


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """A script with one character, one location and one prop."""
    script = tmp_path / "tea.fountain"
    script.write_text(TEA)
    return script


@pytest.fixture(scope="module")
def made(dramatis: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `run --json` said of a script in a new project."""
    folder = tmp_path_factory.mktemp("made")
    script = folder / "tea party.fountain"
    script.write_text(TEA)
    said = dramatis.run("run", script, "--style", "pencil", "--save", folder / "pictures", "--json")
    assert said.err.splitlines() == [
        *("scenes read 1/1", "assets found 3/3", "images drawn 3/3", "images filed 3/3"),
        f"3 pictures stored in {folder / 'pictures'}",
    ]
    names = ["character-anna.png", "location-kitchen.png", "prop-teapot.png"]
    assert sorted(path.name for path in (folder / "pictures").iterdir()) == names
    return said.json


def test_status_tells_what_runs_and_where(dramatis: Terminal) -> None:
    facts = dramatis("status", "--json").json
    said = dramatis("status")

    assert facts["ready"] is True
    assert set(facts["processes"]) >= {
        "postgres",
        "nats",
        "s3",
        "caddy",
        "extraction",
        "assets",
        "imagegen",
        "localizer",
    }
    assert all(each["running"] for each in facts["processes"].values())
    assert said.code == 0
    assert facts["origin"] in said.out
    assert dramatis.state.jwt_secret not in json.dumps(facts) + said.out


def test_up_again_changes_nothing(dramatis: Terminal) -> None:
    before = dramatis.state

    assert dramatis("up", "--detach").out == f"already running at {before.origin}\n"
    said = dramatis("up")
    assert said.code == 1
    assert said.line.startswith(f"process {before.parent.pid} runs a stack in {dramatis.folder}; ")
    assert dramatis.state == before


def test_a_taken_port_is_told_before_anything_starts(dramatis: Terminal, tmp_path: Path) -> None:
    port = dramatis.state.ports["caddy"]["port"]
    said = dramatis("up", "--port", port, "--data-dir", tmp_path)

    assert said.code == 1
    assert (
        said.line
        == f"port {port} is taken by another program; name another, or leave --port out to have a free one chosen"
    )
    assert dramatis("status", "--data-dir", tmp_path).code == 3


def test_a_start_in_the_background_that_fails_says_why(dramatis: Terminal, tmp_path: Path) -> None:
    port = dramatis.state.ports["caddy"]["port"]
    said = dramatis("up", "--detach", "--port", port, "--data-dir", tmp_path)

    assert said.code == 1
    assert said.line.startswith(f"port {port} is taken by another program; ")


def processes_of(folder: Path) -> list[Identity]:
    state = read_state(folder)
    return [] if state is None else state.processes


def test_a_start_that_is_interrupted_leaves_nothing(dramatis: Terminal, module_folder: Path) -> None:
    folder = module_folder.with_name("other")
    starting = dramatis.start("demo", "--data-dir", folder, "--port", free_port())
    begun = wait_for(lambda: processes_of(folder) or None, "a first process", PATIENCE_S)
    starting.send_signal(signal.SIGINT)
    _, said = starting.communicate(timeout=PATIENCE_S)

    assert starting.returncode == 130
    assert said.endswith("interrupted; the stack that was starting is stopped\n")
    assert [each.name for each in begun if each.process() is not None] == []


def test_a_token_opens_the_api_as_far_as_its_role_goes(dramatis: Terminal) -> None:
    url = f"{dramatis.state.origin}/api/assets/v1/style-capsules"

    def post(token: str) -> int:
        body = {"name": "ink", "prompt": f"ink {uuid4()}"}
        return httpx.post(url, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30).status_code

    assert post(dramatis("token").out.strip()) == 201
    assert post(dramatis("token", "--role", "viewer").out.strip()) == 403
    assert post("nonsense") == 401


def test_run_tells_programs_everything(dramatis: Terminal, made: Any) -> None:
    assert made["project"]["name"] == "tea party"
    assert {(one["type"], one["name"]) for one in made["assets"]} == {
        *(("character", "Anna"), ("location", "Kitchen"), ("prop", "Teapot"))
    }
    assert made["asked"] == 3
    assert made["failed"] == []
    for one in made["assets"]:
        assert one["image"]["localized_key"].startswith(made["folder"])
    assert made["trace_url"] == f"{dramatis.state.traces_url}/{made['trace_id']}"


def test_a_second_script_adds_to_the_project(dramatis: Terminal, made: Any, tea: Path) -> None:
    tea.write_text(TEA + GARDEN)
    said = dramatis.run("run", tea, "--project", made["project"]["name"], "--style", "oil", "--price-cap", 1)

    assert said.code == 0
    assert "2 characters, 2 locations, 2 props; 6 pictures filed, 3 asked for just now\n" in said.out
    assert made["folder"] in said.out
    assert "the style is new: pictures that were drawn before stay in the old one" in said.err
    assert "the built-in engine reads: nothing is spent, and --price-cap has nothing to hold\n" in said.err


def test_a_run_that_is_interrupted_goes_on_and_can_be_waited_for(dramatis: Terminal, tea: Path) -> None:
    with dramatis.start("run", tea, "--project", "Interrupted [1]", "--style", "ink") as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "scenes read 1/1\n"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 130
    assert said.endswith("interrupted; what has begun goes on by itself, and the same command again waits for it\n")
    again = dramatis.run("run", tea, "--project", "Interrupted [1]", "--json").json
    assert again["failed"] == []
    assert len(again["assets"]) == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("title.fountain", "Title: Only a Page\nAuthor: Me\n", "no-scenes"), ("tea.xyz", TEA, "unknown-format")],
    ids=["no-scenes", "unknown-format"],
)
def test_a_script_that_cannot_be_read_is_refused_with_the_reason(
    dramatis: Terminal, tmp_path: Path, name: str, content: str, code: str
) -> None:
    script = tmp_path / name
    script.write_text(content)
    said = dramatis.run("run", script, "--project", "Refused", "--style", "ink", "--json")

    assert (said.code, said.out) == (1, "")
    assert said.line.endswith(f"[{code}]")


def test_a_run_is_one_trace_over_all_services(dramatis: Terminal, made: Any) -> None:
    wanted = {"cli", "extraction", "assets", "imagegen", "localizer"}

    def spans() -> list[Any] | None:
        found: list[Any] = dramatis("trace", made["trace_id"], "--json").json["spans"]
        saved = sum(each["name"].endswith("/objects/{key}/url") for each in found)
        return found if {each["service"] for each in found} == wanted and saved == 3 else None

    assert {each["trace_id"] for each in wait_for(spans, "all of it in the trace", 30)} == {made["trace_id"]}
    said = dramatis("trace", made["trace_id"])
    assert "cli run tea party.fountain" in said.out
    assert f"{made['trace_url']} draws it" in said.err
    assert dramatis("trace").code == 0


def test_a_trace_that_nobody_made_is_told(dramatis: Terminal) -> None:
    said = dramatis("trace", "0" * 32)
    assert said.code == 1
    assert said.line == f"no trace {'0' * 32}; {dramatis.state.traces_url} lists what there is"


def test_events_show_what_happened(dramatis: Terminal, made: Any) -> None:
    extracted = dramatis("events", "--owner", "extraction", "--limit", 200, "--json").jsons
    mine = [one for one in extracted if made["run"]["id"] in (one["data"].get("run_id"), one["data"].get("id"))]
    said = dramatis("events", "--limit", 5)

    assert len([one for one in mine if one["headers"]["ce-type"] == "dramatis.extraction.asset.extracted.v1"]) == 3
    assert UUID(mine[0]["headers"]["ce-workspaceid"]) == dramatis.state.workspace_id
    assert len(said.out.splitlines()) == 5


def test_events_go_on_with_what_comes(dramatis: Terminal, api: Api, made: Any) -> None:
    name = f"followed {uuid4()}"
    with dramatis.start("events", "--follow", "--limit", 1, "--owner", "assets", "--json") as following:
        assert following.stdout is not None
        following.stdout.readline()
        api.post("assets", "/v1/projects", {"name": name})
        line = next(line for line in following.stdout if name in line)
        following.send_signal(signal.SIGINT)

    assert json.loads(line)["headers"]["ce-type"] == "dramatis.assets.project.created.v1"
    assert following.returncode == 130


def plant(state: StackState) -> str:
    """Publish an event that no consumer can read; its subject."""
    subject = f"assets.project.created.v1.{uuid4()}"

    async def publish() -> None:
        assert state.nats is not None
        client = await nats.connect(state.nats.url, user=OPERATOR, password=state.nats.passwords[OPERATOR])
        await client.jetstream().publish(subject, b"{ not json")
        await client.close()

    asyncio.run(publish())
    return subject


def test_a_dead_letter_is_listed_shown_and_replayed(dramatis: Terminal) -> None:
    subject = plant(dramatis.state)

    def letters() -> list[Any]:
        listed = dramatis("dlq", "list", "--service", "extraction", "--json").jsons
        return [one for one in listed if one["subject"] == subject]

    (letter,) = wait_for(lambda: letters() or None, "a dead letter", 30)
    number = letter["number"]
    shown = dramatis("dlq", "show", number).json
    listed = dramatis("dlq", "list")
    replayed = dramatis("dlq", "replay", number, 10**9)

    assert letter["consumer"] == "extraction-assets-project-created-v1"
    assert shown["data"] == "{ not json"
    assert f"{number}  {letter['died_at']}  {letter['consumer']}  undecodable\n" in listed.out
    assert replayed.out == f"replayed {number} to {subject}\n"
    assert replayed.code == 1
    assert replayed.err == "dramatis: no dead letter 1000000000; `dramatis dlq list` shows what there is\n"
    assert wait_for(lambda: [one for one in letters() if one["number"] != number] or None, "it dies again", 30)
    nothing = dramatis("dlq", "replay", "--all", "--service", "localizer")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "no dead letters\n")


def test_nats_does_not_take_a_stranger(dramatis: Terminal) -> None:
    assert dramatis.state.nats is not None
    said = dramatis("events", "--nats", dramatis.state.nats.url.replace("://", "://me:wrong@"))
    assert said.code == 1
    assert "does not take me" in said.line


def test_the_demo_makes_a_contact_sheet_of_every_asset(dramatis: Terminal, api: Api) -> None:
    said = dramatis.run("demo")
    sheet = dramatis.folder / "contact-sheet.png"

    assert said.code == 0, said.err
    assert f"contact sheet  {sheet}\n" in said.out
    project = next(one for one in api.items("assets", "/v1/projects") if one["name"] == DEMO_PROJECT)
    (branch,) = api.items("assets", f"/v1/projects/{project['id']}/branches")
    assets = sorted(api.items("assets", f"/v1/projects/{project['id']}/branches/{branch['id']}/assets"), key=appearance)
    assert len(assets) >= 20
    assert sheet.read_bytes() == contact_sheet([_item(api, one) for one in assets], DEMO_PROJECT, DEMO_STYLE)


def _item(api: Api, asset: Any) -> SheetItem:
    key = asset["image"]["localized_key"]
    return SheetItem(asset["name"], asset["type"], api.download(api.get("localizer", f"/v1/objects/{key}/url")["url"]))
