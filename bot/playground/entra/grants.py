"""What can be exchanged for tokens: authorization codes and refresh tokens.

RFC 6749 sections 4.1 and 6; PKCE: RFC 7636. A code is good once and for ten minutes, a refresh
token for 90 days; both by the playground's clock.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.playground.entra.errors import bad_grant, revoked
from bot.playground.shelf import Shelf
from bot.playground.tokens import PlaygroundTokens

CODE_LIFETIME = timedelta(minutes=10)
REFRESH_LIFETIME = timedelta(days=90)
_KIND = "refresh token"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """Who may have tokens through which application: `ends` is an ISO 8601 instant."""

    oid: str
    app: str
    session: int
    ends: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """What an authorization code stands for, and what must come with it."""

    oid: str
    app: str
    redirect_uri: str
    challenge: str | None
    nonce: str | None
    ends: datetime


class Grants:
    """Gives and redeems. Refresh tokens are on the shelf, by their hash."""

    def __init__(self, *, clock: Clock, shelf: Shelf, tokens: PlaygroundTokens) -> None:
        self._clock, self._shelf, self._tokens = clock, shelf, tokens
        self._codes: dict[str, Code] = {}
        self._refresh: dict[str, Grant] = {}

    async def load(self) -> None:
        """Take up what is on the shelf."""
        self._refresh = {
            key: Grant(**kept) for key, kept in (await self._shelf.all(_KIND)).items()
        }

    def new_code(
        self, oid: str, *, app: str, redirect_uri: str, challenge: str | None, nonce: str | None
    ) -> str:
        """Return an authorization code."""
        code = f"0.A{secrets.token_urlsafe(32)}"
        self._codes[_hash(code)] = Code(
            oid=oid,
            app=app,
            redirect_uri=redirect_uri,
            challenge=challenge,
            nonce=nonce,
            ends=self._clock.now() + CODE_LIFETIME,
        )
        return code

    def redeem(self, form: Mapping[str, str], app: str) -> Code:
        """Return what the code in a request stands for; it is good once. Raises Refusal."""
        code = self._codes.pop(_hash(form.get("code", "")), None)
        if code is None or code.ends <= self._clock.now():
            raise bad_grant("The provided authorization code is invalid or has expired.")
        if code.app != app or code.redirect_uri != form.get("redirect_uri"):
            raise bad_grant("The code was given to another application or address.")
        if code.challenge is None or code.challenge != _challenge(form.get("code_verifier", "")):
            raise bad_grant("The code_verifier does not match the code_challenge.")
        return code

    async def new_refresh_token(self, oid: str, app: str) -> str:
        """Return a refresh token for a person's present session."""
        token = f"1.A{secrets.token_urlsafe(48)}"
        grant = Grant(
            oid=oid,
            app=app,
            session=self._tokens.session(oid),
            ends=(self._clock.now() + REFRESH_LIFETIME).isoformat(),
        )
        self._refresh[_hash(token)] = grant
        await self._shelf.put(_KIND, _hash(token), asdict(grant))
        return token

    def refresh(self, token: str, app: str) -> str:
        """Return the object id that a refresh token stands for; raises Refusal."""
        grant = self._refresh.get(_hash(token))
        if grant is None or grant.app != app:
            raise bad_grant("The refresh token is not one of this application's.")
        if datetime.fromisoformat(grant.ends) <= self._clock.now():
            raise bad_grant("The refresh token has expired due to inactivity.")
        if grant.session != self._tokens.session(grant.oid):
            raise revoked()
        return grant.oid


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
