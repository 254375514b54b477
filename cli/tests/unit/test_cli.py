import os
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest
import typer
from cli.tests.command_line import DRAMATIS, Terminal
from cli.tests.unit.stand_in import StandIn, problem

from dramatis import app as command_line
from dramatis.app import EXPECTED, main, told
from dramatis.commands import breakdowns, detached, events, make_pictures, simulate, stack, trace
from dramatis.commands.connection import Server, command
from dramatis.commands.producing import Result, file_name
from dramatis.commands.results import print_result
from dramatis.production import Outcome, Place, RunFailed

SCRIPT = Path(__file__).parents[3] / "examples" / "the-street-that-wasnt-there.fountain"


@pytest.fixture
def cli() -> Terminal:
    """Runs command lines without a stack."""
    return Terminal()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], "No such command 'fly'; `dramatis --help`"),
        (["up", "--colour"], "No such option: --colour"),
        (["up", "--port", "0"], "'--port'"),
        (["up", "--port", "70000"], "'--port'"),
        (["status", "--data-dir", __file__], f"dir '{__file__}' is a file; `dramatis status --help`"),
        (["run"], "Missing argument 'script'"),
        (["run", "nowhere.fountain"], "file 'nowhere.fountain' does not exist"),
        (["run", SCRIPT.parent], "is a directory"),
        (["run", SCRIPT, "--project", " "], "--project: give at least one letter"),
        (["run", SCRIPT, "--style", ""], "--style: give at least one letter"),
        (["run", SCRIPT, "--save", __file__], "is a file"),
        *(
            ([command, SCRIPT, "--price-cap", amount], "'--price-cap': give an amount in USD above 0, such as 2.50, or")
            for command in ("run", "read")
            for amount in ("0", "-1", "nan", "inf", "1e-7", "1000001")
        ),
        (["run", SCRIPT, "--price-cap", "2,50"], "'--price-cap': Input should be a valid number"),
        (["run", SCRIPT, "--url", "localhost:8000", "--token", "x"], "no origin such as http://127.0.0.1:8000"),
        (["run", SCRIPT, "--url", "http://", "--token", "x"], "no origin such as"),
        (["run", SCRIPT, "--url", "http://localhost:8000"], "--token: the server of --url needs one"),
        (["read", SCRIPT, "--engine", "gpt"], "'--engine': 'gpt' is not one of 'builtin', 'llm'"),
        (["token", "--role", "king"], "'owner', 'editor', 'viewer'"),
        (["token", "--workspace", "mine"], "'--workspace': Input should be a valid UUID"),
        (["events", "--owner", "studio"], "'studio' is none of extraction, assets, imagegen, localizer"),
        (["events", "--limit", "0"], "'--limit'"),
        (["events", "--nats", "localhost"], "give nats://user:password@host:port"),
        (["events", "--nats", "nats://localhost:port"], "give nats://user:password@host:port"),
        (["dlq", "list", "--service", "x"], "--service: 'x' is none of"),
        (["dlq", "show"], "Missing argument"),
        (["dlq", "show", "first"], "'number': Input should be a valid integer"),
        (["dlq", "replay"], "give numbers, or --all; `dramatis dlq replay --help`"),
        (["dlq", "replay", "1", "--all"], "give numbers, or --all"),
        (["dlq", "replay", "1", "--service", "assets"], "goes with --all only"),
        (["simulate", "llm", "--script", "nowhere.toml"], "file 'nowhere.toml' does not exist"),
        (["simulate", "llm", "--fault", "fire"], "--fault: 'fire' is no fault: give a status"),
        (["simulate", "llm", "--fault", "500@all"], "--fault: 'all' names no calls"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_misuse_is_told_in_one_line(cli: Terminal, arguments: Sequence[object], words: str) -> None:
    said = cli(*arguments)

    assert said.code == 2
    assert words in said.line
    assert said.line.endswith("--help` tells more")
    assert said.out == ""


@pytest.mark.parametrize(
    "arguments",
    [["run", SCRIPT], ["token"], ["trace"], ["events"], ["dlq", "list"], ["dlq", "show", "1"], ["dlq", "replay", "1"]],
    ids=lambda arguments: arguments[0],
)
def test_without_a_stack_the_way_to_start_one_is_told(cli: Terminal, tmp_path: Path, arguments: list[object]) -> None:
    said = cli(*arguments, "--data-dir", tmp_path)

    assert said.code == 3
    assert said.line.startswith(f"no stack runs in {tmp_path}: ")
    assert f"`dramatis up --detach --data-dir {tmp_path}`" in said.line


def test_the_folder_is_named_whole_from_wherever_it_is_asked(
    cli: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"no stack runs in {tmp_path}/.dramatis: start one with `dramatis up --detach`," in cli("token").line


def test_status_without_a_stack_says_so_and_exits_with_3(cli: Terminal, tmp_path: Path) -> None:
    said = cli("status", "--data-dir", tmp_path)
    assert (said.code, said.err) == (3, "")
    assert said.out == f"nothing runs in {tmp_path}; `dramatis up --detach --data-dir {tmp_path}` starts it\n"
    assert cli("status", "--json", "--data-dir", tmp_path).out.split() == [
        "{",
        '"ready":',
        "false,",
        '"processes":',
        "{}",
        "}",
    ]


def test_down_without_a_stack_is_no_failure(cli: Terminal, tmp_path: Path) -> None:
    assert cli("down", "--data-dir", tmp_path) == (0, f"nothing runs in {tmp_path}\n", "")


def test_no_command_shows_what_there_is(cli: Terminal) -> None:
    said = cli()
    assert said.code == 2
    for name in (
        "up",
        "down",
        "status",
        "demo",
        "run",
        "read",
        "salvage",
        "token",
        "trace",
        "events",
        "dlq",
        "simulate",
    ):
        assert f" {name} " in said.out


def test_help_and_version_are_no_failures(cli: Terminal) -> None:
    assert cli("--help").code == cli("run", "-h").code == cli("dlq", "--help").code == 0
    assert cli("--version").out.startswith("dramatis ")


def test_a_server_that_is_not_there_is_told_at_once(cli: Terminal) -> None:
    said = cli("run", SCRIPT, "--url", "http://127.0.0.1:1", "--token", "x")

    assert said.code == 1
    assert said.line.startswith("nothing answers at http://127.0.0.1:1 ")
    assert said.line.endswith("check the address, and that the server is up")


def test_nats_that_is_not_there_is_told_at_once(cli: Terminal) -> None:
    said = cli("events", "--nats", "nats://me:secret@127.0.0.1:1")

    assert said.code == 1
    assert said.line.startswith("NATS at nats://127.0.0.1:1 does not take me: ")
    assert "secret" not in said.err


def test_a_refusal_is_told_with_its_code(cli: Terminal, stand_in: StandIn) -> None:
    stand_in.on("GET", "/api/assets/v1/projects", problem(401, "unauthorized", "get [another] token"))
    said = cli("run", SCRIPT, "--url", stand_in.origin, "--token", "x")

    assert (said.code, said.line) == (1, "It cannot be done: get [another] token [unauthorized]")


def test_a_name_in_any_script_ends_no_command(tmp_path: Path) -> None:
    ascii_only = Terminal(PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    said = ascii_only.run("status", "--data-dir", tmp_path / "東京 🎬")

    assert said.code == 3
    assert said.out.startswith(f"nothing runs in {tmp_path}/?? ?; ")


def test_what_nobody_expected_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise KeyError("nonsense")

    monkeypatch.setattr(command_line, "app", broken)
    with pytest.raises(KeyError):
        main()


def test_every_expected_failure_exists() -> None:
    for name in EXPECTED:
        module, _, title = name.partition(":")
        assert issubclass(getattr(import_module(module), title), Exception)


def test_every_failure_of_our_own_is_expected() -> None:
    ours = {
        f"{module}:{name}"
        for module in ("api", "production", "waiting", *(f"commands.{each}" for each in _command_modules()))
        for name, value in vars(import_module(f"dramatis.{module}")).items()
        if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == f"dramatis.{module}"
    }
    assert len(ours) >= 10
    assert {f"dramatis.{name}" for name in ours} <= set(EXPECTED)


def _command_modules() -> list[str]:
    assert stack.__file__
    return [path.stem for path in Path(stack.__file__).parent.glob("[a-z]*.py")]


def test_a_failure_with_a_log_keeps_its_first_line_apart() -> None:
    assert told(RunFailed("nats ended with code 1\nline 1\nline 2"), "look") == (
        "nats ended with code 1; look",
        "line 1\nline 2",
    )
    assert told(PermissionError(13, "Permission denied", "/x/y"), "") == ("Permission denied: /x/y", "")


def test_starting_the_command_line_imports_nothing_heavy() -> None:
    check = "import dramatis.app, sys; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True).stdout

    assert "'typer'" in loaded
    for heavy in (
        "nats",
        "httpx",
        "asyncpg",
        "PIL",
        "botocore",
        "opentelemetry",
        "contracts",
        "chassis",
        "fastapi",
        "extraction",
        "uvicorn",
    ):
        assert f"'{heavy}'" not in loaded


def test_a_narrow_terminal_gets_ids_and_paths_whole(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 60)
    lines = _in_terminal(30, "status", "--data-dir", str(folder))
    assert [line.strip() for line in lines] == [
        f"nothing runs in {folder}; `dramatis up --detach --data-dir {folder}` starts it"
    ]


def _in_terminal(columns: int, *arguments: str) -> list[str]:
    """What a command writes to a terminal of this width, colours off."""
    ours, theirs = os.openpty()
    environment = {**Terminal().environment, "COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "xterm"}
    with subprocess.Popen([DRAMATIS, *arguments], stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as done:
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65_536):
                written += part
        except OSError:  # Linux says so when the other end is closed
            pass
        done.wait()
    os.close(ours)
    return written.decode().splitlines()


def test_commands_to_copy_are_called_as_this_one_was(tmp_path: Path) -> None:
    off_the_path = Terminal(PATH=str(tmp_path))
    hint = f"`{DRAMATIS} up --detach --data-dir {tmp_path}`"
    assert hint in off_the_path.run("status", "--data-dir", tmp_path).out


def test_commands_to_copy_name_the_folder_unless_it_is_the_usual_one() -> None:
    assert command("down", Path(".dramatis")) == "dramatis down"
    assert command("down", Path("my films")) == "dramatis down --data-dir 'my films'"


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("nats ready\ndramatis: port 1 is taken; name another\n", "port 1 is taken; name another"),
        ("dramatis: nats ended with code 1\nits log\n", "nats ended with code 1\nits log"),
        ("Traceback\nKeyError\n", "the stack did not start; {log} says:\nTraceback\nKeyError"),
    ],
)
def test_a_stack_that_did_not_start_says_why(tmp_path: Path, log: str, reason: str) -> None:
    path = tmp_path / "up.log"
    path.write_text(log)
    assert detached.reason_in(path) == reason.format(log=path)


def test_a_model_that_has_read_is_told_with_its_price(capsys: pytest.CaptureFixture[str]) -> None:
    spent = {"input_tokens": 6431, "output_tokens": 790, "cost_micro_usd": 12_345}
    anew = {"report": {"reused": {"chunks": 0, "scenes": 0, "cost_micro_usd": 0}}}
    by_model = {"engine": "llm", "provider": "openai", "model": "m", **spent, **anew}
    for run in (by_model, {**by_model, "cost_micro_usd": 0}, {"engine": "builtin"}):
        print_result(Result("Tea", "abc", Outcome(Place("p", "b"), run, [])), Server("http://127.0.0.1:1", "x"))
    printed = capsys.readouterr().out
    told_ = [line for line in printed.splitlines() if line.startswith("read by ")]
    told = "read by        openai m: 6,431 tokens in, 790 out"
    assert told_ == [f"{told}, 0.0123 USD", told]
    assert "taken over" not in printed


def test_what_was_taken_over_is_told_with_what_it_saved(capsys: pytest.CaptureFixture[str]) -> None:
    spent = {"input_tokens": 0, "output_tokens": 0, "cost_micro_usd": 0}
    reused = {"chunks": 2, "scenes": 14, "input_tokens": 9, "output_tokens": 9, "cost_micro_usd": 31_200}
    run = {"engine": "llm", "provider": "openai", "model": "m", **spent, "report": {"reused": reused}}
    print_result(Result("Tea", "abc", Outcome(Place("p", "b"), run, [])), Server("http://127.0.0.1:1", "x"))
    assert "taken over: 14 scenes, 0.0312 USD saved" in capsys.readouterr().out.splitlines()


def test_saved_pictures_have_names_of_their_own() -> None:
    taken: set[str] = set()
    names = [
        file_name({"type": "prop", "name": name, "image": {"localized_key": "a/b.png"}}, taken)
        for name in ("Map / Shop!", "map shop", "../..", "Ælfrēd 東京", "x" * 300)
    ]
    assert names[:4] == ["prop-map-shop.png", "prop-map-shop-2.png", "prop.png", "prop-ælfrēd-東京.png"]
    assert len(names[4]) <= 84
    assert len(taken) == 5


def test_each_command_has_a_sentence_of_help() -> None:
    for function in (
        *(stack.up, stack.down, stack.status, stack.token, make_pictures.run, make_pictures.demo, trace.trace),
        *(events.events, events.dlq_list, events.dlq_show, events.dlq_replay, simulate.simulate_llm),
        *(breakdowns.read, breakdowns.salvage),
    ):
        assert (function.__doc__ or "").partition("\n")[0].endswith(".")


def test_the_group_of_dead_letters_shows_its_commands(cli: Terminal) -> None:
    assert isinstance(events.dlq, typer.Typer)
    said = cli("dlq")
    assert said.code == 2
    assert "replay" in said.out + said.err
    assert "dramatis:" not in said.err
