import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import nats.errors
import pytest
import structlog
from nats.js.errors import ServiceUnavailableError

from chassis import outcomes, pull
from chassis.pull import PullLoop
from chassis.topology import consumer
from contracts.subjects import work_filter
from dramatis.testing.service import eventually

Fetch = Callable[[int], Awaitable[list[Any]]]


@dataclass(eq=False)
class Message:
    """A message as far as the loop looks at it."""

    is_acked: bool = False
    naks: int = 0
    heartbeats: int = 0
    deaf: bool = False

    async def nak(self) -> None:
        self.naks += 1
        if self.deaf:
            raise nats.errors.ConnectionClosedError
        self.is_acked = True

    async def in_progress(self) -> None:
        self.heartbeats += 1
        if self.deaf:
            raise OSError


@dataclass
class JetStream:
    """A stream whose fetches a test answers; `asked` are the sizes of the fetches."""

    answer: Fetch
    asked: list[int] = field(default_factory=list)
    subscriptions: int = 0

    async def pull_subscribe_bind(self, _durable: str, *, stream: str) -> "JetStream":
        self.subscriptions += 1
        return self

    async def unsubscribe(self) -> None:
        self.subscriptions -= 1

    async def fetch(self, size: int, *, timeout: float) -> list[Any]:  # noqa: ASYNC109 - as the client has it
        self.asked.append(size)
        return await self.answer(size)


def once(*messages: Message) -> Fetch:
    """Answers the first fetch with messages, the others with nothing."""
    left = [list(messages)]

    async def answer(_size: int) -> list[Any]:
        if left:
            return left.pop()
        await asyncio.sleep(0)
        raise nats.errors.TimeoutError

    return answer


async def never(_messages: Sequence[Message]) -> None:
    await asyncio.Event().wait()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ensured(*_: object) -> None: ...

    monkeypatch.setattr(pull, "ensure_consumer", ensured)
    monkeypatch.setattr(pull, "PULL_END_SECONDS", 0.02)
    monkeypatch.setattr(pull, "HAND_BACK_SECONDS", 0.05)
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.001,))


def looping(js: JetStream, handle: Any, *, slots: int = 4, batch: int = 1, ack_wait: float = 30) -> PullLoop:
    config = consumer("sandbox-work-paint", work_filter("sandbox", "paint"), ack_wait)
    loop = PullLoop(js, "WORK", config, handle, slots=slots, batch=batch, fetch_seconds=0.01)  # type: ignore[arg-type] # as far as the loop looks at it
    loop.start()
    return loop


async def started(loop: PullLoop, calls: int) -> None:
    async def check() -> bool:
        return len(loop._calls) == calls

    await eventually(check, f"{calls} calls run")


async def test_stopping_with_every_slot_taken_hands_all_back_in_bounded_time() -> None:
    messages = [Message() for _ in range(3)]
    loop = looping(JetStream(once(*messages)), never, slots=3)
    await started(loop, 3)
    async with asyncio.timeout(5):
        await loop.stop(0.01)
    assert [message.naks for message in messages] == [1, 1, 1]
    assert not loop._tasks[0].cancelled()


async def test_stopping_does_not_wait_for_a_fetch_that_never_ends() -> None:
    async def hang(_size: int) -> list[Any]:
        await asyncio.Event().wait()
        raise AssertionError

    js = JetStream(hang)
    loop = looping(js, never)

    async def asked() -> bool:
        return bool(js.asked)

    await eventually(asked, "a fetch")
    async with asyncio.timeout(5):
        await loop.stop(0.01)
    assert js.subscriptions == 0


async def test_a_call_that_will_not_be_cancelled_does_not_hold_up_the_stop() -> None:
    end = asyncio.Event()
    asyncio.get_running_loop().call_later(10, end.set)

    async def stubborn(_messages: Sequence[Message]) -> None:
        while not end.is_set():
            try:
                await end.wait()
            except asyncio.CancelledError:
                continue

    message = Message()
    loop = looping(JetStream(once(message)), stubborn)
    await started(loop, 1)
    async with asyncio.timeout(5):
        await loop.stop(0.01)
    assert message.naks == 1
    end.set()


