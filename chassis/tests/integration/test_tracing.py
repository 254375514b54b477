import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
import structlog
from opentelemetry.sdk.trace import ReadableSpan
from sandbox import Claim, PaintWidget, Sandbox, Store, WidgetChanged
from sandbox.events import widget_changed
from sandbox.running import RunSandbox
from sandbox.spans import Spans

from chassis import telemetry
from chassis.events import Handler, Received
from chassis.work import Cause, Work
from dramatis.testing.service import ServiceUnderTest, eventually

POST = "POST /api/sandbox/v1/widgets"
PROCESS = "sandbox.widget.changed.v1 process"
PAINT = "paint task"

log = structlog.get_logger()


async def have_it_painted(event: Received[WidgetChanged], work: Work[Store]) -> None:
    log.info("seen")
    if event.data.name == "lantern":
        work.enqueue("paint", event.data.widget_id)


async def paint(_claim: Claim) -> str:
    log.info("painting")
    return "painted"


PAINTING = Sandbox(handlers=[Handler(WidgetChanged, have_it_painted, 1)], tasks=[PaintWidget(paint)])


@pytest.fixture
def lines(spans: Spans) -> Any:
    """Log lines, with what the processors add to them."""
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars, telemetry._add_trace_ids]
    ) as captured:
        yield captured


async def spans_of(spans: Spans, names: Sequence[str]) -> list[ReadableSpan]:
    """One span of each name, in that order, once they have all ended."""

    async def ended() -> bool:
        return sorted(names) == sorted(span.name for span in spans.all())

    await eventually(ended, f"the spans {names} end")
    left = list(spans.all())
    return [left.pop([span.name for span in left].index(name)) for name in names]


def is_below(child: ReadableSpan, parent: ReadableSpan) -> bool:
    return (
        child.parent is not None
        and child.context.trace_id == parent.context.trace_id
        and child.parent.span_id == parent.context.span_id
    )


async def test_one_user_action_is_one_trace_from_the_request_to_the_last_event(
    run_sandbox: RunSandbox, spans: Spans
) -> None:
    async with run_sandbox(PAINTING) as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "lantern"})
        post, told, painting, told_again = await spans_of(spans, [POST, PROCESS, PAINT, PROCESS])
        if not is_below(told, post):
            told, told_again = told_again, told
        assert post.parent is None
        assert [is_below(told, post), is_below(painting, told), is_below(told_again, painting)] == [True] * 3
        assert answer.headers["x-trace-id"] == format(post.context.trace_id, "032x")
        [first, last] = await running.emitted(WidgetChanged)
        shared = {
            "dramatis.workspace_id": str(running.workspace_id),
            "dramatis.correlation_id": first.headers["ce-correlationid"],
        }
        for span in (post, told, painting, told_again):
            assert shared.items() <= dict(span.attributes or {}).items()
        assert (told.attributes or {})["dramatis.event_id"] == first.headers["ce-id"]
        assert (told.attributes or {})["dramatis.outcome"] == "done"
        assert last.headers["ce-causationid"] == first.headers["ce-id"]


async def test_every_line_of_the_work_names_its_workspace_event_and_trace(
    run_sandbox: RunSandbox, spans: Spans, lines: list[dict[str, Any]]
) -> None:
    async with run_sandbox(PAINTING) as running:
        client = await running.http()
        await client.post("/v1/widgets", json={"name": "lantern"})
        post, *_ = await spans_of(spans, [POST, PROCESS, PAINT, PROCESS])
        seen, painting = (next(line for line in lines if line["event"] == event) for event in ("seen", "painting"))
        first, _ = await running.emitted(WidgetChanged)
        for line in (seen, painting):
            assert line["workspace_id"] == str(running.workspace_id)
            assert line["trace_id"] == format(post.context.trace_id, "032x")
            assert line["span_id"]
        assert seen["event_id"] == first.headers["ce-id"]
        assert painting["task_id"] == first.data["widget_id"]


class Refused(Exception):
    """This widget is refused."""

    code = "refused"
    kind = "invalid"


async def refuse(_event: Received[WidgetChanged], _work: Work[Store]) -> None:
    raise Refused


