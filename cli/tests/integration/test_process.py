import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from dramatis.servers.identity import Identity, stop_identities
from dramatis.servers.probes import http_status
from dramatis.servers.process import Child, StartFailed
from dramatis.servers.watchdog import Watchdog

READY = "import signal,time; print('[ready]', flush=True); "


def python(code: str, log: Path, **changes: object) -> Child:
    """A child that is ready once it has written so into its log."""
    options: dict[str, object] = {"log": log, "ready": lambda: log.exists() and "[ready]" in log.read_text()}
    return Child("child", [sys.executable, "-c", code], **(options | changes))  # type: ignore[arg-type] # by name


def test_a_child_is_started_with_its_log_and_stopped_in_order(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "child.log"
    code = READY + "signal.signal(signal.SIGTERM, lambda *_: (print('bye', flush=True), exit(0))); time.sleep(60)"
    child = python(code, log)
    child.start()
    assert child.running
    assert child.identity is not None
    child.stop()
    assert not child.running
    assert child.identity is None
    assert log.read_text() == "[ready]\nbye\n"


def test_a_child_that_ends_too_early_shows_its_last_words(tmp_path: Path) -> None:
    child = python("print('old', flush=True); exit('no such folder: /x')", tmp_path / "log")
    with pytest.raises(StartFailed, match=r"ended with code 1\n(?s:.*)no such folder: /x") as failure:
        child.start()
    assert not failure.value.port_taken
    assert not child.running


def test_only_the_log_of_this_start_is_shown(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Address already in use\n")
    with pytest.raises(StartFailed) as failure:
        python("exit('another reason')", log).start()
    assert not failure.value.port_taken


def test_a_child_that_is_never_ready_is_killed_after_its_time(tmp_path: Path) -> None:
    child = python("import time; time.sleep(60)", tmp_path / "log")
    with pytest.raises(StartFailed, match="did not become ready in time"):
        child.start(timeout=0.2)
    assert not child.running


def test_what_ignores_the_stop_is_killed_with_its_whole_tree(tmp_path: Path) -> None:
    code = (
        "import signal,subprocess,sys,time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "grandchild = subprocess.Popen([sys.executable, '-c', "
        "'import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)']);"
        "print('[ready]', grandchild.pid, flush=True); time.sleep(60)"
    )
    log = tmp_path / "log"
    child = python(code, log, stop_timeout=0.2)
    child.start()
    grandchild = psutil.Process(int(log.read_text().split()[1]))
    child.stop()
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


def test_a_crash_is_noticed_and_leaves_a_code(tmp_path: Path) -> None:
    child = python(READY + "time.sleep(60)", tmp_path / "log")
    child.start()
    assert child.identity is not None
    os.kill(child.identity.pid, signal.SIGKILL)
    psutil.Process(child.identity.pid).wait(5)
    assert not child.running
    child.stop()


def test_a_terminals_interrupt_does_not_reach_a_child(tmp_path: Path) -> None:
    child = python(READY + "time.sleep(60)", tmp_path / "log")
    child.start()
    assert child.identity is not None
    assert os.getsid(child.identity.pid) != os.getsid(0)
    child.kill()


def test_a_long_log_is_put_aside_at_the_next_start(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    log.write_bytes(b"x" * 10_000_001)
    child = python(READY + "time.sleep(60)", log)
    child.start()
    child.kill()
    assert log.read_text() == "[ready]\n"
    assert (tmp_path / "child.old.log").stat().st_size == 10_000_001


def test_stages_stop_from_the_highest_and_strangers_are_left_alone() -> None:
    sleepers = [subprocess.Popen(["sleep", "60"]) for _ in range(3)]
    try:
        server, service, stranger = sleepers
        identities = [
            Identity("server", server.pid, psutil.Process(server.pid).create_time(), stage=0),
            Identity("service", service.pid, psutil.Process(service.pid).create_time(), stage=2),
            Identity("recycled", stranger.pid, time.time() - 86_400),
        ]
        assert [identity.name for identity in stop_identities(identities)] == ["service", "server"]
        assert (server.wait(5), service.wait(5)) == (-signal.SIGTERM, -signal.SIGTERM)
        assert stranger.poll() is None
        assert stop_identities(identities) == []
    finally:
        for sleeper in sleepers:
            sleeper.kill()
            sleeper.wait()


def test_an_identity_survives_json_and_knows_its_process() -> None:
    me = Identity("me", os.getpid(), psutil.Process().create_time())
    again = Identity.from_dict(me.as_dict())
    assert again == me
    assert again.process() == psutil.Process()


def test_the_watchdog_stops_what_is_left_and_not_what_was_stopped() -> None:
    left, stopped = (subprocess.Popen(["sleep", "60"]) for _ in range(2))
    try:
        watchdog = Watchdog()
        for each in (left, stopped):
            watchdog.watch(Identity("sleeper", each.pid, psutil.Process(each.pid).create_time()))
        watchdog.forget(Identity("sleeper", stopped.pid, psutil.Process(stopped.pid).create_time()))
        watchdog.close()
        assert left.wait(10) == -signal.SIGTERM
        assert stopped.poll() is None
    finally:
        for each in (left, stopped):
            each.kill()
            each.wait()


def test_the_watchdog_is_replaced_when_it_was_killed() -> None:
    sleeper = subprocess.Popen(["sleep", "60"])
    other = subprocess.Popen(["sleep", "60"])
    try:
        before = {child.pid for child in psutil.Process().children()}
        watchdog = Watchdog()
        watchdog.watch(Identity("first", sleeper.pid, psutil.Process(sleeper.pid).create_time()))
        [helper] = [child for child in psutil.Process().children() if child.pid not in before]
        helper.kill()
        helper.wait(5)
        watchdog.watch(Identity("second", other.pid, psutil.Process(other.pid).create_time()))
        watchdog.close()
        assert (sleeper.wait(10), other.wait(10)) == (-signal.SIGTERM, -signal.SIGTERM)
    finally:
        for each in (sleeper, other):
            each.kill()
            each.wait()


def test_nobody_answers_on_a_closed_port() -> None:
    assert http_status(9, "/") is None
