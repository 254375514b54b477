import asyncio
from uuid import UUID, uuid4

import pytest
from sandbox import Claim, PaintWidget, Sandbox, Store, WidgetChanged
from sandbox.running import RunSandbox

from chassis import outcomes
from chassis.errors import Unavailable
from chassis.tasks import Failure
from chassis.work import Cause, Work
from dramatis.testing.service import ServiceUnderTest, eventually

DURABLE = "sandbox-work-paint"


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "BACKOFF_SECONDS", (0.01,))


async def enqueue(running: ServiceUnderTest[Store], widget: UUID) -> None:
    async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
        await work.store.insert(running.workspace_id, widget, "lantern")
        work.enqueue("paint", widget)


async def state_of(running: ServiceUnderTest[Store], widget: UUID) -> tuple[str, int, int]:
    [row] = await running.fetch("SELECT state, effects, failures FROM widget WHERE id = $1", widget)
    return tuple(row)


async def until(running: ServiceUnderTest[Store], widget: UUID, state: str) -> tuple[str, int, int]:
    async def reached() -> bool:
        return (await state_of(running, widget))[0] == state

    await eventually(reached, f"the widget is {state}")
    await running.settled("WORK_SANDBOX", DURABLE)
    return await state_of(running, widget)


async def test_a_task_is_claimed_done_and_settled_once(run_sandbox: RunSandbox) -> None:
    async def paint(_claim: Claim) -> str:
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert await until(running, widget, "painted") == ("painted", 1, 0)
        [event] = await running.emitted(WidgetChanged)
        assert event.data["name"] == "painted"


async def test_nothing_is_open_in_the_database_while_a_task_is_performed(run_sandbox: RunSandbox) -> None:
    async def nothing_open() -> bool:
        """Others come and go, such as the relay's; one around the task would stay."""
        return not await running.fetch(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
        )

    async def paint(_claim: Claim) -> str:
        await eventually(nothing_open, "no transaction is open", 5)
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert await until(running, widget, "painted") == ("painted", 1, 0)


async def test_an_outage_during_a_task_is_tried_again(run_sandbox: RunSandbox) -> None:
    tries = 0

    async def paint(claim: Claim) -> str:
        nonlocal tries
        tries += 1
        if claim.failures < 2:
            raise Unavailable("the paint is late")
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert await until(running, widget, "painted") == ("painted", 3, 2)
        assert tries == 3


async def test_a_task_that_fails_too_often_is_failed_for_good_and_is_no_dead_letter(run_sandbox: RunSandbox) -> None:
    async def paint(_claim: Claim) -> str:
        raise Unavailable("no paint at all")

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint, max_tries=3)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert (await until(running, widget, "failed: service-unavailable"))[2] == 3
        assert await running.dead_letters() == []


class WrongColour(Exception):
    """This colour does not exist."""

    code = "wrong-colour"
    kind = "invalid"


async def test_a_problem_fails_a_task_at_once(run_sandbox: RunSandbox) -> None:
    async def paint(_claim: Claim) -> str:
        raise WrongColour

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert (await until(running, widget, "failed: wrong-colour"))[2] == 1


async def test_a_bug_in_a_task_fails_it_and_is_kept_as_a_dead_letter(run_sandbox: RunSandbox) -> None:
    async def paint(_claim: Claim) -> str:
        message = "a bug"
        raise ZeroDivisionError(message)

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint, max_tries=2)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert (await until(running, widget, "failed: unexpected-error"))[2] == 2
        [letter] = await running.dead_letters()
        assert (letter.code, letter.consumer) == ("unexpected-error", DURABLE)


async def test_a_worker_that_lost_its_claim_records_nothing_and_leaves_the_message(run_sandbox: RunSandbox) -> None:
    calls = 0

    async def paint(claim: Claim) -> str:
        nonlocal calls
        calls += 1
        if calls > 1:
            return "painted"
        await running.fetch("UPDATE widget SET claim = $2 WHERE id = $1 RETURNING id", claim.widget_id, uuid4())
        return "painted by the slow one"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)]), ack_wait_seconds=0.5) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert await until(running, widget, "painted") == ("painted", 1, 0)
        assert [event.data["name"] for event in await running.emitted(WidgetChanged)] == ["painted"]


async def test_what_a_worker_that_lost_its_claim_had_paid_for_is_on_the_bill(run_sandbox: RunSandbox) -> None:
    calls = 0

    async def paint(claim: Claim) -> str:
        nonlocal calls
        calls += 1
        if calls == 1:
            await running.fetch("UPDATE widget SET claim = $2 WHERE id = $1 RETURNING id", claim.widget_id, uuid4())
        return f"painted {calls}"

    class Charging(PaintWidget):
        async def settle(self, work: Work[Store], claim: Claim, result: str) -> None:
            await work.store.insert(running.workspace_id, claim.token, result)
            await super().settle(work, claim, result)

    async with run_sandbox(Sandbox(tasks=[Charging(paint)]), ack_wait_seconds=0.5) as running:
        widget = uuid4()
        await enqueue(running, widget)
        await until(running, widget, "painted 2")
        assert len(await running.fetch("SELECT id FROM widget WHERE name LIKE 'painted %'")) == 2


