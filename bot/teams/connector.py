"""The Bot Framework connector: sending, replacing and removing messages in conversations.

Creating an activity takes no key that makes a repeat safe, so a create whose answer was lost is
never repeated here. Source: Bot Framework "Send and receive messages", REST API reference;
"Optimize your bot with rate limiting in Teams".
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import quote

from bot.net import NetError, NotSent, Pace, Repeat, Request, Response, Unanswered
from bot.observability import metrics, tracing
from bot.service.errors import GatewayError
from bot.service.traffic import Address
from bot.teams.hosts import ServiceHosts

logger = logging.getLogger(__name__)

# How many messages in how many seconds Teams lets a bot write into one conversation, and into all
# of a tenant. Its limit for an hour is left to Retry-After: to count it takes too much memory.
OF_A_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0))
OF_A_TENANT = (50, 1.0)
_PATIENCE = 10.0  # seconds for one call with its waits
_CONFLICTS = 3  # how often a 412 is sent again
_CONFLICT_WAIT = 0.5  # seconds, where the service names none
_GONE = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Done:
    """It was carried out; `id` is the activity's (or conversation's), where one was made."""

    id: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """There is nothing to send to any more: bot removed, person blocked, or message deleted."""

    status: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was done; it may be tried again, not before `after` has passed."""

    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Unclear:
    """It was sent, and whether it was carried out is not known."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The service refuses it for what it is, or it was not allowed to be sent: a bug of ours."""

    status: int
    code: str = ""


Result = Done | Gone | Later | Unclear | Wrong


class ConnectorToken(Protocol):
    """Gives the token with which the bot calls the connector."""

    async def __call__(self, *, refresh: bool = False) -> str | None:
        """Return a token; none where the connector wants none (playground)."""


class Sender(Protocol):
    """Sends HTTP requests: `bot.net.Net`."""

    async def send(
        self,
        request: Request,
        *,
        repeat: Repeat,
        pace: Sequence[Pace] = (),
        deadline: float | None = None,
    ) -> Response:
        """Return the answer; raise a NetError where there is none."""

    def deadline(self, seconds: float | None = None) -> float:
        """Return the monotonic instant some seconds ahead."""


