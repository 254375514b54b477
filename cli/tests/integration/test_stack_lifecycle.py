import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import aioboto3
import asyncpg
import psutil
import pytest

from dramatis.servers.identity import Identity, wait_gone
from dramatis.servers.ports import free_port
from dramatis.servers.process import StartFailed
from dramatis.stack import LocalStack, StackOptions, StackState, read_state, stop_stack
from dramatis.stack.folder import open_folder
from dramatis.stack.local import PortTaken
from dramatis.stack.state import write_state

if TYPE_CHECKING:
    from types_aiobotocore_s3 import S3Client

StubOptions = Callable[..., StackOptions]
RUN_STACK = Path(__file__).parents[1] / "programs" / "run_stack.py"


async def test_what_a_stack_keeps_survives_the_next_ups(folder: Path, stub_options: StubOptions) -> None:
    port = free_port()
    with LocalStack(folder, stub_options("assets", port=port)) as first:
        before = first.state
        assert before.origin == f"http://127.0.0.1:{port}"
        await keep(before)
    assert (state_of(folder).ready, state_of(folder).processes) == (False, [])
    assert not any(identity.process() for identity in before.processes)
    with LocalStack(folder, stub_options("assets", port=port)) as second:
        assert second.state.ports == before.ports
        assert await kept(second.state) == (1, b"kept")
        for server in ("postgres", "s3"):
            second.kill(server)
            second.start(server)
        assert await kept(second.state) == (1, b"kept")
    with occupied(ports_of(before)), LocalStack(folder, stub_options("assets")) as third:
        after = third.state
        assert not ports_of(after) & ports_of(before)
        assert (after.jwt_secret, after.workspace_id) == (before.jwt_secret, before.workspace_id)
        assert await kept(after) == (1, b"kept")


def test_the_origins_port_is_not_replaced_when_it_was_asked_for(folder: Path, stub_options: StubOptions) -> None:
    port = free_port()
    with occupied({port}), pytest.raises(PortTaken, match=str(port)):
        LocalStack(folder, stub_options(port=port)).up()


def test_when_one_part_fails_everything_stops(folder: Path, stub_options: StubOptions) -> None:
    before = children_of_this_test()
    options = stub_options("assets", "imagegen", split=True, fails="worker")
    stack = LocalStack(folder, options)
    with pytest.raises(StartFailed, match="the stub was told to fail"):
        stack.up()
    state = read_state(folder)
    assert state is not None
    assert state.processes == []
    assert children_of_this_test() <= before


def test_a_signal_while_starting_stops_what_was_started(folder: Path) -> None:
    with foreground(folder) as (parent, lines):
        wait_for(lines, "nats ready")
        started = state_of(folder).processes
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(20) == 0
        assert started
        assert not any(identity.process() for identity in started)
        assert state_of(folder).processes == []


def test_children_end_when_their_parent_is_killed(folder: Path) -> None:
    with foreground(folder) as (parent, lines):
        wait_for(lines, "everything is ready")
        processes = [process for identity in state_of(folder).processes if (process := identity.process())]
        assert len(processes) == 5
        parent.kill()
        wait_gone(processes, 20)
        assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


def test_what_a_killed_parent_left_is_stopped_by_the_next_up(folder: Path) -> None:
    with foreground(folder) as (parent, lines):
        wait_for(lines, "everything is ready")
        orphans = state_of(folder).processes
        for child in psutil.Process(parent.pid).children():
            if "dramatis.servers.watchdog" in child.cmdline():
                child.kill()
        parent.kill()
        parent.wait()
    assert all(identity.process() for identity in orphans)
    told: list[str] = []
    with LocalStack(folder, StackOptions(services=()), report=told.append) as stack:
        assert not any(identity.process() for identity in orphans)
        assert all(stack.state.running().values())
    assert "stopped what an earlier run left" in told[0]


