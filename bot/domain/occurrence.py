"""When a wall-clock rule comes next: right across both daylight-saving changes.

Rules run on naive local wall time; the zone is attached last. A wall time that the clock skips
moves forward with it, one that comes twice is the first. An end is a wall time too: "22:00 to
6:00" ends at 6:00, also in the night that is an hour shorter or longer. A length is elapsed time:
"at 22:00 for 8 hours" ends at 5:00 or 7:00 then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Literal

from dateutil import rrule

from bot.domain.person import WorkingDay, zone_or_utc
from bot.domain.recurrence import Frequency, Recurrence

# rrule.MONTHLY, WEEKLY and DAILY, whose types do not say that they are these numbers.
_FREQUENCIES: Mapping[Frequency, Literal[1, 2, 3]] = {
    Frequency.MONTHLY: 1,
    Frequency.WEEKLY: 2,
    Frequency.DAILY: 3,
}
_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), rrule.weekdays, strict=True))
_DAY_CODE = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_LARGEST_SHIFT = timedelta(hours=3)  # of a wall clock, in any zone that there has been
_HORIZON = timedelta(days=5 * 366)  # a rule that names no day until then has none
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A rule in the zone that it was made in.

    `first` is the local day from which intervals count. `skipped` are local days of occurrences
    that are left out; what starts before `paused_until` (UTC) is left out as well.
    """

    recurrence: Recurrence
    zone: str
    first: date
    skipped: tuple[date, ...] = ()
    paused_until: datetime | None = None

    def day_of(self, instant: datetime) -> date:
        """Return the local day of an aware instant."""
        return instant.astimezone(zone_or_utc(self.zone)).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One time of a series: its local day, its start and its end (UTC)."""

    day: date
    start: datetime
    end: datetime


def occurrences(
    series: Series, *, after: datetime, working_day: WorkingDay | None = None
) -> Iterator[Occurrence]:
    """Yield what starts after an aware instant, in order.

    Without a start an occurrence is a whole day; with a start and no end it lasts until the next
    working day starts.
    """
    rule = series.recurrence
    zone = zone_or_utc(series.zone)
    earliest = after.astimezone(zone).replace(tzinfo=None) - _LARGEST_SHIFT
    for wall in _rule(series, earliest).xafter(earliest, inc=True):
        start = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if start <= after or wall.date() in series.skipped:
            continue
        if series.paused_until is not None and start < series.paused_until:
            continue
        over = _wall_end(rule, wall, working_day or WorkingDay())
        end = over.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if rule.length is not None:
            end = start + rule.length
        if end <= start:  # the clock skipped the start and lands behind the end
            end = start + (over - wall)
        yield Occurrence(day=wall.date(), start=start, end=end)


def next_occurrence(
    series: Series, *, after: datetime, working_day: WorkingDay | None = None
) -> Occurrence | None:
    """Return the first occurrence that starts after an aware instant; none when it is over."""
    return next(occurrences(series, after=after, working_day=working_day), None)


def passed(
    series: Series, *, since: datetime, now: datetime, working_day: WorkingDay | None = None
) -> list[Occurrence]:
    """Return the occurrences that started at `since` or later, and not after `now`."""
    found = occurrences(series, after=since - timedelta.resolution, working_day=working_day)
    return list(takewhile(lambda one: one.start <= now, found))


def _rule(series: Series, earliest: datetime) -> rrule.rrule:
    rule = series.recurrence
    first = datetime.combine(series.first, rule.start or time())
    last = earliest + _HORIZON
    if rule.until is not None:
        last = min(last, datetime.combine(rule.until, time.max))
    return rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=_near(first, earliest, rule),
        interval=rule.interval,
        byweekday=[_day(code) for code in rule.by_day] or None,
        bymonthday=rule.by_month_day or None,
        until=last,
    )


def _near(first: datetime, earliest: datetime, rule: Recurrence) -> datetime:
    """Return a later beginning of the same rule: dateutil walks every day from its beginning."""
    if rule.frequency is Frequency.MONTHLY or earliest <= first:
        return first
    step = rule.interval * (7 if rule.frequency is Frequency.WEEKLY else 1)
    turns = (earliest - first).days // step - 1
    return first + timedelta(days=max(turns, 0) * step)


def _day(code: str) -> rrule.weekday:
    found = _DAY_CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"not a day of the week: {code}")
    day = _DAYS[found[2]]
    return day(int(found[1])) if found[1] else day


def _wall_end(rule: Recurrence, wall: datetime, working_day: WorkingDay) -> datetime:
    if rule.end is not None:
        end = datetime.combine(wall.date(), rule.end)
        return end if end > wall else end + _ONE_DAY
    if rule.start is None:
        return datetime.combine(wall.date() + _ONE_DAY, time())
    return next_working_day(wall, working_day)


def next_working_day(wall: datetime, working_day: WorkingDay) -> datetime:
    """Return when a working day starts next after a naive wall time."""
    days = {_DAYS[code].weekday for code in working_day.days}
    start = datetime.combine(wall.date(), working_day.start)
    while start <= wall or start.weekday() not in days:
        start += _ONE_DAY
    return start
