"""GET /privacy and /terms: the two pages that the Teams app's manifest names."""

from __future__ import annotations

from aiohttp import web

from bot.languages.phrasebook import Phrasebooks
from bot.teams.html import STYLE_PATH, page, style, wanted_language

# What the page says is what the bot answers to "privacy", and what only a page has room for.
PRIVACY = (
    "privacy-title",
    "privacy-what",
    "privacy-tokens",
    "privacy-organisation",
    "privacy-words",
    "privacy-others",
    "privacy-who",
    "privacy-logs",
    "privacy-microsoft",
    "privacy-how",
    "privacy-contact",
)
TERMS = ("terms-what", "terms-yours", "terms-teams", "terms-no-warranty", "terms-end")


class AboutPages:
    """Serves the pages in the languages of the phrase books, by Accept-Language."""

    def __init__(self, books: Phrasebooks) -> None:
        self._books = books

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to add to the application."""
        return [
            web.get("/privacy", self._privacy),
            web.get("/terms", self._terms),
            web.get(STYLE_PATH, style),
        ]

    async def _privacy(self, request: web.Request) -> web.Response:
        return self._page(request, "privacy-page-title", PRIVACY)

    async def _terms(self, request: web.Request) -> web.Response:
        return self._page(request, "terms-title", TERMS)

    def _page(self, request: web.Request, title: str, keys: tuple[str, ...]) -> web.Response:
        language = wanted_language(request, self._books)
        words = [self._books.plain(key, language) for key in keys]
        return page(language, self._books.plain(title, language), words)
