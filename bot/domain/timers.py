"""What is due later: the tasks that a timer carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.occurrence import Series
from bot.domain.person import Person
from bot.domain.plan_commands import Step
from bot.domain.presence import Availability, HeldSession, PreferredPresence, WorkLocation
from bot.domain.status import StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class EndReminder:
    """Tell the person that the status set by journal entry `entry` ends at `end` (UTC).

    `lead` is how long before it they asked to be told; none = they did not ask. What they asked
    for stays armed until the end when it is `told`, so that it counts for a later end too.
    """

    entry: str
    availability: Availability
    end: datetime
    lead: timedelta | None = None
    told: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeReminder:
    """Remind the person of something in their own words, at `at` (UTC; none = when it is due).

    Where they asked for it some time before the end of a status, it moves with `ends`, that end.
    """

    text: str
    at: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecurringReminder:
    """Remind the person again and again; `start` (UTC) is the occurrence that is armed."""

    text: str
    series: Series
    start: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedStart:
    """Set a status at `start` (UTC). `said` is when the person planned it."""

    availability: Availability
    start: datetime
    said: datetime
    end: datetime | None = None
    message: StatusMessage | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecurringStart:
    """Set a status again and again; `start` (UTC) is the occurrence that is armed."""

    availability: Availability
    series: Series
    start: datetime
    said: datetime
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """What stood before a planned status took over, each half with its own end.

    `lead` is how long before its end the person asked to be reminded; none = they did not ask.
    """

    preferred: PreferredPresence | None = None
    end_said: bool = False
    lead: timedelta | None = None
    message: StatusMessage | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveBack:
    """Bring back what a planned status took over from, when that status ends at `end` (UTC).

    `earlier` is newest first: an overlapping plan may have ended meanwhile. `text` is the planned
    status's own message, none where it left the message alone.
    """

    availability: Availability
    end: datetime
    earlier: tuple[Earlier, ...]
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SequenceStart:
    """Go on with a sequence that began at `begun` (UTC): set the step that is due by then.

    The timer's id is the sequence's. `earlier` is what stood before it, newest first.
    """

    steps: tuple[Step, ...]
    repeat: int
    begun: datetime
    said: datetime
    earlier: tuple[Earlier, ...] = ()

    def windows(self) -> Iterator[tuple[Step, datetime, datetime]]:
        """Yield each step with its start and its end (UTC), in order."""
        start = self.begun
        for _ in range(self.repeat):
            for step in self.steps:
                yield step, start, start + step.duration
                start += step.duration

    @property
    def end(self) -> datetime:
        """Return when the last step ends."""
        whole = sum((step.duration for step in self.steps), timedelta(0))
        return self.begun + whole * self.repeat


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneQuestion:
    """Ask whether what recurs moves to another time zone (an IANA name)."""

    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldSession:
    """Renew the presence session `held`, and end it at its end."""

    held: HeldSession


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedLocation:
    """Say on `day` (the person's own calendar) that the person works at `location`."""

    location: WorkLocation
    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """One colleague who is watched until `ends` (UTC).

    `state` is the availability that is waited for (none = any change), `seen` the availability
    that was seen last, as Graph writes it. `found` is what a look for the whole tenant has found
    since; none = nothing new. `key` is what the directory finds them by.
    """

    oid: str
    name: str
    key: str
    ends: datetime
    seen: str
    state: Availability | None = None
    always: bool = False
    found: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Watching:
    """Look at all whom a person watches, at once, and tell what has happened."""

    watched: tuple[Watched, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TenantWatch:
    """Look at all who are watched in a tenant, at once; the timer belongs to no person."""


Recurring = RecurringStart | RecurringReminder
PlannedStatus = PlannedStart | RecurringStart
# What a person has planned, lists and cancels; the rest is the bot's own.
Planned = PlannedStart | RecurringStart | FreeReminder | RecurringReminder | SequenceStart
TimerTask = (
    Planned
    | EndReminder
    | GiveBack
    | ZoneQuestion
    | HoldSession
    | PlannedLocation
    | Watching
    | TenantWatch
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Timer:
    """An armed timer: `version` grows with every change, and an older one never fires.

    `waited` is true where it was due while its person had to sign in.
    """

    id: str
    person: Person
    task: TimerTask
    due: datetime
    version: int = 1
    attempts: int = 0
    waited: bool = False
