import base64
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chassis import auth
from chassis.auth import Authenticator, Identity, Role
from chassis.errors import Unauthorized, Unavailable
from chassis.ids import now
from chassis.settings import ServiceSettings

SECRET = "a shared secret that is long enough for HS512, which is never to be accepted"
WORKSPACE = UUID(int=7)


def settings(**known: Any) -> ServiceSettings:
    return ServiceSettings(database_url="postgres://", nats_url="nats://", **{"jwt_secret": SECRET, **known})


def claims(**other: Any) -> dict[str, Any]:
    good = {"sub": "me", "workspace_id": str(WORKSPACE), "role": "editor", "exp": now() + timedelta(hours=1)}
    return {name: value for name, value in {**good, **other}.items() if value is not None}


def token(key: Any = SECRET, algorithm: str = "HS256", kid: str | None = None, **other: Any) -> str:
    return jwt.encode(claims(**other), key, algorithm, headers={"kid": kid} if kid else None)


async def identify(authenticator: Authenticator, text: str) -> Identity:
    return await authenticator.identify(f"Bearer {text}")


async def test_a_good_token_names_its_caller() -> None:
    identity = await identify(Authenticator(settings()), token())
    assert (identity.subject, identity.workspace_id, identity.role) == ("me", WORKSPACE, Role.EDITOR)


def forged(header: dict[str, str]) -> str:
    """A token without a signature."""
    parts = [json.dumps(part, default=lambda time: time.timestamp()).encode() for part in (header, claims())]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


@pytest.mark.parametrize(
    "text",
    [
        forged({"alg": "none", "typ": "JWT"}),
        forged({"alg": "HS256", "typ": "JWT"}),
        forged({"alg": "NONE"}),
        token("another secret that is also long enough to be one"),
        token(algorithm="HS512"),
        token(exp=now() - timedelta(minutes=1)),
        token(nbf=now() + timedelta(days=1)),
        token(exp=None),
        token(exp=10**400),
        token(sub=None),
        token(workspace_id=None),
        token(workspace_id="mine"),
        token(workspace_id=5),
        token(role=None),
        token(role="admin"),
        token(role=["owner"]),
        token(aud="somebody-else"),
        "nonsense",
        "a.b.c",
        "é.é.é",
        "x" * 60_000,
        "a b",
    ],
)
async def test_any_other_token_is_refused(text: str) -> None:
    with pytest.raises(Unauthorized):
        await identify(Authenticator(settings()), text)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic eDp5", token()])
async def test_a_header_without_a_bearer_token_is_refused(header: str | None) -> None:
    with pytest.raises(Unauthorized):
        await Authenticator(settings()).identify(header)


async def test_an_audience_is_required_when_one_is_set() -> None:
    authenticator = Authenticator(settings(jwt_audience="dramatis"))
    assert (await identify(authenticator, token(aud=["dramatis", "other"]))).subject == "me"
    for audience in (None, "other"):
        with pytest.raises(Unauthorized):
            await identify(authenticator, token(aud=audience))


async def test_a_remembered_token_is_refused_once_it_has_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    authenticator = Authenticator(settings())
    text = token(exp=now() - timedelta(seconds=2))  # within the leeway for clocks that differ
    assert (await identify(authenticator, text)).subject == "me"
    real_decode, later = jwt.decode, {"leeway": 0}
    monkeypatch.setattr(jwt, "decode", lambda *args, **kwargs: real_decode(*args, **{**kwargs, **later}))
    with pytest.raises(Unauthorized, match="expired"):
        await identify(authenticator, text)


async def test_no_more_tokens_are_remembered_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "REMEMBERED_TOKENS", 3)
    authenticator = Authenticator(settings())
    for number in range(10):
        await identify(authenticator, token(sub=str(number)))
    assert len(authenticator._known) == 3


def test_a_service_that_could_verify_no_token_or_believe_none_does_not_start() -> None:
    with pytest.raises(ValueError, match="DRAMATIS_JWT_SECRET"):
        Authenticator(settings(jwt_secret=""))
    with pytest.raises(ValueError, match="32 bytes"):
        Authenticator(settings(jwt_secret="x" * 31))