async def test_what_has_its_outcome_is_not_handed_back_and_a_lost_connection_ends_nothing() -> None:
    done, deaf, open_ = Message(is_acked=True), Message(deaf=True), Message()
    loop = looping(JetStream(once(done, deaf, open_)), never, batch=3)
    await started(loop, 1)
    await loop.stop(0.01)
    assert (done.naks, deaf.naks, open_.naks) == (0, 1, 1)


@pytest.mark.parametrize("error", [RuntimeError("a bug of the client"), ServiceUnavailableError(code=503), OSError()])
async def test_a_loop_goes_on_after_any_error_and_says_so_meanwhile(error: Exception) -> None:
    fail, handled = True, asyncio.Event()

    async def answer(_size: int) -> list[Any]:
        if fail:
            raise error
        return [Message()]

    async def handle(_messages: Sequence[Message]) -> None:
        handled.set()

    loop = looping(JetStream(answer), handle)

    async def failing() -> bool:
        return loop.failure is not None and type(error).__name__ in loop.failure

    await eventually(failing, "the loop says what is wrong")
    fail = False
    async with asyncio.timeout(5):
        await handled.wait()
    assert loop.failure is None
    await loop.stop(1)


async def test_a_refusal_that_looks_like_a_timeout_is_not_repeated_at_once() -> None:
    js = JetStream(once())
    loop = looping(js, never)

    async def asked_a_few_times() -> bool:
        return len(js.asked) >= 5

    began = asyncio.get_running_loop().time()
    await eventually(asked_a_few_times, "five fetches")
    assert asyncio.get_running_loop().time() - began >= 3 * 0.005
    await loop.stop(1)


async def test_a_call_that_fails_frees_its_slot_and_is_logged() -> None:
    async def endless(size: int) -> list[Any]:
        await asyncio.sleep(0)
        return [Message() for _ in range(size)]

    calls = 0

    async def fail(_messages: Sequence[Message]) -> None:
        nonlocal calls
        calls += 1
        raise RuntimeError

    with structlog.testing.capture_logs() as logs:
        loop = looping(JetStream(endless), fail, slots=2)

        async def many() -> bool:
            return calls >= 10

        await eventually(many, "ten calls")
        await loop.stop(1)
    assert {line["event"] for line in logs} == {"message without an outcome"}


async def test_no_more_is_asked_for_than_can_start_at_once() -> None:
    let_go = asyncio.Event()

    async def endless(size: int) -> list[Any]:
        await asyncio.sleep(0)
        return [Message() for _ in range(min(size, 2))]

    async def handle(_messages: Sequence[Message]) -> None:
        await let_go.wait()

    js = JetStream(endless)
    loop = looping(js, handle, slots=5)
    await started(loop, 5)
    assert js.asked == [5, 3, 1]
    let_go.set()
    await loop.stop(1)


async def test_messages_are_kept_alive_until_they_have_an_outcome() -> None:
    deaf, done, open_ = Message(deaf=True), Message(is_acked=True), Message()
    loop = looping(JetStream(once(deaf, done, open_)), never, batch=3, ack_wait=0.003)

    async def kept_alive() -> bool:
        return min(deaf.heartbeats, open_.heartbeats) >= 3

    await eventually(kept_alive, "three heartbeats of each open message")
    assert done.heartbeats == 0
    await loop.stop(0.01)


async def test_what_is_being_finished_is_kept_alive_while_the_loop_stops() -> None:
    message, finish = Message(), asyncio.Event()

    async def handle(_messages: Sequence[Message]) -> None:
        await finish.wait()
        message.is_acked = True

    loop = looping(JetStream(once(message)), handle, ack_wait=0.003)
    await started(loop, 1)
    stopping = asyncio.create_task(loop.stop(30))

    async def no_more_is_asked_for() -> bool:
        return loop._tasks[0].done()

    await eventually(no_more_is_asked_for, "the loop takes no more")
    before = message.heartbeats

    async def kept_alive() -> bool:
        return message.heartbeats >= before + 3

    await eventually(kept_alive, "three more heartbeats")
    finish.set()
    await stopping
    assert message.naks == 0
    assert all(task.done() for task in loop._tasks)
