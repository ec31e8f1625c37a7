"""What could not happen in time, because nothing ran: told in one message, not ten.

Up to the grace period a plan still happens by itself, with a note that it is late. Later than
that a status that still runs is offered, one that is over is skipped, and a reminder is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.occurrence import Occurrence, next_occurrence, passed
from bot.domain.plan import end_problem
from bot.domain.plan_commands import Schedule
from bot.domain.reply import Item, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.domain.timers import (
    FreeReminder,
    PlannedStart,
    Recurring,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
    Timer,
)
from bot.service.changes import Arm, Change, Drop
from bot.service.handlers.planning import GRACE, Listed, name_of, plans
from bot.service.ports import Fired
from bot.service.turn import Turn

_MOST_TOLD = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class _Missed:
    listed: Listed
    at: datetime
    count: int = 1
    still: Schedule | None = None


def is_overdue(turn: Turn, timer: Timer) -> bool:
    """Return whether a due plan is too late to happen by itself."""
    return any(one.timer.id == timer.id and _missed(turn, one) is not None for one in plans(turn))


def report(turn: Turn, timer: Timer) -> Fired:
    """Tell everything that is overdue, offer what still runs, and arm what comes again.

    `timer` is the first of them to be taken up; whether it waited for a sign-in says why.
    """
    missed = [found for one in plans(turn) if (found := _missed(turn, one)) is not None]
    count = sum(one.count for one in missed)
    beyond = len(missed) - _MOST_TOLD
    return Fired(
        reply=Reply(
            tone=Tone.SORRY,
            title=Phrase("overdue-signed-out" if timer.waited else "overdue", {"count": count}),
            items=tuple(_item(one) for one in missed[:_MOST_TOLD]),
            notes=(Phrase("and-more", {"count": beyond}),) if beyond > 0 else (),
        ),
        changes=tuple(rearmed(turn, one.listed.timer) for one in missed),
    )


def rearmed(turn: Turn, timer: Timer) -> Change:
    """Return the change that arms what comes next of a timer, or disarms it."""
    task = timer.task
    if not isinstance(task, Recurring):
        return Drop(timer=timer.id)
    upcoming = next_occurrence(task.series, after=turn.now, working_day=turn.moment.working_day)
    if upcoming is None:
        return Drop(timer=timer.id)
    skipped = tuple(day for day in task.series.skipped if day >= upcoming.day)
    series = replace(task.series, skipped=skipped)
    return Arm(
        timer=timer.id,
        task=replace(task, series=series, start=upcoming.start),
        due=upcoming.start,
    )


def _missed(turn: Turn, listed: Listed) -> _Missed | None:
    match listed.task:
        case FreeReminder(at=at):
            return _late(turn, listed, at or listed.timer.due)
        case PlannedStart(start=start, end=end) as task:
            still = Schedule(
                availability=task.availability, start=start, end=end, message=task.message
            )
            if start <= turn.now and end is not None and end_problem(end, turn.now):
                return _Missed(listed=listed, at=start)
            found = _late(turn, listed, start)
            return replace(found, still=still) if found else None
        case RecurringReminder() as task:
            return _missed_series(turn, listed, task)
        case RecurringStart() as task:
            return _missed_series(turn, listed, task)
        case SequenceStart():
            return None  # it goes on with the step that is due by then


def _late(turn: Turn, listed: Listed, at: datetime) -> _Missed | None:
    return _Missed(listed=listed, at=at) if turn.now - at > GRACE else None


def _missed_series(turn: Turn, listed: Listed, task: Recurring) -> _Missed | None:
    found = passed(
        task.series, since=task.start, now=turn.now, working_day=turn.moment.working_day
    )
    if not found:  # new rules of the zone have moved what was armed: tell it, and arm anew
        return _Missed(listed=listed, at=task.start) if task.start <= turn.now else None
    last = found[-1]
    over = isinstance(task, RecurringStart) and end_problem(last.end, turn.now) is not None
    if not over and turn.now - last.start <= GRACE:
        return None
    still = None if over else _still(task, last)
    return _Missed(listed=listed, at=last.start, count=len(found), still=still)


def _still(task: Recurring, last: Occurrence) -> Schedule | None:
    if not isinstance(task, RecurringStart):
        return None
    message = StatusMessage(text=task.message) if task.message else None
    return Schedule(
        availability=task.availability, start=last.start, end=last.end, message=message
    )


def _item(missed: _Missed) -> Item:
    lines = [name_of(missed.listed.task)]
    if missed.still is not None:
        lines.append(Phrase("overdue-still"))
    elif isinstance(missed.listed.task, PlannedStart | RecurringStart):
        lines.append(Phrase("overdue-skipped", {"count": missed.count}))
    return Item(
        label=Phrase("overdue-at", {"at": missed.at}),
        lines=tuple(lines),
        offers=(Offer(label=Phrase("offer-start-now"), command=missed.still),)
        if missed.still
        else (),
    )
