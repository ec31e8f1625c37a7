"""What a person's Teams client does by itself when a bot asks them to sign in.

It asks Entra for a token, hands it to the bot, and shows the card only where that did not help.
"""

from __future__ import annotations

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.chats import Chats, Item
from bot.playground.entra.accounts import SignIn
from bot.playground.entra.service import EntraStandIn
from bot.playground.people import Resident
from bot.playground.roster import Roster
from bot.playground.sender import Sender

OAUTH_CARD = "application/vnd.microsoft.card.oauth"


class TeamsClient:
    """Signs people in silently, as far as their account lets it."""

    def __init__(
        self, *, entra: EntraStandIn, chats: Chats, roster: Roster, sender: Sender
    ) -> None:
        self._entra, self._chats = entra, chats
        self._roster, self._sender = roster, sender
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, item: Item) -> bool:
        """Return whether a message of the bot is seen to here: it is shown later, or never."""
        card = _oauth_card(item)
        oid = item.conversation.removeprefix("a:")
        person = self._roster.find(oid)
        if card is None or person is None or f"a:{person.oid}" != item.conversation:
            return False
        if self._entra.accounts.how(person.oid) in (SignIn.REVOKED, SignIn.BLOCKED):
            return False  # the client's own session has ended too
        task = asyncio.create_task(self._sign_in(person, item, card))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def idle(self) -> None:
        """Wait until nobody is being signed in."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Stop whatever is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _sign_in(self, person: Resident, item: Item, card: dict[str, Any]) -> None:
        value = {
            "id": card["tokenExchangeResource"]["id"],
            "connectionName": card.get("connectionName"),
            "token": self._entra.endpoint.sso_token(person.oid),
        }
        sent = await self._sender.invoke(
            person, item.conversation, "signin/tokenExchange", value, ZoneInfo("UTC")
        )
        if sent.status != 200:
            await self._chats.keep(item)


def _oauth_card(item: Item) -> dict[str, Any] | None:
    for attachment in item.attachments:
        content = attachment.get("content") if isinstance(attachment, dict) else None
        if attachment.get("contentType") == OAUTH_CARD and isinstance(content, dict):
            resource = content.get("tokenExchangeResource")
            if isinstance(resource, dict) and resource.get("id"):
                return content
    return None
