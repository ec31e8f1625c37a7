"""One call to Graph: token, one refresh, pace, and the error that its outcome stands for."""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from bot.domain.person import Person
from bot.graph import answers, verdict
from bot.graph.wire import Call
from bot.net import (
    CircuitOpen,
    Net,
    NetError,
    Pace,
    Paced,
    Repeat,
    Request,
    Response,
    Unanswered,
)
from bot.observability import metrics, tracing
from bot.service.errors import GatewayError, Throttled, Unavailable, UnknownOutcome
from bot.service.ports import TokenProvider

logger = logging.getLogger(__name__)
_random = random.Random()  # noqa: S311  # ids that need not be secret, without asking the system

# Graph counts 1,500 in 30 s per application and tenant where the requests arrive, not where they
# leave: a little less, so that two windows that differ by the way between never hold 1,500.
PACE_LIMIT = 1_400
PACE_SECONDS = 30.0


class Unclear(Exception):
    """A write may have been carried out. `error` is what to raise if that stays so."""

    def __init__(self, error: GatewayError) -> None:
        super().__init__(str(error))
        self.error = error


class Sender:
    """Sends calls of one application to one Graph, each on behalf of a person."""

    def __init__(self, *, net: Net, tokens: TokenProvider, base_url: str) -> None:
        self._net = net
        self._tokens = tokens
        self._base = base_url.rstrip("/")
        self._sharers = 1

    def share(self, instances: int) -> None:
        """Keep to this process's part of the limit where `instances` processes share it."""
        self._sharers = max(1, instances)

    async def read(self, person: Person, call: Call, deadline: float) -> Response:
        """Make a call that changes nothing and return its 2xx answer; raise a GatewayError."""
        try:
            response = await self._send(person, call, call.content, Repeat.ANY, deadline)
        except Unanswered as lost:
            raise Unavailable(str(lost)) from lost
        if not response.ok:
            raise verdict.refusal(response)
        return response

    async def write(
        self,
        person: Person,
        call: Call,
        deadline: float,
        *,
        fresh: Callable[[], bytes | None] | None = None,
        missing_is_fine: bool = False,
    ) -> None:
        """Make a call that changes something.

        Any 2xx is success, and 404 too where `missing_is_fine`; the body of an answer is not
        looked at. `fresh` makes the body anew for each attempt. Raises a GatewayError where
        nothing was done, and Unclear where the call may have been carried out.
        """
        body = fresh or call.content
        try:
            response = await self._send(person, call, body, Repeat.NOTHING_DONE, deadline)
        except Unanswered as lost:
            if lost.status is not None and 200 <= lost.status < 300:
                return
            raise Unclear(UnknownOutcome(str(lost))) from lost
        if response.ok or (missing_is_fine and response.status == 404):
            return
        error = verdict.refusal(response, everywhere=call.everywhere)
        if response.status in verdict.UNCLEAR_STATUS:
            raise Unclear(error)
        raise error

    async def _send(
        self,
        person: Person,
        call: Call,
        body: bytes | Callable[[], bytes | None] | None,
        repeat: Repeat,
        deadline: float,
    ) -> Response:
        """Send a call with the person's token; after a 401, once more with a new one."""
        token = await self._tokens.token(person, colleagues=call.colleagues)
        response = await self._once(person, call, body, repeat, deadline, token)
        if response.status == 401 and not verdict.about_another_user(response):
            # Old, or the person's sessions were ended: then Graph says what a new one needs.
            challenge = answers.claims(response.headers.get("www-authenticate"))
            token = await self._tokens.token(
                person, refresh=True, claims=challenge, colleagues=call.colleagues
            )
            response = await self._once(person, call, body, repeat, deadline, token)
        return response

    async def _once(
        self,
        person: Person,
        call: Call,
        body: bytes | Callable[[], bytes | None] | None,
        repeat: Repeat,
        deadline: float,
        token: str,
    ) -> Response:
        headers = {
            "authorization": f"Bearer {token}",
            "accept": "application/json",
            "client-request-id": str(uuid.UUID(int=_random.getrandbits(128), version=4)),
            "user-agent": "presence-bot",
        }
        if body is not None:
            headers["content-type"] = "application/json"
        if call.eventual:
            headers["consistencylevel"] = "eventual"
        request = Request(
            method=call.method, url=self._base + call.path, headers=headers, body=body
        )
        limit = PACE_LIMIT // self._sharers
        pace = Pace(key=f"graph {person.tenant}", limit=limit, seconds=PACE_SECONDS)
        started = time.perf_counter()
        try:
            with tracing.span(f"graph {call.action}") as span:
                response = await self._net.send(
                    request, repeat=repeat, pace=(pace,), deadline=deadline
                )
                span.note("http.response.status_code", response.status)
        except NetError as error:
            _measure(call, type(error).__name__, started)
            _log(call, type(error).__name__, started, headers["client-request-id"], logging.INFO)
            if isinstance(error, Unanswered):
                raise
            if isinstance(error, Paced):
                raise Throttled(
                    str(error), retry_after=timedelta(seconds=error.retry_after)
                ) from error
            raise Unavailable(
                "the circuit is open" if isinstance(error, CircuitOpen) else str(error)
            ) from error
        _measure(call, str(response.status), started)
        level = logging.DEBUG if response.ok else logging.INFO
        graph_id = verdict.request_id(response) or headers["client-request-id"]
        tracing.note_graph_request(graph_id)
        _log(call, str(response.status), started, graph_id, level)
        return response


def _measure(call: Call, outcome: str, started: float) -> None:
    metrics.GRAPH_CALLS.add(call.action, outcome)
    metrics.GRAPH_SECONDS.observe(time.perf_counter() - started, call.action)


def _log(call: Call, outcome: str, started: float, request_id: str, level: int) -> None:
    if not logger.isEnabledFor(level):
        return
    ms = round((time.perf_counter() - started) * 1000, 1)
    logger.log(
        level,
        "Graph %s: %s in %.1f ms",
        call.action,
        outcome,
        ms,
        extra={
            "action": f"graph.{call.action}",
            "outcome": outcome,
            "ms": ms,
            "request_id": request_id,
        },
    )
