"""An HTTP server on loopback that answers what a test tells it to, and keeps what it received."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer. `stall` holds it back (seconds); `reset` hangs up, before it or in its body."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    stall: float = 0.0
    reset: str = ""  # "", "before", "body"


@dataclass(frozen=True, kw_only=True)
class Received:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None


def json_answer(value: object, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(
        status=status,
        headers={"Content-Type": "application/json", **named},
        body=json.dumps(value).encode(),
    )


class Scripted:
    """Answers from `script` first, in order; then by `otherwise`."""

    def __init__(self, now: Callable[[], float] = lambda: 0.0) -> None:
        self.script: list[Answer] = []
        self.otherwise: Callable[[Received], Answer] = lambda received: Answer()
        self.received: list[Received] = []
        self._now = now
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._server = TestServer(app)

    async def start(self) -> None:
        await self._server.start_server(shutdown_timeout=0.1)

    async def stop(self) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        received = Received(
            method=request.method,
            path=request.raw_path,
            headers=request.headers.copy(),
            body=await request.read(),
            at=self._now(),
        )
        self.received.append(received)
        answer = self.script.pop(0) if self.script else self.otherwise(received)
        if answer.stall:
            await asyncio.sleep(answer.stall)
        transport = request.transport
        assert transport is not None or answer.stall
        if answer.reset == "before" and transport is not None:
            transport.abort()
            return web.Response()
        if answer.reset == "body":
            response = web.StreamResponse(status=answer.status)
            response.content_length = 1000
            await response.prepare(request)
            with suppress(ConnectionError):
                await response.write(answer.body or b"{")
            if transport is not None:
                transport.close()  # sends what was written; abort() may not
            return response
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)


class StepTime:
    """Monotonic time that moves only when something waits; `waits` keeps the waits."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        wake = self.time + seconds
        await asyncio.sleep(0)
        self.time = max(self.time, wake)
