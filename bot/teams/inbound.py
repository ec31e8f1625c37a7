"""POST /api/messages: limits, form, check, dispatch, and the status code of every outcome."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from typing import Any, Protocol

from aiohttp import web

from bot.languages.phrasebook import Phrasebooks
from bot.observability import metrics, tracing
from bot.service.ports import Clock
from bot.teams.activity import read_activity
from bot.teams.adapter import Adapter
from bot.teams.body import MAX_BODY, read_object
from bot.teams.handler import PresenceHandler, Turns
from bot.teams.refusal import Refused
from bot.teams.signature import CardSigner
from bot.teams.signin import SignInInvokes

logger = logging.getLogger(__name__)

BODY_TIMEOUT = 10.0  # seconds
_TRY_AGAIN = {"Retry-After": "5"}
_KINDS = frozenset({"message", "invoke"})
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: _TRY_AGAIN}
MOST_AT_ONCE = 500  # requests; each holds a body of 256 KiB at most


class InboundCheck(Protocol):
    """Decides whether an activity may be believed."""

    async def admit(self, headers: Mapping[str, str]) -> None:
        """Return for a request whose body is worth reading, and raise Refused for any other."""

    async def check(self, headers: Mapping[str, str], activity: dict[str, Any]) -> None:
        """Return for an activity that may be believed, and raise Refused for any other.

        `activity` is the JSON object as it came, its form checked. A check may correct in place
        what it does not take from the sender; what it leaves is read.
        """


class Inbound:
    """Receives activities: 202 for what was taken, 200 with a body for an answered invoke.

    400 not an activity, 401 no token, 403 not believed, 405 not a POST, 408 body too slow, 413
    body over 256 KiB, 415 not JSON, 501 an invoke that the bot does not know, 503 could not be
    kept, or more than `most_at_once` requests, or turns that are full: send it again.
    """

    def __init__(
        self,
        *,
        check: InboundCheck,
        turns: Turns,
        clock: Clock,
        books: Phrasebooks,
        signer: CardSigner,
        sign_in: SignInInvokes | None = None,
        most_at_once: int = MOST_AT_ONCE,
        body_timeout: float = BODY_TIMEOUT,
    ) -> None:
        self._most_at_once = most_at_once
        self._body_timeout = body_timeout
        self._running = 0
        self._turns = turns
        self._closing = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._check = check
        self._adapter = Adapter()
        self._handler = PresenceHandler(
            turns=turns, clock=clock, books=books, signer=signer, sign_in=sign_in
        )

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to add to the application."""
        return [web.post("/api/messages", self.receive)]

    @property
    def closing(self) -> bool:
        """Return whether nothing more is taken."""
        return self._closing

    def close(self) -> None:
        """Take nothing more: 503, and another instance or the next start gets it."""
        self._closing = True

    async def idle(self) -> None:
        """Wait until every request that was taken has its answer."""
        await self._idle.wait()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request."""
        began = time.perf_counter()
        # Teams sends no traceparent, and a stranger's is not believed.
        with tracing.begin("activity") as span:
            kind, response = await self._admit(request)
            span.note("kind", kind)
            span.note("http.response.status_code", response.status)
        metrics.REQUESTS.add(str(response.status))
        metrics.ANSWERS.observe(time.perf_counter() - began, kind)
        return response

    async def _admit(self, request: web.Request) -> tuple[str, web.Response]:
        try:
            # A stranger neither counts among those who are served nor has a body waited for.
            await self._check.admit(request.headers)
            if self._closing:
                return "refused", _come_again("The bot is being stopped.")
            if self._running >= self._most_at_once or self._turns.full:
                return "refused", _come_again("The bot is busy.")
            return await self._counted(request)
        except Refused as refusal:
            logger.info(
                "refused an activity: %s",
                refusal.sentence,
                extra={"action": "teams.refuse", "status": refusal.status},
            )
            return "refused", web.json_response(
                {"error": refusal.sentence},
                status=refusal.status,
                headers=_HEADERS.get(refusal.status),
            )
        except Exception:
            # Teams sends again what is answered with 5xx, and the inbox knows what it has.
            logger.exception("could not take an activity", extra={"action": "teams.fail"})
            return "failed", _come_again("Please send it again.")

    async def _counted(self, request: web.Request) -> tuple[str, web.Response]:
        self._running += 1
        self._idle.clear()
        try:
            return await self._receive(request)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def _receive(self, request: web.Request) -> tuple[str, web.Response]:
        if request.content_type != "application/json":
            raise Refused(415, "The content type is not application/json.")
        try:
            async with asyncio.timeout(self._body_timeout):
                body = await _body(request)
        except TimeoutError as error:
            raise Refused(408, "The body did not arrive in time.") from error
        raw = read_object(body)
        read_activity(raw)
        await self._check.check(request.headers, raw)
        activity = read_activity(raw)
        answer = await self._adapter.run(activity, self._handler)
        kind = activity.type if activity.type in _KINDS else "other"
        if answer is None:
            return kind, web.Response(status=202)
        if answer.body is None:
            return kind, web.Response(status=answer.status)
        return kind, web.Response(
            status=answer.status, text=json.dumps(answer.body), content_type="application/json"
        )


def _come_again(sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=503, headers=_TRY_AGAIN)


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise Refused(413, "The body is larger than 256 KiB.")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refused(413, "The body is larger than 256 KiB.")
    return bytes(body)
