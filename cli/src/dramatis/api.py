"""The HTTP API of Dramatis as a client sees it: one origin, one token, problems as exceptions."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic, sleep
from typing import Any, Self
from uuid import uuid4

import httpx

_PATIENCE_S = 60.0
_PAUSE_S = 0.25
_AWAY = frozenset({502, 503, 504})


class ApiProblem(Exception):
    """The server refused: what it said, as problem+json."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(document.get("code", f"http-{status}"))
        self.detail = str(document.get("detail", ""))
        self.trace_id = document.get("trace_id")
        super().__init__(f"{document.get('title', 'the server refused')}: {self.detail} [{self.code}]")


class ServerAway(Exception):
    """Nothing answers at the server's address."""


class Api:
    """A client of one server. Waits up to a minute for a server that restarts; raises `ApiProblem`, `ServerAway`.

    `headers` is asked for each request's own headers, such as the trace context.
    """

    def __init__(self, origin: str, token: str, headers: Callable[[], Mapping[str, str]] = dict) -> None:
        self.origin = origin.rstrip("/")
        self._headers = headers
        self._client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def __enter__(self) -> Self:
        """Use as a context manager, to close it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, service: str, path: str, **query: object) -> Any:  # JSON
        """GET, parsed."""
        return self.request("GET", service, path, params={k: v for k, v in query.items() if v is not None}).json()

    def post(self, service: str, path: str, body: object = None, *, key: str | None = None) -> Any:  # JSON
        """POST of JSON, parsed; `key` is its Idempotency-Key."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.request("POST", service, path, json=body, headers=headers).json()

    def items(self, service: str, path: str, **query: object) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        cursor: str | None = None
        while True:
            page = self.get(service, path, limit=200, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def download(self, url: str) -> bytes:
        """Bytes behind a presigned URL, which needs no token."""
        answer = httpx.get(url, timeout=60)
        answer.raise_for_status()
        return answer.content

    def request(
        self, method: str, service: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        """One request, repeated while the server is away and repeating is safe: a POST always has a key."""
        url = f"{self.origin}/api/{service}{path}"
        key = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        headers = {**key, **(headers or {})}
        deadline = monotonic() + (_PATIENCE_S if method in {"GET", "POST"} else 0)
        while True:
            try:
                answer = self._client.request(method, url, headers={**self._headers(), **headers}, **content)
            except httpx.TransportError as error:
                if monotonic() > deadline:
                    raise ServerAway(f"nothing answers at {self.origin} ({error})") from error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in _AWAY or monotonic() > deadline:
                    raise ApiProblem(answer.status_code, _document(answer))
            sleep(_PAUSE_S)


def _document(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        document = answer.json()
    except ValueError:
        document = None
    return document if isinstance(document, dict) else {"detail": answer.text[:300]}
