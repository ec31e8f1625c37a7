"""Times of day: "half past three", "3pm", "halb drei", "tres y media", "без четверти три", 三点一刻."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar.tokens import Token
from bot.grammar.when.reduce import Groups, Made, Rule, rule
from bot.grammar.when.values import Clock, Context

_NO_LENGTH = 8  # hours: nobody is "back 15h" in fifteen hours
_NIGHT_STARTS = 6  # before this hour, "at night" means the small hours


def clock_of(hour: int, minute: int = 0, second: int | None = None, *, said: str = "") -> Clock:
    """Return a clock; an hour from 1 to 11 without a leading zero is open. 12 is noon."""
    literal = hour == 0 or hour >= 12 or said.startswith("0")
    return Clock(hour, minute, second, open=not literal)


def in_part(clock: Clock, part: str) -> Clock:
    """Return the clock in a part of the day: "3 in the afternoon", "9 in the evening"."""
    if not 1 <= clock.hour <= 12:
        return replace(clock, open=False)
    match part:
        case "morning" | "dawn":
            return clock.fixed(afternoon=clock.hour == 12 and part == "morning")
        case "lunch":
            return clock.fixed(afternoon=clock.hour in {12, 1, 2, 3})
        case "night" | "evening" if clock.hour == 12:
            return replace(clock, hour=24, open=False)
        case "night":
            return clock.fixed(afternoon=clock.hour >= _NIGHT_STARTS)
        case _:
            return clock.fixed(afternoon=True)


def _whole(token: Token) -> int | None:
    value = token.value
    if token.kind in {"num", "ord"} and isinstance(value, int) and 0 <= value <= 24:
        return value
    return None


def clock_said(token: Token) -> Clock | None:
    """Return the clock of a number ("9", "1530") or of a clock token."""
    if token.kind == "clock":
        value: Clock = token.value
        return value
    if token.kind == "hhmm":
        hour, minute, second = token.value
        return clock_of(hour, minute, second, said=token.text)
    if token.kind == "numh":
        return clock_of(*token.value, said=token.text)
    if token.kind == "decimal":
        hour, _, minute = token.text.replace(",", ".").partition(".")
        if len(minute) != 2 or int(minute) > 59 or int(hour) > 24:
            return None
        return clock_of(int(hour), int(minute), said=token.text)
    if token.kind == "num" and token.text.isdigit() and len(token.text) in {3, 4}:
        return clock_of(token.value // 100, token.value % 100, said=token.text)
    hour_only = _whole(token)
    return None if hour_only is None else clock_of(hour_only, said=token.text)


def _simple(group: Groups, context: Context) -> Made:
    clock = clock_said(group(1)[0])
    return None if clock is None else ("clock", clock)


def _meridiem(group: Groups, context: Context) -> Made:
    clock = clock_said(group(1)[0])
    if clock is None or not clock.possible or clock.hour == 0:
        return None
    if clock.hour > 12:
        return "clock", replace(clock, open=False)
    return "clock", clock.fixed(afternoon=group(2)[0].value == "pm")


def _hour_minute(group: Groups, context: Context) -> Made:
    hour, minute = _whole(group(1)[0]), group(2)[0].value
    if hour is None or not isinstance(minute, int) or minute > 59:
        return None
    return "clock", clock_of(hour, minute, said=group(1)[0].text)


def _minutes(tokens: list[Token]) -> int:
    for token in tokens:
        if token.kind == "half":
            return 30
        if token.kind == "quarter":
            return 15
        if token.kind == "three_quarters":
            return 45
        if token.kind == "dur":
            return int(token.value.total // 60)
        if token.kind == "num":
            return int(token.value)
    return 0


def shifted(clock: Clock, minutes: int) -> Clock:
    """Return the clock some minutes later or earlier, on the same half of the day."""
    total = clock.hour * 60 + clock.minute + minutes
    hour, minute = divmod(total, 60)
    if clock.open and hour <= 0:
        hour += 12
    elif clock.open and hour > 12:
        hour -= 12
    return replace(clock, hour=hour % 25 if hour >= 0 else 23, minute=minute)


def _past(group: Groups, context: Context) -> Made:
    clock, minutes = clock_said(group(2)[0]), _minutes(group(1))
    if clock is None or clock.minute or minutes > 59:
        return None
    return "clock", shifted(clock, minutes)


def _to(group: Groups, context: Context) -> Made:
    clock, minutes = clock_said(group(2)[0]), _minutes(group(1))
    if clock is None or clock.minute not in {0, 30} or not 0 < minutes <= 59:
        return None
    return "clock", shifted(clock, -minutes)


def _after_hour(group: Groups, context: Context) -> Made:
    clock, minutes = clock_said(group(1)[0]), _minutes(group(2))
    if clock is None or clock.minute or not 0 <= minutes <= 59:
        return None
    return "clock", replace(shifted(clock, minutes), open=clock.open)


def _minus(group: Groups, context: Context) -> Made:
    clock, minutes = clock_said(group(1)[0]), _minutes(group(2))
    if clock is None or clock.minute or not 0 < minutes <= 59:
        return None
    return "clock", shifted(clock, -minutes)


@rule("half to", "(half_to) (num|ord|clock)")
def _half_to(group: Groups, context: Context) -> Made:
    clock = clock_said(group(2)[0])
    if clock is None or clock.minute or not 1 <= clock.hour <= 12:
        return None
    return "clock", shifted(replace(clock, open=True), int(group(1)[0].value) - 60)


@rule("quarter of the nth hour", "(quarter) (ord)(?! unit| month| weekday)")
def _quarter_of_nth(group: Groups, context: Context) -> Made:
    """Read "до четверти пятого": a quarter into the fifth hour."""
    hour = group(2)[0].value
    if not 1 <= hour <= 12:
        return None
    return "clock", shifted(Clock(hour, open=True), 15 - 60)


@rule("named time", "named_clock (num)?")
def _named(group: Groups, context: Context) -> Made:
    hour, _, minute = group(0)[0].value.rstrip("?").partition(":")
    either_half = group(0)[0].value.endswith("?")
    more = group(1)[0].value if group(1) else 0
    if not isinstance(more, int) or more > 59:
        return None
    return "clock", Clock(int(hour), int(minute) + more, open=either_half)


@rule("clock in a part of the day", "(clock) (?:comma? (?:in|at|on|of|to)* (?:the|this)?)? (part)")
def _clock_part(group: Groups, context: Context) -> Made:
    return "clock", in_part(group(1)[0].value, group(2)[0].value)


@rule("part of the day and clock", "(part) (?:comma|at|on|about|around)* (clock)")
def _part_clock(group: Groups, context: Context) -> Made:
    return "clock", in_part(group(2)[0].value, group(1)[0].value)


@rule("number in a part of the day", "(num|hhmm|decimal) (?:in|of|comma|at)? (?:the|this)? (part)")
def _num_part(group: Groups, context: Context) -> Made:
    clock = clock_said(group(1)[0])
    if clock is None or not clock.possible:
        return None
    return "clock", in_part(clock, group(2)[0].value)


@rule(
    "part of the day and number", "(part) (?:comma|about|around)* (at)? (num) (?!unit|month|dot)"
)
def _part_num(group: Groups, context: Context) -> Made:
    clock = clock_said(group(3)[0])
    return None if clock is None else ("clock", in_part(clock, group(1)[0].value))


@rule("clock and seconds", "(clock) (?:and)? (num) (unit)")
def _seconds(group: Groups, context: Context) -> Made:
    if group(3)[0].value != "second" or group(2)[0].value > 59:
        return None
    return "clock", replace(group(1)[0].value, second=group(2)[0].value)


@rule("clock in a zone", "(clock) (?:in)? (?:the)? (zone)")
def _zone(group: Groups, context: Context) -> Made:
    clock: Clock = group(1)[0].value
    return "clock", replace(clock, zone=group(2)[0].value)


def _one(group: Groups) -> Made:
    minutes = _minutes(group(3)) if group(3) else 0
    if not 0 <= minutes < 60:
        return None
    earlier = bool(group(2)) and group(2)[0].kind == "to_hour"
    return "clock", shifted(Clock(1, open=True), -minutes if earlier else minutes)


_HOUR = "(?:num|hhmm|decimal|numh|ord)"
_WHEN = "(?:at|until|from|after|before|by|since)"

# Before lengths: what context makes a clock, although it looks like a length or a number.
CLOCKS: tuple[Rule, ...] = (
    rule("one o'clock", "(the_one) (?:(to_hour|and) (half|quarter|num)(?! unit))?")(lambda g, c: _one(g)),
    rule("past the hour", "(half|quarter|num unit|num|dur) (?:past|after) (?:the)? (num|hhmm|ord|clock|named_clock)(?! unit) (?:oclock)?")(_past),
    rule("half to the hour with minutes", "(num|quarter) (?:unit)? (to_hour|before) (half_to num)")(lambda g, c: _around_half(g)),
    rule("half to the hour with minutes", "(num|quarter) (?:unit)? (past|after) (half_to num)")(lambda g, c: _around_half(g)),
    _half_to,
    _quarter_of_nth,
    rule("half past, without past", "(?<=[at until from to before by since between and]) (half) (num)(?! unit|half|of)")(_past),
    rule("after the hour", "(num|quarter|half) (?:unit)? after (hhmm|num) (?=mer|oclock)")(_past),
    rule("to the hour", "(quarter|num unit|num|dur) (?:to_hour|before) (?:the)? (num|hhmm|ord)(?! unit) (?:oclock)?")(_to),
    rule("quarter to the hour", "(?:a)? (quarter) (?:to) (?:the)? (num) (?:oclock)?")(_to),
    rule("minutes to the hour", "(?<=[at until before by]) (num) (?:unit)? to (num)(?! unit|mer)")(
        lambda g, c: _to(g, c) if g(1)[0].value in {5, 10, 20, 25} else None
    ),
    rule("to the hour before it", "(?:to_hour) (quarter|num) (?:unit)? (num) (?:oclock)")(_to),
    rule("minutes of the running hour", "(num) (unit) (ord)(?! unit|month|weekday)")(
        lambda g, c: _running_hour(g)
    ),
    rule("without", "(?:without) (quarter|num) (?:unit)? (num) (?:oclock|unit)?")(_to),
    rule("hour and half", "(num) oclock (?:and a?)? (half|quarter|three_quarters)")(_after_hour),
    rule("hour and half", "(?<=[at until from to]) (?:the)? (num) unit? (?:and a?) (half|quarter|num)(?! of? a? unit)")(_after_hour),
    rule("the hour and half", "(?:the_hour) (num) (?:and) (half|quarter|three_quarters|num)")(_after_hour),
    rule("the hour minus", "(?:the_hour)? (num) (?:oclock|unit)? (?:to_hour) the? (quarter|num) (?:unit)?")(_minus),
    rule("hour and minutes", "(num) oclock (num) (unit)?")(
        lambda g, c: _hour_minute(g, c) if not g(3) or g(3)[0].value == "minute" else None
    ),
    rule("hour and minutes after a preposition", "(?<=[at until from after before by]) (num) (unit) (num) (unit)?(?! oclock)")(
        lambda g, c: _hour_minute(lambda n: g(1) if n == 1 else g(3), c)
        if g(2)[0].value == "hour" and (not g(4) or g(4)[0].value == "minute") else None
    ),
    rule("hour o'clock with am or pm", "(?:num|hhmm|decimal) oclock? mer")(
        lambda g, c: _meridiem(lambda n: [g(0)[0]] if n == 1 else [g(0)[-1]], c)
    ),
    rule("hour and minutes with am or pm", "(num) (?:unit)? (num) (?=mer|part)")(_hour_minute),
    rule("hour with am or pm", f"({_HOUR}|clock) (mer)")(_meridiem),
    rule("o'clock", "(hhmm|num|decimal) oclock")(_simple),
    rule("the hour and minutes", "(?:the_hour) (num) (num) (?:unit)?")(_hour_minute),
    rule("the hour", "(?:the_hour|at the_hour) (num|hhmm|numh|decimal) (unit|oclock)?")(
        lambda g, c: _simple(g, c) if not g(2) or g(2)[0].value in {"hour", "en punto"} else None
    ),
    rule("hour and minutes after at", "(?<=[at until from after before by]) (num) (num)(?! unit|month|mer|dash|colon)")(_hour_minute),
    rule("clock", "(hhmm)")(_simple),
    rule("noon and half", "(named_clock) and? (half|quarter)")(
        lambda g, c: ("clock", Clock(int(g(1)[0].value.split(":")[0]), _minutes(g(2))))
    ),
    _named,
    _zone,
    _seconds,
    _clock_part,
    _part_clock,
    rule("number of a part of the day", "(num) (unit) (?:in|of)? (?:the)? (part)")(
        lambda g, c: _num_part.make(lambda n: g(1) if n == 1 else g(3), c)
        if g(2)[0].value == "hour" else None
    ),
    _num_part,
    _part_num,
    rule("hour after a preposition", "(?<=[at until from after before starting between since]) (num|ord) (unit)")(
        lambda g, c: _simple(g, c) if g(2)[0].value == "hour" else None
    ),
    rule("clock with a dash", "(?<=[at until from after before by]) (num) (dash) (num)(?! unit|month|dash)")(
        lambda g, c: _dashed(g)
    ),
    rule("clock after a preposition", "(?<=[at until from after before by dash of starting between since and]) (numh)")(_simple),
    rule("hour after of", "(?<=of) (num) (unit) (?=at|to|until)")(
        lambda g, c: _simple(g, c) if g(2)[0].value == "hour" else None
    ),
    rule("clock before a dash", "(numh) (?=dash|at|to|until)")(_simple),
    rule("hours as a clock", "(num) (unit) (?=for|dash)")(
        lambda g, c: _simple(g, c) if g(2)[0].text == "h" else None
    ),
    rule("hours as a clock", "(?<=back) (num) (unit)(?! num)")(
        lambda g, c: _simple(g, c) if g(2)[0].text == "h" and g(1)[0].value >= _NO_LENGTH else None
    ),
    rule("hours as a clock", "(?<=[unit num clock point] dash) (num) (unit)")(
        lambda g, c: _simple(g, c) if g(2)[0].text == "h" else None
    ),
)  # fmt: skip

# After days: what is left of bare numbers.
LATE_CLOCKS: tuple[Rule, ...] = (
    rule("bare hour after a preposition",
         "(?<=[at until from after before by starting]) (?:about)? (num|decimal) (?! unit| month|percent)")(_simple),
    rule("hour somebody is back about", "(?<=back) (?:about) (num)(?! unit| month|percent)")(_simple),
    rule("clock", "(numh)")(_simple),
    _clock_part,
    _part_clock,
    rule("zone and clock", "(zone) (clock)")(
        lambda g, c: ("clock", replace(g(2)[0].value, zone=g(1)[0].value))
    ),
)  # fmt: skip


# Only where the whole phrase is a time: "seven thirty", "eleven five".
BARE_CLOCKS: tuple[Rule, ...] = (
    rule("hour and minutes in words", "(num) (num)(?! unit|month|num|dash|of)")(
        lambda g, c: (
            None if g(1)[0].text.isdigit() or g(2)[0].text.isdigit() else _hour_minute(g, c)
        )
    ),
)


def _dashed(group: Groups) -> Made:
    """Read "at 9-30" and "until 18-00": two digits that cannot be the end of a range of hours."""
    hour, minute = _whole(group(1)[0]), group(3)[0]
    if (
        hour is None
        or len(minute.text) != 2
        or not (minute.text == "00" or 24 < minute.value < 60)
    ):
        return None
    return "clock", clock_of(hour, minute.value, said=group(1)[0].text)


def _running_hour(group: Groups) -> Made:
    """Read "ten minutes of the third hour" as 2:10."""
    minutes, hour = group(1)[0].value, group(3)[0].value
    if group(2)[0].value != "minute" or not isinstance(minutes, int) or not 0 < minutes < 60:
        return None
    if not 1 <= hour <= 12:
        return None
    return "clock", shifted(Clock(hour, open=True), minutes - 60)


def _around_half(group: Groups) -> Made:
    half = group(3)
    clock = clock_said(half[1])
    if clock is None:
        return None
    base = shifted(replace(clock, open=True), -30)
    minutes = _minutes(group(1))
    later = group(2)[0].kind in {"past", "after"}
    return "clock", shifted(base, minutes if later else -minutes)
