"""Days and stretches of days: "next Monday", "15. Februar", "31/12", 下周五, "end of the month"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from bot.grammar.tokens import Token
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.spans import STRETCHES, month_span
from bot.grammar.when.values import DAYS, Context, Impossible, Length, Point

_MIDNIGHT = time(0)


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or none where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_weekday(today: date, code: str) -> date:
    """Return the next day of that name after today."""
    ahead = (DAYS.index(code) - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def week_start(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def dated(context: Context, month: int, day: int, year: int | None) -> Made:
    """Return the day of a date; without a year, the next one ahead."""
    today = context.now.date()
    if year is not None:
        found = make_day(_full_year(year), month, day)
        return ("day", Point(day=found, how="date", grain="day")) if found else _impossible()
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return _impossible()
    for ahead in range(9):  # 29 February may be eight years away
        found = make_day(today.year + ahead, month, day)
        if found and found >= today:
            if ahead > 1 and (month, day) != (2, 29):
                break
            return "day", Point(day=found, how="date", grain="day")
    return _impossible()


def _impossible() -> Made:
    return "bad", Impossible("date")


def _year(tokens: list[Token]) -> int | None:
    for token in tokens:
        if token.kind == "num":
            return int(token.value)
    return None


def _plausible_year(tokens: list[Token]) -> bool:
    year = _year(tokens)
    return year is None or 1900 <= year <= 2200


@rule(
    "day and month",
    "(?<!month) (?:the|on)? (num|ord) (?:stop|of|hyphen|dash|comma|ord_mark)* (month) (?:stop(?=num))? (?:of|comma)? (num)?(?! mer|oclock|unit|colon|dash num)",
)
def _day_month(group: Groups, context: Context) -> Made:
    if not isinstance(group(1)[0].value, int) or group(1)[0].value > 31:
        return None
    if not _plausible_year(group(3)):
        return None
    return dated(context, int(group(2)[0].value), group(1)[0].value, _year(group(3)))


@rule(
    "day and month",
    "(?<!month) (?:the|on)? (num|ord) (?:stop|of|hyphen|dash|comma|ord_mark|unit(?=of))* (month)",
)
def _day_month_only(group: Groups, context: Context) -> Made:
    if not isinstance(group(1)[0].value, int) or group(1)[0].value > 31:
        return None
    return dated(context, int(group(2)[0].value), group(1)[0].value, None)


@rule(
    "month and day",
    "(month) (?:stop|the|dash|hyphen)* (num|ord) (?:ord_mark)? (?:comma|of)? (num)(?! mer|oclock|unit|colon|dash)",
)
def _month_day_year(group: Groups, context: Context) -> Made:
    year = group(3)[0].value
    if not isinstance(group(2)[0].value, int) or group(2)[0].value > 31:
        return None
    if not isinstance(year, int) or not 1900 <= year <= 2200:
        return None
    return dated(context, int(group(1)[0].value), group(2)[0].value, year)


@rule(
    "month and day",
    "(month) (?:stop|the|dash|hyphen)* (num|ord) (?:ord_mark|unit)?(?! mer|oclock)",
)
def _month_day(group: Groups, context: Context) -> Made:
    tail = group(0)[-1]
    if tail.kind == "unit" and tail.value != "day":
        return None
    if not isinstance(group(2)[0].value, int) or group(2)[0].value > 31:
        return None
    return dated(context, int(group(1)[0].value), group(2)[0].value, None)


@rule("year, month and day", "(num) (year_mark) (month) (num) (ord_mark|unit)?")
def _year_month_day(group: Groups, context: Context) -> Made:
    return dated(context, int(group(3)[0].value), int(group(4)[0].value), group(1)[0].value)


@rule("ISO date", "(?:on|the)? (isodate)")
def _iso(group: Groups, context: Context) -> Made:
    year, month, day = group(1)[0].value
    return dated(context, month, day, year)


@rule("numeric date", "(?:on|the)? (dmy)")
def _dmy(group: Groups, context: Context) -> Made:
    first, second, year = group(1)[0].value
    day, month = (second, first) if _month_first(context, first, second) else (first, second)
    return dated(context, month, day, year)


@rule("numeric date", "(?:on|the|next)* (slash|dots)")
def _slash(group: Groups, context: Context) -> Made:
    first, second = group(1)[0].value
    day, month = (second, first) if _month_first(context, first, second) else (first, second)
    return dated(context, month, day, None)


def _month_first(context: Context, first: int, second: int) -> bool:
    return second > 12 >= first if not context.month_first else not first > 12 >= second


@rule("day and month numbers", "(?:on|the) (num) (?:dash)? (num)(?! unit|mer|oclock|month)")
def _day_month_numbers(group: Groups, context: Context) -> Made:
    day, month = group(1)[0].value, group(2)[0].value
    if not group(2)[0].text.isdigit() or not isinstance(month, int) or not 1 <= month <= 12:
        return None
    return dated(context, month, day, None)


@rule("day of month number", "(num) (?:of) (num)(?! unit)")
def _day_of_month_number(group: Groups, context: Context) -> Made:
    day, month = group(1)[0].value, group(2)[0].value
    if not (isinstance(day, int) and isinstance(month, int) and month <= 12 and day <= 31):
        return None
    return dated(context, month, day, None)


def of_month(context: Context, day: int, weekday: str | None = None) -> Made:
    """Return the next day with this number in its month (and on this weekday)."""
    today = context.now.date()
    first = today.replace(day=1)
    for ahead in range(60):
        month = first + relativedelta(months=ahead)
        found = make_day(month.year, month.month, day)
        if found and found >= today and (weekday is None or DAYS[found.weekday()] == weekday):
            return "day", Point(day=found, how="date", grain="day")
    return None


@rule(
    "weekday and number",
    "(weekday) (?:comma|the|stop)* (num|ord)(?! mer|oclock|unit|of? month|dash|colon|to|until|hhmm|weekday|percent|comma? and)",
)
def _weekday_number(group: Groups, context: Context) -> Made:
    number = group(2)[0].value
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    if group(2)[0].kind == "num" and number <= 12 and not context.calendar:
        return None  # "friday 9" is a time of day
    return of_month(context, number, group(1)[0].value)


@rule("weekday and date", "(weekday) (?:comma|the|on|stop)* (day)")
def _weekday_date(group: Groups, context: Context) -> Made:
    point: Point = group(2)[0].value
    if point.how != "date":
        return None
    return "day", point


@rule(
    "day of the month",
    "(?:on|the)* (?:the) (ord) (?:unit)?(?! weekday|of? month|unit|dash|to|until|and)",
)
def _ordinal_day(group: Groups, context: Context) -> Made:
    tail = group(0)[-1]
    if tail.kind == "unit" and tail.value != "day":
        return None
    if not context.calendar and not group(1)[0].text[:1].isdigit():
        return None  # "the second reminder"
    return of_month(context, group(1)[0].value)


@rule("day of the month", "(?:on|the)* (?:day_word) (num)(?! unit|mer|oclock|month)")
def _numbered_day(group: Groups, context: Context) -> Made:
    return of_month(context, group(1)[0].value)


@rule("day of the month", "(?:on|the)* (num) (ord_mark)(?! unit)")
def _marked_day(group: Groups, context: Context) -> Made:
    return of_month(context, group(1)[0].value)


@rule(
    "day of a month",
    "(?:on|the)* (num|ord) (?:unit|ord_mark)? (?:of)? (?:the)? (next|this) (unit)",
)
def _day_of_next_month(group: Groups, context: Context) -> Made:
    if group(3)[0].value != "month":
        return None
    return _in_month(context, group(2)[0].kind == "next", group(1)[0].value)


@rule("day of a month", "(next|this) (unit) (?:the|of)? (num|ord) (ord_mark)?(?! unit)")
def _next_month_day(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "month" or group(3)[0].value > 31:
        return None
    return _in_month(context, group(1)[0].kind == "next", group(3)[0].value)


def _in_month(context: Context, following: bool, number: int) -> Made:
    month = context.now.date().replace(day=1) + relativedelta(months=int(following))
    found = make_day(month.year, month.month, number)
    return ("day", Point(day=found, how="date", grain="day")) if found else _impossible()


@rule("relative day", "(?:on)? (relday)")
def _relative_day(group: Groups, context: Context) -> Made:
    day = context.now.date() + timedelta(days=int(group(1)[0].value))
    return "day", Point(day=day, how="relative", grain="day")


@rule("next day", "(?:the|on)* (next) (unit)")
def _next_day(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "day":
        return None
    return "day", Point(day=context.now.date() + timedelta(days=1), how="relative", grain="day")


@rule("the day", "(?:this|the) (unit)(?! after)")
def _this_day(group: Groups, context: Context) -> Made:
    if group(1)[0].value != "day" or not context.calendar:
        return None
    return "day", Point(day=context.now.date(), how="relative", grain="day")


def _weekday_in_week(group: Groups, context: Context, weekday: Token, weeks: int) -> Made:
    start = week_start(context.now.date()) + timedelta(weeks=weeks)
    day = start + timedelta(days=DAYS.index(weekday.value))
    return "day", Point(day=day, how="week", grain="day")


@rule(
    "weekday of next week",
    "(?:on|the|this)* (weekday) (?:of|in|comma|on)* (?:the)? (next|coming|this) (unit)",
)
def _weekday_next_week(group: Groups, context: Context) -> Made:
    if group(3)[0].value != "week":
        return None
    weeks = 0 if group(2)[0].kind == "this" else 1
    return _weekday_in_week(group, context, group(1)[0], weeks)


@rule("weekday of next week", "(next|coming|this) (unit) (?:of|on|comma|the)* (weekday)")
def _next_week_weekday(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "week":
        return None
    weeks = 0 if group(1)[0].kind == "this" else 1
    return _weekday_in_week(group, context, group(3)[0], weeks)


@rule("weekday of a week", "(?:on)? (week_weekday)")
def _named_weekday(group: Groups, context: Context) -> Made:
    weeks, code = str(group(1)[0].value).split(":")
    start = week_start(context.now.date()) + timedelta(weeks=int(weeks))
    day = start + timedelta(days=DAYS.index(code))
    if weeks == "0" and day < context.now.date():
        day += timedelta(days=7)
    return "day", Point(day=day, how="week", grain="day")


@rule(
    "weekday of next week",
    "(?:on|the|this)* (weekday) (?:of|in|comma|on)* (?:the|this)* (unit) (next|coming)?",
)
def _weekday_week_next(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "week" or not (group(3) or any(t.kind == "this" for t in group(0))):
        return None
    return _weekday_in_week(group, context, group(1)[0], 1 if group(3) else 0)


@rule("weekday in a fortnight", "(weekday) (?:in) (num)(?! unit)")
def _weekday_in_fifteen(group: Groups, context: Context) -> Made:
    weeks = {8: 0, 15: 1}.get(group(2)[0].value)
    if weeks is None:
        return None
    day = next_weekday(context.now.date(), group(1)[0].value) + timedelta(weeks=weeks)
    return "day", Point(day=day, how="weekday", grain="day")


@rule("weekday a week later", "(weekday) (week_later)")
def _week_later(group: Groups, context: Context) -> Made:
    day = next_weekday(context.now.date(), group(1)[0].value)
    return "day", Point(
        day=day + timedelta(days=7 * int(group(2)[0].value) - 7 * (group(2)[0].value > 1)),
        how="weekday", grain="day",
    )  # fmt: skip


@rule("weekday weeks from now", "(?:on|the)* (weekday) (?:in)? (dur) (?:from_now)?")
def _weekday_in_weeks(group: Groups, context: Context) -> Made:
    length: Length = group(2)[0].value
    if length.days % 7 or not length.days or length.seconds or length.months:
        return None
    start = week_start(context.now.date() + timedelta(days=length.days))
    day = start + timedelta(days=DAYS.index(group(1)[0].value))
    return "day", Point(day=day, how="week", grain="day")


@rule(
    "weekday",
    "(?:on|the|coming)* (?:next|this|coming|the)? (weekday) (?:stop(?!num))? (next|coming|this)?",
)
def _weekday(group: Groups, context: Context) -> Made:
    day = next_weekday(context.now.date(), group(1)[0].value)
    if any(t.kind == "this" for t in group(0)):
        today = context.now.date()
        if DAYS[today.weekday()] == group(1)[0].value:
            day = today
    return "day", Point(day=day, how="weekday", grain="day")


@rule("length from a day", "(dur) (?:from|after|from_day) (day)")
def _from_day(group: Groups, context: Context) -> Made:
    length, point = group(1)[0].value, group(2)[0].value
    if not length.is_calendar or point.day is None:
        return None
    return "day", Point(day=length.after(_at_midnight(point.day)).date(), how="date", grain="day")


@rule("part of today", "(?:the)? (today_part)")
def _today_part(group: Groups, context: Context) -> Made:
    ahead, part = str(group(1)[0].value).split(":")
    day = context.now.date() + timedelta(days=int(ahead))
    return "dayp", Point(day=day, how="relative", part=part, grain="part")


@rule("holiday", "(holiday) (num)?")
def _holiday(group: Groups, context: Context) -> Made:
    month, day = str(group(1)[0].value).split("-")
    return dated(context, int(month), int(day), _year(group(2)))


@rule("numbered month", "(num) (month_mark)")
def _numbered_month(group: Groups, context: Context) -> Made:
    number = group(1)[0].value
    return ("month", number) if isinstance(number, int) and 1 <= number <= 12 else None


@rule("numbered month alone", "(num) (month_mark)(?! num| ord| frac| part)")
def _bare_numbered_month(group: Groups, context: Context) -> Made:
    number = group(1)[0].value
    return month_span(context, number) if number in range(1, 13) else None


DATES: tuple[Rule, ...] = (
    _bare_numbered_month, _numbered_month,
    _year_month_day, _iso, _dmy, _day_month, _day_month_only, _month_day_year, _month_day,
)  # fmt: skip

DAY_RULES: tuple[Rule, ...] = (
    _slash, _holiday, _day_of_next_month, _next_month_day, _weekday_next_week, _next_week_weekday,
    _weekday_week_next, _weekday_in_fifteen, _named_weekday, _week_later, _weekday_in_weeks, _weekday_number, _marked_day, _numbered_day,
    _ordinal_day, _today_part, _relative_day, _weekday_date, _weekday, _from_day, _next_day, *STRETCHES,
)  # fmt: skip

CALENDAR_DAY_RULES: tuple[Rule, ...] = (_day_of_month_number, _day_month_numbers, _this_day)
