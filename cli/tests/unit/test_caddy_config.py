import json
from typing import Any

from dramatis.servers.caddy import Upstreams, caddy_config

UPSTREAMS = Upstreams({"assets": 1001, "imagegen": 1002}, traces=1003, s3=1004, bucket="dramatis")


def routes(upstreams: Upstreams) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caddy_config(8000, upstreams)["apps"]["http"]["servers"]["origin"]["routes"]
    return found


def test_it_listens_on_loopback_without_admin_or_certificates() -> None:
    config = caddy_config(8000, UPSTREAMS)
    assert config["apps"]["http"]["servers"]["origin"]["listen"] == ["127.0.0.1:8000"]
    assert config["admin"]["disabled"]
    assert config["apps"]["http"]["servers"]["origin"]["automatic_https"] == {"disable": True}


def test_each_path_leads_to_its_upstream() -> None:
    leads = {
        path: route["handle"][0]["upstreams"][0]["dial"]
        for route in routes(UPSTREAMS)
        for path in route.get("match", [{}])[0].get("path", [])
        if route["handle"][0]["handler"] == "reverse_proxy"
    }
    assert leads == {
        "/api/assets/*": "127.0.0.1:1001",
        "/api/imagegen/*": "127.0.0.1:1002",
        "/traces": "127.0.0.1:1003",
        "/traces.json": "127.0.0.1:1003",
        "/traces/*": "127.0.0.1:1003",
        "/v1/traces": "127.0.0.1:1003",
        "/dramatis/*": "127.0.0.1:1004",
    }


def test_the_host_header_is_not_touched() -> None:
    assert "headers" not in json.dumps([route for route in routes(UPSTREAMS) if "match" in route][:-2])
