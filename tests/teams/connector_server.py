"""A connector on loopback that answers by a script and notes what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class Scripted:
    """`script` holds the next answers: a status, a status with headers, or "hang up"."""

    script: list[Any] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        self.calls.append(
            {
                "method": request.method,
                "path": request.raw_path,
                "token": request.headers.get("Authorization"),
                "body": body,
            }
        )
        answer = self.script.pop(0) if self.script else 200
        if answer == "hang up":
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        if status >= 400:
            error = {"error": {"code": f"Code{status}", "message": "no"}}
            return web.json_response(error, status=status, headers=headers)
        return web.json_response({"id": f"made-{len(self.calls)}"}, status=status)


@asynccontextmanager
async def scripted_connector(*script: Any) -> AsyncIterator[Scripted]:
    scripted = Scripted(script=list(script))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", scripted.handle)
    server = TestServer(app)
    await server.start_server()
    scripted.url = str(server.make_url("/connector/"))
    try:
        yield scripted
    finally:
        await server.close()
