"""Signing people in: requests, a Teams client's token, the page's flow, and its one-time code.

Everything here is good for one person in one conversation, for a while, and what is secret is in
the database as a hash or sealed. Sources: RFC 9700 (OAuth 2.0 security), OpenID Connect Core 1.0.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.person import Person
from bot.identity.delegated import DelegatedTokens
from bot.identity.msal_app import MsalApps, Tokens
from bot.identity.sealing import Unreadable, seal, unseal
from bot.identity.vault import Vault
from bot.keyring import Keyring
from bot.service.errors import SignInRefused, SignInRequired, Unavailable
from bot.service.permissions import Scopes
from bot.service.ports import Clock, SignInRequest
from bot.service.secrets import SecretStore, Ticket
from bot.tokens import KeysUnavailable, TokenChecker, TokenRefused

logger = logging.getLogger(__name__)

REQUEST_LIFETIME = timedelta(days=7)  # a card is pressed when its person has time
FLOW_LIFETIME = timedelta(minutes=10)
CODE_LIFETIME = timedelta(minutes=10)
API_SCOPE = "access_as_user"

_PURPOSE = "sign-in"
_REQUEST, _FLOW, _CODE = "request", "flow", "code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """Where a person's browser goes, and the secret that it must bring back as a cookie."""

    address: str
    cookie: str = field(repr=False)


