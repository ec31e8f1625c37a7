"""Changing what was said last, and setting again what was set before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.commands import Amend, RepeatLast, SetMessage, SetStatus
from bot.domain.journal import Entry
from bot.domain.plan_commands import Schedule
from bot.domain.reply import Offer, Phrase
from bot.domain.status import StatusMessage
from bot.domain.timers import PlannedStart, Timer
from bot.service.handlers import schedules, status
from bot.service.handlers.end_reminders import asked_lead
from bot.service.handlers.planning import Reference
from bot.service.handlers.presets import whole_minutes
from bot.service.handlers.standing import newest
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

_JUST_NOW = timedelta(minutes=10)  # as long as "instead" means a plan that was made
_SET_BY_WORDS = frozenset({"SetStatus", "Schedule", "Recur", "Sequence"})


async def amend(turn: Turn, command: Amend) -> Outcome:
    """Change part of the running status, or of a plan that was made after it.

    Raises a GatewayError where nothing was changed.
    """
    planned = _just_planned(turn)
    if planned is not None:
        timer, task = planned
        return await schedules.schedule(turn, _amended_plan(timer, task, command))
    running = turn.running
    if running is None:
        return await _nothing_runs(turn, command)
    end = command.end or (running.end if running.end_said else None)
    message = None
    if command.message is not None:
        pinned = running.message is not None and running.message.pinned
        message = StatusMessage(text=command.message, end=end, pinned=pinned)
    elif running.message is not None and running.message_came_along:
        message = replace(running.message, end=end)
    availability = command.availability or running.preferred.availability
    amended = SetStatus(
        availability=availability,
        end=end,
        message=message,
        remind_before_end=asked_lead(turn),
    )
    return await status.carry_out(turn, amended, amends=True)


def _just_planned(turn: Turn) -> tuple[Timer, PlannedStart] | None:
    plans = [(one, one.task) for one in turn.record.timers if isinstance(one.task, PlannedStart)]
    if not plans:
        return None
    timer, task = max(plans, key=lambda plan: plan[1].said)
    entry = newest(turn)
    if turn.now - task.said > _JUST_NOW or (entry is not None and entry.at > task.said):
        return None
    return timer, task


def _amended_plan(timer: Timer, task: PlannedStart, command: Amend) -> Schedule:
    end = task.end if command.end is None else command.end
    message = task.message
    if command.message is not None:
        message = StatusMessage(text=command.message, end=end)
    elif message is not None and message.end == task.end:
        message = replace(message, end=end)
    return Schedule(
        availability=command.availability or task.availability,
        start=task.start,
        end=end,
        message=message,
        instead_of=timer.id,
    )


async def _nothing_runs(turn: Turn, command: Amend) -> Outcome:
    if command.message is not None and command.availability is None:
        said = SetMessage(message=StatusMessage(text=command.message, end=command.end))
        return await status.carry_out(turn, said)
    reply = sorry(Phrase("problem-nothing-running"))
    if command.availability is not None:
        label = Phrase("offer-set", {"availability": command.availability})
        instead = SetStatus(availability=command.availability, end=command.end)
        reply = replace(reply, offers=(Offer(label=label, command=instead),))
    return Outcome(reply=reply)


async def repeat(turn: Turn, _: RepeatLast, reference: Reference | None) -> Outcome:
    """Set an earlier status again, for as long as it was said for then.

    Raises a GatewayError where nothing was changed.
    """
    entry = next((e for e in turn.record.entries if _is_meant(turn, e, reference)), None)
    if entry is None or entry.presence is None or entry.presence.after is None:
        return Outcome(reply=sorry(Phrase("repeat-nothing")))
    after = entry.presence.after
    end = None
    if entry.presence.end_said and after.end is not None:
        end = turn.moment.now + whole_minutes(after.end - entry.at)
    text = entry.message.after.text if entry.message and entry.message.after else None
    message = StatusMessage(text=text, end=end) if text else None
    command = SetStatus(availability=after.availability, end=end, message=message)
    outcome = await status.carry_out(turn, command)
    notes = (Phrase("repeat-of", {"at": entry.at}), *outcome.reply.notes)
    return replace(outcome, reply=replace(outcome.reply, notes=notes))


def _is_meant(turn: Turn, entry: Entry, reference: Reference | None) -> bool:
    if entry.undone or entry.command not in _SET_BY_WORDS:
        return False
    if entry.presence is None or entry.presence.after is None:
        return False
    if reference is None:
        return True
    if reference.day is not None:
        return turn.moment.wall(entry.at).date() == reference.day
    if reference.availability is entry.presence.after.availability:
        return True
    text = entry.message.after.text if entry.message and entry.message.after else ""
    return reference.words.casefold() in text.casefold()
