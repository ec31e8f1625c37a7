"""Numbers and lengths: "two and a half hours", "1h30", "anderthalb Stunden", 两个半小时."""

from __future__ import annotations

import re
from typing import Any

from bot.grammar.tokens import Token
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import Context, Length

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LONGEST = 10**12
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def length_of(amount: float, unit: str) -> Length:
    """Return `amount` units; parts of a day are elapsed time."""
    amount = min(float(amount), float(_LONGEST))
    if unit in _SECONDS:
        return Length(seconds=amount * _SECONDS[unit])
    if unit in _DAYS:
        days = amount * _DAYS[unit]
        if days == int(days):
            return Length(days=int(days))
        return Length(seconds=days * 86400)
    months = amount * _MONTHS[unit]
    if months == int(months):
        return Length(months=int(months))
    return Length(days=round(months * 30))


def read_iso(text: str) -> Length:
    """Return the length of an ISO 8601 duration of the lexicon, such as PT1H30M."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"not a duration: {text}")
    days, hours, minutes, seconds = (int(g or 0) for g in match.groups())
    return Length(days=days, seconds=hours * 3600 + minutes * 60 + seconds)


def amount(tokens: list[Token]) -> float:
    """Return the number that tokens stand for; an article counts one."""
    total = 0.0
    for token in tokens:
        if token.kind in {"num", "decimal", "frac", "ord"}:
            total += token.value
        elif token.kind == "half":
            total += 0.5
        elif token.kind == "quarter":
            total += 0.25
        elif token.kind == "three_quarters":
            total += 0.75
        elif token.kind == "slash":
            total += token.value[0] / (token.value[1] or 1)
    return total


@rule("number", "(tens) hyphen? and? (num)")
def _tens(group: Groups, context: Context) -> Made:
    ones = group(2)[0]
    if not 1 <= ones.value <= 9 or ones.text.isdigit():
        return None
    return "num", group(1)[0].value + ones.value


@rule("ordinal number", "(tens) hyphen? and? (ord)")
def _tens_ordinal(group: Groups, context: Context) -> Made:
    ones = group(2)[0].value
    return ("ord", group(1)[0].value + ones) if 1 <= ones <= 9 else None


@rule("hundreds", "(num|a)? (power) and? (num)?")
def _powers(group: Groups, context: Context) -> Made:
    times = group(1)[0].value if group(1) and group(1)[0].kind == "num" else 1
    rest = group(3)[0].value if group(3) else 0
    power = group(2)[0].value
    return ("num", times * power + rest) if rest < power else None


@rule("tens", "tens")
def _bare_tens(group: Groups, context: Context) -> Made:
    return "num", group(0)[0].value


@rule("mixed fraction", "(num) (?:and a?)? (frac)")
def _mixed(group: Groups, context: Context) -> Made:
    return "num", group(1)[0].value + group(2)[0].value


@rule("fraction of a unit", "(num) (slash) (?=unit|a unit)")
def _whole_and_slash(group: Groups, context: Context) -> Made:
    return "num", amount(group(1)) + amount(group(2))


@rule("slash fraction", "(slash) (?=of? (?:a|the)? unit)")
def _slash(group: Groups, context: Context) -> Made:
    top, bottom = group(1)[0].value
    return ("frac", top / bottom) if 0 < top < bottom <= 12 else None


@rule("twenty-second of a month", "(?<=month) (tens) hyphen? (unit)")
def _tens_second(group: Groups, context: Context) -> Made:
    return ("ord", group(1)[0].value + 2) if group(2)[0].value == "second" else None


@rule("second of its kind", "(?<!num) (?<!a) (unit) (?=weekday|unit|of? month|month|part)")
def _second(group: Groups, context: Context) -> Made:
    return ("ord", 2) if group(1)[0].value == "second" else None


def _units(group: Groups, context: Context) -> Made:
    number = amount(group(1))
    if not any(t.kind in {"num", "decimal", "frac", "slash", "half"} for t in group(1)):
        number += 1
    return "dur", length_of(number, group(2)[0].value)


def _of_unit(group: Groups, context: Context) -> Made:
    return "dur", length_of(amount(group(1)), group(2)[0].value)


@rule("unit and a half", "((?:num|a)?) (unit) (?:and a?|and)? (half|quarter|three_quarters)"
      "(?! of? a? unit)(?! past)")  # fmt: skip
def _unit_and_half(group: Groups, context: Context) -> Made:
    unit = group(2)[0].value
    number = amount(group(1)) if group(1) and group(1)[0].kind != "a" else 1
    return "dur", length_of(number, unit) + length_of(amount(group(3)), unit)


@rule("fixed length", "length")
def _fixed(group: Groups, context: Context) -> Made:
    return "dur", read_iso(group(0)[0].value)


@rule("fixed length and a half", "(num|a) (?:and)? (length)")
def _times_fixed(group: Groups, context: Context) -> Made:
    each = read_iso(group(2)[0].value)
    if group(1)[0].kind == "a":
        return "dur", each
    if each.seconds in {900.0, 1800.0}:  # "3 viertelstunden"
        return "dur", Length(seconds=each.seconds * group(1)[0].value)
    return None


@rule("hours and minutes", "numh")
def _hours_and_minutes(group: Groups, context: Context) -> Made:
    hour, minute = group(0)[0].value
    if context.calendar or minute >= 60:
        return None
    return "dur", Length(seconds=hour * 3600 + minute * 60)


@rule("hours written like a clock", "(?<![at until from to by]) (hhmm) (unit)")
def _hours_like_clock(group: Groups, context: Context) -> Made:
    """Read "1:30 hours"; "until 16:30 hours" stays a clock time."""
    hour, minute = group(1)[0].value[:2]
    if group(2)[0].value != "hour":
        return None
    return "dur", Length(seconds=hour * 3600 + minute * 60)


def _tail(group: Groups, context: Context) -> Made:
    start: Length = group(1)[0].value
    number: Any = group(2)[0].value
    if start.seconds % 3600 or not start.seconds or number >= 60 or group(2)[0].kind != "num":
        return None
    return "dur", start + Length(seconds=number * 60)


def _sum(group: Groups, context: Context) -> Made:
    first, second = group(1)[0].value, group(2)[0].value
    if first.total <= second.total or not second.total:
        return None
    return "dur", first + second


@rule("month as a unit", "(?<=[every next this last half]) month_mark")
def _month_unit(group: Groups, context: Context) -> Made:
    return "unit", "month"


@rule("number of years", "(num|half) (year_mark) (half)?(?! num| month_mark)")
def _years(group: Groups, context: Context) -> Made:
    count = amount([*group(1), *group(3)])
    return ("dur", length_of(count, "year")) if 0 < count <= 100 else None


@rule("year", "(?<=month) (num) (unit)")
def _year_said(group: Groups, context: Context) -> Made:
    number = group(1)[0].value
    if group(2)[0].value != "year" or not isinstance(number, int) or not 1900 <= number <= 2200:
        return None
    return "num", number


@rule("day or part of the day", "(day_pm)")
def _day_not_part(group: Groups, context: Context) -> Made:
    return "unit", group(1)[0].value


# A word for one unit counts as the unit behind a number or beside words that choose one.
_ONE_OF = (
    "(?<=[num decimal frac half quarter ord tens power every next this last coming rest end start"
    " middle other at until from after before]) (unit_one)"
)
# What a genitive "of the day" says of the time before it: "2 часа дня", "до 3 дня".
_OF_THE_DAY = (
    "(?:(?<=hhmm)|(?<=unit)|(?<=[at until from after before by] num)"
    "|(?<=[at until from after before by] decimal)) (day_pm)"
)


def _rough(group: Groups, context: Context) -> Made:
    """Read "минут двадцать": the number behind its unit."""
    return "dur", length_of(group(2)[0].value, group(1)[0].value)


# Fractions and articles come before units: the order is the grammar.
NUMBERS: tuple[Rule, ...] = (_month_unit, _years, _tens_second, _second, _powers, _tens, _tens_ordinal, _bare_tens, _mixed,
                             _whole_and_slash, _slash, _year_said, _hours_like_clock,
                             rule("one unit", _ONE_OF)(lambda g, c: ("unit", g(1)[0].value)),
                             rule("part of the day", _OF_THE_DAY)(lambda g, c: ("part", "afternoon")),
                             _day_not_part)  # fmt: skip

LENGTHS: tuple[Rule, ...] = (
    rule("about a number of units", "(unit_for) (?:about)? (num)")(
        lambda g, c: ("lasting", length_of(g(2)[0].value, g(1)[0].value))
    ),
    rule("one unit", "(unit_one)")(lambda g, c: ("dur", length_of(1, g(1)[0].value))),
    _times_fixed,
    _fixed,
    rule("number and a half units", "(num (?:and? a?) (?:half|quarter|three_quarters)) a? (unit)")(
        _of_unit
    ),
    _unit_and_half,
    rule("number of units", "((?:num|decimal|frac)) hyphen? (?:of)? (?:a|the)? (unit)")(_of_unit),
    rule("more units", "(num|decimal|half) (?:more) (unit)")(
        lambda g, c: ("more_dur", length_of(amount(g(1)), g(2)[0].value))
    ),
    rule("more of two lengths", "(?:another (?:a)?) (dur) (?:comma|and)? (dur)")(
        lambda g, c: ("more_dur", made[1]) if (made := _sum(g, c)) else None
    ),
    rule("more of a length", "(?:another (?:a)?) (dur)")(lambda g, c: ("more_dur", g(1)[0].value)),
    rule("half a unit", "((?:half|quarter|three_quarters)) (?:of|hyphen)? (?:a|the)? (unit)")(
        _of_unit
    ),
    rule("quarters of a unit", "(num) (quarter) of? (?:a|the)? (unit)")(
        lambda g, c: ("dur", length_of(g(1)[0].value * 0.25, g(3)[0].value))
    ),
    rule("a half unit", "a (half|quarter|three_quarters) of? a? (unit)")(_of_unit),
    rule("one unit", "(a) (unit)")(_units),
    rule("one bare unit", "(?<=[for in within]) (unit)(?! num)")(
        lambda g, c: ("dur", length_of(1, g(1)[0].value))
    ),
    rule("another unit", "(?<=another) (unit)")(lambda g, c: ("dur", length_of(1, g(1)[0].value))),
    _hours_and_minutes,
    rule("sum", "(dur) (?:comma? and a?|comma|hyphen)? (dur)")(_sum),
    rule("sum", "(dur) (?:comma? and a?|comma|hyphen)? (dur)")(_sum),
    rule("more of a length", "(dur) (?:and)? (?:more)")(lambda g, c: ("more_dur", g(1)[0].value)),
    rule("about a number of units", "(?<=[for in]) (unit) (num)(?! unit|dash)")(_rough),
    rule(
        "about a number of units",
        "(?<![num decimal ord half dur the at until from every next this of]) (unit) (num)"
        "(?! unit|month|dash|colon|oclock|mer|to|until)",
    )(lambda g, c: _rough(g, c) if g(1)[0].value in {"minute", "hour"} else None),
    rule("hours and a number", "(dur) and? (num)(?! unit|mer|oclock|month|colon|dash|to|until)")(
        _tail
    ),
)
