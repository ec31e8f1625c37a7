"""Wall-clock rules that repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often a rule repeats."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recurrence:
    """A rule in the person's own wall-clock time.

    `by_day` holds iCalendar codes (MO ... SU, or 1MO for the first Monday of the month). An `end`
    that is earlier than `start` is on the next day. `length` is given where a length was said, not
    an end: elapsed time, which `end` tells for every day on which no clock is changed. `until` is
    the last day, inclusive.
    """

    frequency: Frequency
    interval: int = 1
    by_day: tuple[str, ...] = ()
    by_month_day: tuple[int, ...] = ()
    start: time | None = None
    end: time | None = None
    length: timedelta | None = None
    until: date | None = None
