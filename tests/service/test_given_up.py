"""What was due and failed for the last time: its person is told, and what recurs comes again."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.domain.commands import Command, Found, KeepAvailable, SetStatus, SetWorkLocation, Watch
from bot.domain.moment import Moment
from bot.domain.plan_commands import Recur, Remind, Schedule, Sequence, Step
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Tone
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
    Watching,
)
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import BEN, Stage
from bot.grammar.understand import Grammar

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOON = NOW + 90 * MINUTE  # in Berlin
DAILY = Recurrence(frequency=Frequency.DAILY, start=time(12), end=time(13))
LUNCH = Recur(availability=Availability.AWAY, recurrence=DAILY)
STAND_UP = Remind(text="stand up", recurrence=DAILY)
BUSY = SetStatus(availability=Availability.BUSY, end=NOW + 5 * HOUR)
WORKSHOP = Schedule(availability=Availability.DO_NOT_DISTURB, start=NOW + HOUR, end=NOW + 2 * HOUR)
POMODORO = Sequence(
    steps=(
        Step(availability=Availability.BUSY, duration=25 * MINUTE),
        Step(availability=Availability.AWAY, duration=5 * MINUTE),
    ),
    repeat=2,
)


async def stage_after(*commands: Command) -> Stage:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    for command in commands:
        assert (await stage.press(command)).tone is not Tone.SORRY
    return stage


@pytest.mark.parametrize(
    ("command", "kind", "said"),
    [
        (Remind(text="call Ben", at=NOW + HOUR), FreeReminder, "plan-given-up"),
        (WORKSHOP, PlannedStart, "plan-given-up"),
        (LUNCH, RecurringStart, "plan-given-up"),
        (STAND_UP, RecurringReminder, "plan-given-up"),
        (POMODORO, SequenceStart, "plan-given-up"),
        (KeepAvailable(end=NOW + HOUR), HoldSession, "session-lost"),
        (
            SetWorkLocation(location="office", day=NOW.date() + timedelta(days=1)),
            PlannedLocation,
            "location-not-set",
        ),
        (Watch(who=(), found=(Found(oid=BEN.oid, name=BEN.name),)), Watching, "watch-lost"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
async def test_what_was_planned_is_told(command: Command, kind: type, said: str) -> None:
    stage = await stage_after(command)
    reply = await stage.give_up(kind)
    assert (reply.tone, reply.title.key) == (Tone.SORRY, said)


@pytest.mark.parametrize(
    ("command", "kind"), [(LUNCH, RecurringStart), (STAND_UP, RecurringReminder)]
)
async def test_what_recurs_comes_again(command: Command, kind: type) -> None:
    stage = await stage_after(command)
    await stage.give_up(kind)
    (again,) = stage.record.timers
    assert again.due == NOON + timedelta(days=1)
    assert (await stage.fire(kind)).tone is not Tone.SORRY


async def test_a_sequence_goes_on_with_its_next_step() -> None:
    stage = await stage_after(POMODORO)
    await stage.give_up(SequenceStart)
    reply = await stage.fire(SequenceStart)
    assert reply.title.values == {"availability": Availability.BUSY, "end": NOW + 55 * MINUTE}


async def test_what_was_to_come_back_is_told() -> None:
    stage = await stage_after(BUSY, WORKSHOP)
    await stage.fire(PlannedStart)
    assert (await stage.give_up(GiveBack)).title.key == "give-back-failed"


async def test_a_reminder_that_nobody_asked_for_is_not_missed() -> None:
    stage = await stage_after(BUSY)
    with pytest.raises(LookupError, match="says nothing"):
        await stage.give_up(EndReminder)
    stage = await stage_after(BUSY, Remind(before_end=HOUR))
    assert (await stage.give_up(EndReminder)).title.key == "plan-given-up"
