"""What a Teams client does with what a person types and presses: it tells the bot.

Activities go to the bot's endpoint over loopback; the answer of an invoke is shown as Teams shows
it: a card in place of the pressed one for the presser, a message or an error beside it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.playground import activities
from bot.playground.activities import Activity, Envelope
from bot.playground.chats import Chats, Conversation, Item, personal
from bot.playground.connector import PREFIX
from bot.playground.people import Resident
from bot.playground.roster import Roster

CARD = "application/vnd.microsoft.card.adaptive"
_MESSAGE = "application/vnd.microsoft.activity.message"
_PATIENCE = aiohttp.ClientTimeout(total=15)  # Teams gives a bot about as long
_WENT_WRONG = "Something went wrong. Please try again."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What became of an activity: its id, the bot's HTTP status and the answer of an invoke.

    Without a status the bot was not told (a group message that does not mention it) or gave no
    answer; `failure` is the sentence for the latter.
    """

    id: str
    status: int | None = None
    answer: Any = None
    failure: str | None = None


class UnknownPlace(LookupError):
    """The person is in no such conversation."""


class Sender:
    """Makes activities of what people do and posts them to the bot.

    `base_url` is where this process serves, for example "http://127.0.0.1:3978"; the bot is asked
    at `messages_url`, by default that address's /api/messages.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        chats: Chats,
        roster: Roster,
        base_url: str,
        messages_url: str | None = None,
    ) -> None:
        self._clock, self._chats, self._roster = clock, chats, roster
        self._service_url = f"{base_url}{PREFIX}/"
        self._messages_url = messages_url or f"{base_url}/api/messages"
        self._session: aiohttp.ClientSession | None = None
        self._first_contacts: dict[str, asyncio.Lock] = {}

    def add_to(self, app: web.Application) -> None:
        """Open the HTTP client with the application and close it with it."""
        app.on_startup.append(self._open)
        app.on_cleanup.append(self._close)

    async def _open(self, _: web.Application) -> None:
        self._session = aiohttp.ClientSession(timeout=_PATIENCE, trust_env=False)

    async def _close(self, _: web.Application) -> None:
        if self._session is not None:
            await self._session.close()

    async def say(self, who: Resident, chat_id: str, text: str, zone: ZoneInfo) -> Sent:
        """Say something; in a group the bot hears it only where it is mentioned.

        Raises:
            UnknownPlace: the person is in no such conversation.
        """
        envelope = await self._envelope(who, chat_id, zone)
        said = activities.message(envelope, text, self._roster.everybody())
        item = Item(
            id=envelope.id,
            conversation=chat_id,
            at=said["timestamp"],
            sender=who.teams_id,
            name=who.name,
            text=text,
        )
        await self._chats.keep(item)
        if not activities.calls_the_bot(said):
            return Sent(id=envelope.id)
        sent = await self._post(said)
        if sent.failure is not None:
            item.failure = sent.failure
            await self._chats.keep(item)
        return sent

    async def share(self, who: Resident, chat_id: str, card: Mapping[str, Any]) -> Sent:
        """Send a card that the bot put into the message box: it mentions nobody, so none is told.

        Raises:
            UnknownPlace: the person is in no such conversation.
        """
        chat = await self._conversation(who, chat_id)
        item = Item(
            id=self._chats.new_id(),
            conversation=chat.id,
            at=self._chats.stamp(),
            sender=who.teams_id,
            name=who.name,
            attachments=[{"contentType": CARD, "content": dict(card)}],
        )
        await self._chats.keep(item)
        return Sent(id=item.id)

    async def submit(
        self,
        who: Resident,
        chat_id: str,
        value: Any,
        zone: ZoneInfo,
        *,
        reply_to: str | None = None,
    ) -> Sent:
        """Press an Action.Submit button of the card `reply_to`.

        Raises:
            UnknownPlace: the person is in no such conversation.
        """
        envelope = await self._envelope(who, chat_id, zone)
        pressed = activities.submit(envelope, value)
        if reply_to is not None:
            pressed["replyToId"] = reply_to
        sent = await self._post(pressed)
        await self._note(who, chat_id, reply_to, sent.failure, error=True)
        return sent

    async def invoke(
        self,
        who: Resident,
        chat_id: str,
        name: str,
        value: Any,
        zone: ZoneInfo,
        *,
        reply_to: str | None = None,
    ) -> Sent:
        """Invoke the bot ("adaptiveCard/action" for an Action.Execute button) and show its answer.

        Raises:
            UnknownPlace: the person is in no such conversation.
        """
        envelope = await self._envelope(who, chat_id, zone)
        called = activities.invoke(envelope, name, value)
        if reply_to is not None:
            called["replyToId"] = reply_to
        sent = await self._post(called)
        if name == "adaptiveCard/action":
            await self._show(who, chat_id, reply_to, sent)
        return sent

    async def first_contact(self, who: Resident, chat_id: str, zone: ZoneInfo) -> None:
        """Add the bot to the conversation, once; one that does not answer is asked again later.

        Raises:
            UnknownPlace: the person is in no such conversation.
        """
        chat = await self._conversation(who, chat_id)
        async with self._first_contacts.setdefault(chat_id, asyncio.Lock()):
            if self._chats.is_contact(chat_id):
                return
            for make in (activities.installation, activities.arrival):
                sent = await self._post(make(self._seal(who, chat, zone)))
                if sent.failure is not None:
                    return
            await self._chats.make_contact(chat_id)

    async def _conversation(self, who: Resident, chat_id: str) -> Conversation:
        own = personal(who.oid)
        if chat_id == own.id:
            return await self._chats.enter(own)
        chat = self._chats.find(chat_id)
        if chat is None or not chat.seen_by(who.oid):
            raise UnknownPlace(chat_id)
        return chat

    async def _envelope(self, who: Resident, chat_id: str, zone: ZoneInfo) -> Envelope:
        chat = await self._conversation(who, chat_id)
        await self.first_contact(who, chat_id, zone)
        return self._seal(who, chat, zone)

    def _seal(self, who: Resident, chat: Conversation, zone: ZoneInfo) -> Envelope:
        return Envelope(
            id=self._chats.new_id(),
            sender=who,
            conversation=chat,
            at=self._clock.now(),
            zone=zone,
            service_url=self._service_url,
        )

    async def _post(self, activity: Activity) -> Sent:
        assert self._session is not None  # noqa: S101  # the application is running
        sent_id = str(activity["id"])
        try:
            async with self._session.post(self._messages_url, json=activity) as response:
                answer = (
                    await response.json() if response.content_type == "application/json" else None
                )
                status = response.status
        except (aiohttp.ClientError, TimeoutError, ValueError) as exc:
            logger.warning("The bot gave no answer: %s", type(exc).__name__)
            return Sent(id=sent_id, failure="The bot did not answer.")
        failure = None if status < 400 else f"The bot answered with HTTP {status}."
        return Sent(id=sent_id, status=status, answer=answer, failure=failure)

    async def _show(self, who: Resident, chat_id: str, item_id: str | None, sent: Sent) -> None:
        answer = sent.answer if isinstance(sent.answer, dict) else {}
        kind, value = answer.get("type"), answer.get("value")
        if sent.failure is not None:
            await self._note(who, chat_id, item_id, f"{_WENT_WRONG} {sent.failure}", error=True)
        elif kind == CARD and isinstance(value, dict):
            item = self._chats.item(chat_id, item_id or "")
            if item is not None:
                item.own[who.oid] = [{"contentType": CARD, "content": value}]
                await self._note(who, chat_id, item_id, None)
        elif kind == _MESSAGE:
            await self._note(who, chat_id, item_id, str(value))
        else:
            said = value.get("message") if isinstance(value, dict) else None
            error = int(answer.get("statusCode", 200)) >= 400 or said is not None
            await self._note(
                who, chat_id, item_id, str(said or _WENT_WRONG) if error else None, error=error
            )

    async def _note(
        self,
        who: Resident,
        chat_id: str,
        item_id: str | None,
        text: str | None,
        *,
        error: bool = False,
    ) -> None:
        item = self._chats.item(chat_id, item_id or "")
        if item is None:
            return
        item.notes.pop(who.oid, None)
        if text is not None:
            item.notes[who.oid] = {"text": text, "error": error}
        await self._chats.keep(item)
