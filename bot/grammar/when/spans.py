"""Stretches of days and their edges: "next week", "the rest of the month", "end of day", 下个月."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import Context, Length, Point, Span


@rule("weekend", "(?:in|on|the)* (next|this|coming|rest|last) (?:of)? (?:the|this)* (weekend)")
def _weeks(group: Groups, context: Context) -> Made:
    return "span", span_of(context, "weekend", group(1)[0].kind)


@rule("weekend", "(?:in|on|the)* (weekend) (next|coming|this)")
def _weekend_behind(group: Groups, context: Context) -> Made:
    return "span", span_of(context, "weekend", group(2)[0].kind)


@rule(
    "stretch of days",
    "(?:for|in|on|the)* (next|this|coming|rest|last) (?:of)? (?:the|this)* (unit)",
)
def _stretch(group: Groups, context: Context) -> Made:
    name = group(2)[0].value
    if name not in {"week", "month", "year", "quarter"}:
        if name == "day" and group(1)[0].kind == "rest":
            return "allday", None
        if name in {"hour", "minute"} and group(1)[0].kind in {"next", "coming"}:
            return "soon", Length(seconds=3600 if name == "hour" else 60)
        return None
    return "span", span_of(context, name, group(1)[0].kind)


@rule("stretch of days", "(?:in|on|the)* (unit) (?:the)? (next|coming|this)")
def _stretch_behind(group: Groups, context: Context) -> Made:
    if group(1)[0].value not in {"week", "month", "year"}:
        return None
    return "span", span_of(context, group(1)[0].value, group(2)[0].kind)


@rule("weekend", "(?:on|the|at)* (weekend)")
def _weekend(group: Groups, context: Context) -> Made:
    return "span", span_of(context, "weekend", "this")


@rule("month", "(?:in|at) (month)(?! num|ord|the? ord)")
def _month(group: Groups, context: Context) -> Made:
    return month_span(context, int(group(1)[0].value))


def month_span(context: Context, month: int) -> Made:
    """Return the next month of that number, or this one."""
    today = context.now.date()
    year = today.year + (month < today.month)
    start = datetime(year, month, 1)  # noqa: DTZ001  # wall time
    return "span", Span(start, start + relativedelta(months=1), "month")


def span_of(context: Context, name: str, which: str) -> Span:
    """Return this, next or the rest of a week, weekend, month, quarter or year."""
    today = datetime.combine(context.now.date(), time(0))
    step: relativedelta
    if name in {"week", "weekend"}:
        start, step = today - timedelta(days=today.weekday()), relativedelta(weeks=1)
    elif name == "month":
        start, step = today.replace(day=1), relativedelta(months=1)
    elif name == "quarter":
        start = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        step = relativedelta(months=3)
    else:
        start, step = today.replace(month=1, day=1), relativedelta(years=1)
    if which in {"next", "coming"}:
        start += step
    elif which == "last":
        start -= step
    end = start + step
    if name == "weekend":
        return Span(start + timedelta(days=5), end, name)
    return Span(today if which == "rest" else start, end, name)


@rule(
    "edge of a stretch",
    "(?:by|at|on|the|to)* (?<!unit) (end|start|middle) (?:of)? (?:the)? (span|unit|day)",
)
def _edge(group: Groups, context: Context) -> Made:
    edge, token = group(1)[0].kind, group(2)[0]
    if token.kind == "unit":
        if token.value == "day":
            return "day", Point(day=context.now.date(), edge=edge, grain="second", how="relative")
        if token.value not in {"week", "month", "year", "quarter"}:
            return None
        return _span_edge(span_of(context, token.value, "this"), edge)
    if token.kind == "day":
        point: Point = token.value
        return "day", Point(day=point.day, edge=edge, grain="second", how=point.how)
    return _span_edge(token.value, edge)


@rule("edge of a month", "(?:by|at|on|the|to)* (end|start|middle) (?:of)? (month)(?! num)")
def _month_edge(group: Groups, context: Context) -> Made:
    made = month_span(context, int(group(2)[0].value))
    return None if made is None else _span_edge(made[1], group(1)[0].kind)


@rule("edge of a stretch", "(?:by|at|on|the)* (?:edge)")
def _named_edge(group: Groups, context: Context) -> Made:
    edge, name = group(0)[-1].value.split(":")
    if name == "day":
        return "day", Point(day=context.now.date(), edge=edge, grain="second", how="relative")
    return _span_edge(span_of(context, name, "this"), edge)


@rule("edge of a named day", "(?:by|at|on|the)* (edge) (?:of|on|the|this)* (day)")
def _named_edge_of_day(group: Groups, context: Context) -> Made:
    edge, name = group(1)[0].value.split(":")
    point: Point = group(2)[0].value
    if name != "day" or point.how not in {"weekday", "relative", "date"}:
        return None
    return "day", Point(day=point.day, edge=edge, grain="second", how=point.how)


def _span_edge(span: Span, edge: str) -> Made:
    if edge == "end":
        return "span_end", span
    day = (
        span.start.date() if edge == "start" else (span.start + (span.end - span.start) / 2).date()
    )
    return "day", Point(day=day, how="date", grain="day")


STRETCHES: tuple[Rule, ...] = (
    _named_edge_of_day,
    _weeks,
    _weekend_behind,
    _stretch,
    _stretch_behind,
    _edge,
    _month_edge,
    _weekend,
    _named_edge,
    _month,
)
