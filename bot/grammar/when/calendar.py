"""Answers a bare time phrase: the same chunks as in a command, read for their calendar bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from bot.domain.moment import Moment
from bot.grammar.tokens import Token
from bot.grammar.when.clocks import clock_of
from bot.grammar.when.days import make_day
from bot.grammar.when.lengths import length_of
from bot.grammar.when.resolve import Resolver, Unresolvable
from bot.grammar.when.values import PARTS, Length, Point, Range, Recurring, Since, Span, Until

_BOUNDS = {**PARTS, "night": (20, 24)}
_LONGEST_MONTH = 31  # days
_HOURS = 24
_IGNORED = frozenset(
    {
        "glue",
        "noise",
        "stop",
        "comma",
        "bang",
        "question",
        "about",
        "the",
        "blank",
        "at",
        "on",
        "hyphen",
    }
)


@dataclass(frozen=True, slots=True)
class WhenAnswer:
    """What a time phrase means: the JSON object of the contract, with naive local times."""

    values: dict[str, Any]
    trace: tuple[str, ...] = ()


def _iso(value: datetime) -> str:
    return value.replace(microsecond=0).isoformat()


def answer(tokens: list[Token], moment: Moment) -> dict[str, Any] | None:
    """Return the answer of the contract for tokens that are one time chunk, or none."""
    left = [t for t in tokens if t.kind not in _IGNORED]
    if len(left) != 1:
        return None
    token = left[0]
    reader = _Reader(moment)
    try:
        if token.kind == "num" and _numbers_a_day(token, tokens):
            return reader.day_of_month(token.value)
        return reader.read(token)
    except (Unresolvable, OverflowError, ValueError):
        return None


def _numbers_a_day(token: Token, tokens: list[Token]) -> bool:
    """Return whether a number by itself is a day: "le 25", "am 25.", "el 3"."""
    if not isinstance(token.value, int) or not 1 <= token.value <= _LONGEST_MONTH:
        return False
    before = {t.kind for t in tokens[: tokens.index(token)]}
    behind = {t.kind for t in tokens[tokens.index(token) :]}
    return "the" in before or (token.value > _HOURS and bool(before)) or "stop" in behind


@dataclass(slots=True)
class _Reader:
    moment: Moment

    @property
    def now(self) -> datetime:
        return self.moment.local

    def day_of_month(self, number: int) -> dict[str, Any] | None:
        """Return the next day of that number."""
        first = self.now.date().replace(day=1)
        for ahead in range(13):
            month = first + relativedelta(months=ahead)
            day = make_day(month.year, month.month, number)
            if day is not None and day >= self.now.date():
                return {"kind": "instant", "start": _iso(_midnight(day)), "grain": "day"}
        return None

    def read(self, token: Token) -> dict[str, Any] | None:
        value = token.value
        match token.kind:
            case "dur" | "lasting":
                return {"kind": "duration", "seconds": _number(value.total)}
            case "soon":
                return self._coming(value)
            case "point":
                return self._point(value)
            case "span":
                return self._span(value.start, value.end)
            case "span_end":
                return {"kind": "range", "start": None, "end": _iso(value.end)}
            case "allday":
                return self._span(_midnight(self.now.date()), _midnight(self.now.date(), 1))
            case "ending":
                return self._until(value)
            case "onward":
                return self._since(value)
            case "range":
                return self._range(value)
            case "recur":
                return _recurrence(value)
            case "unit":
                return {"kind": "duration", "seconds": _number(length_of(1, value).total)}
            case "num" | "ord":
                return self._hour(value)
            case _:
                return None

    def _hour(self, value: Any) -> dict[str, Any] | None:
        if not isinstance(value, int) or not 0 <= value <= 24:
            return None
        return self._point(Point(clock=clock_of(value)))

    def _coming(self, length: Length) -> dict[str, Any]:
        if length.is_calendar:
            start = _midnight(self.now.date(), 1)
            return self._span(start, length.after(start))
        return self._span(self.now, length.after(self.now))

    def _span(self, start: datetime, end: datetime) -> dict[str, Any]:
        return {"kind": "range", "start": _iso(start), "end": _iso(end)}

    def _instant(self, point: Point, *, after: datetime | None = None) -> datetime:
        return self.moment.wall(Resolver(self.moment).instant(point, after=after))

    def _point(self, point: Point) -> dict[str, Any]:
        if point.at is not None:
            day = point.grain == "day"
            at = _midnight(point.at.date()) if day else point.at
            return {"kind": "instant", "start": _iso(at), "grain": point.grain}
        if point.clock is not None:
            grain = "second" if point.clock.second is not None else "minute"
            return {"kind": "instant", "start": _iso(self._instant(point)), "grain": grain}
        day_of = point.day or self.now.date()
        if point.part is not None:
            first, last = self._part(point)
            return self._span(first, last)
        if point.edge == "end":
            end = datetime.combine(day_of, time(23, 59, 59))
            return {"kind": "instant", "start": _iso(end), "grain": "second"}
        return {"kind": "instant", "start": _iso(_midnight(day_of)), "grain": "day"}

    def _part(self, point: Point) -> tuple[datetime, datetime]:
        first, last = _BOUNDS[point.part or "morning"]
        day = point.day or self.now.date()
        end = _midnight(day) + timedelta(hours=last)
        if point.day is None and end <= self.now:
            day += timedelta(days=1)
        return _midnight(day) + timedelta(hours=first), _midnight(day) + timedelta(hours=last)

    def _bound(self, point: Point, *, last: bool) -> datetime:
        if point.clock is not None or (point.at is not None and point.grain != "day"):
            return self._instant(point)
        if point.at is not None:
            return _midnight(point.at.date())
        if point.part is not None:
            return self._part(point)[0]
        return _midnight(point.day or self.now.date(), 1 if last else 0)

    def _until(self, until: Until) -> dict[str, Any]:
        if isinstance(until.end, Span):
            end = until.end.end if until.inclusive else until.end.start
        elif until.end.edge == "end":
            end = _midnight(until.end.day or self.now.date(), 1)
        else:
            end = self._bound(until.end, last=until.inclusive)
        return {"kind": "range", "start": None, "end": _iso(end)}

    def _since(self, since: Since) -> dict[str, Any]:
        if isinstance(since.start, Span):
            return {"kind": "range", "start": _iso(since.start.start), "end": None}
        start = self._bound(since.start, last=False)
        return {"kind": "range", "start": _iso(start), "end": None}

    def _range(self, found: Range) -> dict[str, Any]:
        start, end = found.start, found.end
        if _is_day(start) and (end is None or _is_day(end)) and found.length is None:
            first = start.day or self.now.date()
            if end is None:
                return {"kind": "range", "start": _iso(_midnight(first)), "end": None}
            last = end.day or first
            while end.how == "weekday" and last <= first:
                last += timedelta(days=7)
            if end.how == "date" and last < first:
                last = last.replace(year=last.year + 1)
            return self._span(_midnight(first), _midnight(last, 1))
        begin, finish = Resolver(self.moment).period(found)
        wall_end = None if finish is None else _iso(self.moment.wall(finish))
        return {"kind": "range", "start": _iso(self.moment.wall(begin)), "end": wall_end}


def _is_day(point: Point) -> bool:
    return point.clock is None and point.at is None and point.part is None


def _midnight(day: date, ahead: int = 0) -> datetime:
    return datetime.combine(day, time(0)) + timedelta(days=ahead)


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 3)


def _recurrence(found: Recurring) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kind": "recurrence", "freq": found.freq, "interval": found.interval
    }  # fmt: skip
    if found.byday:
        answer["byday"] = list(found.byday)
    if found.bymonthday:
        answer["bymonthday"] = list(found.bymonthday)
    if found.at:
        answer["at"] = [f"{c.hour % 24:02d}:{c.minute:02d}" for c in found.at]
    if found.part:
        answer["part"] = found.part
    return answer
