"""What a person can ask for about what is planned: statuses to come, recurrences and reminders.

As in `commands`, every instant is aware and in UTC, and every length is elapsed time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.presence import Availability, HeldSession
from bot.domain.recurrence import Recurrence
from bot.domain.status import StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A status that starts in the future; it takes the place of the plan `instead_of`."""

    availability: Availability
    start: datetime
    end: datetime | None = None
    message: StatusMessage | None = None
    instead_of: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recur:
    """A status that comes again and again."""

    availability: Availability
    recurrence: Recurrence
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remind:
    """A reminder: at an instant, again and again, or before the running status ends.

    Exactly one of `at`, `recurrence` and `before_end` is given. It takes the place of the plan
    `instead_of`.
    """

    text: str | None = None
    at: datetime | None = None
    recurrence: Recurrence | None = None
    before_end: timedelta | None = None
    instead_of: str | None = None


class Listing(StrEnum):
    """What a list shows."""

    ALL = "all"
    SCHEDULES = "schedules"
    RECURRING = "recurring"
    REMINDERS = "reminders"


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPlans:
    """List what is planned; `page` counts from 0, and the last one is shown for any later."""

    what: Listing = Listing.ALL
    page: int = 0


class Target(StrEnum):
    """What a cancellation is about."""

    SCHEDULE = "schedule"
    RECURRING = "recurring"
    REMINDER = "reminder"
    SESSION = "session"
    ALL = "all"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancel:
    """Cancel something planned; `ref` is what the person called it (a number, a name, a time)."""

    target: Target
    ref: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One part of a sequence."""

    availability: Availability
    duration: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """Statuses one after the other, `repeat` times."""

    steps: tuple[Step, ...]
    repeat: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class SkipOnce:
    """Leave out one occurrence of something recurring, on `day` or the next one."""

    ref: str | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """Stop something recurring (`ref`, none = everything) until an instant, or for good."""

    ref: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePlan:
    """Change something planned (`ref`) in place; what is none stays.

    `start` and `end` are times of day of the person's own clock, or of that of `zone` (an IANA
    name): without an `end` the length stays. `days` (iCalendar codes) and `until`, the last day,
    are for what recurs.
    """

    ref: str | None = None
    start: time | None = None
    end: time | None = None
    days: tuple[str, ...] = ()
    until: date | None = None
    zone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Snooze:
    """Bring a reminder again after a while (none = the usual while).

    With `tomorrow` it comes the next morning, counted from when that is asked for. `text` is the
    reminder's own; none = the last one.
    """

    duration: timedelta | None = None
    text: str | None = None
    tomorrow: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """Put a reminder away."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveRecurring:
    """Answer whether what recurs moves to a time zone: an IANA name; none = it stays."""

    zone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowPlan:
    """Show one thing planned (`ref`, the id of its timer), to be changed."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FillInPlan:
    """Take over what was filled in on the card of a plan: text as the client sent it, unchecked.

    Times are "HH:MM", and one that is none stays. `until` is "YYYY-MM-DD", and none is no last
    day: a client leaves out what was emptied.
    """

    ref: str
    start: str | None = None
    end: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanAgain:
    """Take a cancellation back: arm these timers again, and show the session that went along."""

    timers: tuple[str, ...]
    session: HeldSession | None = None
