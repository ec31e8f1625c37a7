"""What stands according to the journal: whose it is, and what its end will bring back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.journal import Entry
from bot.domain.plan import Plan
from bot.domain.presence import PreferredPresence
from bot.domain.timers import GiveBack, SequenceStart, Timer
from bot.service.changes import Arm, Change
from bot.service.turn import Turn

# Entries of the bot's own.
STARTED, STARTED_AGAIN, GAVE_BACK, WENT_ON = "Schedule", "Recur", "GiveBack", "SequenceStep"
_BY_THE_BOT = frozenset({STARTED, STARTED_AGAIN, GAVE_BACK, WENT_ON})
# They bring back what another entry set first.
_REPEATS = frozenset({STARTED, STARTED_AGAIN, GAVE_BACK, "Undo"})


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
    decided = (_origin(turn, after) if runs else None) or entry
    spoken = _spoken(turn, decided)
    if spoken is None or spoken <= said:
        return False
    return runs or decided.at >= due or _going_on(turn, decided) is not None


def _origin(turn: Turn, standing: PreferredPresence | None) -> Entry | None:
    """Return the entry that set first what stands; what was given back is somebody's."""
    for entry in turn.record.entries:
        if entry.presence is None or entry.command in _REPEATS:
            continue
        if entry.presence.after == standing:
            return entry
    return None


def _spoken(turn: Turn, entry: Entry) -> datetime | None:
    """Return when the person asked for what an entry set; none where a plan of theirs started."""
    if entry.command != WENT_ON:
        return None if entry.command in _BY_THE_BOT else entry.at
    sequence = _going_on(turn, entry)
    if sequence is not None:
        return sequence.said
    # Its first step is the oldest; where the journal at hand begins later, one that is near.
    steps = (one.at for one in turn.record.entries if one.part_of == entry.part_of)
    return min(steps, default=entry.at)


def _going_on(turn: Turn, entry: Entry) -> SequenceStart | None:
    """Return the sequence that an entry is a step of, where more steps are to come."""
    for timer in turn.record.timers:
        if isinstance(timer.task, SequenceStart) and timer.id == entry.part_of:
            return timer.task
    return None
