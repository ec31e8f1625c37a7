"""One pooled HTTP client: httpx on aiohttp's transport."""

from __future__ import annotations

import asyncio
import logging
import random as random_module
import ssl
import time
from collections.abc import AsyncIterable, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import cache, lru_cache
from types import TracebackType
from typing import Self

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.net.breaker import Breaker
from bot.net.pacing import Pacer
from bot.net.retry import Allowance, back_off, retry_after
from bot.net.values import (
    CircuitOpen,
    NetError,
    NotSent,
    Pace,
    Paced,
    Repeat,
    Request,
    Response,
    Unanswered,
)

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
LARGEST_BODY = 8 * 2**20
LEAST_TIME = 0.5  # an attempt has this long even at the very end

# 412 is how Teams says that two operations on one conversation met (Teams, "Rate limiting").
_NOTHING_DONE = frozenset({412, 429, 503})
_REPEATABLE = {
    Repeat.ANY: _NOTHING_DONE | {408, 500, 502, 504},
    Repeat.NOTHING_DONE: _NOTHING_DONE,
}
# Raised before a request is written. The transport folds them into httpx's exceptions together
# with later ones (a server that hangs up becomes httpx.ConnectTimeout), so its cause decides.
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)

_parsed = lru_cache(maxsize=256)(httpx.URL)


@cache
def _tls() -> ssl.SSLContext:
    """Return the trusted certificates: 40 ms to read, so all clients of a process share them."""
    return httpx.create_ssl_context(trust_env=False)


class _Address(httpx.URL):
    """An address that is sent as it is given: paths are quoted where they are made.

    httpx takes apart only what comes before the path, which is the same again and again: a whole
    address costs it a tenth of a call.
    """

    def __init__(self, text: str) -> None:
        scheme, separator, rest = text.partition("://")
        super().__init__(_parsed(f"{scheme}{separator}{rest.partition('/')[0]}"))
        self._text = text

    def __str__(self) -> str:
        return self._text


