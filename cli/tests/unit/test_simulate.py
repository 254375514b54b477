import json
import signal
from pathlib import Path

import httpx
import pytest
from cli.tests.command_line import PATIENCE_S, Terminal

from dramatis.servers.ports import free_port

ASKED = {"model": "m", "messages": [{"role": "user", "content": "INT. KITCHEN - DAY\n\nANNA lifts the TEAPOT."}]}


@pytest.fixture
def cli() -> Terminal:
    """Runs command lines without a stack."""
    return Terminal()


@pytest.mark.parametrize("to_file", [False, True])
def test_the_simulator_serves_and_logs_until_it_is_stopped(cli: Terminal, tmp_path: Path, *, to_file: bool) -> None:
    log = tmp_path / "calls.jsonl"
    port = free_port()
    where = ("--log", log) if to_file else ()
    with cli.start("simulate", "llm", "--port", port, "--fault", "500@2", *where) as running:
        assert running.stderr is not None
        told = running.stderr.readline()
        statuses = [httpx.post(f"http://127.0.0.1:{port}/v1/chat/completions", json=ASKED).status_code for _ in "ab"]
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=PATIENCE_S)

    assert f"listening at http://127.0.0.1:{port}/v1" in told
    assert f"DRAMATIS_LLM_MODEL=simulated DRAMATIS_LLM_BASE_URL=http://127.0.0.1:{port}/v1 uses it" in told
    assert statuses == [200, 500]
    assert (running.returncode, err) == (0, "stopped by SIGINT after 2 calls\n")
    lines = log.read_text() if to_file else out
    assert [json.loads(line)["outcome"] for line in lines.splitlines()] == ["200", "500"]


def test_rules_that_are_wrong_are_told_in_one_line(cli: Terminal, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("[[rule]]\nscene = 'one'")
    said = cli("simulate", "llm", "--script", rules)
    assert said.code == 1
    assert said.line.startswith(f"{rules}: rule 1: scene: ")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("rules = 5", "rules: Extra inputs are not permitted; the keys are model, script, latency_ms, seed, rule"),
        ("[[rule]]\njson_ = {}", "the keys are scene, contains, matches, model, call, times, reply, reply_file, json,"),
    ],
)
def test_a_key_that_there_is_not_is_told_with_those_that_there_are(
    cli: Terminal, tmp_path: Path, text: str, keys: str
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(text)
    assert keys in cli("simulate", "llm", "--script", rules).line


@pytest.mark.parametrize("latency", ["inf", "3600001"])
def test_a_call_that_would_take_for_ever_is_refused(cli: Terminal, tmp_path: Path, latency: str) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(f"latency_ms = {latency}")
    assert "less than or equal to 3600000" in cli("simulate", "llm", "--latency-ms", latency).line
    assert "latency_ms: Input should be less than or equal to 3600000" in cli("simulate", "llm", "--script", rules).line
    rules.write_text(f"[[rule]]\nlatency_ms = {latency}")
    assert "rule 1: latency_ms: Input should be less" in cli("simulate", "llm", "--script", rules).line


def test_a_port_that_is_taken_is_told_in_one_line(cli: Terminal) -> None:
    port = free_port()
    with cli.start("simulate", "llm", "--port", port) as running:
        assert running.stderr is not None
        running.stderr.readline()
        said = cli("simulate", "llm", "--port", port)
        running.terminate()
        running.communicate(timeout=PATIENCE_S)
    assert said.code == 1
    assert said.line == f"port {port} is taken; name another, or leave --port out to have a free one chosen"
