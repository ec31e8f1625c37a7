"""GET /privacy and /terms: the two pages that the Teams app's manifest names."""

from __future__ import annotations

from aiohttp import web

from bot.domain.moment import Moment
from bot.domain.person import zone_or_utc
from bot.domain.reply import Phrase
from bot.languages.phrasebook import Phrasebooks
from bot.service.ports import Clock
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

    def __init__(self, *, books: Phrasebooks, clock: Clock) -> None:
        self._books = books
        self._clock = clock

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
        moment = Moment(now=self._clock.now(), zone=zone_or_utc(None), locale=language)
        words = [self._books.text(Phrase(key), moment) for key in keys]
        return page(language, self._books.text(Phrase(title), moment), words)