@dataclass
class KeyServer:
    """What the identity provider publishes."""

    url: str = ""
    answer: bytes = b'{"keys": []}'
    asked: int = 0
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)

    def publish(self, *names: str) -> None:
        for name in names:
            self.keys.setdefault(name, rsa.generate_private_key(65537, 2048))
        jwks = [
            jwt.algorithms.RSAAlgorithm.to_jwk(self.keys[name].public_key(), as_dict=True)
            | {"kid": name, "use": "sig", "alg": "RS256"}
            for name in names
        ]
        self.answer = json.dumps({"keys": jwks}).encode()

    def token(self, name: str, **other: Any) -> str:
        return token(self.keys[name], "RS256", name, **other)


@pytest.fixture
def key_server() -> Iterator[KeyServer]:
    served = KeyServer()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(served.answer)

        log_message: Callable[..., None] = lambda *_: None

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served.url = f"http://127.0.0.1:{server.server_port}/jwks.json"
        yield served
        server.shutdown()


def by_keys(server: KeyServer) -> Authenticator:
    return Authenticator(settings(jwt_secret="", jwks_url=server.url))


async def test_a_token_is_verified_with_the_published_key_it_names(key_server: KeyServer) -> None:
    key_server.publish("first", "second")
    authenticator = by_keys(key_server)
    for name in ("first", "second"):
        assert (await identify(authenticator, key_server.token(name))).workspace_id == WORKSPACE
    assert key_server.asked == 1


async def test_a_token_of_another_key_is_refused(key_server: KeyServer) -> None:
    key_server.publish("first", "second")
    with pytest.raises(Unauthorized):
        await identify(by_keys(key_server), token(key_server.keys["first"], "RS256", "second"))


async def test_a_public_key_is_no_shared_secret(key_server: KeyServer) -> None:
    key_server.publish("first")
    public = key_server.keys["first"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = (
        base64.urlsafe_b64encode(json.dumps(part, default=lambda time: time.timestamp()).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "kid": "first"}, claims())
    )
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(head + b"." + body, public)
    text = b".".join([head, body, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()
    with pytest.raises(Unauthorized):
        await identify(by_keys(key_server), text)


async def test_a_token_of_the_shared_secret_is_refused_when_keys_are_published(key_server: KeyServer) -> None:
    key_server.publish("first")
    authenticator = Authenticator(settings(jwks_url=key_server.url))
    with pytest.raises(Unauthorized):
        await identify(authenticator, token(kid="first"))


async def test_unknown_keys_do_not_make_us_ask_the_provider_each_time(key_server: KeyServer) -> None:
    key_server.publish("first")
    authenticator = by_keys(key_server)
    for number in range(20):
        with pytest.raises(Unauthorized):
            await identify(authenticator, token(key_server.keys["first"], "RS256", f"made up {number}"))
    assert key_server.asked <= 2


async def test_a_token_that_names_no_key_is_refused(key_server: KeyServer) -> None:
    key_server.publish("first")
    with pytest.raises(Unauthorized):
        await identify(by_keys(key_server), token(key_server.keys["first"], "RS256"))


@pytest.mark.parametrize("answer", [b"<html>come back later</html>", b"[]", b"{}", b'{"keys": []}', b"\xff\xfe"])
async def test_a_provider_that_answers_nonsense_is_an_outage(key_server: KeyServer, answer: bytes) -> None:
    key_server.publish("first")
    key_server.answer = answer
    with pytest.raises(Unavailable):
        await identify(by_keys(key_server), key_server.token("first"))


async def test_a_provider_that_is_away_is_an_outage_and_known_tokens_go_on() -> None:
    away = Authenticator(settings(jwt_secret="", jwks_url="http://127.0.0.1:1/jwks.json"))
    text = token(rsa.generate_private_key(65537, 2048), "RS256", "first")
    with pytest.raises(Unavailable):
        await identify(away, text)
    away._known[text] = identity = Identity("me", uuid4(), Role.OWNER, now().timestamp() + 60)
    assert await identify(away, text) is identity