async def test_a_task_that_keeps_killing_its_workers_is_failed_and_kept_as_a_dead_letter(
    run_sandbox: RunSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def paint(_claim: Claim) -> str:
        return "painted"

    monkeypatch.setattr(outcomes, "CRASH_LOOP_DELIVERIES", 0)
    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        await until(running, widget, "failed: crash-loop")
        assert [letter.code for letter in await running.dead_letters()] == ["crash-loop"]


async def test_work_is_handed_on_when_a_worker_vanishes(run_sandbox: RunSandbox) -> None:
    calls = 0
    vanished = asyncio.Event()

    async def paint(_claim: Claim) -> str:
        nonlocal calls
        calls += 1
        if calls == 1:
            vanished.set()
            await asyncio.Event().wait()
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)]), shutdown_seconds=0.1) as running:
        widget = uuid4()
        await enqueue(running, widget)
        await vanished.wait()
        await running.process.__aexit__()
        again = type(running.process)(running.service, running.process.role)
        async with again:
            assert await until(running, widget, "painted") == ("painted", 1, 0)


async def test_a_message_that_is_no_task_is_a_dead_letter(run_sandbox: RunSandbox) -> None:
    async def paint(_claim: Claim) -> str:
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        await running.js.publish(f"work.sandbox.paint.{running.workspace_id}", b"nonsense")

        async def buried() -> bool:
            return len(await running.dead_letters()) == 1

        await eventually(buried, "one dead letter")
        [letter] = await running.dead_letters()
        assert letter.code == "undecodable"


async def test_an_outage_while_settling_does_not_have_the_work_done_again(run_sandbox: RunSandbox) -> None:
    tries, settlements = 0, 0

    async def paint(_claim: Claim) -> str:
        nonlocal tries
        tries += 1
        return "painted"

    class LateSettled(PaintWidget):
        async def settle(self, work: Work[Store], claim: Claim, result: str) -> None:
            nonlocal settlements
            settlements += 1
            if settlements == 1:
                raise ConnectionResetError
            await super().settle(work, claim, result)

    async with run_sandbox(Sandbox(tasks=[LateSettled(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        assert await until(running, widget, "painted") == ("painted", 1, 0)
        assert (tries, settlements) == (1, 2)


@pytest.mark.parametrize("word", ["nul \x00", "a bug"])
async def test_work_that_cannot_be_settled_is_failed_and_not_done_for_ever(run_sandbox: RunSandbox, word: str) -> None:
    tries = 0

    async def paint(_claim: Claim) -> str:
        nonlocal tries
        tries += 1
        return word

    class Unsettled(PaintWidget):
        async def settle(self, work: Work[Store], claim: Claim, result: str) -> None:
            if result == "a bug":
                raise LookupError
            await super().settle(work, claim, result)

    async with run_sandbox(Sandbox(tasks=[Unsettled(paint, max_tries=2)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        code = "unexpected-error" if word == "a bug" else "value-unstorable"
        assert (await until(running, widget, f"failed: {code}"))[2] == tries
        assert tries == (2 if word == "a bug" else 1)


async def test_what_a_vendor_says_can_always_be_recorded(run_sandbox: RunSandbox) -> None:
    seen: list[Failure] = []

    async def paint(_claim: Claim) -> str:
        raise WrongColour("no \x00 \ud800 such colour" + "!" * 5000)

    class Keeping(PaintWidget):
        async def fail(self, work: Work[Store], claim: Claim, failure: Failure) -> None:
            seen.append(failure)
            await work.store.rename(claim.widget_id, failure.message, 1)
            await super().fail(work, claim, failure)

    async with run_sandbox(Sandbox(tasks=[Keeping(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        await until(running, widget, "failed: wrong-colour")
        [row] = await running.fetch("SELECT name FROM widget WHERE id = $1", widget)
        assert row["name"] == seen[0].message
        assert seen[0].message.startswith("no  ? such colour!")
        assert len(seen[0].message) == 2000


async def test_a_task_is_tried_again_when_its_error_says(run_sandbox: RunSandbox) -> None:
    times: list[float] = []

    async def paint(_claim: Claim) -> str:
        times.append(asyncio.get_running_loop().time())
        if len(times) == 1:
            busy = Unavailable("the paint is late")
            vars(busy)["retry_after"] = 1
            raise busy
        return "painted"

    async with run_sandbox(Sandbox(tasks=[PaintWidget(paint)])) as running:
        widget = uuid4()
        await enqueue(running, widget)
        await until(running, widget, "painted")
        assert times[1] - times[0] >= 0.99
