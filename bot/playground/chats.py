"""The conversations of the playground and everything that was said in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.clock import Clock
from bot.playground.hub import Hub
from bot.playground.people import BOT_ID, BOT_NAME, PLACES
from bot.playground.shelf import Shelf

_KEPT = 500  # messages of one conversation; older ones are forgotten


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A chat: `kind` is "personal", "groupChat", "channel", or "foreign" (another client's).

    `oid` is the person of a personal chat.
    """

    id: str
    name: str
    kind: str
    oid: str | None = None

    def seen_by(self, oid: str) -> bool:
        """Say whether this person can look into the conversation."""
        return self.oid is None or self.oid == oid


def personal(oid: str) -> Conversation:
    """Return the chat between the bot and one person."""
    return Conversation(id=f"a:{oid}", name=BOT_NAME, kind="personal", oid=oid)


@dataclass(kw_only=True, slots=True)
class Item:
    """One message. `at` is ISO 8601 in UTC, `sender` a connector id.

    `own` holds the attachments that one person sees instead of `attachments`, `notes` what a
    press of that person was answered with ({"text", "error"}); both by object id. `failure` is
    the sentence that says why the bot did not get the message.
    """

    id: str
    conversation: str
    at: str
    sender: str
    name: str
    text: str = ""
    markdown: bool = False
    attachments: list[Any] = field(default_factory=list)
    suggestions: list[Any] = field(default_factory=list)
    reply_to: str | None = None
    edited: bool = False
    deleted: bool = False
    failure: str | None = None
    own: dict[str, list[Any]] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        """Say whether the bot wrote this."""
        return self.sender == BOT_ID


def for_eyes_of(item: Mapping[str, Any], oid: str) -> dict[str, Any]:
    """Return an item's JSON as one person sees it."""
    seen = {key: value for key, value in item.items() if key not in ("own", "notes")}
    seen["attachments"] = item["own"].get(oid, item["attachments"])
    seen["note"] = item["notes"].get(oid)
    return seen


class Chats:
    """Keeps conversations on the shelf and tells the hub about each change.

    Events: "chat" (an item, new or changed) and "typing" ({"conversation", "sender"}).
    """

    def __init__(self, *, clock: Clock, shelf: Shelf, hub: Hub) -> None:
        self._clock, self._shelf, self._hub = clock, shelf, hub
        self._conversations = {
            place.id: Conversation(id=place.id, name=place.name, kind=place.kind)
            for place in PLACES
        }
        self._items: dict[str, dict[str, Item]] = {}
        self._contacts: set[str] = set()
        self._last_id = 0

    async def load(self) -> None:
        """Take up what was said before the restart."""
        for kept in (await self._shelf.all("conversation")).values():
            self._conversations[kept["id"]] = Conversation(**kept)
        self._contacts = set(await self._shelf.all("contact"))
        for kept in (await self._shelf.all("chat")).values():
            item = Item(**kept)
            self._items.setdefault(item.conversation, {})[item.id] = item
            self._last_id = max(self._last_id, int(item.id))

    def new_id(self) -> str:
        """Return an id as Teams makes them: milliseconds since 1970, each higher than the last."""
        self._last_id = max(self._last_id + 1, int(self._clock.now().timestamp() * 1000))
        return str(self._last_id)

    def find(self, conversation_id: str) -> Conversation | None:
        """Return the conversation with this id, if there is one."""
        return self._conversations.get(conversation_id)

    async def enter(self, conversation: Conversation) -> Conversation:
        """Return the conversation, kept from now on if it is new."""
        if conversation.id not in self._conversations:
            self._conversations[conversation.id] = conversation
            await self._shelf.put("conversation", conversation.id, asdict(conversation))
        return self._conversations[conversation.id]

    def is_contact(self, conversation_id: str) -> bool:
        """Say whether the bot was added to this conversation."""
        return conversation_id in self._contacts

    async def make_contact(self, conversation_id: str) -> None:
        """Note that the bot was added to this conversation."""
        self._contacts.add(conversation_id)
        await self._shelf.put("contact", conversation_id, True)

    def item(self, conversation_id: str, item_id: str) -> Item | None:
        """Return one message, if it is there."""
        return self._items.get(conversation_id, {}).get(item_id)

    def seen_by(self, oid: str) -> list[dict[str, Any]]:
        """Return what one person sees: conversations with their items, oldest first."""
        own = personal(oid)
        everything = {own.id: own, **self._conversations}
        return [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "contact": one.id in self._contacts,
                "items": [
                    for_eyes_of(asdict(item), oid) for item in self._items.get(one.id, {}).values()
                ],
            }
            for one in everything.values()
            if one.seen_by(oid)
        ]

    async def keep(self, item: Item) -> None:
        """Keep an item, new or changed, and tell everybody."""
        items = self._items.setdefault(item.conversation, {})
        items[item.id] = item
        value = asdict(item)
        await self._shelf.put("chat", f"{item.conversation} {item.id}", value)
        self._hub.publish("chat", value)
        while len(items) > _KEPT:
            oldest = items.pop(next(iter(items)))
            await self._shelf.drop("chat", f"{oldest.conversation} {oldest.id}")

    def typing(self, conversation_id: str) -> None:
        """Tell everybody that the bot is writing."""
        self._hub.publish("typing", {"conversation": conversation_id, "sender": BOT_ID})

    def stamp(self) -> str:
        """Return the present instant as items carry it."""
        return iso(self._clock.now())


def iso(instant: datetime) -> str:
    """Return an instant in UTC with milliseconds, as Teams writes it."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
