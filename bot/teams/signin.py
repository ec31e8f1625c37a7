"""Signing in, in Teams' terms: the card that asks, and the invokes that answer it.

Source: Teams "Enable SSO for your bot"; the troubleshooting page of the Teams SDK for the codes of
signin/failure.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from bot.service.ports import Clock, SignInRequest
from bot.service.traffic import Incoming
from bot.teams.incoming import incoming_from, is_private
from bot.teams.refusal import Malformed

logger = logging.getLogger(__name__)

OAUTH_CARD = "application/vnd.microsoft.card.oauth"
CONNECTION = "presence-bot"  # any label: no token service of Microsoft's is behind it
INVOKES = ("signin/tokenExchange", "signin/verifyState", "signin/failure")
_WORD = re.compile(r"[A-Za-z]{1,40}")


class SignInTurns(Protocol):
    """Takes up what Teams says about a sign-in."""

    async def exchange(self, incoming: Incoming, request: str, token: str) -> bool:
        """Take the token of a Teams client, once; return false where the page is needed."""

    async def verify(self, incoming: Incoming, code: str) -> bool:
        """Take the code that the page gave to Teams; return false where it is not good."""

    async def failed(self, incoming: Incoming, reason: str) -> None:
        """Send the plain way to the page."""


def oauth_card(how: SignInRequest, *, text: str, button: str) -> dict[str, Any]:
    """Return the attachment that lets a Teams client sign its person in, or go to the page."""
    return {
        "contentType": OAUTH_CARD,
        "content": {
            "text": text,
            "connectionName": CONNECTION,
            "tokenExchangeResource": {"id": how.id, "uri": how.resource},
            "buttons": [{"type": "signin", "title": button, "value": how.url}],
        },
    }


class SignInInvokes:
    """Answers the three invokes of a sign-in; each is the verified sender's own."""

    def __init__(self, turns: SignInTurns, clock: Clock) -> None:
        self._turns = turns
        self._clock = clock

    async def answer(self, activity: Activity) -> InvokeResponse:
        """Return 200 for what was taken, and 412 where the person must go to the page."""
        value = activity.value if isinstance(activity.value, dict) else {}
        if not is_private(activity):
            return InvokeResponse(status=412, body=_failure(value, "Sign in in the private chat."))
        match activity.name:
            case "signin/tokenExchange":
                return await self._exchange(activity, value)
            case "signin/verifyState":
                return await self._verify(activity, value)
            case _:
                return await self._failed(activity, value)

    async def _exchange(self, activity: Activity, value: Mapping[str, Any]) -> InvokeResponse:
        request, token = value.get("id"), value.get("token")
        if not isinstance(request, str) or not isinstance(token, str) or not request or not token:
            raise Malformed("The invoke carries no token.")
        incoming = self._incoming(activity, "exchange")
        if not await self._turns.exchange(incoming, request, token):
            return InvokeResponse(status=412, body=_failure(value, "Sign in on the page."))
        return InvokeResponse(status=200, body={"id": request, "connectionName": CONNECTION})

    async def _verify(self, activity: Activity, value: Mapping[str, Any]) -> InvokeResponse:
        state = value.get("state")
        if not isinstance(state, str):
            raise Malformed("The invoke carries no state.")
        if not await self._turns.verify(self._incoming(activity, "verify"), state):
            return InvokeResponse(status=412, body=_failure(value, "The code is not good."))
        return InvokeResponse(status=200, body={})

    async def _failed(self, activity: Activity, value: Mapping[str, Any]) -> InvokeResponse:
        code = value.get("code")
        reason = code if isinstance(code, str) and _WORD.fullmatch(code) else "unknown"
        await self._turns.failed(self._incoming(activity, "failure"), reason)
        return InvokeResponse(status=200, body={})

    def _incoming(self, activity: Activity, what: str) -> Incoming:
        key = f"{activity.conversation.id}|signin|{what}|{activity.id or uuid4().hex}"
        return incoming_from(activity, now=self._clock.now(), inline=True, key=key)


def _failure(value: Mapping[str, Any], why: str) -> dict[str, Any]:
    return {"id": value.get("id"), "connectionName": CONNECTION, "failureDetail": why}
