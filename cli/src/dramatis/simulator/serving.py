"""A simulator on a port of loopback, in a thread of its own."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

import uvicorn

from dramatis.servers.ports import LOOPBACK
from dramatis.simulator.answering import Answering, Dropped
from dramatis.simulator.calls import Call, Calls
from dramatis.simulator.faults import FaultWhen
from dramatis.simulator.playbook import Playbook
from dramatis.simulator.rules import Rule, Rules, load_rules

_BACKLOG = 1024
_RULES = ".toml"


class AddressTaken(Exception):
    """Something else listens on the port."""


class Simulator:
    """Serves a playbook between `start` and `stop`; a context manager does both."""

    def __init__(self, playbook: Playbook, *, port: int = 0, log: Callable[[str], object] | None = None) -> None:
        """`port` 0 is any free one; `log` is given each call as a line of JSON, in the server's thread."""
        self._playbook = playbook
        self._calls = Calls(log)
        self._socket = _listening(port)
        self._port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._answering = Answering(playbook, self._calls)
        config = uvicorn.Config(
            self._answering.app,
            lifespan="off",
            ws="none",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="simulated-llm", daemon=True)

    @property
    def base_url(self) -> str:
        """What a client of the OpenAI API is given as its base URL."""
        return f"http://{LOOPBACK}:{self._port}/v1"

    @property
    def model(self) -> str:
        """The model that is listed; any other may be asked for."""
        return self._playbook.model

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls for a chat completion so far, those that were refused too, in the order of their arrival."""
        return self._calls.all

    def start(self) -> Self:
        """Serve; who connects from now on is answered."""
        logging.getLogger("uvicorn.error").addFilter(_unexpected)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Let go of calls that hang, end those under way, and be gone."""
        with suppress(RuntimeError):  # the loop is closed: it has ended by itself
            self._loop.call_soon_threadsafe(self._answering.stop.set)
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _serve(self) -> None:
        with closing(self._loop):
            self._loop.run_until_complete(self._server.serve(sockets=[self._socket]))


@contextmanager
def simulated_llm(
    script: Path | None = None,
    *,
    rules: Sequence[Rule | dict[str, object]] = (),
    faults: Sequence[str] = (),
    latency_ms: float | None = None,
    seed: int | None = None,
    port: int = 0,
    log: Callable[[str], object] | None = None,
) -> Iterator[Simulator]:
    """A simulator for the length of the block.

    `script` is a rules file (`.toml`) or a script that prompts are compared with. `rules` are tried before those of the
    file, as `Rule` or as the tables of a rules file; `faults` are written as for `dramatis simulate llm --fault`.
    Raises `RulesInvalid`, `FaultInvalid`, `ScriptUnreadable`, `AddressTaken` and `OSError`.
    """
    first = tuple(Rule.model_validate(each) for each in rules)
    planned = [FaultWhen.parse(each) for each in faults]
    playbook = Playbook(rules_of(script, latency_ms=latency_ms, seed=seed, first=first), planned)
    with Simulator(playbook, port=port, log=log) as llm:
        yield llm


def rules_of(
    script: Path | None, *, latency_ms: float | None = None, seed: int | None = None, first: Sequence[Rule] = ()
) -> Rules:
    """The rules of a rules file, or none about a script; what is given here wins over what the file says."""
    rules = load_rules(script) if script and script.suffix.lower() == _RULES else Rules(script=script)
    said = {"latency_ms": latency_ms, "seed": seed}
    changes: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    return rules.model_copy(update=changes | {"rule": (*first, *rules.rule)})


def _unexpected(record: logging.LogRecord) -> bool:
    """Keep connections that were to be dropped out of the log of the process that they are dropped in."""
    return record.exc_info is None or not isinstance(record.exc_info[1], Dropped)


def _listening(port: int) -> socket.socket:
    """A socket that takes connections at once, so that nobody has to wait for the thread."""
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((LOOPBACK, port))
    except OSError as error:
        server.close()
        raise AddressTaken(f"port {port} is taken") from error
    server.listen(_BACKLOG)
    return server
