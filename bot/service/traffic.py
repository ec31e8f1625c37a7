"""What comes in and what goes out, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.person import Person

# A conversation reference: where to send messages to a person. JSON, opaque to the use cases.
Address = Mapping[str, Any]

ANSWERS_KEPT = timedelta(minutes=2)  # as long as Teams may send an invoke, or a press, again


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """Somebody in the tenant: Entra object id, name, and mail address where it is known."""

    oid: str
    name: str
    mail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Where something was said: the conversation, and whom its mentions mean, by name."""

    address: Address | None = None
    mentions: Mapping[str, str] = field(default_factory=dict)
    private: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """One verified thing that a person sent: words (`text`), or a button's command (`pressed`).

    With neither, the bot was installed for them.

    `key` identifies the delivery (conversation and activity id): the same key is the same thing.
    `at` is when it was said (UTC). `card` is the activity id of the card that holds the button.
    `inline` is true where the sender waits for the answer (an invoke). `private` is false in
    groups and channels. `composed` is true where it was chosen in the compose box: its chat may be
    one between others, and is never written into. `edits` is the key of the message that this one
    takes the place of. `mentions` are the mentioned people's ids in the conversation, by name.
    `trace` is the trace of which it is part, as bot/observability carries it.
    """

    key: str
    person: Person
    address: Address
    at: datetime
    zone: str | None = None
    locale: str | None = None
    text: str | None = None
    pressed: Mapping[str, Any] | None = None
    card: str | None = None
    inline: bool = False
    private: bool = True
    composed: bool = False
    mentions: Mapping[str, str] = field(default_factory=dict)
    edits: str | None = None
    attempts: int = 0
    trace: str | None = None

    @property
    def scene(self) -> Scene:
        """Return where it was said."""
        return Scene(address=self.address, mentions=self.mentions, private=self.private)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place in a person's line; `first` where nobody stood before it when it was taken."""

    number: int
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DoneBefore:
    """What a message did that arrived at `at`: the ids of its journal entries and timers."""

    at: datetime
    entries: tuple[str, ...] = ()
    timers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbound:
    """One message on its way to a person. `request` is JSON, opaque to all but the messenger."""

    id: str
    person: Person
    request: Mapping[str, Any]
    attempts: int = 0