class EntraSignIns:
    """Implements the port SignIns, and the two steps of the sign-in page.

    `public_url` is where the page is reached. `checker` checks tokens that were made for this
    application.
    """

    def __init__(
        self,
        *,
        apps: MsalApps,
        vault: Vault,
        tokens: DelegatedTokens,
        checker: TokenChecker,
        keys: Keyring,
        store: SecretStore,
        clock: Clock,
        app_id: str,
        scopes: Scopes,
        public_url: str,
    ) -> None:
        self._apps, self._vault, self._tokens = apps, vault, tokens
        self._checker, self._keys, self._store = checker, keys, store
        self._clock = clock
        self._resource = f"api://botid-{app_id}"
        self._scopes = scopes
        self._public_url = public_url.rstrip("/")

    async def ask(
        self, person: Person, conversation: str, *, claims: str | None, colleagues: bool
    ) -> SignInRequest:
        """Return how this person can sign in, from this private conversation.

        With `colleagues`, also for looking at others.
        """
        request = secrets.token_urlsafe(24)
        needs = _needs(claims, colleagues=colleagues)
        await self._keep(_REQUEST, request, person, conversation, REQUEST_LIFETIME, needs)
        return SignInRequest(
            id=request,
            resource=self._resource,
            url=f"{self._public_url}/auth/start?request={request}",
        )

    async def exchange(self, person: Person, conversation: str, request: str, token: str) -> None:
        """Take the token of a Teams client for a request of the same person and conversation."""
        asked = await self._store.ticket(_REQUEST, request)
        if asked is None or asked.person != person or asked.conversation != conversation:
            raise SignInRefused("no such request of this person")
        claims = await self._check(token)
        _must_be(person, claims)
        if API_SCOPE not in str(claims.get("scp", "")).split():
            raise SignInRefused("the token is not for this API")
        colleagues = bool(json.loads(self._open(asked))["colleagues"])
        try:
            got = await self._apps.on_behalf_of(token, self._scopes.wanted(colleagues=colleagues))
        except SignInRequired as error:
            # The page must satisfy what was asked for here.
            needs = _needs(error.claims, colleagues=colleagues)
            await self._keep(_REQUEST, request, person, conversation, REQUEST_LIFETIME, needs)
            raise
        await self._take(person, got)

    async def redeem(self, person: Person, conversation: str, code: str) -> bool | None:
        """Take the code that the page showed; false for a wrong one, none where none is open."""
        ticket = await self._store.take_ticket(_CODE, _code_id(person, code))
        if ticket is None or ticket.person != person or ticket.conversation != conversation:
            return False if await self._store.miss_ticket(_CODE, person) else None
        await self._vault.replace(person, self._open(ticket))
        self._tokens.forget(person)
        return True

    def signed_out(self, person: Person) -> None:
        """Forget what is in memory for a person whose tokens were deleted."""
        self._tokens.forget(person)

    async def begin(self, request: str) -> Begun:
        """Return where the person of a request signs in. Raises SignInRefused."""
        asked = await self._store.ticket(_REQUEST, request)
        if asked is None:
            raise SignInRefused("no such request, or too old")
        state, cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        needs = json.loads(self._open(asked))
        scopes = self._scopes.wanted(colleagues=needs["colleagues"])
        address, flow = await self._apps.begin_code_flow(
            scopes,
            f"{self._public_url}/auth/callback",
            state=state,
            claims=needs["claims"],
        )
        content = json.dumps({"flow": flow, "scopes": scopes, "cookie": _hash(cookie)})
        await self._keep(
            _FLOW, _hash(state), asked.person, asked.conversation, FLOW_LIFETIME, content
        )
        return Begun(address=address, cookie=cookie)

    async def end(self, answer: Mapping[str, str], cookie: str) -> str:
        """Return the one-time code for a person who came back from Entra.

        Raises SignInRefused where they are not the one who was asked, or did not begin here.
        """
        ticket = await self._store.take_ticket(_FLOW, _hash(answer.get("state", "")))
        if ticket is None:
            raise SignInRefused("no such state, used, or too old")
        begun = json.loads(self._open(ticket))
        if not hmac.compare_digest(begun["cookie"], _hash(cookie)):
            raise SignInRefused("another browser began this sign-in")
        got = await self._apps.end_code_flow(begun["flow"], answer, begun["scopes"])
        _must_be(ticket.person, await self._check(got.id_token or ""))
        if got.cache is None:
            raise SignInRefused("Entra gave nothing to keep")
        code = f"{secrets.randbelow(10**8):08}"
        await self._keep(
            _CODE,
            _code_id(ticket.person, code),
            ticket.person,
            ticket.conversation,
            CODE_LIFETIME,
            got.cache,
        )
        return code

    async def _take(self, person: Person, got: Tokens) -> None:
        _must_be(person, got.claims)
        if got.cache is None:
            raise SignInRefused("Entra gave nothing to keep")
        await self._vault.replace(person, got.cache)
        self._tokens.forget(person)

    async def _check(self, token: str) -> Mapping[str, Any]:
        try:
            return (await self._checker.check(token)).claims
        except TokenRefused as refusal:
            raise SignInRefused(f"token: {refusal}") from refusal
        except KeysUnavailable as error:
            raise Unavailable("there are no keys to check a token with") from error

    async def _keep(
        self,
        kind: str,
        id_: str,
        person: Person,
        conversation: str,
        lifetime: timedelta,
        content: str,
    ) -> None:
        key = self._keys.active(_PURPOSE)
        place = (kind, id_, person.tenant, person.oid, conversation)
        sealed = seal(key, content.encode(), place)
        await self._store.keep_ticket(
            Ticket(
                id=id_,
                kind=kind,
                person=person,
                conversation=conversation,
                expires=self._clock.now() + lifetime,
                sealed=key.id.encode() + b":" + sealed,
            )
        )

    def _open(self, ticket: Ticket) -> str:
        place = (
            ticket.kind,
            ticket.id,
            ticket.person.tenant,
            ticket.person.oid,
            ticket.conversation,
        )
        key_id, _, sealed = (ticket.sealed or b"").partition(b":")
        try:
            return unseal(self._keys, _PURPOSE, key_id.decode(), sealed, place).decode()
        except (Unreadable, UnicodeDecodeError) as error:
            raise SignInRefused("what was kept for a sign-in cannot be read") from error


def _must_be(person: Person, claims: Mapping[str, Any]) -> None:
    """Raise SignInRefused unless the claims are this person's, in this tenant."""
    if str(claims.get("tid", "")).lower() != person.tenant:
        raise SignInRefused("the token is of another tenant")
    if str(claims.get("oid", "")).lower() != person.oid:
        raise SignInRefused("the token is another person's")


def _needs(claims: str | None, *, colleagues: bool) -> str:
    """Return what a sign-in must bring, as it is kept with its request."""
    return json.dumps({"claims": claims, "colleagues": colleagues})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _code_id(person: Person, code: str) -> str:
    return _hash(f"{person} {code}")
