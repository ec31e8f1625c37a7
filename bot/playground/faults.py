"""Faults on purpose: how the stand-ins misbehave when the page, or a test, wants it."""

from __future__ import annotations

import asyncio
import random
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

SERVICES = ("graph", "connector", "entra")


class Kind(StrEnum):
    """What goes wrong. Only "slow" and "cut" carry the request out."""

    MISSING = "404"  # as a cloud answers that has no such call
    THROTTLED = "429"
    ERROR = "500"
    UNAVAILABLE = "503"
    SLOW = "slow"
    RESET = "reset"  # the connection breaks before an answer
    CUT = "cut"  # the connection breaks within the answer's body
    NOTHING = "nothing"  # no answer for as long as the caller waits


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that goes wrong.

    It concerns requests to `service` whose "METHOD /path" contains `match` (the path as in the log
    of calls, below the stand-in's own address), and hits a `share` of them (0 to 1).
    `retry_after`, whole seconds, goes with 429 and 503; none sends no such header.
    """

    service: str
    kind: Kind
    match: str = ""
    share: float = 1.0
    retry_after: int | None = None


class Faults:
    """The faults in force. The first that concerns a request and hits it is the one.

    `slow` is how many seconds of real time a slow answer takes.
    """

    def __init__(self, dice: random.Random | None = None, *, slow: float = 3.0) -> None:
        self._faults: tuple[Fault, ...] = ()
        self._dice = dice or random.Random()  # noqa: S311  # chance, not secrecy
        self._slow = slow
        self._released = asyncio.Event()

    def replace(self, faults: Any) -> None:
        """Put a JSON list of faults in force in place of the present one.

        Raises ValueError, and changes nothing, where it is not such a list.
        """
        if not isinstance(faults, list):
            raise ValueError("faults are a list")  # noqa: TRY004  # one kind of error for JSON
        self._faults = tuple(_fault(fault) for fault in faults)

    def as_json(self) -> list[dict[str, Any]]:
        """Return the faults in force, as `replace` takes them."""
        return [asdict(fault) for fault in self._faults]

    async def release(self, app: web.Application | None = None) -> None:
        """Stop keeping callers waiting: the server ends. An `on_shutdown` handler of aiohttp."""
        self._released.set()

    def middleware(self, service: str, prefix: str = "") -> Middleware:
        """Return the middleware that makes `service`, served under `prefix`, misbehave.

        Error statuses are raised as aiohttp's exceptions, so that a middleware further out can
        put them into the service's own form.
        """

        @web.middleware
        async def misbehave(request: web.Request, handler: Handler) -> web.StreamResponse:
            path = request.path.removeprefix(prefix)
            fault = self._chosen(service, f"{request.method} {path}")
            return await (handler(request) if fault is None else self._do(fault, request, handler))

        return misbehave

    def _chosen(self, service: str, request: str) -> Fault | None:
        for fault in self._faults:
            concerned = fault.service == service and fault.match in request
            if concerned and self._dice.random() < fault.share:
                return fault
        return None

    async def _do(
        self, fault: Fault, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        match fault.kind:
            case Kind.MISSING:
                raise web.HTTPNotFound
            case Kind.THROTTLED:
                raise web.HTTPTooManyRequests(headers=wait)
            case Kind.ERROR:
                raise web.HTTPInternalServerError
            case Kind.UNAVAILABLE:
                raise web.HTTPServiceUnavailable(headers=wait)
            case Kind.SLOW:
                await self._wait(request, self._slow)
                return await handler(request)
            case Kind.RESET:
                return _broken(request)
            case Kind.NOTHING:
                await self._wait(request, None)
                return _broken(request)
            case Kind.CUT:
                return await _cut(request, await handler(request))

    async def _wait(self, request: web.Request, seconds: float | None) -> None:
        """Wait until the time is over, the caller has gone away, or the server ends."""
        loop = asyncio.get_running_loop()
        end = None if seconds is None else loop.time() + seconds
        while request.transport is not None and not self._released.is_set():
            left = 0.1 if end is None else min(0.1, end - loop.time())
            if left <= 0:
                return
            await asyncio.sleep(left)  # aiohttp does not tell a handler that its caller has gone


def no_answer(response: web.StreamResponse) -> bool:
    """Return whether a response stands for none: the connection was broken in its place."""
    return isinstance(response, _Broken)


class _Broken(web.Response):
    pass


def _broken(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return _Broken()


async def _cut(request: web.Request, whole: web.StreamResponse) -> web.StreamResponse:
    body = whole.body if isinstance(whole, web.Response) else b""
    payload = body if isinstance(body, bytes) else b""
    half = web.StreamResponse(status=whole.status)
    half.content_type = whole.content_type
    half.content_length = len(payload) + 1  # one more, so that an empty body can be cut too
    half.force_close()
    await half.prepare(request)
    await half.write(payload[: len(payload) // 2])
    if request.transport is not None:
        request.transport.close()
    return half


def _fault(value: Any) -> Fault:
    if not isinstance(value, dict):
        raise ValueError("a fault is an object")  # noqa: TRY004  # one kind of error for JSON
    if unknown := value.keys() - {"service", "match", "kind", "share", "retry_after"}:
        raise ValueError(f"a fault has no {sorted(unknown)[0]!r}")
    service, match = value.get("service"), value.get("match", "")
    if service not in SERVICES:
        raise ValueError(f"a fault's service is one of {', '.join(SERVICES)}")
    if not isinstance(match, str):
        raise ValueError("a fault's match is text")  # noqa: TRY004
    if value.get("kind") not in list(Kind):
        raise ValueError(f"a fault's kind is one of {', '.join(Kind)}")
    share, retry_after = value.get("share", 1.0), value.get("retry_after")
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        raise ValueError("a fault's share is a number from 0 to 1")
    if retry_after is not None and (
        isinstance(retry_after, bool) or not isinstance(retry_after, int) or retry_after < 0
    ):
        raise ValueError("a fault's retry_after is a number of whole seconds")
    return Fault(
        service=service,
        kind=Kind(value["kind"]),
        match=match,
        share=float(share),
        retry_after=retry_after,
    )
