"""What stands according to the journal: whose it is, and what its end will bring back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.journal import Entry
from bot.domain.plan import Plan
from bot.domain.presence import PreferredPresence
from bot.domain.timers import GiveBack, Timer
from bot.service.changes import Arm, Change
from bot.service.turn import Turn

# Entries of the bot's own.
STARTED, STARTED_AGAIN, GAVE_BACK, WENT_ON = "Schedule", "Recur", "GiveBack", "SequenceStep"
_BY_THE_BOT = frozenset({STARTED, STARTED_AGAIN, GAVE_BACK, WENT_ON})
_REPEATS = _BY_THE_BOT | {"Undo"}  # they bring back what another entry set first


def give_back_timer(plan: str) -> str:
    """Return the id of the timer that gives back what the plan `plan` took over from."""
    return f"back:{plan}"


def newest(turn: Turn) -> Entry | None:
    """Return the newest entry about the presence."""
    return next((entry for entry in turn.record.entries if entry.presence is not None), None)


def stands(turn: Turn, task: GiveBack) -> bool:
    """Return whether the planned status is still the last thing that was set."""
    entry = newest(turn)
    if entry is None or entry.presence is None:
        return False
    return entry.presence.after == PreferredPresence(availability=task.availability, end=task.end)


def pending_give_back(turn: Turn) -> tuple[Timer, GiveBack] | None:
    """Return what the end of the standing status will bring back."""
    for timer in turn.record.timers:
        if isinstance(timer.task, GiveBack) and stands(turn, timer.task):
            return timer, timer.task
    return None


def moved_give_back(turn: Turn, planned: Plan) -> tuple[Change, ...]:
    """Return the change that keeps a give-back at the end of a status that is extended."""
    pending = pending_give_back(turn)
    if pending is None or planned.end is None:
        return ()
    timer, task = pending
    return (Arm(timer=timer.id, task=replace(task, end=planned.end), due=planned.end),)


def person_spoke_later(turn: Turn, *, said: datetime, due: datetime) -> bool:
    """Return whether the person decided otherwise than a plan that they `said` for `due`.

    They did with a status that they said after the plan and that still runs, and with anything
    that they said once the plan was due.
    """
    entry = newest(turn)
    if entry is None or entry.presence is None:
        return False
    after = entry.presence.after
    runs = after is not None and after.end is not None and after.end > turn.now
    origin = _origin(turn, after) if runs else entry
    decided = origin or entry
    if decided.command in _BY_THE_BOT or decided.at <= said:
        return False
    return runs or decided.at >= due


def _origin(turn: Turn, standing: PreferredPresence | None) -> Entry | None:
    """Return the entry with which a person set what stands; what was given back is theirs."""
    for entry in turn.record.entries:
        if entry.presence is None or entry.command in _REPEATS:
            continue
        if entry.presence.after == standing:
            return entry
    return None
