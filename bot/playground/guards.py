"""Keeps other sites' pages away from the playground.

A page that somebody visits can make their browser send requests to loopback, also under a host
name of its own (DNS rebinding). So the host must be loopback and the origin, where one is sent,
must be ours; what changes something on the page's behalf must be JSON, which no form can send.
"""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.typedefs import Handler

_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 unless the host is loopback and the origin, where one is sent, is ours."""
    host = request.headers.get("Host", "")
    if not _LOOPBACK.fullmatch(host):
        raise web.HTTPForbidden(
            text="The playground answers on http://127.0.0.1 and http://localhost only."
        )
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host}".lower():
        raise web.HTTPForbidden(text="The playground takes no requests from other pages.")
    return await handler(request)


def require_json(request: web.Request) -> None:
    """Refuse a body that is not declared as JSON.

    Raises:
        HTTPUnsupportedMediaType: it is not.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="Send JSON, with content type application/json.")
