"""Pages for people's browsers: plain, in the language that the browser asks for."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from aiohttp import web

from bot.languages.phrasebook import Phrasebooks

_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    # Not no-referrer: browsers then send "Origin: null" with a form.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
STYLE_PATH = "/pages.css"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:38rem;padding:0 1rem}"
    "button{font:inherit;padding:.5rem 1rem}"
    "@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#eee}a{color:#9cf}}"
)


def wanted_language(request: web.Request, books: Phrasebooks) -> str:
    """Return the language that the browser likes best among those that the bot speaks."""
    return books.best_for(request.headers.get("Accept-Language", ""))


def page(
    language: str, title: str, paragraphs: Iterable[str], *, button: str = "", status: int = 200
) -> web.Response:
    """Return a page of plain words; with `button`, a form that posts to its own address."""
    shown = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    form = ""
    if button:
        form = f'<form method="post"><button type="submit">{escape(button)}</button></form>'
    return web.Response(
        text=f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLE_PATH}"></head>'
        f"<body><main><h1>{escape(title)}</h1>{shown}{form}</main></body></html>",
        status=status,
        content_type="text/html",
        headers={**HEADERS, "Vary": "Accept-Language"},
    )


async def style(_: web.Request) -> web.Response:
    """Answer with the style of every page."""
    return web.Response(text=_STYLE, content_type="text/css", headers=HEADERS)
