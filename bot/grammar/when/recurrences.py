"""What comes again: "every other Wednesday at 3", "weekdays 12-13", 每周一, "2nd Friday of the month"."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar.tokens import Token
from bot.grammar.when.merging import merged, through_week
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import (
    DAYS,
    WEEKEND,
    WORKDAYS,
    Clock,
    Context,
    Recurring,
)

_FREQ = {
    "minute": "minutely", "hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly",
    "fortnight": "weekly", "year": "yearly",
}  # fmt: skip


def _codes(tokens: list[Token]) -> tuple[str, ...]:
    """Return the days that a list of weekdays names; "Monday to Thursday" names all between."""
    codes: list[str] = []
    through = False
    for token in tokens:
        if token.kind in {"weekday", "weekday_plural"}:
            day = token.value
            if through and codes:
                step = DAYS.index(codes[-1])
                while DAYS[step] != day:
                    step = (step + 1) % 7
                    codes.append(DAYS[step])
            elif day not in codes:
                codes.append(day)
            through = False
        elif token.kind in {"dash", "to", "until", "hyphen", "through"}:
            through = True
        elif token.kind == "weekend":
            codes.extend(WEEKEND)
        elif token.kind == "workdays":
            codes.extend(WORKDAYS)
    return tuple(codes)


def _weekly(group: Groups, context: Context) -> Made:
    return "recur", Recurring("weekly", byday=_codes(group(1)))


@rule("every unit", "(?:every) (?:the)? (num|ord|other|half)? (?:the)? (unit) (?:plural_mark)?")
def _every_unit(group: Groups, context: Context) -> Made:
    count = group(1)[0] if group(1) else None
    unit = group(2)[0].value
    if unit not in _FREQ:
        return None
    interval = 1
    if count is not None:
        if count.kind == "half":
            return ("recur", Recurring("minutely", 30)) if unit == "hour" else None
        said: object = 2 if count.kind == "other" else count.value
        if not isinstance(said, int) or not 1 <= said <= 1000:
            return None
        interval = said
    if unit == "fortnight":
        interval *= 2
    if unit == "year":
        return "recur", Recurring("monthly", 12 * interval)
    return "recur", Recurring(_FREQ[unit], interval)


@rule("every length", "(?:every) (length)")
def _every_length(group: Groups, context: Context) -> Made:
    minutes = {"PT30M": 30, "PT15M": 15, "PT45M": 45}.get(group(1)[0].value)
    return ("recur", Recurring("minutely", minutes)) if minutes else None


@rule("every other weekday", "(?:every) (other|num|ord) (weekday) (?:(?:comma|and|or)* weekday)*")
def _every_other_weekday(group: Groups, context: Context) -> Made:
    count = group(1)[0]
    interval = 2 if count.kind == "other" else count.value
    if count.kind == "ord" and interval != 2:  # "every first Monday": of the month
        return _nth(count, group(2)[0]) if len(_codes(group(0))) == 1 else None
    return "recur", Recurring("weekly", int(interval), _codes(group(0)))


@rule(
    "nth weekday of the month",
    "(?:every|on|the|at)* (ord|last|num) (weekday|weekday_plural) (?:of|in|day_word)? (?:the|every|a)* (unit|monthly)",
)
def _nth_weekday(group: Groups, context: Context) -> Made:
    nth, unit = group(1)[0], group(3)[0]
    if unit.kind == "unit" and unit.value != "month":
        return None
    repeats = any(t.kind in {"every", "monthly"} for t in group(0))
    # "on the first Monday of the month" is no single day in a command.
    if not repeats and (context.calendar or not any(t.kind == "of" for t in group(0))):
        return None
    return _nth(nth, group(2)[0])


@rule(
    "nth weekday of the month", "(?:monthly|every unit) (?:of|on|in|the)* (ord|last|num) (weekday)"
)
def _month_nth_weekday(group: Groups, context: Context) -> Made:
    if any(t.kind == "unit" and t.value != "month" for t in group(0)):
        return None
    return _nth(group(1)[0], group(2)[0])


def _nth(nth: Token, weekday: Token) -> Made:
    number = -1 if nth.kind == "last" else nth.value
    if not isinstance(number, int) or number > 5:
        return None
    return "recur", Recurring("monthly", byday=(f"{number}{weekday.value}",))


@rule(
    "day of every month",
    "(?:on|the|at|every)* (ord|num) (?:unit|ord_mark)? (?:of|in)? (?:the|every)+ (unit)",
)
def _nth_of_month(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "month" or not any(t.kind == "every" for t in group(0)):
        return None
    number = group(1)[0].value
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "recur", Recurring("monthly", bymonthday=(number,))


@rule(
    "day of every month",
    "(?:monthly|every unit) (?:on|the|at|day_word)* (ord|num) (ord_mark|unit)?(?! unit| oclock| mer| weekday)",
)
def _month_nth(group: Groups, context: Context) -> Made:
    head = group(0)[0]
    unit = group(0)[1].value if head.kind == "every" else "month"
    tail = group(2)[0] if group(2) else None
    number = group(1)[0].value
    if tail is not None and tail.kind == "unit" and tail.value != "day":
        return None
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    if unit == "week" and group(1)[0].kind == "ord" and tail is not None and number <= 7:
        return "recur", Recurring("weekly", byday=(DAYS[(number + 5) % 7],))  # weeks from Sunday
    if unit != "month" or (
        group(1)[0].kind == "num"
        and head.kind != "monthly"
        and not tail
        and not any(t.kind in {"on", "the", "day_word"} for t in group(0))
    ):
        return None
    return "recur", Recurring("monthly", bymonthday=(number,))


@rule("edge of every month", "(?:on|the|at)* (start|end) (?:of)? (?:the)? (?:every) (unit)")
def _edge_of_month(group: Groups, context: Context) -> Made:
    if group(2)[0].value != "month":
        return None
    return "recur", Recurring("monthly", bymonthday=(1 if group(1)[0].kind == "start" else -1,))


@rule("edge of every month", "(?:every) (unit) (?:at|on|the)* (start|end)")
def _month_edge(group: Groups, context: Context) -> Made:
    if group(1)[0].value != "month":
        return None
    return "recur", Recurring("monthly", bymonthday=(1 if group(2)[0].kind == "start" else -1,))


@rule("adverb", "(?:frequency)")
def _frequency(group: Groups, context: Context) -> Made:
    freq, interval = str(group(0)[0].value).split(":")
    return "recur", Recurring(freq, int(interval))


@rule("monthly", "(?:monthly)")
def _monthly(group: Groups, context: Context) -> Made:
    return "recur", Recurring("monthly")


@rule(
    "numbered weekdays",
    "(?:every) (weekday (?:(?:comma|and|to|until|dash)* (?:weekday|num))+)(?! oclock| unit| mer| colon| until| dash| ord_mark| year_mark| month_mark)",
)
def _numbered_weekdays(group: Groups, context: Context) -> Made:
    """Read the days that follow by number: 每周一三五, 每周二、四, 每周一到五."""
    tokens: list[Token] = []
    for token in group(1):
        if token.kind != "num":
            tokens.append(token)
            continue
        for digit in token.text:
            number = "一二三四五六".find(digit)
            if number < 0:
                return None
            tokens.append(Token("weekday", DAYS[number], digit, token.start, token.end))
    return "recur", Recurring("weekly", byday=_codes(tokens))


@rule("every part of the day", "(?:every) (?:the)? (part)")
def _every_part(group: Groups, context: Context) -> Made:
    return "recur", Recurring("daily", part=group(1)[0].value)


@rule("every part of the day", "(?:on|in|the)* (part_plural)")
def _parts(group: Groups, context: Context) -> Made:
    return "recur", Recurring("daily", part=group(1)[0].value)


@rule("part of a weekday", "(?:on|the)* (weekday) (part_plural)")
def _weekday_parts(group: Groups, context: Context) -> Made:
    """Read "Tuesday afternoons" and "dienstagnachmittags" as every week."""
    return "recur", Recurring("weekly", byday=(group(1)[0].value,), part=group(2)[0].value)


@rule(
    "weekdays of a frequency",
    "(recur) (?:on|the|comma|in|every|always)* ((?:weekday|weekday_plural|weekend|workdays) (?:(?:comma|and|or|to|dash|hyphen|until|through|every|on|the)* (?:weekday|weekday_plural|weekend|workdays))*)",
)
def _on_weekdays(group: Groups, context: Context) -> Made:
    found: Recurring = group(1)[0].value
    if found.freq not in {"weekly", "daily"} or found.byday or found.at:
        return None
    return "recur", replace(found, freq="weekly", byday=_codes(group(2)))


@rule(
    "list of times",
    "(?:at) (?:the_hour)? (clock|num) ((?:(?:comma|and) (?:at|the_hour)* (?:clock|num)(?! unit))+)",
)
def _times(group: Groups, context: Context) -> Made:
    clocks = [t for t in (*group(1), *group(2)) if t.kind in {"clock", "num"}]
    if any(t.kind == "num" and (not isinstance(t.value, int) or t.value > 24) for t in clocks):
        return None
    return "times", tuple(
        t.value if t.kind == "clock" else Clock(t.value, open=1 <= t.value < 12) for t in clocks
    )


def _merge(group: Groups, context: Context) -> Made:
    first, second = group(1)[0], group(2)[0]
    recurring, other = (first, second) if first.kind == "recur" else (second, first)
    if other.kind == "dur" and context.hour_mark and context.calendar and not recurring.value.at:
        hours = other.value.seconds / 3600
        if hours == int(hours) and 0 < hours <= 24:  # "16 heures chaque lundi"
            return "recur", replace(recurring.value, at=(Clock(int(hours)),))
    made = merged(recurring.value, other)
    return None if made is None else ("recur", made)


@rule("day of every month", "(?:the|on)* (num|ord) (?:stop|ord_mark)? (?:of|in)? (recur)")
def _day_of_months(group: Groups, context: Context) -> Made:
    number, found = group(1)[0].value, group(2)[0].value
    if found.freq != "monthly" or found.byday or found.bymonthday or found.at:
        return None
    if not isinstance(number, int) or not 1 <= number <= 31:
        return None
    return "recur", replace(found, bymonthday=(number,))


@rule("one unit in two", "(?:num|a) (unit) (other)")
def _unit_in_two(group: Groups, context: Context) -> Made:
    freq = {"day": "daily", "week": "weekly", "month": "monthly"}.get(group(1)[0].value)
    return None if freq is None else ("recur", Recurring(freq, 2))


_DAYS = "(?:weekday|weekday_plural|weekend|workdays)"
_THROUGH = "(?:dash|hyphen|to|until|through)"
_TIME = "(?:hhmm|numh|num (?:oclock|unit)? num?) mer?"


@rule("one weekday in two", "(?:num|a|the)? (weekday) (other)")
def _one_in_two(group: Groups, context: Context) -> Made:
    return "recur", Recurring("weekly", 2, (group(1)[0].value,))


HEADS: tuple[Rule, ...] = (
    _one_in_two,
    _nth_weekday, _month_nth_weekday, _nth_of_month, _edge_of_month, _month_edge, _month_nth,
    _every_other_weekday, _numbered_weekdays, _every_unit, _every_length,
    rule("every weekday", f"(?:always|on|the)* (?:every) (?:the|unit(?=weekday))? ({_DAYS} (?:(?:comma|and|or|to|dash|hyphen|until|through|every)* {_DAYS})*) (?:plural_mark)?")(_weekly),
    rule("weekdays with times", f"(?:on|from)? (weekday {_THROUGH} weekday)(?= (?:comma|from|of|at)* {_TIME} (?:dash|hyphen|to|until|through|at) {_TIME})")(_weekly),
    rule("weekdays", "(?:always|on|the|from)* ((?:weekday_plural) (?:(?:comma|and|or|to|dash|hyphen|until|through|on)* (?:weekday_plural|weekday))*)")(_weekly),
    rule("weekdays", "(?:always) (?:on|the)* ((?:weekday) (?:(?:comma|and|or|to|dash|hyphen|until|through)* (?:weekday_plural|weekday))*)")(_weekly),
    rule("workdays", "(?:always|on|the)* (workdays)")(_weekly),
    rule("weekends", "(?:always|on|the|at)* (weekend_plural)")(lambda g, c: ("recur", Recurring("weekly", byday=WEEKEND))),
    _every_part, _weekday_parts, _parts, _frequency, _monthly, _day_of_months, _unit_in_two, _on_weekdays,
    rule("two recurrences", "(recur) (?:comma)? (recur)")(_merge),
)  # fmt: skip

_GLUE = "(?:comma|at|on|in|the|always|from|starting)*"


def _days_and_times(group: Groups, context: Context) -> Made:
    """Read "Monday to Friday from 12 to 1" as each of these days, every week."""
    days, times = group(1)[0].value, group(2)[0]
    if days.end is None or days.start.how != "weekday" or days.end.how != "weekday":
        return None
    if days.start.clock or days.end.clock or context.calendar:
        return None
    week = through_week(Recurring("weekly"), days.start, days.end)
    made = None if week is None else merged(week, times)
    return None if made is None or not made.at else ("recur", made)


MERGES: tuple[Rule, ...] = (
    rule("days and times", "(range) (?:comma|at|from|the|the_hour)* (range|point)")(_days_and_times),
    rule("time of a recurrence", f"(recur) {_GLUE} (times|range|point|ending|onward|lasting|dur)")(_merge),
    rule("recurrence of a time", f"(times|range|point|onward|lasting|dur) {_GLUE} (recur)")(_merge),
    rule("two recurrences", "(recur) (?:comma|on|in)* (recur)")(_merge),
)  # fmt: skip
TIMES = (_times,)
