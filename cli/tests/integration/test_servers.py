import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dramatis.credentials import Credentials
from dramatis.servers.caddy import CaddyServer, Upstreams
from dramatis.servers.nats import NatsServer
from dramatis.servers.ports import choose_ports, free_port, is_free
from dramatis.servers.process import Child, StartFailed


def test_a_free_port_is_free_and_given_once() -> None:
    ports = {free_port() for _ in range(50)}
    assert len(ports) == 50
    assert all(is_free(port) for port in ports)


def test_a_taken_port_is_not_free_and_is_replaced() -> None:
    with listener() as port:
        assert not is_free(port)
        assert choose_ports(["a"], {"a": port})["a"] != port
    assert choose_ports(["a"], {"a": port})["a"] == port


def test_a_server_starts_elsewhere_when_its_port_is_taken_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listener() as taken:
        offered = [taken, taken]

        def choose(names: tuple[str, ...], _: object) -> dict[str, int]:
            return {name: offered.pop() if offered else free_port() for name in names}

        monkeypatch.setattr("dramatis.servers.server.choose_ports", choose)
        with NatsServer(tmp_path, Credentials.random().nats_users()) as server:
            assert server.running
            assert taken not in server.ports.values()


def test_a_server_that_fails_for_another_reason_is_not_tried_again(tmp_path: Path) -> None:
    server = NatsServer(tmp_path, Credentials.random().nats_users())
    (tmp_path / "data").write_text("a file where the store should be")
    with pytest.raises(StartFailed):
        server.start()
    assert server.log.read_text().count("Starting nats-server") == 1


def test_a_restart_keeps_ports_and_a_stop_frees_them(tmp_path: Path) -> None:
    server = NatsServer(tmp_path, Credentials.random().nats_users())
    server.start()
    ports = dict(server.ports)
    server.restart()
    assert server.ports == ports
    assert not is_free(ports["port"])
    server.stop()
    assert is_free(ports["port"])
    assert isinstance(server.child, Child)


def test_a_strangers_server_on_the_port_is_not_taken_for_ours(tmp_path: Path) -> None:
    users = Credentials.random().nats_users()
    with NatsServer(tmp_path / "theirs", users) as theirs:
        (tmp_path / "ours").mkdir()
        ours = NatsServer(tmp_path / "ours", users)
        ours.ports = dict(theirs.ports)
        with pytest.raises(StartFailed) as failure:
            ours.restart()
        assert failure.value.port_taken
        assert theirs.running


def test_two_origins_never_share_a_port(tmp_path: Path) -> None:
    with CaddyServer(tmp_path / "theirs", Upstreams()) as theirs:
        (tmp_path / "ours").mkdir()
        ours = CaddyServer(tmp_path / "ours", Upstreams())
        ours.ports = dict(theirs.ports)
        with pytest.raises(StartFailed) as failure:
            ours.restart()
        assert failure.value.port_taken
        assert theirs.running


@contextmanager
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", free_port())) as server:
        yield server.getsockname()[1]
