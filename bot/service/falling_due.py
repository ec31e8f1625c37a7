"""What a due timer does, and what becomes of one that failed for the last time."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from bot.domain.reply import Phrase
from bot.domain.timers import (
    EndReminder,
    FreeReminder,
    GiveBack,
    HoldSession,
    PlannedLocation,
    PlannedStart,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
    TenantWatch,
    Timer,
    Watching,
    ZoneQuestion,
)
from bot.service.changes import Arm
from bot.service.handlers import (
    location,
    overdue,
    recurring,
    reminders,
    schedules,
    sequences,
    sessions,
    starting,
    watches,
    zones,
)
from bot.service.handlers.planning import name_of
from bot.service.ports import Fired
from bot.service.saying import sorry
from bot.service.turn import Turn

_REST = timedelta(minutes=15)  # after which the whole tenant's watch is tried again


async def due(turn: Turn, timer: Timer) -> Fired:
    """Carry out a due timer.

    Raises SignInRequired where its person must sign in first, and another GatewayError where it
    should be tried again later.
    """
    match timer.task:
        case FreeReminder() | RecurringReminder() as task:
            return reminders.reminder_due(turn, timer, task)
        case EndReminder() as task:
            return await reminders.end_reminder_due(turn, timer, task)
        case PlannedStart() as task:
            return await schedules.schedule_due(turn, timer, task)
        case RecurringStart() as task:
            return await recurring.recurring_due(turn, timer, task)
        case GiveBack() as task:
            return await starting.give_back_due(turn, timer, task)
        case ZoneQuestion() as task:
            return zones.zone_question_due(turn, task)
        case HoldSession() as task:
            return await sessions.due(turn, timer, task)
        case SequenceStart() as task:
            return await sequences.due(turn, timer, task)
        case PlannedLocation() as task:
            return await location.due(turn, timer, task)
        case Watching() as task:
            return await watches.due(turn, task)
        case TenantWatch():
            return await watches.tenant_due(turn)
        case _:
            assert_never(timer.task)


def given_up(turn: Turn, timer: Timer) -> Fired:
    """Tell that a timer failed for the last time, and arm what comes again all the same."""
    match timer.task:
        case FreeReminder() | PlannedStart() as task:
            return Fired(reply=sorry(Phrase("plan-given-up", {"plan": name_of(task)})))
        case RecurringReminder() | RecurringStart() as task:
            said = sorry(Phrase("plan-given-up", {"plan": name_of(task)}))
            return Fired(reply=said, changes=(overdue.rearmed(turn, timer),))
        case SequenceStart() as task:
            said = sorry(Phrase("plan-given-up", {"plan": name_of(task)}))
            return Fired(reply=said, changes=sequences.rest(turn, timer, task))
        case GiveBack():
            return Fired(reply=sorry(Phrase("give-back-failed")))
        case HoldSession():
            return Fired(reply=sorry(Phrase("session-lost")))
        case PlannedLocation():
            return Fired(reply=sorry(Phrase("location-not-set")))
        case Watching():
            return Fired(reply=sorry(Phrase("watch-lost")))
        case TenantWatch() as task:
            return Fired(changes=(Arm(timer=timer.id, task=task, due=turn.now + _REST),))
        case EndReminder(lead=lead, told=told):
            asked = lead is not None and not told
            bare = Phrase("plan-given-up", {"plan": Phrase("plan-reminder-bare")})
            return Fired(reply=sorry(bare) if asked else None)
        case ZoneQuestion():
            return Fired()  # what recurs stays in its zone
        case _:
            assert_never(timer.task)
