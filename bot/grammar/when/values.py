"""What time words mean before they are placed on a calendar. All times are naive wall times."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = DAYS[:5]
WEEKEND = DAYS[5:]

# Start and end of the parts of a day, as hours.
PARTS = {
    "dawn": (5, 8),
    "morning": (8, 12),
    "lunch": (12, 13),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (20, 24),
}


@dataclass(frozen=True, slots=True)
class Context:
    """When something is said: `now` is naive wall time.

    `month_first`: how a numeric date is read. `calendar`: read bare phrases for their calendar
    bounds (`when`) instead of as part of a command. `hour_mark`: "15h" beside a day is a clock.
    """

    now: datetime
    zone: str = "UTC"
    month_first: bool = False
    calendar: bool = False
    hour_mark: bool = False
    day_start: time = time(9)
    day_end: time = time(18)


@dataclass(frozen=True, slots=True)
class Length:
    """A length: calendar months and days, and elapsed seconds."""

    months: int = 0
    days: int = 0
    seconds: float = 0.0

    def __add__(self, other: Length) -> Length:
        return Length(
            self.months + other.months, self.days + other.days, self.seconds + other.seconds
        )

    @property
    def total(self) -> float:
        """Return the length in seconds; a month counts 30 days and a year 365."""
        years, months = divmod(self.months, 12)
        return (years * 365 + months * 30 + self.days) * 86400.0 + self.seconds

    @property
    def is_calendar(self) -> bool:
        """Return whether the length is made of whole calendar days."""
        return bool(self.months or self.days) and not self.seconds

    def after(self, start: datetime) -> datetime:
        """Return the wall time this long after `start`, without regard to clock changes.

        Raises OverflowError where there is no such time.
        """
        try:
            moved = start + relativedelta(months=self.months)
            return moved + timedelta(days=self.days, seconds=self.seconds)
        except ValueError as error:
            raise OverflowError("beyond the calendar") from error


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `open`: an hour from 1 to 12 that may be either half of the day.

    `half`: am, pm or a part of the day was said, so that an hour before it may share it.
    """

    hour: int
    minute: int = 0
    second: int | None = None
    open: bool = False
    zone: str | None = None
    rough: bool = False
    half: bool = False

    @property
    def possible(self) -> bool:
        """Return whether there is such a time."""
        return 0 <= self.hour <= 24 and 0 <= self.minute < 60 and (self.second or 0) < 60

    def fixed(self, *, afternoon: bool) -> Clock:
        """Return this clock on one half of the day."""
        hour = self.hour % 12 + (12 if afternoon else 0)
        return replace(self, hour=hour, open=False, half=True)


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as it was said: what was not said is none.

    `at` is an exact wall time (an offset from now); `how` tells where the day comes from; `edge`
    is "end" or "start" of a day; `elapsed` is the length of an offset in elapsed time.
    """

    day: date | None = None
    how: str = ""
    clock: Clock | None = None
    part: str | None = None
    at: datetime | None = None
    grain: str = "minute"
    edge: str | None = None
    elapsed: Length | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days: `end` is exclusive. `name` is what it is: week, month, weekend, ..."""

    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Until:
    """An end."""

    end: Point | Span
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """A start without an end."""

    start: Point | Span


@dataclass(frozen=True, slots=True)
class Range:
    """A start and an end, or a start and a length."""

    start: Point
    end: Point | None = None
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """Something that comes again and again."""

    freq: str
    interval: int = 1
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    at: tuple[Clock, ...] = ()
    end: Clock | None = None
    length: Length | None = None
    part: str | None = None
    until: Point | Span | None = None
    start: Point | None = None


@dataclass(frozen=True, slots=True)
class Impossible:
    """A time that cannot be: "25:00", "31 February"."""

    reason: str
    said: str = ""
    values: dict[str, str] = field(default_factory=dict)
