"""Changing something planned in place: it keeps its number, its words and what was skipped.

What recurs keeps its time zone, too, but days and times are meant by the person's own clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.elsewhere import carried
from bot.domain.moment import Moment
from bot.domain.occurrence import next_occurrence
from bot.domain.person import zone_or_utc
from bot.domain.plan_commands import Cancel, ChangePlan, ListPlans, SkipOnce, Target
from bot.domain.presence import DEFAULT_LENGTH
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import (
    FreeReminder,
    Planned,
    PlannedStart,
    Recurring,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
)
from bot.service.changes import Arm
from bot.service.handlers.plan_list import meant, which
from bot.service.handlers.planning import (
    Listed,
    Reference,
    Window,
    name_of,
    other_zone,
    overlap,
    repeats,
    series_windows,
)
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

_ONE_DAY = timedelta(days=1)
_ANY_DAY = date(2000, 1, 1)


async def change(turn: Turn, command: ChangePlan, reference: Reference | None) -> Outcome:
    """Change the one thing that is meant; ask which one where that is not clear."""
    chosen = meant(turn, reference) if reference is not None else []
    if len(chosen) != 1:
        return Outcome(
            reply=which(chosen, lambda one: replace(command, ref=one.timer.id), "change-nothing")
        )
    return change_listed(turn, chosen[0], command)


def change_listed(turn: Turn, listed: Listed, command: ChangePlan) -> Outcome:
    """Change this plan; where that cannot be, nothing is changed and the title says why."""
    match listed.task:
        case RecurringStart() | RecurringReminder() as task:
            return _series(turn, listed, task, command)
        case PlannedStart() as task:
            return _once(turn, listed, task, command)
        case FreeReminder(at=at) as task:
            if command.start is None or command.days or command.until:
                return _cannot(listed)
            moved = _at(_meant_at(turn, command), at or listed.timer.due, command.start)
            return _changed(turn, listed, replace(task, at=moved, ends=None), moved, ())
        case SequenceStart():
            return _cannot(listed)


def _cannot(listed: Listed) -> Outcome:
    return Outcome(reply=sorry(Phrase("change-cannot"), name_of(listed.task)))


def _series(turn: Turn, listed: Listed, task: Recurring, command: ChangePlan) -> Outcome:
    series, here = task.series, _meant_at(turn, command).zone.key
    day = series.day_of(task.start)
    seen, out = carried(series.recurrence, day, zone=series.zone, to=here)
    rule = _new_rule(seen, command)
    if isinstance(task, RecurringReminder):
        rule = replace(rule, end=None)
    if command.end is not None and rule.end == rule.start:
        return Outcome(reply=sorry(Phrase("problem-too-short")))
    rule, home = carried(rule, day + out, zone=here, to=series.zone)
    later = out + home  # the days of the series itself, where a time has crossed its midnight
    if later and rule.frequency is Frequency.MONTHLY:
        return _cannot(listed)
    first = series.first
    if rule.interval == 1:
        first = series.day_of(turn.now)
    elif later:
        first = day + later
    skipped = tuple(one + later for one in series.skipped)
    series = replace(series, recurrence=rule, first=first, skipped=skipped)
    working_day = turn.moment.working_day
    upcoming = next_occurrence(series, after=turn.now, working_day=working_day)
    if upcoming is None:
        return Outcome(reply=sorry(Phrase("recurs-never")))
    changed = replace(task, series=series, start=upcoming.start)
    windows: list[Window] = []
    if isinstance(changed, RecurringStart):
        windows = series_windows(series, turn, turn.now)
        changed = replace(changed, said=turn.now)
    return _changed(turn, listed, changed, upcoming.start, windows, end=upcoming.end)


def _new_rule(rule: Recurrence, command: ChangePlan) -> Recurrence:
    start = command.start or rule.start
    end = command.end or rule.end
    if command.end is None and command.start and rule.start and rule.end:
        end = _later(command.start, _length(rule.start, rule.end))
    length = rule.length if command.end is None else None
    rule = replace(rule, start=start, end=end, length=length, until=command.until or rule.until)
    if not command.days:
        return rule
    return replace(
        rule, frequency=Frequency.WEEKLY, interval=1, by_day=command.days, by_month_day=()
    )


def _length(start: time, end: time) -> timedelta:
    length = datetime.combine(_ANY_DAY, end) - datetime.combine(_ANY_DAY, start)
    return length if length > timedelta(0) else length + _ONE_DAY


def _later(start: time, length: timedelta) -> time:
    return (datetime.combine(_ANY_DAY, start) + length).time()


def _once(turn: Turn, listed: Listed, task: PlannedStart, command: ChangePlan) -> Outcome:
    if command.days or command.until:
        return _cannot(listed)
    moment = _meant_at(turn, command)
    start = _at(moment, task.start, command.start) if command.start else task.start
    end = task.end
    if command.end is not None:
        end = _at(moment, start, command.end)
        end = end if end > start else end + _ONE_DAY
    elif end is not None:
        end = start + (end - task.start)  # the length stays
    if start <= turn.now:
        return Outcome(reply=sorry(Phrase("problem-past", {"end": start})))
    message = task.message
    if message is not None and message.end is not None and message.end == task.end:
        message = replace(message, end=end)
    changed = replace(task, start=start, end=end, message=message, said=turn.now)
    windows = [(start, end or start + DEFAULT_LENGTH[task.availability])]
    return _changed(turn, listed, changed, start, windows, end=end)


def _meant_at(turn: Turn, command: ChangePlan) -> Moment:
    """Return the moment with the zone that the times of a command are meant in."""
    if command.zone is None:
        return turn.moment
    return replace(turn.moment, zone=zone_or_utc(command.zone))


def _at(moment: Moment, instant: datetime, clock: time) -> datetime:
    """Return the instant of another time of the same local day."""
    return moment.instant(datetime.combine(moment.wall(instant).date(), clock))


def _changed(
    turn: Turn,
    listed: Listed,
    task: Planned,
    due: datetime,
    windows: list[Window] | tuple[()],
    *,
    end: datetime | None = None,
) -> Outcome:
    timer = listed.timer.id
    if due <= turn.now:
        return Outcome(reply=sorry(Phrase("problem-past", {"end": due})))
    zone = turn.moment.zone.key
    lasts = end is not None and not isinstance(task, FreeReminder | RecurringReminder)
    when = Phrase("end-in-zone", {"end": due, "zone": zone})
    if end is not None and lasts:
        when = Phrase("start-end-in-zone", {"start": due, "end": end, "zone": zone})
    facts = [
        Fact(label=Phrase("fact-plan"), value=name_of(task)),
        Fact(label=Phrase("fact-next"), value=when),
    ]
    offers = [
        Offer(label=Phrase("offer-cancel"), command=Cancel(target=Target.ALL, ref=timer)),
        Offer(label=Phrase("offer-list"), command=ListPlans()),
    ]
    notes = []
    if isinstance(task, Recurring):
        facts.insert(1, Fact(label=Phrase("fact-repeats"), value=repeats(task.series)))
        offers.insert(0, Offer(label=Phrase("offer-skip"), command=SkipOnce(ref=timer)))
        until = task.series.recurrence.until
        if until is not None:
            wall = datetime.combine(until, task.series.recurrence.start or time())
            last = wall.replace(tzinfo=zone_or_utc(task.series.zone)).astimezone(UTC)
            notes.append(Phrase("note-last-day", {"at": last}))
        notes += other_zone(turn, task.series)
    if overlaps := overlap(turn, windows, but=timer):
        notes.insert(0, overlaps)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("changed"),
            facts=tuple(facts),
            notes=tuple(notes),
            offers=tuple(offers),
        ),
        changes=(Arm(timer=timer, task=task, due=due),),
    )
