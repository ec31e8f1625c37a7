"""Which timers remind of the end of a status, and how they move with that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.journal import Entry
from bot.domain.plan import Plan
from bot.domain.timers import EndReminder, FreeReminder
from bot.service.changes import Arm, Change, Drop
from bot.service.turn import Turn
from bot.service.writing import Written

REMIND_BEFORE_END = timedelta(minutes=5)
SHORTEST_REMINDED = timedelta(minutes=15)  # a shorter status ends before a reminder is of use


def end_reminder(
    turn: Turn, planned: Plan, written: Written, entry: Entry, *, asked: timedelta | None = None
) -> tuple[Change, ...]:
    """Return the timer that this change arms or disarms.

    `asked` is how long before the end the person asked for it. Where there is less time left, it
    comes as late as one that nobody asked for.
    """
    if planned.presence is None or written.presence_error is not None:
        return ()
    to, end = planned.presence.to, planned.end
    if to is None or end is None or not planned.end_said:
        return (Drop(timer=turn.end_timer),)
    wanted = asked is not None or (
        turn.record.settings.end_reminders and end - turn.now >= SHORTEST_REMINDED
    )
    leads = (asked or REMIND_BEFORE_END, REMIND_BEFORE_END)
    due = next((end - lead for lead in leads if end - lead > turn.now), None)
    if not wanted or due is None:
        return (Drop(timer=turn.end_timer),)
    task = EndReminder(entry=entry.id, availability=to.availability, end=end, lead=asked)
    return (Arm(timer=turn.end_timer, task=task, due=due),)


def asked_lead(turn: Turn) -> timedelta | None:
    """Return how long before the end of what runs the person asked to be reminded."""
    running = turn.running
    for timer in turn.record.timers:
        task = timer.task
        if isinstance(task, EndReminder) and running is not None and task.end == running.end:
            return task.lead
    return None


def moved_reminders(turn: Turn, planned: Plan, written: Written) -> tuple[Change, ...]:
    """Return the changes that keep the person's own reminders as long before another end."""
    running, end = turn.running, planned.end
    if running is None or end is None or written.presence_error is not None:
        return ()
    moved = []
    for timer in turn.record.timers:
        task = timer.task
        if isinstance(task, FreeReminder) and task.ends == running.end:
            at = max(end - (task.ends - (task.at or timer.due)), turn.now)
            moved.append(Arm(timer=timer.id, task=replace(task, at=at, ends=end), due=at))
    return tuple(moved)
