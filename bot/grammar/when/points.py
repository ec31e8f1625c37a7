"""Puts days, clocks and parts of the day together, and offsets from now."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar.tokens import Token
from bot.grammar.when.clocks import in_part
from bot.grammar.when.lengths import length_of
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import Clock, Context, Length, Point


def as_point(token: Token) -> Point:
    """Return what a day, clock or part token says, as a point."""
    if token.kind == "clock":
        return Point(clock=token.value)
    if token.kind == "part":
        return Point(part=token.value, grain="part")
    value: Point = token.value
    return value


def joined(first: Point, second: Point) -> Point | None:
    """Return what two points say together, or none where they say the same kind of thing."""
    for name in ("day", "clock", "part"):
        if getattr(first, name) is not None and getattr(second, name) is not None:
            return None
    if first.at or second.at or (first.edge and second.clock) or (second.edge and first.clock):
        return None
    clock = first.clock or second.clock
    part = first.part or second.part
    if clock is not None and part is not None:
        clock, part = in_part(clock, part), None
    day = first if first.day is not None else second
    grain = "minute" if clock is not None else "part" if part is not None else day.grain
    return Point(day=day.day, how=day.how, clock=clock, part=part, grain=grain, edge=day.edge)


def _join(group: Groups, context: Context) -> Made:
    point = joined(as_point(group(1)[0]), as_point(group(2)[0]))
    return None if point is None else ("point", point)


def _promote(group: Groups, context: Context) -> Made:
    return "point", as_point(group(0)[-1])


def offset(length: Length, context: Context) -> Made:
    """Return the point a length from now: whole days keep no time of day."""
    try:
        at = length.after(context.now)
    except OverflowError:
        return "far", length
    if length.is_calendar:
        return "point", Point(at=at, grain="day", elapsed=length)
    return "point", Point(at=at, grain="second", elapsed=length)


def _negative(length: Length) -> Length:
    return Length(-length.months, -length.days, -length.seconds)


def _offset(group: Groups, context: Context) -> Made:
    return offset(group(1)[0].value, context)


@rule(
    "day and bare hour",
    "(day|dayp) (?:comma|at|on|around|about)* (num)(?! unit| mer| month|oclock|percent|dash|to|until|colon)",
)
def _day_number(group: Groups, context: Context) -> Made:
    token = group(2)[0]
    if not isinstance(token.value, int) or token.value > 24 or group(1)[0].value.edge:
        return None
    literal = token.value == 0 or token.value >= 12 or token.text.startswith("0")
    clock = Clock(token.value, open=not literal)
    point = joined(group(1)[0].value, Point(clock=clock))
    return None if point is None else ("point", point)


@rule("day and hour mark", "(day|dayp|point) (?:comma|at)* (dur)")
def _day_hour_mark(group: Groups, context: Context) -> Made:
    point: Point = group(1)[0].value
    if point.clock is not None or (point.day is None and point.part is None):
        return None
    return _hour_mark(group(2)[0], point, context)


@rule("hour mark and day", "(dur) (?:comma|on|the)* (day|dayp)")
def _hour_mark_day(group: Groups, context: Context) -> Made:
    return _hour_mark(group(1)[0], group(2)[0].value, context)


def _hour_mark(token: Token, day: Point, context: Context) -> Made:
    """Read "15h" beside a day as a time of day."""
    hours = token.value.seconds / 3600
    if not context.hour_mark or token.text.split()[-1] not in {"h", "heures", "heure"}:
        return None
    if hours != int(hours) or not 0 < hours <= 24:
        return None
    hour = int(hours)
    point = joined(day, Point(clock=Clock(hour, open=hour < 12)))
    return None if point is None else ("point", point)


@rule("bare hour and day", "(num) (?:comma|on)* (dayp)")
def _number_day(group: Groups, context: Context) -> Made:
    value = group(1)[0].value
    if not isinstance(value, int) or value > 24:
        return None
    point = joined(group(2)[0].value, Point(clock=Clock(value, open=1 <= value < 12)))
    return None if point is None else ("point", point)


@rule("now", "now")
def _now(group: Groups, context: Context) -> Made:
    return "point", Point(at=context.now, how="now", grain="minute")


@rule("midpoint", "(middle) (?:of)? (?:the|this)? (point)")
def _middle(group: Groups, context: Context) -> Made:
    point: Point = group(2)[0].value
    if point.part != "afternoon":
        return None
    return "point", replace(point, part=None, clock=Clock(14), grain="minute")


_PLACE = "(?:comma|at|on|of|in|the|around|about|this|hyphen)*"

OFFSETS: tuple[Rule, ...] = (
    rule("in about a number of units", "(unit_in) (?:about)? (num)")(
        lambda g, c: offset(length_of(g(2)[0].value, g(1)[0].value), c)
    ),
    rule("in a length", "(?:in) (?:about)? (?:the)? (dur|more_dur)(?! after_post| ago)")(_offset),
    rule("in a length", "(?:in)? (dur|more_dur) (?:from_now|after_post)")(_offset),
    rule("a length ago", "(dur) (?:before_post)")(
        lambda g, c: offset(_negative(g(1)[0].value), c) if c.calendar else None
    ),
)  # fmt: skip

POINTS: tuple[Rule, ...] = (
    rule("day and time", f"(day|dayp) {_PLACE} (clock)")(_join),
    rule("time and day", f"(?<!to) (?<!dash) (?<!until) (?<!and) (clock) {_PLACE} (day|dayp)")(_join),
    rule("day and part", "(day) (?:comma|in|on|at|of|the|hyphen)* (part)")(_join),
    rule("part and day", "(?:in|the)* (part) (?:comma|of|on|the|at|from)* (day)")(_join),
    rule("day and time", f"(point) {_PLACE} (clock|part)")(_join),
    rule("time and day", f"(?<!to) (?<!dash) (?<!until) (?<!and) (clock|part) {_PLACE} (point)")(_join),
    _day_number,
    _number_day,
    _day_hour_mark,
    _hour_mark_day,
    _now,
    rule("time", "(?:(?<!point) (?<!of num) (?:at|on|around|about)+)? clock")(_promote),
    rule("day", "(?:(?<!point) (?:on|at|around)+)? (?:day|dayp)")(_promote),
    rule("part of the day", "(?:in|at|on|during)* (?:the|this)? part")(_promote),
    rule("time", "(?<!point) (?<!of num) (?:at|on|around|about)+ point")(_promote),
    _middle,
    rule("same day", "(?<!to) (?<!dash) (point) (?:comma|on)? (point)")(
        lambda g, c: ("point", made) if (made := joined(g(1)[0].value, g(2)[0].value)) else None
    ),
)  # fmt: skip
