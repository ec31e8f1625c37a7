"""The message extension: "set status" from the compose box of any chat, with a live preview.

While a person types, each query is answered with what the words would do; nothing is kept and
nothing changes. Choosing a result carries it out, once, and puts a card into the compose box that
says what was set: it is the person's to send or to throw away, so it holds no buttons of theirs.
Source: Teams "Build message extensions", composeExtension/query and composeExtension/selectItem.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.reply import Reply
from bot.languages.phrasebook import Phrasebooks
from bot.service.ports import Clock
from bot.service.traffic import Incoming
from bot.teams.cards import CARD_TYPE, card
from bot.teams.escape import markdown, plain
from bot.teams.incoming import incoming_from, person_of
from bot.teams.refusal import Malformed
from bot.teams.signature import CardSigner

logger = logging.getLogger(__name__)

QUERY, SELECT = "composeExtension/query", "composeExtension/selectItem"
COMPOSE_INVOKES = (QUERY, SELECT)
COMMAND, PARAMETER = "setStatus", "words"  # as in manifest/manifest.json
_THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
_LONGEST_QUERY = 1_000
_PUBLIC = ("ColumnSet", "TextBlock", "FactSet", "Container")


class ComposeTurns(Protocol):
    """Previews and carries out what is typed in the compose box."""

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        """Return what the words of `incoming` would do; nothing is kept."""

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        """Carry out a chosen result and return the body of the inline answer."""


class ComposeInvokes:
    """Answers the invokes of the message extension; each acts for the verified sender alone."""

    def __init__(
        self, *, turns: ComposeTurns, clock: Clock, books: Phrasebooks, signer: CardSigner
    ) -> None:
        self._turns = turns
        self._clock = clock
        self._books = books
        self._signer = signer

    async def answer(self, activity: Activity) -> InvokeResponse:
        """Return 200 with results."""
        if activity.name == QUERY:
            attachments = await self._query(activity)
        else:
            attachments = await self._select(activity)
        result = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
        return InvokeResponse(status=200, body={"composeExtension": result})

    async def _query(self, activity: Activity) -> list[dict[str, Any]]:
        incoming = replace(self._incoming(activity), text=_words(activity.value))
        replies, moment = await self._turns.preview(incoming)
        return [self._result(reply, moment, incoming.person) for reply in replies]

    def _result(self, reply: Reply, moment: Moment, person: Person) -> dict[str, Any]:
        shown = {
            "title": self._books.text(reply.title, moment, escape=plain),
            "text": " · ".join(self._books.text(n, moment, escape=plain) for n in reply.notes),
        }
        content = card(replace(reply, offers=()), moment, self._books, data=lambda _: {})
        preview: dict[str, Any] = {"contentType": _THUMBNAIL, "content": shown}
        for offer in reply.offers:
            data = self._signer.data(offer.command, person)
            preview["content"] = {**shown, "tap": {"type": "invoke", "value": data}}
        return {"contentType": CARD_TYPE, "content": content, "preview": preview}

    async def _select(self, activity: Activity) -> list[dict[str, Any]]:
        pressed = self._signer.read(activity.value, person_of(activity))
        incoming = incoming_from(activity, now=self._clock.now(), pressed=pressed, inline=True)
        # The chat may be one between other people: it is never where the person is reached.
        chosen = replace(incoming, private=False, composed=True, card=None)
        body = await self._turns.press(chosen)
        value = body.get("value")
        if body.get("type") != CARD_TYPE or not isinstance(value, dict):
            said = value if isinstance(value, str) else str((value or {}).get("message", ""))
            block = {"type": "TextBlock", "text": markdown(said), "wrap": True}
            value = {"fallbackText": said, "body": [block]}
        content = _for_others(value)
        preview = {"contentType": _THUMBNAIL, "content": {"title": content["fallbackText"]}}
        return [{"contentType": CARD_TYPE, "content": content, "preview": preview}]

    def _incoming(self, activity: Activity) -> Incoming:
        incoming = incoming_from(activity, now=self._clock.now(), inline=True)
        return replace(incoming, private=False)


def _words(value: object) -> str:
    """Return what was typed; nothing yet where the client asks for a first list."""
    if not isinstance(value, dict):
        raise Malformed("The query carries no value.")
    if value.get("commandId") != COMMAND:
        raise Malformed("There is no such command of the message extension.")
    parameters = value.get("parameters")
    for one in parameters if isinstance(parameters, list) else ():
        if isinstance(one, dict) and one.get("name") == PARAMETER:
            typed = one.get("value")
            return typed[:_LONGEST_QUERY].strip() if isinstance(typed, str) else ""
    return ""


def _for_others(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a card as anybody may see it: what was set, without buttons and notes."""
    shown = [
        element
        for element in content["body"]
        if element["type"] in _PUBLIC
        and not element.get("isSubtle")
        and not element.get("separator")
    ]
    kept = {key: content[key] for key in ("$schema", "lang") if key in content}
    return {
        **kept,
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": content["fallbackText"],
        "body": shown,
    }
