"""What recurs, as it reads by the clocks of another time zone than its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.person import zone_or_utc
from bot.domain.recurrence import Recurrence

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ONE_DAY = timedelta(days=1)
_COMPARED = 2 * 366  # days: both changes of the clock, twice


def same_clocks(one: str, other: str, now: datetime) -> bool:
    """Return whether two zones (IANA names) show the same time, now and in the years to come.

    One zone may have two names, and clients differ: "Asia/Kolkata" and "Asia/Calcutta".
    """
    if one == other:
        return True
    here, there = zone_or_utc(one), zone_or_utc(other)
    days = (now + _ONE_DAY * ahead for ahead in range(_COMPARED))
    return all(
        day.astimezone(here).utcoffset() == day.astimezone(there).utcoffset() for day in days
    )


def carried(rule: Recurrence, day: date, *, zone: str, to: str) -> tuple[Recurrence, timedelta]:
    """Return a rule of `zone` by the clocks of `to`, and by how much the day is a later one there.

    The clocks are compared on the local `day` of `zone`: later in the year they may differ by
    another hour. Days of the month stay as they are; whole days are the same everywhere.
    """
    if zone == to or rule.start is None:
        return rule, timedelta(0)
    start = datetime.combine(day, rule.start)
    there = _wall(start, zone, to)
    later = there.date() - day
    end = rule.end
    if end is not None:
        over = datetime.combine(day, end)
        end = _wall(over if over > start else over + _ONE_DAY, zone, to).time()
    return replace(
        rule,
        start=there.time(),
        end=end,
        by_day=tuple(_day(code, later.days) for code in rule.by_day),
        until=rule.until + later if rule.until else None,
    ), later


def _wall(wall: datetime, zone: str, to: str) -> datetime:
    there = wall.replace(tzinfo=zone_or_utc(zone), fold=0).astimezone(zone_or_utc(to))
    return there.replace(tzinfo=None, fold=0)


def _day(code: str, later: int) -> str:
    return code[:-2] + _DAYS[(_DAYS.index(code[-2:]) + later) % len(_DAYS)]
