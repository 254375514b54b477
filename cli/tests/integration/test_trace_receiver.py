import gzip
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

from dramatis.servers.traces import TracesServer

OTLP_JSON = {
    "resourceSpans": [
        {
            "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "studio"}}]},
            "scopeSpans": [
                {
                    "spans": [
                        {
                            "traceId": "5B8EFFF798038103D269B633813FC60C",
                            "spanId": "EEE19B7EC3C1B174",
                            "parentSpanId": "",
                            "name": "from a browser",
                            "kind": 3,
                            "startTimeUnixNano": "1544712660000000000",
                            "endTimeUnixNano": "1544712661000000000",
                            "attributes": [{"key": "ratio", "value": {"doubleValue": "NaN"}}],
                            "status": {"code": 2, "message": "no"},
                        }
                    ]
                }
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TracesServer]:
    with TracesServer(tmp_path_factory.mktemp("traces")) as server:
        yield server


@pytest.fixture
async def client(receiver: TracesServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=receiver.url) as opened:
        yield opened


def export(receiver: TracesServer, compression: Compression = Compression.Gzip) -> str:
    """One trace of two services through the real exporter; its id."""
    providers = []
    for service in ("extraction", "assets"):
        provider = TracerProvider(resource=Resource.create({"service.name": service}))
        exporter = OTLPSpanExporter(endpoint=receiver.endpoint, compression=compression)
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        providers.append(provider)
    extraction, assets = (provider.get_tracer("test") for provider in providers)
    with extraction.start_as_current_span("POST /v1/runs <b>", kind=SpanKind.SERVER) as root:
        root.set_attribute("scenes", [1, 2])
        with assets.start_as_current_span("on_asset_extracted", kind=SpanKind.CONSUMER) as child:
            child.add_event("matched", {"score": 0.9})
            child.set_status(Status(StatusCode.ERROR, "no such branch"))
    for provider in providers:
        provider.shutdown()
    return trace.format_trace_id(root.get_span_context().trace_id)


@pytest.mark.parametrize("compression", [Compression.Gzip, Compression.NoCompression])
async def test_an_exported_trace_is_served_as_json(
    receiver: TracesServer, client: httpx.AsyncClient, compression: Compression
) -> None:
    trace_id = export(receiver, compression)
    answer = (await client.get(f"/traces/{trace_id}.json")).raise_for_status().json()
    root, child = answer["spans"]
    assert (root["service"], root["kind"], root["parent_id"]) == ("extraction", "server", "")
    assert root["attributes"]["scenes"] == [1, 2]
    assert (child["service"], child["parent_id"]) == ("assets", root["span_id"])
    assert (child["status"], child["message"]) == ("error", "no such branch")
    assert child["events"][0]["attributes"] == {"score": 0.9}


async def test_an_exported_trace_is_drawn_and_listed(receiver: TracesServer, client: httpx.AsyncClient) -> None:
    trace_id = export(receiver)
    page = (await client.get(f"/traces/{trace_id}")).raise_for_status()
    assert page.headers["content-type"].startswith("text/html")
    assert "POST /<wbr>v1/<wbr>runs &lt;b&gt;" in page.text
    assert trace_id in (await client.get("/traces")).raise_for_status().text
    listed = (await client.get("/traces.json", params={"service": "assets", "limit": 1})).raise_for_status().json()
    assert [item["trace_id"] for item in listed["items"]] == [trace_id]


async def test_an_export_as_json_is_taken(client: httpx.AsyncClient) -> None:
    body = gzip.compress(json.dumps(OTLP_JSON).encode())
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert (await client.post("/v1/traces", content=body, headers=headers)).json() == {}
    answer = (await client.get("/traces/5b8efff798038103d269b633813fc60c.json")).raise_for_status().json()
    [span] = answer["spans"]
    assert (span["span_id"], span["kind"], span["service"]) == ("eee19b7ec3c1b174", "client", "studio")
    assert span["attributes"] == {"ratio": "nan"}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"\xff\xff\xff", {"content-type": "application/x-protobuf"}),
        (b"{", {"content-type": "application/json"}),
        (b"\xff", {"content-type": "application/json"}),
        (b"", {"content-type": "text/plain"}),
        (b"not gzip", {"content-type": "application/x-protobuf", "content-encoding": "gzip"}),
        (
            gzip.compress(b"x" * 100, mtime=0)[:-9],
            {"content-type": "application/x-protobuf", "content-encoding": "gzip"},
        ),
        (
            gzip.compress(b"\0" * 70_000_000, mtime=0),
            {"content-type": "application/x-protobuf", "content-encoding": "gzip"},
        ),
        (b"", {"content-type": "application/x-protobuf", "content-encoding": "br"}),
    ],
    ids=[
        "no protobuf",
        "half JSON",
        "binary JSON",
        "another type",
        "no gzip",
        "half gzip",
        "a bomb",
        "another encoding",
    ],
)
async def test_an_unreadable_export_is_refused_with_a_reason(
    client: httpx.AsyncClient, body: bytes, headers: dict[str, str]
) -> None:
    answer = await client.post("/v1/traces", content=body, headers=headers)
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "export-unreadable")
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"]


async def test_an_unknown_trace_is_a_404(client: httpx.AsyncClient) -> None:
    for path in ("/traces/ffff", "/traces/ffff.json"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "trace-not-found")


def test_traces_survive_a_restart(tmp_path: Path) -> None:
    with TracesServer(tmp_path) as server:
        trace_id = export(server)
        server.restart()
        answer = httpx.get(f"{server.url}/traces/{trace_id}.json")
        assert len(answer.raise_for_status().json()["spans"]) == 2
