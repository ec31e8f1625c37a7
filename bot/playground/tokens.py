"""Access tokens for the Graph stand-in, until the sign-in stand-in hands them out.

A token names a person (or an application), a tenant and scopes in plain JSON, signed with a secret
that lives on the shelf: a made-up token is refused, and tokens survive a restart.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.domain.person import Person
from bot.playground.shelf import Shelf

APP_ID = "7e57ab1e-0000-4000-8000-0000000000a0"
LIFETIME = timedelta(hours=1)

# What the bot asks for when the features about other people are on, as they are here.
DELEGATED_SCOPES = (
    "User.Read",
    "Presence.Read",
    "Presence.ReadWrite",
    "Presence.Read.All",
    "User.ReadBasic.All",
)

_KIND, _KEY = "secret", "tokens"


class BadToken(Exception):
    """The Authorization header holds no token that counts; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """Who calls: a person (`oid`) through an application, or, without one, the application."""

    tenant: str
    app: str
    scopes: frozenset[str]
    oid: str | None = None

    @property
    def delegated(self) -> bool:
        """Return whether a person stands behind this call."""
        return self.oid is not None


class PlaygroundTokens:
    """Issues and reads the stand-in's tokens, which last for an hour of the clock."""

    def __init__(self, clock: Clock, shelf: Shelf) -> None:
        self._clock = clock
        self._shelf = shelf
        self._secret = secrets.token_bytes(32)
        self._given: dict[Person, str] = {}

    async def load(self) -> None:
        """Take the secret from the shelf, where earlier tokens were signed, or keep it there."""
        kept = (await self._shelf.all(_KIND)).get(_KEY)
        if kept is None:
            await self._shelf.put(_KIND, _KEY, self._secret.hex())
        else:
            self._secret = bytes.fromhex(kept)

    def issue(
        self, oid: str | None, tenant: str, scopes: Iterable[str], *, app: str = APP_ID
    ) -> str:
        """Return a token for a person, or for the application itself where `oid` is none."""
        claims = {
            "oid": oid,
            "tid": tenant,
            "appid": app,
            "scp": sorted(scopes),
            "exp": (self._clock.now() + LIFETIME).isoformat(),
            "jti": secrets.token_hex(8),
        }
        payload = _encode(json.dumps(claims).encode())
        return f"{payload}.{_encode(self._sign(payload))}"

    def read(self, header: str | None) -> Claims:
        """Return what an Authorization header grants; raises BadToken."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise BadToken("Access token is empty.")
        payload, _, signature = token.strip().partition(".")
        if not hmac.compare_digest(_encode(self._sign(payload)).encode(), _raw(signature)):
            raise BadToken("The signature of the access token is not valid.")
        claims = _decode(payload)
        if datetime.fromisoformat(claims["exp"]) <= self._clock.now():
            raise BadToken("Access token has expired.")
        return Claims(
            oid=claims["oid"],
            tenant=claims["tid"],
            app=claims["appid"],
            scopes=frozenset(claims["scp"]),
        )

    async def token(self, person: Person, *, refresh: bool = False) -> str:
        """Return the token last given for `person`, or with `refresh` a new one.

        A token whose hour is over is given all the same, as a cache by system time does on a
        moved clock: Graph's 401 and one refresh are how the bot finds out.
        """
        if refresh or person not in self._given:
            self._given[person] = self.issue(person.oid, person.tenant, DELEGATED_SCOPES)
        return self._given[person]

    def _sign(self, payload: str) -> bytes:
        return hmac.digest(self._secret, _raw(payload), "sha256")


def _raw(part: str) -> bytes:
    return part.encode(errors="surrogateescape")  # as aiohttp decoded the header


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(payload: str) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * 3))
    return claims
