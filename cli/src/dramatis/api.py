"""The HTTP API of Dramatis as a client sees it: one origin, one token, problems as exceptions."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic, sleep
from typing import Any, Self
from uuid import uuid4

import httpx

_PATIENCE_S = 30.0
_PAUSE_S = 0.25
_AWAY = frozenset({502, 503, 504})
_REPEATABLE = frozenset({"GET", "POST"})
_KEY = "Idempotency-Key"


class ApiProblem(Exception):
    """The server refused: what it said, as problem+json."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(document.get("code", f"http-{status}"))
        self.detail = str(document.get("detail", ""))
        self.trace_id = document.get("trace_id")
        title = str(document.get("title", f"the server answered {status}"))
        words = self.detail if title in self.detail else ": ".join(filter(None, (title, self.detail)))
        trace = f", trace {self.trace_id}" if self.trace_id and status >= 500 else ""
        super().__init__(f"{words.rstrip('.')} [{self.code}{trace}]")


class ServerAway(Exception):
    """Nothing answers at the server's address."""


class NotDramatis(Exception):
    """What answers at the address is no Dramatis server."""


class Api:
    """A client of one server. Waits up to half a minute for a server that restarts.

    Every POST carries an Idempotency-Key, so that it can be repeated as well as a GET. `headers` is asked for each
    request's own headers, such as the trace context. Raises `ApiProblem`, `ServerAway`, `NotDramatis`.
    """

    def __init__(self, origin: str, token: str, headers: Callable[[], Mapping[str, str]] = dict) -> None:
        self.origin = origin.rstrip("/")
        self._token = token
        self._headers = headers
        self._client = httpx.Client(timeout=60)

    def __enter__(self) -> Self:
        """Use as a context manager, to close it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def reach(self) -> None:
        """Whether the server is there and takes the token: raises at once when nothing answers."""
        _json(self._request("GET", "assets", "/v1/projects", at_once=True, params={"limit": 1}))

    def get(self, service: str, path: str, **query: object) -> Any:  # JSON
        """GET, parsed."""
        return _json(self.request("GET", service, path, params={k: v for k, v in query.items() if v is not None}))

    def post(self, service: str, path: str, body: object = None, *, key: str | None = None) -> Any:  # JSON
        """POST of JSON, parsed; `key` is its Idempotency-Key, one of its own otherwise."""
        return _json(self.request("POST", service, path, json=body, headers={_KEY: key} if key else {}))

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
        """Bytes behind a presigned URL, which is called without the token."""
        answer = self._client.get(url)
        answer.raise_for_status()
        return answer.content

    def request(
        self, method: str, service: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        """One request, repeated while the server is away and repeating is safe."""
        return self._request(method, service, path, headers=headers, **content)

    def _request(
        self,
        method: str,
        service: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        at_once: bool = False,
        **content: Any,
    ) -> httpx.Response:
        url = f"{self.origin}/api/{service}{path}"
        own = {_KEY: uuid4().hex} if method == "POST" else {}
        given_up = monotonic() + (_PATIENCE_S if method in _REPEATABLE else 0)
        while True:
            sent = {"Authorization": f"Bearer {self._token}", **own, **self._headers(), **(headers or {})}
            try:
                answer = self._client.request(method, url, headers=sent, **content)
            except httpx.TransportError as error:
                if at_once or monotonic() > given_up:
                    raise ServerAway(f"nothing answers at {self.origin} ({error})") from error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in _AWAY or monotonic() > given_up:
                    raise _refusal(answer)
            sleep(_PAUSE_S)


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError as error:
        raise NotDramatis(f"{answer.url} answers, but not with JSON") from error


def _refusal(answer: httpx.Response) -> Exception:
    try:
        document = answer.json()
    except ValueError:
        document = None
    if isinstance(document, dict) and "code" in document:
        return ApiProblem(answer.status_code, document)
    if answer.status_code in _AWAY:
        return ServerAway(f"the server behind {answer.url.copy_with(path='/', query=None)} is away")
    return NotDramatis(f"{answer.url} answers {answer.status_code}, but not as Dramatis does")
