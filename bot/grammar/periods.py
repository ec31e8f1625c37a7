"""From the times of a command to its start and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.presence import LONGEST_STATUS, SHORTEST_STATUS
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Phrase
from bot.grammar.tokens import Token
from bot.grammar.when.merging import merged
from bot.grammar.when.points import joined
from bot.grammar.when.ranges import placed
from bot.grammar.when.resolve import Resolver, Unresolvable, past, time_of, too_far
from bot.grammar.when.values import PARTS, Length, Point, Range, Recurring, Since, Span, Until

_FREQUENCIES = {f.value: f for f in Frequency}


class Misfit(Exception):
    """The times of the command do not fit together."""


@dataclass(frozen=True, slots=True)
class Period:
    """When a status runs; `start` none = now."""

    start: datetime | None = None
    end: datetime | None = None


def check_length(length: Length) -> Length:
    """Return the length, or raise the problem of one that is none, or beyond the calendar."""
    if length.total <= 0:
        raise Unresolvable(Phrase("problem-no-length"))
    if length.total > LONGEST_STATUS.total_seconds():
        raise too_far()
    return length


def _gone(value: object, resolver: Resolver) -> bool:
    """Return whether a time is a day that is over: "from 3 to 2 yesterday"."""
    point = value.start if isinstance(value, Range) else value
    if not isinstance(point, Point) or point.how != "relative" or point.day is None:
        return False
    return point.day < resolver.wall.date()


def period(times: list[Token], resolver: Resolver) -> Period:
    """Return when a status with these times runs. Raises Misfit and Unresolvable."""
    start: datetime | None = None
    end: datetime | None = None
    length: Length | None = None
    whole: Token | None = None
    points: list[Point] = []
    for token in times:
        value = token.value
        if _gone(value, resolver):
            raise past()
        match token.kind:
            case "bad":
                raise Unresolvable(Phrase("problem-impossible-time", {"said": token.text}))
            case "far":
                raise too_far()
            case "dur" | "lasting" | "soon" | "more_dur":
                if length is not None:
                    raise Misfit
                length = check_length(value)
            case "ending":
                if end is not None:
                    raise Misfit
                end = _end(value, times, resolver)
            case "span_end":
                end = resolver.span_end(value)
            case "range":
                if start is not None or end is not None:
                    raise Misfit
                day = _day_of(times)
                start, end = resolver.period(value if day is None else placed(value, day))
            case "onward":
                if start is not None or isinstance(value.start, Span):
                    raise Misfit
                if value.start.clock is None and value.start.at is None and value.start.day:
                    start = resolver.moment.instant(datetime.combine(value.start.day, time(0)))
                    continue
                points.append(value.start)
            case "allday" if _day_of(times) is not None:
                continue
            case "allday":
                end = resolver.day_end(resolver.wall.date())
            case "point" if value.how == "now":
                continue
            case "point":
                points.append(value)
            case "span":
                whole = token
            case _:
                raise Misfit
    if whole is not None:
        if start or end or length or points:
            raise Misfit
        return _checked(_span(whole.value, resolver), resolver)
    if any(t.kind == "range" for t in times) and _day_of(times) is not None:
        ranges = [t.value.start.day for t in times if t.kind == "range"]
        if len(points) > 1 or (points and ranges[0] and points[0].day not in {None, ranges[0]}):
            raise Misfit  # "on Monday and Wednesday from 9 to 10" is not one stretch
        points = []
    if points:
        point = points[0] if len(points) == 1 else _both(points)
        if start is not None or point is None:
            raise Misfit
        return _checked(_from_point(point, end, length, resolver), resolver)
    if length is not None:
        if end is not None:
            raise Misfit
        end = resolver.after_instant(start or resolver.moment.now, length)
    return _checked(Period(start, end), resolver)


def _day_of(times: list[Token]) -> Point | None:
    """Return the day that stands apart from a range or from "all day"."""
    for token in times:
        point = token.value
        if token.kind == "point" and point.day and not point.clock and not point.at:
            return point if isinstance(point, Point) else None
    return None


def _both(points: list[Point]) -> Point | None:
    """Return a day and a time that stand apart as one point."""
    return joined(points[0], points[1]) if len(points) == 2 else None


def _end(until: Until, times: list[Token], resolver: Resolver) -> datetime:
    """Return the end; where a start is said too, the end comes after it."""
    start = next((t.value for t in times if t.kind in {"point", "onward"}), None)
    if start is None or isinstance(until.end, Span):
        return resolver.end(until)
    point = start.start if isinstance(start, Since) else start
    if isinstance(point, Span) or point.how == "now" or (point.clock is None and point.at is None):
        if isinstance(point, Point) and point.day and until.end.clock and not until.end.day:
            placed = Point(day=point.day, how=point.how, clock=until.end.clock)
            return resolver.instant(placed)
        return resolver.end(until)
    finish = resolver.period(Range(point, until.end))[1]
    if finish is None:
        raise Misfit
    return finish


def _from_point(
    point: Point, end: datetime | None, length: Length | None, resolver: Resolver
) -> Period:
    if point.at is None and point.clock is None:
        if length is not None and not length.is_calendar:
            start = resolver.instant(point)
            return Period(start, resolver.after_instant(start, length))
        start, finish = resolver.stretch(point)
        if length is not None:
            finish = resolver.after_instant(start, length)
        if end is not None:
            finish = end
        if start <= resolver.moment.now:
            return Period(None, finish)
        return Period(start, finish)
    start = resolver.instant(point)
    if length is not None:
        end = resolver.after_instant(start, length)
    return Period(start, end)


def _span(span: Span, resolver: Resolver) -> Period:
    start = resolver.moment.instant(span.start)
    if start <= resolver.moment.now:
        return Period(None, resolver.span_end(span))
    return Period(start, resolver.moment.instant(span.end))


def _checked(found: Period, resolver: Resolver) -> Period:
    now = resolver.moment.now
    start, end = found.start, found.end
    if start is not None and start <= now:
        if end is None or end <= now:
            raise past()
        start = None
    if end is not None and end <= (start or now):
        raise past()
    if end is not None and end - (start or now) < SHORTEST_STATUS:
        raise Unresolvable(Phrase("problem-too-short"))
    if max(start or now, end or now) - now > LONGEST_STATUS + timedelta(days=1):
        raise too_far()
    return Period(start, end)


def with_others(token: Token, times: list[Token]) -> Recurring:
    """Return a recurrence with what the other times add. Raises Misfit where one does not fit."""
    value: Recurring = token.value
    for other in times:
        if other is token or (other.kind == "point" and other.value.how == "now"):
            continue
        joined_value = merged(value, other)
        if joined_value is None:
            raise Misfit
        value = joined_value
    return value


def recurrence(found: Recurring, resolver: Resolver, *, reminder: bool = False) -> Recurrence:
    """Return the rule of a recurrence that was said. Raises Misfit where there is none."""
    frequency = _FREQUENCIES.get(found.freq)
    if frequency is None:
        raise Misfit
    start = end = None
    part = PARTS.get(found.part or "")
    length: timedelta | None = None
    if found.at:
        start = time_of(found.at[0], found.part)
    elif part is not None:
        hour = resolver.moment.working_day.start.hour if found.part == "morning" else part[0]
        start = time_of_hour(hour)
        if not reminder:
            end = time_of_hour(part[1])
    if found.end is not None and start is not None:
        end = _recurring_end(found, start.hour * 60 + start.minute)
    elif found.length is not None and start is not None:
        length = timedelta(seconds=check_length(found.length).total)
        total = start.hour * 60 + start.minute + int(length.total_seconds() // 60)
        end = time_of_hour(total // 60 % 24, total % 60)
    if found.part is None:
        resolver.assume_time(found.at[0] if found.at else None, start)
    resolver.assume_time(found.end, end)
    until = None
    if found.until is not None:
        until = found.until.day if isinstance(found.until, Point) else _last_day(found.until)
    return Recurrence(
        frequency=frequency, interval=found.interval, by_day=found.byday,
        by_month_day=found.bymonthday, start=start, end=end, length=length, until=until,
    )  # fmt: skip


def _last_day(span: Span) -> date:
    return span.end.date() - timedelta(days=1)


def _recurring_end(found: Recurring, start: int) -> time:
    """Return the end of a recurring status: an open hour is the next one after the start."""
    clock = found.end
    if clock is None or not clock.possible:
        raise Misfit
    minutes = clock.hour * 60 + clock.minute
    if clock.open:
        half = minutes % 720
        minutes = next((m for m in (half, half + 720) if m > start), half)
    return time_of_hour(minutes // 60, minutes % 60)


def time_of_hour(hour: int, minute: int = 0) -> time:
    """Return a time of day; 24 is midnight."""
    return time(hour % 24, minute)