class Net:
    """Sends requests for every part of the bot, over one pool of connections.

    Every wait has an end: `connect_timeout` for a connection, `attempt_timeout` for one attempt,
    `patience` for a whole call with its waits and repeats (seconds). Redirects are not followed,
    cookies not kept, and the environment's proxies not used. `now` is monotonic.
    """

    def __init__(
        self,
        *,
        connect_timeout: float = 3.0,
        attempt_timeout: float = 4.0,
        patience: float = 10.0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Callable[[], float] = random_module.random,
    ) -> None:
        self._connect_timeout = connect_timeout
        self._attempt_timeout = attempt_timeout
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._random = random
        self._pacer = Pacer(now)
        self._breakers: dict[str, Breaker] = {}
        self._allowances: dict[str, Allowance] = {}
        tls = _tls()
        # The transport alone, without httpx.AsyncClient around it: the client adds cookies,
        # redirects and authentication, none of which is wanted, at a fifth of the cost of a call.
        self._transport = AiohttpTransport(
            verify=tls,
            client=lambda: aiohttp.ClientSession(
                # No limit: waiting for a pooled connection would look like a slow service.
                connector=aiohttp.TCPConnector(limit=0, ssl=tls, keepalive_timeout=30.0),
                cookie_jar=aiohttp.DummyCookieJar(),
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    def deadline(self, seconds: float | None = None) -> float:
        """Return the monotonic instant some seconds ahead (without: our patience)."""
        return self._now() + (self._patience if seconds is None else seconds)

    async def send(
        self,
        request: Request,
        *,
        repeat: Repeat,
        pace: Sequence[Pace] = (),
        deadline: float | None = None,
    ) -> Response:
        """Send a request and return the last answer, whatever its status.

        Failures that `repeat` allows are followed by the same request again, never earlier than
        the service's Retry-After, five times in all, and never after `deadline` (monotonic; see
        `deadline()`). Every limit of `pace` is kept; a 412, 429 or 503 that names a time holds
        back what shares the key of the first. Raises NotSent where nothing reached the service,
        Unanswered where the answer was lost.
        """
        end = self.deadline() if deadline is None else deadline
        address = _Address(request.url)
        host = address.netloc.decode("ascii")
        attempt = 0
        while True:
            attempt += 1
            outcome = await self._once(request, address, host, pace, end)
            wait = self._wait(outcome, host, repeat, attempt)
            if wait is None or not self._may_wait(wait, end, host):
                if isinstance(outcome, NetError):
                    raise outcome
                return outcome if attempt == 1 else replace(outcome, attempts=attempt)
            await self._sleep(wait)

    def _may_wait(self, wait: float, end: float, host: str) -> bool:
        in_time = self._now() + wait + LEAST_TIME <= end
        return in_time and self._allowances[host].take()

    def _wait(
        self, outcome: Response | NetError, host: str, repeat: Repeat, attempt: int
    ) -> float | None:
        """Return how long to wait before the next attempt; none where there is to be none."""
        if isinstance(outcome, Response):
            if outcome.status not in _REPEATABLE[Repeat.ANY]:
                self._allowances[host].earn()
            again = outcome.status in _REPEATABLE[repeat]
        else:
            again = repeat is Repeat.ANY or isinstance(outcome, NotSent)
            again = again and not isinstance(outcome, CircuitOpen | Paced)
        if not again or attempt >= MOST_ATTEMPTS:
            return None
        asked = outcome.retry_after if isinstance(outcome, Response) else None
        if asked is None:
            return back_off(attempt, self._random)
        return asked + self._random() * min(0.5, asked / 4)

    async def _once(
        self, request: Request, address: _Address, host: str, pace: Sequence[Pace], end: float
    ) -> Response | NetError:
        breaker = self._breakers.get(host)
        if breaker is None:
            breaker = self._breakers[host] = Breaker(host, self._now)
            self._allowances[host] = Allowance()
        try:
            await self._admit(breaker, host, pace, end)
        except NotSent as held_back:
            return held_back
        probe = breaker.enter()
        failed: bool | None = None
        try:
            response = await self._exchange(request, address, end)
            failed = response.status >= 500
            if pace and response.status in _NOTHING_DONE and response.retry_after is not None:
                self._pacer.hold(pace[0].key, response.retry_after)
        except NetError as error:
            failed = True
            return error
        else:
            return response
        finally:
            breaker.leave(failed, probe=probe)

    async def _admit(self, breaker: Breaker, host: str, pace: Sequence[Pace], end: float) -> None:
        """Wait until the breaker and the pace let a request through, and count it in that instant.

        Whoever must wait does so in the line of each limit, one after the other: a limit of few
        must not hold up the line of a limit of many, which therefore comes last in `pace`.
        """
        async with AsyncExitStack() as lines:
            if not all(map(self._pacer.free, pace)):
                left = end - self._now() - LEAST_TIME
                wait = max(map(self._pacer.expect, pace))
                if wait > left:
                    raise Paced(pace[0].key, wait)
                try:
                    async with asyncio.timeout(left):  # who stands before may have more patience
                        for one in pace:
                            await lines.enter_async_context(self._pacer.stand(one))
                            await self._free(one, end)
                except TimeoutError:
                    raise Paced(pace[0].key, wait) from None
            await self._let_through(breaker, host, pace, end)
            for one in pace:
                self._pacer.take(one)

    async def _free(self, pace: Pace, end: float) -> None:
        while (wait := self._pacer.wait(pace)) > 0:
            if wait > end - self._now() - LEAST_TIME:
                raise Paced(pace.key, wait)
            await self._sleep(wait)

    async def _let_through(
        self, breaker: Breaker, host: str, pace: Sequence[Pace], end: float
    ) -> None:
        while True:
            if breaker.probe is not None:
                await breaker.probe.wait()  # ends with the probe, which has a timeout
                continue
            left = end - self._now() - LEAST_TIME
            if (wait := breaker.wait()) > 0:
                if wait > left:
                    raise CircuitOpen(host, wait)
                # Those who wait for the same instant come a little apart.
                await self._sleep(min(left, wait + self._random() * min(0.25, wait / 4)))
            elif (wait := max(map(self._pacer.wait, pace), default=0.0)) > 0:
                if wait > left:
                    raise Paced(pace[0].key, wait)
                await self._sleep(wait)
            else:
                return

    async def _exchange(self, request: Request, address: _Address, end: float) -> Response:
        left = min(self._attempt_timeout, max(LEAST_TIME, end - self._now()))
        prepared = _prepare(request, address, min(self._connect_timeout, left))
        answer: httpx.Response | None = None
        try:
            async with asyncio.timeout(left):
                answer = await self._transport.handle_async_request(prepared)
                headers = _headers(answer)
                content = await _read(answer, packed="content-encoding" in headers)
        except (httpx.HTTPError, aiohttp.ClientError, TimeoutError) as error:
            reason = type(error.__cause__ or error).__name__
            if isinstance(error.__cause__ or error, _BEFORE_SENDING):
                raise NotSent(reason) from error
            raise Unanswered(
                reason, status=None if answer is None else answer.status_code
            ) from error
        finally:
            if answer is not None:
                await answer.aclose()
        return Response(
            status=answer.status_code,
            headers=headers,
            body=content,
            retry_after=retry_after(headers),
        )


def _prepare(request: Request, address: _Address, connect_timeout: float) -> httpx.Request:
    """Return a request as httpx has it, without the headers that its transport adds anyway."""
    body = request.body() if callable(request.body) else request.body
    prepared = httpx.Request(
        request.method,
        address,
        headers={"accept-encoding": "gzip", **request.headers},
        stream=httpx.ByteStream(body or b""),
        # One timeout bounds the whole exchange; the others would only set more timers.
        extensions={"timeout": {"connect": connect_timeout}},
    )
    prepared.url = address  # httpx has made a copy, without our text
    prepared.headers.encoding = "ascii"  # as they were given: no need to try
    prepared.read()
    return prepared


async def _read(answer: httpx.Response, *, packed: bool) -> bytes:
    """Return the whole body, unpacked."""
    chunks: AsyncIterable[bytes] = answer.aiter_bytes()
    if not packed and isinstance(answer.stream, httpx.AsyncByteStream):
        chunks = answer.stream  # without the layers that unpack
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > LARGEST_BODY:
            raise Unanswered("the answer is too long", status=answer.status_code)
    return bytes(content)


def _headers(answer: httpx.Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in answer.headers.raw
    }
