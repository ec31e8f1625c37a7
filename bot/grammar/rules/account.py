"""The person's own settings and data."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.commands import OutOfOffice, SetWorkLocation
from bot.domain.own_commands import (
    EraseHistory,
    ExportData,
    ForgetMe,
    Privacy,
    SetLanguage,
    SetTimezone,
    SetWorkingHours,
    SignOut,
)
from bot.grammar.normalise import fold
from bot.grammar.periods import Misfit, period
from bot.grammar.sentence import Hit, Made, is_time, tidy
from bot.grammar.tokens import Token
from bot.grammar.when.resolve import time_of
from bot.grammar.when.values import DAYS, Clock, Point, Range, Recurring, Until

_LONGEST_PLACE = 5  # words


def sign_out(hit: Hit) -> Made:
    """Sign out."""
    return SignOut()


def forget_me(hit: Hit) -> Made:
    """Delete what is stored."""
    return ForgetMe()


def erase_history(hit: Hit) -> Made:
    """Delete what was set before."""
    return EraseHistory()


def export(hit: Hit) -> Made:
    """Give what is stored."""
    return ExportData()


def privacy(hit: Hit) -> Made:
    """Say what is stored."""
    return Privacy()


def work_location(hit: Hit) -> Made:
    """Say where the person works."""
    if any(t.kind == "neg" for t in hit.sentence.tokens):
        return None
    if hit.has("office"):
        place = "office"
    elif hit.has("remote"):
        place = "remote"
    else:
        tokens = hit.tokens("location")
        if not tokens or len(tokens) > _LONGEST_PLACE or any(is_time(t) for t in tokens):
            return None
        place = hit.words("location") or ""
    if not place:
        return None
    day: date | None = None
    for token in hit.times():
        if token.kind == "point" and token.value.day is not None:
            day = token.value.day
        elif token.kind != "allday" and not (token.kind == "point" and token.value.how == "now"):
            return None
    return SetWorkLocation(location=place, day=day)


def clear_location(hit: Hit) -> Made:
    """Take back what was said about where the person works, today or on a day."""
    if any(t.kind == "neg" for t in hit.sentence.tokens):
        return None
    days = [t.value.day for t in hit.times() if t.kind == "point"]
    if None in days or len(days) > 1:
        return None
    return SetWorkLocation(location=None, day=days[0] if days else None)


@cache
def _zones() -> dict[str, str]:
    """Return zone names by their folded form: the whole name, and the city alone."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            found.setdefault(fold(name.rsplit("/", 1)[1]).replace("_", " "), name)
        found[fold(name)] = name
    return found


def timezone(hit: Hit) -> Made:
    """Set the time zone by its name, its city, or a name of the lexicon."""
    spoken = list(hit.tokens("zone"))
    if len(spoken) == 1 and spoken[0].kind == "zone":
        return SetTimezone(zone=spoken[0].value)
    said = hit.words("zone")
    if said is None:
        return None
    name = fold(tidy(said).strip(".!")).replace(" ", "_")
    cities = hit.sentence.lexicon.option("cities", {})
    found = (
        _zones().get(name)
        or _zones().get(name.replace("_", " "))
        or cities.get(name.replace("_", " "))
    )
    if found is None:
        return None
    ZoneInfo(found)
    return SetTimezone(zone=found)


def working_hours(hit: Hit) -> Made:
    """Set when the working day starts and ends, and on which days."""
    days: tuple[str, ...] = ()
    clocks: list[Clock] = []
    for token in (*hit.tokens("w1"), *hit.tokens("w2")):
        value = token.value
        if isinstance(value, Recurring):
            days = value.byday
            clocks.extend(value.at)
            if value.end is not None:
                clocks.append(value.end)
        elif isinstance(value, Range):
            if value.start.clock and value.end and value.end.clock:
                clocks = [value.start.clock, value.end.clock]
            if value.start.how == "weekday" and value.end is not None:
                days = _weekdays(value)
        elif isinstance(value, Point) and value.clock is not None:
            clocks.append(value.clock)
        elif isinstance(value, Until) and isinstance(value.end, Point) and value.end.clock:
            clocks.append(value.end.clock)
    if len(clocks) != 2:
        return None
    start, end = _time(clocks[0], morning=True), _time(clocks[1], morning=False)
    if end <= start:
        return None
    for clock, chosen in zip(clocks, (start, end), strict=True):
        hit.sentence.resolver.assume_time(clock, chosen)
    return SetWorkingHours(start=start, end=end, days=days)


def _time(clock: Clock, *, morning: bool) -> time:
    if clock.open:
        clock = clock.fixed(afternoon=not morning)
    return time_of(clock)


def _weekdays(found: Range) -> tuple[str, ...]:
    first, last = found.start.day, found.end.day if found.end else None
    if first is None or last is None:
        return ()
    codes = [DAYS[first.weekday()]]
    while codes[-1] != DAYS[last.weekday()] and len(codes) < 7:
        first += timedelta(days=1)
        codes.append(DAYS[first.weekday()])
    return tuple(codes)


def language(hit: Hit) -> Made:
    """Set the language of the answers."""
    for name, value in hit.match.groupdict().items():
        if name.startswith("lang_") and value:
            return SetLanguage(language=name.removeprefix("lang_"))
    return None


def out_of_office(hit: Hit) -> Made:
    """Set automatic replies: understood, and not done."""
    if any(t.kind in {"neg", "question", "presence"} for t in hit.sentence.tokens):
        return None
    times: list[Token] = [t for n in ("w1", "w2") for t in hit.tokens(n) if is_time(t)]
    try:
        found = period(times, hit.sentence.resolver)
    except Misfit:
        return None
    quotes = hit.all("quote")
    message = str(quotes[0].value) if quotes else hit.words("text")
    return OutOfOffice(start=found.start, end=found.end, message=message)