class Connector:
    """Calls the connector of the conversation's own service URL, if its host is allowed."""

    def __init__(
        self,
        *,
        net: Sender,
        hosts: ServiceHosts,
        token: ConnectorToken,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._net = net
        self._hosts = hosts
        self._token = token
        self._sleep = sleep
        self._sharers = 1

    def share(self, instances: int) -> None:
        """Keep to this process's part of the limits where `instances` processes share them."""
        self._sharers = max(1, instances)

    async def create_conversation(self, address: Address) -> Result:
        """Open the 1:1 chat with the user of `address`; the result's id is the conversation's.

        Teams answers with the chat that there is already: a repeat does no harm.
        """
        body = {
            "bot": address["bot"],
            "members": [address["user"]],
            "isGroup": False,
            "tenantId": address["tenant"],
            "channelData": {"tenant": {"id": address["tenant"]}},
        }
        return await self._call("POST", address, "", body, Repeat.ANY)

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Result:
        """Create a message in the conversation."""
        path = f"/{_conversation(address)}/activities"
        return await self._call("POST", address, path, activity, Repeat.NOTHING_DONE)

    async def reply(
        self, address: Address, activity_id: str, activity: Mapping[str, Any]
    ) -> Result:
        """Create a message as the answer to another."""
        path = f"/{_conversation(address)}/activities/{quote(activity_id, safe='')}"
        return await self._call("POST", address, path, activity, Repeat.NOTHING_DONE)

    async def update(
        self, address: Address, activity_id: str, activity: Mapping[str, Any]
    ) -> Result:
        """Replace a message."""
        path = f"/{_conversation(address)}/activities/{quote(activity_id, safe='')}"
        return await self._call("PUT", address, path, activity, Repeat.ANY)

    async def delete(self, address: Address, activity_id: str) -> Result:
        """Remove a message; Gone where it is removed already."""
        path = f"/{_conversation(address)}/activities/{quote(activity_id, safe='')}"
        return await self._call("DELETE", address, path, None, Repeat.ANY)

    async def member(self, address: Address, user_id: str) -> Mapping[str, Any] | None:
        """Return a member of the conversation as the connector describes them, if there."""
        path = f"/{_conversation(address)}/members/{quote(user_id, safe='')}"
        response = await self._respond("GET", address, path, None, Repeat.ANY)
        if not isinstance(response, Response) or not response.ok:
            return None
        found = _json(response)
        return found or None

    async def members(
        self, address: Address, continuation: str | None = None
    ) -> Mapping[str, Any] | None:
        """Return a page of 500 members, and where it goes on; none where it cannot be had."""
        query = "?pageSize=500"
        if continuation is not None:
            query += f"&continuationToken={quote(continuation, safe='')}"
        path = f"/{_conversation(address)}/pagedmembers{query}"
        response = await self._respond("GET", address, path, None, Repeat.ANY)
        return _json(response) if isinstance(response, Response) and response.ok else None

    async def _call(
        self,
        method: str,
        address: Address,
        path: str,
        body: Mapping[str, Any] | None,
        repeat: Repeat,
    ) -> Result:
        response = await self._respond(method, address, path, body, repeat)
        if not isinstance(response, Response):
            return response
        result = _result(response, repeat)
        if not isinstance(result, Done):
            logger.warning(
                "the connector answers %s to %s",
                response.status,
                method,
                extra={"action": "teams.connector", "status": response.status},
            )
        return result

    async def _respond(
        self,
        method: str,
        address: Address,
        path: str,
        body: Mapping[str, Any] | None,
        repeat: Repeat,
    ) -> Response | Result:
        service = str(address.get("service_url") or "")
        if not self._hosts.allows(service):
            logger.error("a service URL that is not allowed", extra={"action": "teams.connector"})
            return Wrong(0, "HostNotAllowed")
        url = f"{service.rstrip('/')}/v3/conversations{path}"
        content = None if body is None else json.dumps(body).encode()
        pace = self._pace(address)
        deadline = self._net.deadline(_PATIENCE)
        refresh, conflicts = False, 0
        while True:
            try:
                headers = await self._headers(refresh=refresh)
            except GatewayError as error:
                logger.warning("no token for the connector: %s", error)
                return Later()
            request = Request(method=method, url=url, headers=headers, body=content)
            try:
                response = await self._send(request, repeat, pace, deadline)
            except NotSent as error:
                return Later(timedelta(seconds=getattr(error, "retry_after", 0.0)))
            except Unanswered:
                return Unclear() if repeat is Repeat.NOTHING_DONE else Later()
            except NetError:
                logger.exception("the connector could not be called")
                return Later()
            if response.status == 401 and not refresh:
                refresh = True  # a token is revoked, or the clock has moved past its end
            elif response.status == 412 and conflicts < _CONFLICTS:
                # Another message of this conversation was being written; nothing was done.
                conflicts += 1
                wait = response.retry_after
                wait = _CONFLICT_WAIT * conflicts if wait is None else wait
                if self._net.deadline(wait) >= deadline:
                    return response
                await self._sleep(wait)
            else:
                return response

    async def _send(
        self, request: Request, repeat: Repeat, pace: Sequence[Pace], deadline: float
    ) -> Response:
        outcome = "cancelled"
        try:
            with tracing.span(f"connector {request.method}") as span:
                response = await self._net.send(
                    request, repeat=repeat, pace=pace, deadline=deadline
                )
                span.note("http.response.status_code", response.status)
            outcome = str(response.status)
        except NetError as error:
            outcome = type(error).__name__
            raise
        finally:
            metrics.CONNECTOR_CALLS.add(outcome)
        return response

    def _pace(self, address: Address) -> tuple[Pace, ...]:
        chat, tenant = address.get("conversation"), address.get("tenant")
        most, seconds = OF_A_TENANT
        return (
            *(
                Pace(key=f"chat {tenant} {chat} {per}", limit=self._part(limit), seconds=per)
                for limit, per in OF_A_CONVERSATION
            ),
            Pace(key=f"tenant {tenant}", limit=self._part(most), seconds=seconds),
        )

    def _part(self, limit: int) -> int:
        return max(1, limit // self._sharers)

    async def _headers(self, *, refresh: bool) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        token = await self._token(refresh=refresh)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return headers


def _conversation(address: Address) -> str:
    return quote(str(address["conversation"]), safe="")


def _json(response: Response) -> Mapping[str, Any]:
    try:
        value = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _result(response: Response, repeat: Repeat) -> Result:
    status = response.status
    answer = _json(response)
    if response.ok:
        made = answer.get("id")
        return Done(made if isinstance(made, str) else None)
    error = answer.get("error")
    code = str(error.get("code") or "") if isinstance(error, dict) else ""
    if status in _GONE:
        return Gone(status, code)
    if status in (401, 412, 429, 503):
        return Later(timedelta(seconds=response.retry_after or 0.0))
    if status == 408 or status >= 500:
        return Unclear() if repeat is Repeat.NOTHING_DONE else Later()
    return Wrong(status, code)