def test_another_process_stops_the_stack_and_nothing_else(folder: Path) -> None:
    with foreground(folder) as (parent, lines), stranger() as bystander:
        wait_for(lines, "everything is ready")
        processes = state_of(folder).processes
        assert set(stop_stack(folder)) == {"postgres", "nats", "s3", "traces", "caddy"}
        assert parent.wait(5) == 0
        assert not any(identity.process() for identity in processes)
        assert bystander.poll() is None
    assert stop_stack(folder) == []


def test_a_recycled_pid_is_left_alone(folder: Path) -> None:
    open_folder(folder)
    with stranger() as bystander:
        created = psutil.Process(bystander.pid).create_time()
        recycled = Identity("postgres", bystander.pid, created - 3600)
        parent = Identity("dramatis", bystander.pid, created - 3600)
        write_state(folder, StackState(version="1", parent=parent, processes=[recycled], logs=folder, ready=True))
        assert stop_stack(folder) == []
        assert bystander.poll() is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps folders that Postgres' user cannot reach")
def test_a_folder_below_a_private_one_works_and_says_where_the_data_is(folder: Path) -> None:
    folder.parent.chmod(0o700)
    told: list[str] = []
    with LocalStack(folder, StackOptions(services=()), report=told.append) as stack:
        assert stack.state.postgres is not None
        data = stack.state.postgres.data
        assert not data.is_relative_to(folder)
        assert any(str(data) in line for line in told)
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    stack._servers.postgres.remove_data()
    assert not data.exists()


async def keep(state: StackState) -> None:
    assert state.postgres is not None
    assert state.s3 is not None
    connection = await asyncpg.connect(state.postgres.databases["assets"].app_url)
    try:
        await connection.execute("INSERT INTO thing (id) VALUES (1)")
    finally:
        await connection.close()
    async with _s3(state) as client:
        await client.put_object(Bucket=state.s3.bucket, Key="kept", Body=b"kept")


async def kept(state: StackState) -> tuple[int, bytes]:
    assert state.postgres is not None
    assert state.s3 is not None
    connection = await asyncpg.connect(state.postgres.databases["assets"].app_url)
    try:
        count = await connection.fetchval("SELECT count(*) FROM thing")
    finally:
        await connection.close()
    async with _s3(state) as client:
        found = await client.get_object(Bucket=state.s3.bucket, Key="kept")
        return count, await found["Body"].read()


def _s3(state: StackState) -> AbstractAsyncContextManager["S3Client"]:
    assert state.s3 is not None
    session = aioboto3.Session(state.s3.access_key, state.s3.secret_key, region_name=state.s3.region)
    return session.client("s3", endpoint_url=state.s3.endpoint)


def ports_of(state: StackState) -> set[int]:
    return {port for ports in state.ports.values() for port in ports.values()}


@contextmanager
def occupied(ports: Iterable[int]) -> Iterator[None]:
    with ExitStack() as listeners:
        for port in ports:
            with suppress(OSError):  # somebody else has it already
                listeners.enter_context(socket.create_server(("127.0.0.1", port)))
        yield


@contextmanager
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that no stack started."""
    process = subprocess.Popen(["sleep", "60"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def foreground(folder: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A process that runs a stack as `dramatis up` does, and the lines it prints."""
    parent = subprocess.Popen([sys.executable, RUN_STACK, folder], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    try:
        with parent.stdout as lines:
            yield parent, lines
    finally:
        parent.kill()
        parent.wait()


def wait_for(lines: IO[str], words: str) -> None:
    for line in lines:
        if words in line:
            return
    pytest.fail(f"ended without saying {words!r}")


def state_of(folder: Path) -> StackState:
    state = read_state(folder)
    assert state is not None
    return state


def children_of_this_test() -> set[int]:
    """Processes that run below this one, its session's servers among them; not their watchdog."""
    found = set()
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if child.status() != psutil.STATUS_ZOMBIE and "dramatis.servers.watchdog" not in child.cmdline():
                found.add(child.pid)
    return found
