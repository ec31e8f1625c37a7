"""The attack table: what is sent, and which answers are right. Row numbers as in the threat model.

Rows 24 (start without an app id) and 31 (a slow provider) are not single requests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.security.openid import claims, private_key, sign
from tests.teams import activities as a

_AHEAD, _BEHIND = timedelta(minutes=6), timedelta(minutes=-6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attack:
    """One request. `keys` is what the provider publishes besides or instead, before it."""

    row: int
    what: str
    right: frozenset[int]
    authorization: Callable[[], str | None] = lambda: f"Bearer {sign()}"
    body: bytes = json.dumps(a.message()).encode()
    content_type: str = "application/json"
    keys: dict[str, list[str] | None] = field(default_factory=lambda: {"one": ["msteams"]})
    roll_over: dict[str, list[str] | None] | None = None


def _token(make: Callable[[], str]) -> Callable[[], str | None]:
    return lambda: f"Bearer {make()}"


def _said(**changes: Any) -> Callable[[], str | None]:
    return _token(lambda: sign(claims(**changes)))


def _sent(activity: dict[str, Any]) -> bytes:
    return json.dumps(activity).encode()


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _unsigned() -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': 'one'})}.{_part(claims())}."


def _signed_with_public_key() -> str:
    """Return a token whose HMAC secret is the public key, which everybody knows."""
    public = private_key("one").public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    content = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'one'})}.{_part(claims())}"
    mac = hmac.digest(pem, content.encode(), hashlib.sha256)
    return f"{content}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


_OK, _401, _403, _400 = frozenset({200, 202}), frozenset({401}), frozenset({403}), frozenset({400})
_OTHER_TENANT = "99999999-0000-4000-8000-000000000009"
_METADATA_SERVICE = "http://169.254.169.254/"

ATTACKS = (
    Attack(row=1, what="valid token", right=_OK),
    Attack(row=2, what="no header", right=_401, authorization=lambda: None),
    Attack(row=3, what="empty bearer", right=_401, authorization=lambda: "Bearer "),
    Attack(row=4, what="garbage token", right=_401 | _403, authorization=lambda: "Bearer x.y.z"),
    Attack(row=5, what="Basic scheme", right=_401, authorization=lambda: "Basic YTpi"),
    Attack(row=6, what="alg none", right=_403, authorization=_token(_unsigned)),
    Attack(row=7, what="HS256 forged", right=_403, authorization=_token(_signed_with_public_key)),
    Attack(row=8, what="wrong aud", right=_403, authorization=_said(aud="another app")),
    Attack(row=9, what="wrong iss", right=_403, authorization=_said(iss="https://evil.example")),
    Attack(row=10, what="no iss", right=_403, authorization=_said(iss=None)),
    Attack(row=11, what="expired", right=_403, authorization=_said(exp=_BEHIND)),
    Attack(row=12, what="no exp claim", right=_403, authorization=_said(exp=None)),
    Attack(row=13, what="nbf in the future", right=_403, authorization=_said(nbf=_AHEAD)),
    Attack(
        row=14,
        what="other key, same kid",
        right=_403,
        authorization=_token(lambda: sign(key="evil", kid="one")),
    ),
    Attack(
        row=15,
        what="unknown kid",
        right=_403,
        authorization=_token(lambda: sign(key="evil", kid="evil")),
    ),
    Attack(row=16, what="no kid", right=_403, authorization=_token(lambda: sign(kid=None))),
    Attack(
        row=17,
        what="serviceUrl differs from claim",
        right=_403,
        authorization=_said(serviceurl="https://smba.trafficmanager.net/amer/"),
    ),
    Attack(
        row=18,
        what="serviceUrl missing in activity",
        right=_403,
        body=_sent(a.message(serviceUrl=None)),
    ),
    Attack(
        row=19,
        what="serviceUrl missing in both",
        right=_403,
        authorization=_said(serviceurl=None),
        body=_sent(a.message(serviceUrl=None)),
    ),
    Attack(row=20, what="channelId not endorsed", right=_403, keys={"one": ["webchat"]}),
    Attack(
        row=21,
        what="channelId missing",
        right=_403,
        body=_sent(a.message(channelId=None)),
    ),
    Attack(
        row=22,
        what="channelId emulator",
        right=_403,
        body=_sent(a.message(channelId="emulator")),
    ),
    Attack(
        row=23,
        what="foreign tenant",
        right=_403,
        body=_sent(a.message(channelData={"tenant": {"id": _OTHER_TENANT}})),
    ),
    Attack(
        row=24,
        what="no header, serviceUrl of the metadata service",
        right=_401 | _403,
        authorization=lambda: None,
        body=_sent(a.message(serviceUrl=_METADATA_SERVICE)),
    ),
    *(
        Attack(row=25, what=f"not an activity: {body[:5]!r}", right=_400, body=body)
        for body in (b"not json", b"[1]", b"5", b"[" * 100_000)
    ),
    Attack(row=26, what="text/plain", right=frozenset({415}), content_type="text/plain"),
    Attack(row=27, what="no type", right=_400, body=_sent(a.message(type=None))),
    Attack(row=28, what="type is an object", right=_400, body=_sent(a.message(type={"a": 1}))),
    Attack(
        row=29,
        what="3 MiB body",
        right=frozenset({413}),
        body=_sent(a.message("x" * 3 * 2**20)),
    ),
    Attack(
        row=30,
        what="signed by a rolled-over new key",
        right=_OK,
        authorization=_token(lambda: sign(key="two", kid="two")),
        roll_over={"two": ["msteams"]},
    ),
    # Beyond the table.
    Attack(row=11, what="exp is no time", right=_403, authorization=_said(exp="later")),
    Attack(row=11, what="exp is a flag", right=_403, authorization=_said(exp=True)),
    Attack(row=13, what="iat in the future", right=_403, authorization=_said(iat=_AHEAD)),
    Attack(row=20, what="key without endorsements", right=_403, keys={"one": None}),
    Attack(
        row=17,
        what="a service URL that is signed but not on the list",
        right=_403,
        authorization=_said(serviceurl=_METADATA_SERVICE),
        body=_sent(a.message(serviceUrl=_METADATA_SERVICE)),
    ),
    Attack(row=23, what="no tenant", right=_403, body=_sent(a.message(channelData=None))),
    Attack(
        row=23,
        what="foreign tenant of the conversation",
        right=_403,
        body=_sent(a.message(conversation={"id": "a:1", "tenantId": _OTHER_TENANT})),
    ),
    Attack(
        row=6,
        what="a token in a token",
        right=_401 | _403,
        authorization=lambda: f"Bearer Bearer {sign()}",
    ),
    Attack(
        row=7,
        what="a key that the token brings itself",
        right=_403,
        authorization=_token(
            lambda: jwt.encode(
                claims(),
                private_key("evil"),
                algorithm="RS256",
                headers={"kid": "evil", "jku": "http://127.0.0.1:1/keys"},
            )
        ),
    ),
)
