"""What the page shows of the inside: what is due, how words are read, and every card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from bot.playground.chats import iso
from bot.playground.roster import Roster

_LONGEST = 1_000  # characters of words to be read, as the bot takes them


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Something that happens by itself: when (UTC), to whom (object id), in words.

    `source` is "bot" for a timer and "Microsoft" for what a stand-in ends.
    """

    at: datetime
    oid: str
    what: str
    source: str


class Inside(Protocol):
    """The bot, as far as it lets itself be looked into."""

    async def due(self, now: datetime) -> Sequence[Due]:
        """Return what happens by itself after `now`, in order."""

    async def read(self, oid: str, text: str, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
        """Return how a person's words are read, as JSON; nothing is carried out."""

    @property
    def languages(self) -> Sequence[str]:
        """Return the codes of the languages that the bot speaks."""

    async def cards(self, language: str) -> Sequence[dict[str, Any]]:
        """Return every card in a language: {"group", "title", "card"}."""


class Insight:
    """Serves it under /playground."""

    def __init__(self, *, clock: Clock, roster: Roster, inside: Inside) -> None:
        self._clock, self._roster, self._inside = clock, roster, inside

    def add_to(self, app: web.Application) -> None:
        """Serve it."""
        app.add_routes(
            [
                web.get("/playground/due", self._due),
                web.get("/playground/reading", self._reading),
                web.get("/playground/cards", self._cards),
            ]
        )

    async def _due(self, _: web.Request) -> web.Response:
        names = {person.oid: person.name for person in self._roster.everybody()}
        return web.json_response(
            [
                asdict(one) | {"at": iso(one.at), "who": names.get(one.oid)}
                for one in await self._inside.due(self._clock.now())
            ]
        )

    async def _reading(self, request: web.Request) -> web.Response:
        text = request.query.get("text", "")
        who = self._roster.find(request.query.get("as", ""))
        if who is None or not text.strip() or len(text) > _LONGEST:
            raise web.HTTPBadRequest(
                text=f'"as" is a person, "text" words of theirs, {_LONGEST} characters at most.'
            )
        try:
            zone = ZoneInfo(request.query.get("zone", "UTC"))
            at = request.query.get("at")
            moment = datetime.fromisoformat(at) if at else self._clock.now()
        except (ValueError, OSError, KeyError):
            raise web.HTTPBadRequest(
                text='"zone" is an IANA name, "at" an instant with its offset.'
            ) from None
        if moment.utcoffset() is None:
            raise web.HTTPBadRequest(text='"at" needs an offset.')
        return web.json_response(
            await self._inside.read(who.oid, text, moment.astimezone(UTC), zone)
        )

    async def _cards(self, request: web.Request) -> web.Response:
        languages = list(self._inside.languages)
        language = request.query.get("language", languages[0])
        if language not in languages:
            raise web.HTTPBadRequest(text=f'"language" is one of {", ".join(languages)}.')
        cards = await self._inside.cards(language)
        return web.json_response(
            {"language": language, "languages": languages, "cards": list(cards)}
        )