async def test_lines_about_failures_name_their_workspace_event_and_trace(
    run_sandbox: RunSandbox, spans: Spans, lines: list[dict[str, Any]]
) -> None:
    async with run_sandbox(Sandbox(handlers=[Handler(WidgetChanged, refuse, 1)])) as running:
        message = widget_changed(uuid4(), "lantern", 1)
        await running.deliver(message, times=1)
        [span] = await spans_of(spans, [PROCESS])
        about = [line for line in lines if line["event"] in ("message not handled", "dead letter")]
        assert len(about) == 2
        for line in about:
            assert line["workspace_id"] == str(running.workspace_id)
            assert line["event_id"] == message.headers["ce-id"]
            assert line["trace_id"] == format(span.context.trace_id, "032x")
        assert (span.attributes or {})["error.type"] == "Refused"
        assert not span.status.is_ok


async def test_lines_about_failed_requests_name_their_workspace_and_trace(
    run_sandbox: RunSandbox, spans: Spans, lines: list[dict[str, Any]]
) -> None:
    async def fail(_where: str) -> None:
        raise LookupError

    async with run_sandbox(Sandbox(fail)) as running:
        client = await running.http()
        answer = await client.post("/v1/widgets", json={"name": "lantern"})
        [line] = [line for line in lines if line["event"] == "unexpected error"]
        [span] = spans.named(POST)
        assert line["workspace_id"] == str(running.workspace_id)
        assert line["trace_id"] == answer.json()["trace_id"] == format(span.context.trace_id, "032x")
        assert (span.attributes or {})["http.response.status_code"] == 500
        assert (span.attributes or {})["error.type"] == "LookupError"


async def test_a_refused_request_is_no_failed_span(run_sandbox: RunSandbox, spans: Spans) -> None:
    async with run_sandbox() as running:
        client = await running.http()
        await client.post("/v1/widgets", json={})
        [span] = spans.named(POST)
        assert (span.attributes or {})["http.response.status_code"] == 422
        assert "error.type" not in (span.attributes or {})


async def test_what_one_event_said_is_not_said_of_the_next(
    run_sandbox: RunSandbox, spans: Spans, lines: list[dict[str, Any]]
) -> None:
    async with run_sandbox(PAINTING) as running:
        messages = [widget_changed(uuid4(), "rope", 1) for _ in range(20)]
        await running.deliver(*messages, times=1)
        told = {line["event_id"]: line["trace_id"] for line in lines if line["event"] == "seen"}
        assert set(told) == {message.headers["ce-id"] for message in messages}
        assert len(set(told.values())) == len(messages)


async def test_a_batch_shows_in_the_trace_of_every_event_it_holds(run_sandbox: RunSandbox, spans: Spans) -> None:
    async def ignore(_events: Sequence[Received[WidgetChanged]], _work: Work[Store]) -> None:
        started.set()
        await go_on.wait()

    started, go_on = asyncio.Event(), asyncio.Event()
    async with run_sandbox(Sandbox(handlers=[Handler(WidgetChanged, ignore, 100)])) as running:
        client = await running.http()
        await client.post("/v1/widgets", json={"name": "lantern"})
        await started.wait()  # the others come together, while the first is in hand
        for number in range(6):
            await client.post("/v1/widgets", json={"name": f"rope {number // 2}"})
        await running.emitted()
        go_on.set()

        async def shown() -> bool:
            posts = {span.context.span_id for span in spans.named(POST)}
            return len(posts) == 7 and posts == {span.parent.span_id for span in spans.named(PROCESS) if span.parent}

        await eventually(shown, "every request has its processing below it")
        batch = max(spans.named(PROCESS), key=size)
        linked = [span for span in spans.named(PROCESS) if span.links]
        assert len(linked) == size(batch) - 1 >= 1
        for span in linked:
            assert span.links[0].context.span_id == batch.context.span_id
            assert span.start_time == batch.start_time


def size(span: ReadableSpan) -> int:
    return int(str((span.attributes or {}).get("messaging.batch.message_count", 1)))


async def emit(running: ServiceUnderTest[Store]) -> UUID:
    async with running.process.db.work(Cause(running.workspace_id, uuid4())) as work:
        return work.emit(WidgetChanged(widget_id=uuid4(), name="rope"), 1)


async def test_an_event_that_nobody_asked_for_begins_a_trace(run_sandbox: RunSandbox, spans: Spans) -> None:
    async with run_sandbox(PAINTING) as running:
        await emit(running)
        [span] = await spans_of(spans, [PROCESS])
        assert span.parent is None
