"""What a person has planned: which timers, their numbers, their names, and what overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.domain.elsewhere import same_clocks
from bot.domain.occurrence import Series, occurrences
from bot.domain.presence import DEFAULT_LENGTH, Availability
from bot.domain.recurrence import Frequency
from bot.domain.reply import Phrase
from bot.domain.timers import (
    FreeReminder,
    Planned,
    PlannedStart,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
    Timer,
)
from bot.service.turn import Turn

MAX_PLANS = 100  # a person
GRACE = timedelta(minutes=30)  # as long as a start that is late still happens by itself
NOT_LATE = timedelta(minutes=1)
_LOOK_BACK = timedelta(days=8)  # longer than any occurrence lasts: to the next working day
_MOST_COMPARED = 100
_WORKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR"})

Window = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What a person called a plan: their words, and a time or an availability if it is one.

    `wall` is naive local time; `day` is given where a whole day was named. A name of something
    else ("lunch") is no availability, but implies one.
    """

    words: str
    wall: datetime | None = None
    day: date | None = None
    availability: Availability | None = None
    implies: Availability | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A plan and its number, which is the same in every list."""

    number: int
    timer: Timer
    task: Planned


def plans(turn: Turn) -> list[Listed]:
    """Return what the person has planned, next first."""
    found = [
        (timer, timer.task) for timer in turn.record.timers if isinstance(timer.task, Planned)
    ]
    return [
        Listed(number=number, timer=timer, task=task)
        for number, (timer, task) in enumerate(found, 1)
    ]


def too_many(turn: Turn) -> Phrase | None:
    """Return the sentence that there are as many plans as there may be, or none."""
    if len(plans(turn)) < MAX_PLANS:
        return None
    return Phrase("too-many-plans", {"limit": MAX_PLANS})


def text_of(task: Planned) -> str:
    """Return the person's own words for a plan; empty where they gave none."""
    match task:
        case PlannedStart(message=message):
            return message.text if message else ""
        case RecurringStart(message=text):
            return text or ""
        case FreeReminder(text=text) | RecurringReminder(text=text):
            return text
        case SequenceStart():
            return ""


def name_of(task: Planned) -> Phrase:
    """Return what a plan is called."""
    text = text_of(task)
    match task:
        case PlannedStart(availability=availability) | RecurringStart(availability=availability):
            if text:
                return Phrase("plan-named", {"availability": availability, "text": text})
            return Phrase("plan-status", {"availability": availability})
        case SequenceStart(steps=steps, repeat=repeat):
            count = len(steps) * repeat
            return Phrase("plan-sequence", {"availability": steps[0].availability, "count": count})
        case _:
            return (
                Phrase("plan-reminder", {"text": text}) if text else Phrase("plan-reminder-bare")
            )


def repeats(series: Series) -> Phrase:
    """Return how often a series comes."""
    rule = series.recurrence
    count = {"count": rule.interval}
    match rule.frequency:
        case Frequency.DAILY:
            return Phrase("repeats-daily", count)
        case Frequency.MONTHLY:
            return Phrase("repeats-monthly", count)
        case Frequency.WEEKLY:
            if rule.interval == 1 and set(rule.by_day) == _WORKDAYS:
                return Phrase("repeats-workdays")
            if len(rule.by_day) > 1:
                return Phrase("repeats-some-days", {**count, "days": len(rule.by_day)})
            return Phrase("repeats-weekly", count)


def other_zone(turn: Turn, series: Series) -> tuple[Phrase, ...]:
    """Return the note that a series keeps to a time zone which is not the person's."""
    if same_clocks(series.zone, turn.moment.zone.key, turn.now):
        return ()
    return (Phrase("note-other-zone", {"zone": series.zone}),)


def instant_of(timer: Timer, task: Planned) -> datetime:
    """Return when a plan was to happen; `timer.due` is later where it is tried again."""
    match task:
        case FreeReminder(at=at):
            return at or timer.due
        case PlannedStart(start=start) | RecurringStart(start=start):
            return start
        case RecurringReminder(start=start):
            return start
        case SequenceStart():
            return timer.due


def series_windows(series: Series, turn: Turn, since: datetime) -> list[Window]:
    """Return the next times of a series, as many as are compared."""
    found = occurrences(series, after=since, working_day=turn.moment.working_day)
    return [(one.start, one.end) for one, _ in zip(found, range(_MOST_COMPARED), strict=False)]


def overlap(turn: Turn, windows: Sequence[Window], *, but: str | None = None) -> Phrase | None:
    """Return the note that some windows (ordered) overlap another planned status, or none."""
    for listed in plans(turn):
        if listed.timer.id == but or not windows:
            continue
        for start, end in _windows(turn, listed.task, windows[0][0], windows[-1][1]):
            if _meets(windows, start, end):
                if text := text_of(listed.task):
                    return Phrase("overlaps-named", {"text": text, "at": start})
                return Phrase("overlaps-plan", {"plan": name_of(listed.task), "at": start})
    return None


def _windows(turn: Turn, task: Planned, since: datetime, until: datetime) -> Iterator[Window]:
    match task:
        case PlannedStart(start=start, end=end, availability=availability):
            yield start, end or start + DEFAULT_LENGTH[availability]
        case SequenceStart(begun=begun, end=end):
            yield begun, end
        case RecurringStart(series=series):
            found = occurrences(
                series, after=since - _LOOK_BACK, working_day=turn.moment.working_day
            )
            near = takewhile(lambda one: one.start < until, found)
            yield from ((one.start, one.end) for one in near)
        case _:
            return


def _meets(windows: Iterable[Window], start: datetime, end: datetime) -> bool:
    return any(begins < end and start < ends for begins, ends in windows)


def lateness(turn: Turn, due: datetime) -> tuple[Phrase, ...]:
    """Return the note that something is late, where it is."""
    if turn.now - due < NOT_LATE:
        return ()
    return (Phrase("note-late", {"at": due}),)
