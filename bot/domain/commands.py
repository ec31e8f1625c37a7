"""What a person can ask for.

Every instant is aware and in UTC; every length is elapsed time. A command is complete: it can be
stored, put on a button and carried out later without the words that it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.presence import Availability
from bot.domain.recurrence import Recurrence
from bot.domain.status import StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus:
    """Prefer an availability, until `end` where one was said, with a message where one was said.

    `remind_before_end` is set where the person asked for the reminder themselves.
    """

    availability: Availability
    end: datetime | None = None
    message: StatusMessage | None = None
    remind_before_end: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetMessage:
    """Set the status message alone."""

    message: StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearStatus:
    """Give up the preferred presence; a message that came with it goes too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearMessage:
    """Remove the status message and leave the presence alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearAll:
    """Give up the preferred presence and remove the status message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extend:
    """Move the end of the running status: by a length, or to an instant. Exactly one is given."""

    by: timedelta | None = None
    to: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A status that starts in the future."""

    availability: Availability
    start: datetime
    end: datetime | None = None
    message: StatusMessage | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recur:
    """A status that comes again and again."""

    availability: Availability
    recurrence: Recurrence
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remind:
    """A reminder: at an instant, again and again, or before the running status ends.

    Exactly one of `at`, `recurrence` and `before_end` is given.
    """

    text: str | None = None
    at: datetime | None = None
    recurrence: Recurrence | None = None
    before_end: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowStatus:
    """Show the presence of people: "me", "team", names or mail addresses."""

    who: tuple[str, ...] = ("me",)


class Listing(StrEnum):
    """What a list shows."""

    ALL = "all"
    SCHEDULES = "schedules"
    RECURRING = "recurring"
    REMINDERS = "reminders"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPlans:
    """List what is planned."""

    what: Listing = Listing.ALL


class Target(StrEnum):
    """What a cancellation is about."""

    SCHEDULE = "schedule"
    RECURRING = "recurring"
    REMINDER = "reminder"
    ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancel:
    """Cancel something planned; `ref` is what the person called it (a number, a name, a time)."""

    target: Target
    ref: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """Take back the newest change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetEndReminders:
    """Turn the reminders before a status ends on or off, for good."""

    on: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """Show what can be said."""


Command = (
    SetStatus
    | SetMessage
    | ClearStatus
    | ClearMessage
    | ClearAll
    | Extend
    | Schedule
    | Recur
    | Remind
    | ShowStatus
    | ListPlans
    | Cancel
    | Undo
    | SetEndReminders
    | Help
)
