"""What a due timer does."""

from __future__ import annotations

from typing import assert_never

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
from bot.service.handlers import (
    location,
    recurring,
    reminders,
    schedules,
    sequences,
    sessions,
    starting,
    watches,
    zones,
)
from bot.service.ports import Fired
from bot.service.turn import Turn


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
