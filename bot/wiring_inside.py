"""The inside of the bot for the playground's page: timers, readings and cards, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import timers as due
from bot.domain.journal import running
from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.explain import explained
from bot.gallery.playing import play_all
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks
from bot.playground.graph.service import GraphStandIn
from bot.playground.insight import Due
from bot.playground.people import TENANT
from bot.playground.roster import Roster
from bot.playground.words import in_words
from bot.service.conversation import Conversation
from bot.store.store import SqlStore
from bot.teams.cards import card

_FAR = timedelta(days=800)  # beyond what can be planned
_MOST = 60  # lines of the time line
# Where dates are written otherwise than in the language's own country.
_LOCALES = {"en": "en-GB", "zh": "zh-CN"}


class Inside:
    """Implements the playground's `Inside`."""

    def __init__(
        self,
        *,
        store: SqlStore,
        graph: GraphStandIn,
        roster: Roster,
        conversation: Conversation,
        grammar: Grammar,
    ) -> None:
        self._store, self._graph, self._roster = store, graph, roster
        self._conversation, self._grammar = conversation, grammar
        self._books = Phrasebooks()
        self._cards: dict[str, list[dict[str, Any]]] = {}

    async def due(self, now: datetime) -> list[Due]:
        """Return what happens by itself after `now`, in order; the first 60 things."""
        timers = [
            Due(at=one.due, oid=one.person.oid, what=_does(one.task), source="bot")
            for one in await self._store.due(now + _FAR, _MOST)
        ]
        ends = [
            Due(at=at, oid=oid, what=what, source="Microsoft")
            for at, oid, what in self._graph.upcoming(now)
        ]
        return sorted((*timers, *ends), key=lambda one: one.at)[:_MOST]

    async def read(self, oid: str, text: str, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
        """Return how a person's words are read; nothing is carried out."""
        record = await self._store.person(Person(tenant=TENANT, oid=oid))
        who = self._roster.find(oid)
        locale = record.settings.locale or (who.locale if who is not None else "en")
        moment = Moment(now=at, zone=zone, locale=locale)
        reading = self._conversation.read(text, moment, record)
        stands = running(record.entries, at)
        return asdict(explained(reading, moment, stands, self._books))

    @property
    def languages(self) -> Sequence[str]:
        """Return the codes of the languages that the bot speaks, English first."""
        return sorted(self._grammar.codes, key=lambda code: (code != "en", code))

    async def cards(self, language: str) -> list[dict[str, Any]]:
        """Return every card in a language; its buttons carry nothing."""
        if language not in self._cards:
            shown = await play_all(self._grammar, _LOCALES.get(language, language))
            self._cards[language] = [
                {
                    "group": one.group,
                    "title": one.title,
                    "card": card(one.reply, one.moment, self._books, data=lambda _: {}),
                }
                for one in shown
            ]
        return self._cards[language]


def _does(task: due.TimerTask) -> str:
    """Return what a timer does, for the time line of the playground's page."""
    match task:
        case due.FreeReminder(text=text) | due.RecurringReminder(text=text):
            return f"Reminds: “{text}”"
        case due.EndReminder(availability=availability, told=True):
            return f"Ends: {in_words(availability)}"
        case due.EndReminder(availability=availability):
            return f"Reminds that {in_words(availability)} ends"
        case due.PlannedStart(availability=availability):
            return f"Begins as planned: {in_words(availability)}"
        case due.RecurringStart(availability=availability):
            return f"Begins again: {in_words(availability)}"
        case due.GiveBack():
            return "Gives back what was there before"
        case due.ZoneQuestion(zone=zone):
            return f"Asks whether plans move to {zone}"
        case due.HoldSession(held=held):
            return f"Renews the session “{in_words(held.activity)}”"
        case due.PlannedLocation(location=location):
            return f"Sets the work location: {in_words(location)}"
        case _:
            return in_words(type(task).__name__)
