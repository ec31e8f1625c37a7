"""What a turn commits beside its answer: values that one transaction applies together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.journal import Entry
from bot.domain.person import Settings
from bot.domain.timers import Timer, TimerTask
from bot.service.traffic import Address, Outbound


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Append a change to the journal."""

    entry: Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkUndone:
    """Note that a journal entry was taken back."""

    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Arm:
    """Arm a timer, or change the one with this id: its version grows."""

    timer: str
    task: TimerTask
    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """Disarm a timer; one that is not armed is fine."""

    timer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepArmed:
    """Arm a timer of a tenant, which belongs to no person; an armed one stays due when it is.

    Its version grows in any case: who is firing it right now has not seen this change.
    """

    tenant: str
    timer: str
    task: TimerTask
    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudge:
    """Make a timer, whosever it is, due now with another task, if it is armed as it was read."""

    timer: Timer
    task: TimerTask


@dataclass(frozen=True, kw_only=True, slots=True)
class SaveSettings:
    """Replace the person's settings."""

    settings: Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class DropTokens:
    """Delete everything with which the bot could act for the person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DropHistory:
    """Delete the person's journal, but for what still stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForgetPerson:
    """Delete everything that is kept of the person; the only change of its turn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdraw:
    """Never carry out the message `key`, nor an edit of it, which waits for a sign-in.

    `by` is the key of the edit that takes its place.
    """

    key: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tell:
    """Send a message beside the answer."""

    outbound: Outbound


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Remember where the person can be reached."""

    address: Address


@dataclass(frozen=True, kw_only=True, slots=True)
class Welcomed:
    """Note that the person was greeted."""


Change = (
    Tell
    | Reach
    | Welcomed
    | Record
    | MarkUndone
    | Arm
    | Drop
    | KeepArmed
    | Nudge
    | SaveSettings
    | DropTokens
    | DropHistory
    | ForgetPerson
    | Withdraw
)
