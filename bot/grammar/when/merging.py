"""What another time of the same sentence adds to what comes again."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar.tokens import Token
from bot.grammar.when.clocks import in_part
from bot.grammar.when.points import as_point
from bot.grammar.when.values import DAYS, Point, Range, Recurring


def merged(recurring: Recurring, other: Token) -> Recurring | None:
    """Return the recurrence with what another time chunk adds, or none where it does not fit."""
    value = other.value
    if other.kind == "times" and not recurring.at:
        return replace(recurring, at=value)
    if other.kind in {"lasting", "dur", "soon"}:
        return None if recurring.length or recurring.end else replace(recurring, length=value)
    if other.kind == "recur":
        return _both(recurring, value)
    if other.kind == "range":
        return _with_range(recurring, value)
    if other.kind == "ending":
        end = value.end
        if getattr(end, "clock", None) is not None and end.day is None:
            return replace(recurring, end=end.clock) if recurring.at else None
        return replace(recurring, until=end) if recurring.until is None else None
    if other.kind == "onward":
        start = value.start
        if getattr(start, "clock", None) is not None and start.day is None and not recurring.at:
            return replace(recurring, at=(start.clock,))
        return replace(recurring, start=start) if recurring.start is None else None
    if other.kind in {"point", "part", "clock"}:
        return _with_point(recurring, other)
    return None


def _with_point(recurring: Recurring, other: Token) -> Recurring | None:
    point = as_point(other)
    if point.at is not None:
        return None
    if point.day is not None:
        if point.how != "weekday" or recurring.byday or recurring.freq != "weekly":
            return None
        recurring = replace(recurring, byday=(DAYS[point.day.weekday()],))
        if point.clock is None and point.part is None:
            return recurring
    if point.clock is not None and not recurring.at:
        clock = point.clock
        if recurring.part:
            clock = in_part(clock, recurring.part)
        return replace(recurring, at=(clock,), part=None)
    if point.part is not None and not recurring.part:
        return replace(recurring, part=point.part)
    return None


def _with_range(recurring: Recurring, value: Range) -> Recurring | None:
    start, end = value.start, value.end
    if recurring.at or recurring.end:
        return None
    if start.how == "weekday" and end is not None and end.how == "weekday" and not start.clock:
        return through_week(recurring, start, end)
    if start.clock is None:
        if start.day and end is not None:  # "every day from Monday to Friday"
            return replace(recurring, start=start, until=end) if not recurring.until else None
        return None
    if start.day is not None:
        if start.how != "weekday" or recurring.byday or recurring.freq not in {"weekly", "daily"}:
            return None
        recurring = replace(recurring, freq="weekly", byday=(DAYS[start.day.weekday()],))
    clock = start.clock
    if end is None or end.clock is None:
        return replace(recurring, at=(clock,), length=value.length)
    return replace(recurring, at=(clock,), end=end.clock)


def through_week(recurring: Recurring, start: Point, end: Point) -> Recurring | None:
    """Return the recurrence on every day from one weekday to another."""
    if recurring.byday or start.day is None or end.day is None:
        return None
    first, last = start.day.weekday(), end.day.weekday()
    count = (last - first) % 7 + 1
    days = tuple(DAYS[(first + n) % 7] for n in range(count))
    return replace(recurring, freq="weekly", byday=days)


def _both(first: Recurring, second: Recurring) -> Recurring | None:
    """Join two recurrences of one sentence: "mornings, every Monday", "daily on weekdays"."""
    if first.part is None and second.part and not second.byday and second.freq == "daily":
        return replace(first, part=second.part)
    if second.part is None and first.part and not first.byday and first.freq == "daily":
        return replace(second, part=first.part)
    if first.freq == "daily" and not first.byday and first.interval == 1 and not second.at:
        return replace(second, at=first.at, end=first.end, length=first.length)
    if not first.byday and second.byday and first.freq == second.freq == "weekly":
        return replace(second, interval=first.interval)
    if first.byday and second.byday and first.freq == second.freq == "weekly" and not second.at:
        return replace(first, byday=tuple(dict.fromkeys((*first.byday, *second.byday))))
    return None
