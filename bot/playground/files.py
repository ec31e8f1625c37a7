"""The files that the playground's pages are made of."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def routes() -> list[web.RouteDef]:
    """Return the routes of the pages, / and /gallery, and of what they load."""
    return [
        web.get("/", _index),
        web.get("/gallery", _gallery),
        web.get("/playground/page/{name}", _asset),
    ]


async def _index(_: web.Request) -> web.Response:
    return await _file(_PAGE / "index.html")


async def _gallery(_: web.Request) -> web.Response:
    return await _file(_PAGE / "gallery.html")


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in {path.name for path in _PAGE.iterdir() if path.suffix in _TYPES}:
        raise web.HTTPNotFound
    return await _file(_PAGE / name)


async def _file(path: Path) -> web.Response:
    text = await asyncio.to_thread(path.read_text, encoding="utf-8")
    return web.Response(
        text=text,
        content_type=_TYPES[path.suffix],
        headers={
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        },
    )
