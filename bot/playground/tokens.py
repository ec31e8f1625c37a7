"""The tokens of the playground: JSON Web Tokens, really signed, by one key that is on the shelf.

A made-up token is refused, and tokens outlive a restart. Claims are those of Entra's v2 tokens.
https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.clock import Clock
from bot.playground.shelf import Shelf

APP_ID = "7e57ab1e-0000-4000-8000-0000000000a0"
GRAPH = "https://graph.microsoft.com"
LIFETIME = timedelta(hours=1)

# What the bot asks for when the features about other people are on, as they are here.
DELEGATED_SCOPES = (
    "User.Read",
    "Presence.Read",
    "Presence.ReadWrite",
    "Presence.Read.All",
    "User.ReadBasic.All",
)

_KIND, _KEY = "secret", "signing key"
_SESSIONS = "sessions"


class BadToken(Exception):
    """The Authorization header holds no token that counts; the text says why.

    `claims` is what a new token must satisfy: JSON, where the person's sessions were revoked.
    """

    def __init__(self, text: str, claims: str | None = None) -> None:
        super().__init__(text)
        self.claims = claims


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


def issuer(tenant: str) -> str:
    """Return who signs the tokens of a tenant, as Entra calls itself."""
    return f"https://login.microsoftonline.com/{tenant}/v2.0"


class PlaygroundTokens:
    """Signs and reads tokens, which last for an hour of the clock. Call `load` first."""

    def __init__(self, clock: Clock, shelf: Shelf) -> None:
        self._clock = clock
        self._shelf = shelf
        self._sessions: dict[str, int] = {}

    async def load(self) -> None:
        """Take the key from the shelf, where earlier tokens were signed, or keep a new one."""
        kept: str | None = (await self._shelf.all(_KIND)).get(_KEY)
        if kept is None:
            kept = await asyncio.to_thread(_new_key)
            await self._shelf.put(_KIND, _KEY, kept)
        key = serialization.load_pem_private_key(kept.encode(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("the key on the shelf is not one that was put there")
        self._key = key
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        self._kid = hashlib.sha256(public["n"].encode()).hexdigest()[:16]
        self._public = {**public, "kid": self._kid, "use": "sig", "alg": "RS256"}
        self._sessions = dict(await self._shelf.all(_SESSIONS))

    @property
    def jwks(self) -> dict[str, Any]:
        """Return the public key as a JSON Web Key Set."""
        return {"keys": [{k: v for k, v in self._public.items() if k != "key_ops"}]}

    def sign(self, claims: dict[str, Any]) -> str:
        """Return a token that says `claims`, and until when."""
        now = self._clock.now().timestamp()
        timed = {"iat": int(now), "exp": int(now + LIFETIME.total_seconds()), **claims}
        return jwt.encode(timed, self._key, algorithm="RS256", headers={"kid": self._kid})

    def verify(self, token: str, audience: str) -> dict[str, Any]:
        """Return what a token of ours for `audience` says; raises BadToken."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=["RS256"],
                audience=audience,
                options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except (jwt.PyJWTError, ValueError):
            raise BadToken("The signature of the access token is not valid.") from None
        if claims["exp"] <= self._clock.now().timestamp():
            raise BadToken("Access token has expired.")
        return claims

    def issue(
        self, oid: str | None, tenant: str, scopes: Iterable[str], *, app: str = APP_ID
    ) -> str:
        """Return a token for Graph: a person's, or the application's own where `oid` is none."""
        granted: dict[str, Any]
        if oid is None:
            granted = {"roles": sorted(scopes), "idtyp": "app"}
        else:
            granted = {"oid": oid, "scp": " ".join(sorted(scopes)), "sid": self.session(oid)}
        return self.sign(
            {"aud": GRAPH, "iss": issuer(tenant), "tid": tenant, "appid": app, **granted}
        )

    def read(self, header: str | None) -> Claims:
        """Return what an Authorization header grants at Graph; raises BadToken."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise BadToken("Access token is empty.")
        claims = self.verify(token.strip(), GRAPH)
        oid = claims.get("oid")
        if oid is not None and claims["sid"] != self.session(oid):
            # Continuous access evaluation: Graph hears of a revocation before a token expires.
            challenge = {"access_token": {"nbf": {"essential": True, "value": str(claims["exp"])}}}
            raise BadToken("Continuous access evaluation failed.", json.dumps(challenge))
        return Claims(
            oid=oid,
            tenant=claims["tid"],
            app=claims["appid"],
            scopes=frozenset(claims["scp"].split() if oid else claims["roles"]),
        )

    def session(self, oid: str) -> int:
        """Return the number of a person's present session; older tokens count no more."""
        return self._sessions.get(oid, 0)

    async def revoke(self, oid: str) -> None:
        """End a person's sessions: every token of theirs counts no more."""
        self._sessions[oid] = self.session(oid) + 1
        await self._shelf.put(_SESSIONS, oid, self._sessions[oid])


def challenge_header(claims: str | None) -> str:
    """Return the WWW-Authenticate header of a refusal, with the claims that are asked for."""
    if claims is None:
        return "Bearer"
    encoded = base64.b64encode(claims.encode()).decode()
    return f'Bearer realm="", error="insufficient_claims", claims="{encoded}"'


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
