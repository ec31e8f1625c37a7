"""Tokens of the application itself: for the connector, and for Graph by application permission."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.person import Person
from bot.identity.msal_app import MsalApps
from bot.service.errors import GatewayError

logger = logging.getLogger(__name__)

CONNECTOR_SCOPE = "https://api.botframework.com/.default"
RENEW_BEFORE = 600.0  # seconds before its end a token is renewed behind the back of its users
LAST_USE = 60.0  # seconds before its end a token is not used any more


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    token: str = field(repr=False)
    until: float


class AppToken:
    """One token of the application, renewed early; nobody waits while an older one is good.

    It is of the application's own tenant, or of another `tenant` that has consented.
    `monotonic` gives seconds. Raises a GatewayError where there is none to be had.
    """

    def __init__(
        self,
        *,
        apps: MsalApps,
        scope: str,
        tenant: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._apps = apps
        self._scope = scope
        self._tenant = tenant
        self._monotonic = monotonic
        self._held: _Held | None = None
        self._renewing: asyncio.Task[_Held] | None = None

    async def __call__(self, *, refresh: bool = False) -> str:
        """Return the token; with `refresh`, a newer one than the last that was given."""
        held = self._held
        left = held.until - self._monotonic() if held is not None else 0.0
        if refresh or held is None or left < LAST_USE:
            return (await asyncio.shield(self._renew())).token
        if left < RENEW_BEFORE:
            self._renew()
        return held.token

    async def aclose(self) -> None:
        """Stop a renewal that is under way."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)

    def _renew(self) -> asyncio.Task[_Held]:
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._acquire())
            self._renewing.add_done_callback(self._renewed)
        return self._renewing

    def _renewed(self, task: asyncio.Task[_Held]) -> None:
        self._renewing = None
        if not task.cancelled() and (error := task.exception()) is not None:
            level = logging.WARNING if isinstance(error, GatewayError) else logging.ERROR
            logger.log(
                level, "No token for the application: %s", error, extra={"action": "identity.app"}
            )

    async def _acquire(self) -> _Held:
        tokens = await self._apps.for_itself(self._scope, self._tenant)
        held = _Held(token=tokens.access_token, until=self._monotonic() + tokens.expires_in)
        self._held = held
        return held


class ApplicationTokens:
    """Implements the port TokenProvider with the application's own permission.

    What a person asks for is done in their own tenant: a token of another one would show them
    people who are none of theirs.
    """

    def __init__(self, *, apps: MsalApps, scope: str) -> None:
        self._apps = apps
        self._scope = scope
        self._tokens: dict[str, AppToken] = {}

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        """Return the application's token, the same for everybody and everything in a tenant."""
        del claims, colleagues  # nobody can be asked to satisfy them
        token = self._tokens.get(person.tenant)
        if token is None:
            token = AppToken(apps=self._apps, scope=self._scope, tenant=person.tenant)
            self._tokens[person.tenant] = token
        return await token(refresh=refresh)

    async def aclose(self) -> None:
        """Stop renewals that are under way."""
        await asyncio.gather(*(token.aclose() for token in self._tokens.values()))
