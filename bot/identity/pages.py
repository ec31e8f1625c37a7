"""GET /auth/start and /auth/callback: the way to Entra and back, in the person's browser.

No third-party script: the page tells Teams itself, by the messages that Teams' own library posts,
and shows the code for every client that does not listen.
"""

from __future__ import annotations

import logging
from html import escape
from urllib.parse import urlsplit

from aiohttp import web

from bot.identity.sign_in import FLOW_LIFETIME, EntraSignIns
from bot.languages.phrasebook import Phrasebooks
from bot.service.errors import GatewayError, SignInRefused, SignInRequired

logger = logging.getLogger(__name__)

_MOST = 8_192  # characters of a query; Entra's codes have about two thousand

_FRAMES = "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none';"
    f" form-action 'none'; frame-ancestors {_FRAMES}"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:3rem auto;max-width:32rem;padding:0 1rem}"
    "output{display:block;font:600 2rem/2 ui-monospace,monospace;letter-spacing:.15em}"
    "@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#eee}}"
)
# What teams-js' authentication.notifySuccess posts: {id, func, args}. Only Teams and the page that
# opened this one on the same origin (the playground) are told.
_SCRIPT = """
const code = document.querySelector("output")?.textContent;
const teams = ["https://teams.microsoft.com", "https://teams.cloud.microsoft", location.origin];
const to = window.opener ?? (window.parent === window ? null : window.parent);
if (code && to) {
  const tell = (id, func, args) => {
    for (const origin of teams) to.postMessage({ id, func, args }, origin);
  };
  tell(0, "initialize", ["2.0.0"]);
  tell(1, "authentication.authenticate.success", [code]);
}
"""


class SignInPages:
    """Serves the pages, in the language that the browser asks for.

    `public_url` decides whether the cookie is for https only.
    """

    def __init__(self, sign_ins: EntraSignIns, public_url: str, *, books: Phrasebooks) -> None:
        self._sign_ins = sign_ins
        self._books = books
        self._secure = urlsplit(public_url).scheme == "https"
        # __Host- ties a cookie to this host; browsers take it over https only.
        self._cookie = "__Host-sign-in" if self._secure else "sign-in"

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to add to the application."""
        return [
            web.get("/auth/start", self._start, allow_head=False),
            web.get("/auth/callback", self._callback, allow_head=False),
            web.get("/auth/page.js", _script),
            web.get("/auth/page.css", _style),
        ]

    async def _start(self, request: web.Request) -> web.Response:
        try:
            begun = await self._sign_ins.begin(request.query.get("request", ""))
        except SignInRefused as refusal:
            return self._refused(request, refusal, "sign-in-page-old")
        except GatewayError as error:
            return self._failed(request, error)
        response = web.Response(status=302, headers={**_HEADERS, "Location": begun.address})
        response.set_cookie(
            self._cookie,
            begun.cookie,
            max_age=int(FLOW_LIFETIME.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )
        return response

    async def _callback(self, request: web.Request) -> web.Response:
        if len(request.query_string) > _MOST:
            return self._page(request, 403, "sign-in-page-not", "sign-in-page-strange")
        answer = {name: request.query[name] for name in request.query}
        try:
            code = await self._sign_ins.end(answer, request.cookies.get(self._cookie, ""))
        except SignInRefused as refusal:
            return self._refused(request, refusal, "sign-in-page-not-you")
        except SignInRequired as error:
            return self._refused(request, error, "sign-in-page-refused")
        except GatewayError as error:
            return self._failed(request, error)
        response = self._page(request, 200, "signed-in", "sign-in-page-code", code)
        response.del_cookie(self._cookie, path="/", secure=self._secure, httponly=True)
        return response

    def _refused(self, request: web.Request, why: Exception, sentence: str) -> web.Response:
        logger.warning("A sign-in is refused: %s", why, extra={"action": "sign-in.refuse"})
        return self._page(request, 403, "sign-in-page-not", sentence)

    def _failed(self, request: web.Request, error: GatewayError) -> web.Response:
        logger.warning("A sign-in failed: %s", error, extra={"action": "sign-in.fail"})
        return self._page(request, 503, "sign-in-page-not", "sign-in-page-later")

    def _page(
        self, request: web.Request, status: int, title: str, text: str, code: str = ""
    ) -> web.Response:
        language = self._books.best_for(request.headers.get("Accept-Language", ""))
        heading, sentence = (self._books.plain(key, language) for key in (title, text))
        return _page(status, language, heading, sentence, code)


def _page(status: int, language: str, title: str, text: str, code: str) -> web.Response:
    shown = f"<output>{escape(code)}</output>" if code else ""
    return web.Response(
        text=f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/auth/page.css">'
        '<script src="/auth/page.js" defer></script></head>'
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{shown}</main></body></html>",
        status=status,
        content_type="text/html",
        headers=_HEADERS,
    )


async def _script(_: web.Request) -> web.Response:
    return web.Response(text=_SCRIPT, content_type="text/javascript", headers=_HEADERS)


async def _style(_: web.Request) -> web.Response:
    return web.Response(text=_STYLE, content_type="text/css", headers=_HEADERS)
