"""Tokens on behalf of people: from memory, from the vault, or by their refresh token."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.person import Person
from bot.identity.msal_app import MsalApps, Tokens
from bot.identity.vault import Vault
from bot.service.errors import SignInRequired
from bot.service.lanes import OwnLanes
from bot.service.permissions import Scopes

logger = logging.getLogger(__name__)

REMEMBERED = 300.0  # seconds at most: another instance may have signed the person out
MARGIN = 300.0  # seconds: a token that ends earlier is renewed, as msal does
MOST_REMEMBERED = 10_000
_TRIES = 3  # another instance may write between reading and writing


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    token: str = field(repr=False)
    until: float


class DelegatedTokens:
    """Implements the port TokenProvider with what people have granted.

    One call of msal at a time for each person. What looking at others needs is asked for when
    somebody first does. `monotonic` gives seconds.
    """

    def __init__(
        self,
        *,
        apps: MsalApps,
        vault: Vault,
        scopes: Scopes,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._apps = apps
        self._vault = vault
        self._scopes = scopes
        self._monotonic = monotonic
        self._known: OrderedDict[tuple[Person, bool], _Known] = OrderedDict()
        self._lanes = OwnLanes()

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        """Return a token for `person`; with `refresh`, one newer than the last that was given.

        `claims` is a challenge of Graph that the new one must satisfy; with `colleagues` it is
        also good for looking at others. Raises SignInRequired where the person must sign in,
        Unavailable where Entra does not answer.
        """
        kind = (person, colleagues)
        before = self._known.get(kind)
        if not refresh and before is not None and before.until > self._monotonic():
            return before.token
        async with self._lanes.hold(person):
            known = self._known.get(kind)
            if known is not None and known is not before and known.until > self._monotonic():
                return known.token  # somebody else who waited has it already
            self._known.pop(kind, None)
            tokens = await self._from_vault(
                person, refresh=refresh, claims=claims, colleagues=colleagues
            )
            self._remember(kind, tokens)
            return tokens.access_token

    def forget(self, person: Person) -> None:
        """Forget what is in memory of a person who has signed in anew, or out."""
        for colleagues in (False, True):
            self._known.pop((person, colleagues), None)

    async def _from_vault(
        self, person: Person, *, refresh: bool, claims: str | None, colleagues: bool
    ) -> Tokens:
        for _ in range(_TRIES):
            kept = await self._vault.read(person)
            if kept is None or kept.cache is None:
                raise SignInRequired(
                    "nothing is kept for this person", claims=claims, colleagues=colleagues
                )
            try:
                tokens = await self._apps.silently(
                    kept.cache,
                    self._scopes.wanted(colleagues=colleagues),
                    refresh=refresh,
                    claims=claims,
                )
            except SignInRequired as error:
                logger.info(
                    "A person must sign in again: %s", error, extra={"action": "identity.silent"}
                )
                raise SignInRequired(
                    str(error), claims=error.claims or claims, colleagues=colleagues
                ) from error
            if tokens.cache is None or await self._vault.write(
                person, tokens.cache, after=kept.version
            ):
                return tokens
        raise SignInRequired("what is kept for this person changes all the time")

    def _remember(self, kind: tuple[Person, bool], tokens: Tokens) -> None:
        lasts = min(REMEMBERED, tokens.expires_in - MARGIN)
        if lasts > 0:
            self._known[kind] = _Known(token=tokens.access_token, until=self._monotonic() + lasts)
            if len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
