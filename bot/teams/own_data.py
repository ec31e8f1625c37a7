"""GET and POST /data/{secret}: a person's data as a JSON file, once, within ten minutes.

The address is said in the private chat only. It is a page with a button, not the file itself:
whoever looks at links before people do (previews, virus scanners) must not use it up.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from datetime import timedelta
from typing import Any, Protocol

from aiohttp import web

from bot.domain.person import Person
from bot.languages.phrasebook import Phrasebooks
from bot.service.ports import Clock, OwnData
from bot.service.secrets import SecretStore, Ticket
from bot.teams.html import HEADERS, page, wanted_language

logger = logging.getLogger(__name__)

LIFETIME = timedelta(minutes=10)
_KIND = "own data"
_FILE = "presence-bot.json"


class OwnDataStore(OwnData, SecretStore, Protocol):
    """What the file needs of the store."""


class OwnDataPages:
    """Implements the port Exports, and serves what it offers under `public_url`."""

    def __init__(
        self, *, store: OwnDataStore, clock: Clock, books: Phrasebooks, public_url: str
    ) -> None:
        self._store, self._clock, self._books = store, clock, books
        self._public_url = public_url.rstrip("/")

    async def offer(self, person: Person, conversation: str) -> str:
        """Return the address at which this person gets the file: once, within ten minutes."""
        secret = secrets.token_urlsafe(32)
        await self._store.keep_ticket(
            Ticket(
                id=_hash(secret),
                kind=_KIND,
                person=person,
                conversation=conversation,
                expires=self._clock.now() + LIFETIME,
            )
        )
        return f"{self._public_url}/data/{secret}"

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to add to the application."""
        return [
            web.get("/data/{secret}", self._ask, allow_head=False),
            web.post("/data/{secret}", self._give),
        ]

    async def _ask(self, request: web.Request) -> web.Response:
        if await self._store.ticket(_KIND, _hash(request.match_info["secret"])) is None:
            return self._gone(request)
        title, what, button = self._words(
            request, "export-page-title", "export-what", "export-link"
        )
        return page(wanted_language(request, self._books), title, [what], button=button)

    async def _give(self, request: web.Request) -> web.Response:
        ticket = await self._store.take_ticket(_KIND, _hash(request.match_info["secret"]))
        if ticket is None:
            return self._gone(request)
        logger.info("A person's data was given out", extra={"action": "own-data.export"})
        content: dict[str, Any] = {
            "exported": self._clock.now().isoformat(timespec="seconds"),
            "tenant": ticket.person.tenant,
            "person": ticket.person.oid,
            **await self._store.everything(ticket.person),
        }
        return web.Response(
            text=json.dumps(content, ensure_ascii=False, indent=2),
            content_type="application/json",
            headers={**HEADERS, "Content-Disposition": f'attachment; filename="{_FILE}"'},
        )

    def _gone(self, request: web.Request) -> web.Response:
        title, how = self._words(request, "export-gone-title", "export-gone-how")
        return page(wanted_language(request, self._books), title, [how], status=404)

    def _words(self, request: web.Request, *keys: str) -> list[str]:
        language = wanted_language(request, self._books)
        return [self._books.plain(key, language) for key in keys]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
