"""Starts, ends and stretches: "from 9 to 11:30", "2-4pm", "until Friday", "for the next hour"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.grammar.tokens import Token
from bot.grammar.when.clocks import clock_said, in_part
from bot.grammar.when.days import make_day
from bot.grammar.when.lengths import length_of
from bot.grammar.when.points import as_point
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import (
    Clock,
    Context,
    Impossible,
    Length,
    Point,
    Range,
    Since,
    Span,
    Until,
)


def _bare(token: Token) -> Point | None:
    """Return a bare number of a range as a clock."""
    if token.kind == "dur":  # "16-17 heures": an hour that looks like a length
        hours = token.value.seconds / 3600
        if token.value.is_calendar or hours != int(hours) or not 0 < hours <= 24:
            return None
        return Point(clock=Clock(int(hours), open=hours < 12))
    if token.kind == "decimal":
        clock = clock_said(token)
        return None if clock is None else Point(clock=clock)
    if token.kind != "num":
        return as_point(token)
    value = token.value
    if not isinstance(value, int):
        return None
    if value > 24:
        if not (token.text.isdigit() and len(token.text) in {3, 4} and value % 100 < 60):
            return None
        return Point(clock=Clock(value // 100, value % 100, open=1 <= value // 100 < 12))
    literal = value == 0 or value >= 12 or token.text.startswith("0")
    return Point(clock=Clock(value, open=not literal))


def _range(group: Groups, context: Context) -> Made:
    start, end = _bare(group(1)[0]), _bare(group(2)[0])
    if start is None or end is None or (start.how == "now" and end.how == "now"):
        return None
    if end.part and end.clock is None and start.clock:
        return None
    if any(t.kind == "at" for t in group(0)) and (start.clock is None) != (end.clock is None):
        return None
    return "range", Range(start, end)


def _time_to(group: Groups, context: Context) -> Made:
    """Read "2pm to 4pm"; in "2-3pm until 30 June" the day is no end of the clock before it."""
    made = _range(group, context)
    if made is None or not any(t.kind == "until" for t in group(0)):
        return made
    start, end = made[1].start, made[1].end
    clock_to_day = start.clock and not start.day and end.day and not end.clock
    return None if clock_to_day else made


def _length_range(group: Groups, context: Context) -> Made:
    start = as_point(group(1)[0])
    if start.at is not None and start.how == "now":
        return "lasting", group(2)[0].value
    return "range", Range(start, length=group(2)[0].value)


def _day_in_month(number: int, other: date) -> date | None:
    return make_day(other.year, other.month, number)


def _days_before(group: Groups, context: Context) -> Made:
    """Read "13 to 15 July": the first number is in the month of the second day."""
    end: Point = group(2)[0].value
    number = group(1)[0].value
    if end.how != "date" or end.day is None or not isinstance(number, int) or number > 31:
        return None
    start = _day_in_month(number, end.day)
    if start is None or start >= end.day:
        previous = end.day - relativedelta(months=1)
        start = _day_in_month(number, previous)
        if start is None or end.day.day > number:
            return None
    return "range", Range(Point(day=start, how="date", grain="day"), end)


def _days_after(group: Groups, context: Context) -> Made:
    """Read "November 19-20": the second number is in the month of the first day."""
    start: Point = group(1)[0].value
    number = group(2)[0].value
    if start.how != "date" or start.day is None or not isinstance(number, int) or number > 31:
        return None
    end = _day_in_month(number, start.day)
    if end is None or end <= start.day:
        return None
    return "range", Range(start, Point(day=end, how="date", grain="day"))


def _of_this_month(group: Groups, context: Context) -> Made:
    """Read "from the 4th to the 22nd of this month", in either order."""
    tokens = group(0)
    units = [t for t in tokens if t.kind == "unit" and t.value != "day"]
    if any(u.value != "month" for u in units):
        return None
    numbers = [t.value for t in tokens if t.kind in {"num", "ord"}]
    month = context.now.date().replace(day=1)
    if any(t.kind in {"next", "coming"} for t in tokens):
        month += relativedelta(months=1)
    start, end = (make_day(month.year, month.month, n) for n in numbers)
    if start is None or end is None or end <= start:
        return None
    return "range", Range(
        Point(day=start, how="date", grain="day"), Point(day=end, how="date", grain="day")
    )


def _on_day(group: Groups, context: Context) -> Made:
    first, second = group(1)[0], group(2)[0]
    period, place = (first, second) if first.kind == "range" else (second, first)
    found: Range = period.value
    day = as_point(place)
    if day.clock is not None or day.at is not None:
        return None
    if found.start.day is not None:
        end = found.end
        if end is None or end.day is not None or first.kind != "range" or day.day is None:
            return None
        return "range", Range(found.start, replace(end, day=day.day, how=day.how))
    return "range", placed(found, day)


def placed(found: Range, day: Point) -> Range:
    """Return a range of times on a day, or in a part of it."""

    def put(point: Point | None, *, with_day: bool) -> Point | None:
        if point is None:
            return None
        clock, part = point.clock, point.part
        if day.part and clock is not None:
            clock = in_part(clock, day.part)
        if with_day and day.day is not None and point.day is None:
            return replace(point, day=day.day, how=day.how, clock=clock, part=part)
        return replace(point, clock=clock)

    start = put(found.start, with_day=True)
    if start is None:
        return found
    return Range(start, put(found.end, with_day=False), found.length)


def _until(group: Groups, context: Context) -> Made:
    token = group(1)[0]
    if token.kind in {"num", "ord"}:
        point = _bare(token)
        return None if point is None else ("until", Until(point))
    if token.kind == "span_end":
        return "ending", Until(token.value, inclusive=True)
    if token.kind == "span":
        return "ending", Until(token.value)
    return "ending", Until(as_point(token))


def _until_inclusive(group: Groups, context: Context) -> Made:
    made = _until(group, context)
    if made is None:
        return None
    return "ending", replace(made[1], inclusive=True)


def _since(group: Groups, context: Context) -> Made:
    token = group(1)[0]
    return "onward", Since(token.value if token.kind == "span" else as_point(token))


def _after(group: Groups, context: Context) -> Made:
    length: Length = group(1)[0].value
    return "onward", Since(Point(at=length.after(context.now), elapsed=length, grain="day"))


def _within(group: Groups, context: Context) -> Made:
    length: Length = group(1)[0].value
    grain = "day" if length.is_calendar else "second"
    return "ending", Until(Point(at=length.after(context.now), elapsed=length, grain=grain))


def _for(group: Groups, context: Context) -> Made:
    return "lasting", group(1)[0].value


def _coming(group: Groups, context: Context) -> Made:
    return "soon", group(1)[0].value


@rule("all of a day", "(?:all|for)? (allday) (?:on|comma|the)* (point|span)?")
def _all_day(group: Groups, context: Context) -> Made:
    if not group(2):
        return "allday", None
    return _whole(group(2)[0], context)


@rule("all of a day", "(?:on)? (point|span) (?:comma)? (?:for)? (allday)")
def _day_all(group: Groups, context: Context) -> Made:
    return _whole(group(1)[0], context)


def _whole(token: Token, context: Context) -> Made:
    if token.kind == "span":
        return "span", token.value
    point: Point = token.value
    if point.day is None or point.clock is not None or point.part is not None:
        return None
    if point.day == context.now.date():
        return "allday", None
    return "point", replace(point, grain="day")


@rule("week of a day", "(?:the)? (unit) (?:starting|start) (?:on|the)* (point)")
def _week_of(group: Groups, context: Context) -> Made:
    point: Point = group(2)[0].value
    if group(1)[0].value != "week" or point.day is None:
        return None
    monday = point.day - timedelta(days=point.day.weekday())
    start = context.now.replace(
        year=monday.year, month=monday.month, day=monday.day, hour=0, minute=0, second=0,
        microsecond=0,
    )  # fmt: skip
    return "span", Span(start, start + timedelta(days=7), "week")


_TO = "(?:to|until|dash|hyphen|through|at) (?:at|the|the_hour|about)*"

# Before clocks are read out of bare numbers: numbers that are days of a month.
DAY_RANGES: tuple[Rule, ...] = (
    rule("days of a month", "(?<!to) (?<!dash) (?<!until) (?:from|between|on|the|of)* (?:weekday)? (num|ord) (?:ord_mark|stop)? (?:to|until|dash|and|through) (?:on|the|weekday|comma|until)* (day)")(_days_before),
    rule("days of a month", "(?:from|between|on|the)* (day) (?:to|until|dash|and|through) (?:the|on|until)* (num|ord) (?:ord_mark|stop)?(?! colon| oclock| unit| mer| hhmm| day| dash)")(_days_after),
    rule("days of this month", "(?:from|between|on|the)* (?:num|ord) stop? (?:to|until|dash|and) (?:the|until)* (?:num|ord) stop? (?:of|in)? (?:the)? (?:this|next|coming) unit")(_of_this_month),
    rule("days of this month", "(?:from|between|on|the)* (?:num|ord) stop? (?:to|until|dash|and) (?:the|until)* (?:num|ord) stop? (?:of|in)? (?:the)? unit (?:next|coming)")(_of_this_month),
    rule("days of this month", "(?:this|next|coming) unit (?:from|between|on|the)* (?:num|ord) stop? (?:to|until|dash|and) (?:the|until|on)* (?:num|ord) stop?")(_of_this_month),
)  # fmt: skip

NEXT_LENGTHS: tuple[Rule, ...] = (
    rule("within a length", "(?:within) (?:the)? (?:next|coming)? (dur)")(_within),
    rule("the next length", "(?:for|in|during)* (?:the)? (?:next|coming|rest) (?:the)? (dur)")(_coming),
    rule("the next length", "(?:for|in|during)* (?:the)? (dur) (?:next|coming)")(_coming),
    rule("the next length", "(?:for|in|during)* (?:the)? (num) (?:next|coming) (unit)")(
        lambda g, c: ("soon", length_of(g(1)[0].value, g(2)[0].value))
    ),
)  # fmt: skip

RANGES: tuple[Rule, ...] = (
    rule("between, said behind", "(?:from|at)? (point|num) (?:and|comma|to|until|dash) (point|num) (?:between_post)")(_range),
    rule("from to", f"(?:from|since|starting|of) (?:at|the|the_hour|about)* (point|num) (?:comma)? {_TO} (point|num|dur)(?! unit)")(_range),
    rule("between", "(?:between) (?:at|the|the_hour|about)* (point|num) (?:and|dash|to|until) (?:at|the|the_hour)* (point|num|dur)(?! unit)")(_range),
    rule("to", f"(point) {_TO} (point|num|dur)(?! unit)")(_time_to),
    rule("to", f"(?<!dash) (num|decimal) {_TO} (point)")(_range),
    rule("dates and dates", "(point) and (point)")(
        lambda g, c: _range(g, c) if c.calendar and all(g(n)[0].value.how == "date" for n in (1, 2)) else None
    ),
    rule("number to number", "(?<!num to) (?<!num unit to) (?<!quarter to) (?<!point to) (?<!clock to) (num) (?:dash|to|until) (?:the_hour)? (num)(?! unit| percent| dash)")(_range),
    rule("number to hours", "(num) (?:dash|to|at) (dur)")(_range),
    rule("day of a range", "(?<!until) (point) (?:comma|on|at|in)* (range)")(_on_day),
    rule("day of a range", "(range) (?:comma|on|at|in|of|the)* (point)(?! to| until| dash| through)")(_on_day),
    _week_of,
    _all_day,
    _day_all,
    rule("until after", "(?:until)? (point|span) (?:before_post)")(_until),
    rule("until the end", "(?:until|before|by|to) (?:at|the|about|on|next)* (span_end)")(_until),
    rule("until", "(?:until|before) (?:at|the|the_hour|about|on)* (point|span|num)(?! unit)")(_until),
    rule("until a length", "(?:until) (dur)")(
        lambda g, c: None if c.calendar else ("bad", Impossible("clock"))
    ),
    rule("until", "(?:by|within) (?:at|the|about|on)* (point|span)")(_until),
    rule("through", "(?:through) (?:at|the|about|on)* (point|span)")(_until_inclusive),
    rule("start and length", "(onward) (?:comma)? (?:for) (?:about|the)* (dur)")(
        lambda g, c: ("range", Range(g(1)[0].value.start, length=g(2)[0].value))
        if isinstance(g(1)[0].value.start, Point) else None
    ),
    rule("start and length", "(?:from|since|starting|at)* (point) (?:comma)? (?:for) (?:about|the)* (dur)")(_length_range),
    rule("length and start", "(?:for)? (dur) (?:comma)? (?:from|since|starting) (?:at|the|the_hour|on)* (point)")(
        lambda g, c: _length_range(lambda n: g(2) if n == 1 else g(1), c)
    ),
    rule("within a length", "(dur) (?:within_post)")(_within),
    rule("after a length", "(?:after) (dur)")(_after),
    rule("since", "(?:from|since|after|starting) (?:at|the|the_hour|about|on|from)* (point|span) (?:on|onwards)?")(_since),
    rule("since", "(point) (?:onwards|after_post)")(_since),
    rule("negative", "(?:for) (?:dash|hyphen) (dur)")(lambda g, c: ("bad", Impossible("negative"))),
    rule("for", "(?:for|during) (?:about|the|a|at)* (dur)")(_for),
    rule("for more", "(?:for|during) (more_dur)")(lambda g, c: ("more_dur", g(1)[0].value)),
)  # fmt: skip
