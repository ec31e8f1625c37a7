"""Reminders that have to do with the end of a status: it moves, it is covered, it is unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.commands import Recur, SetStatus
from bot.domain.moment import Moment
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.timers import EndReminder, GiveBack, RecurringStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOON = NOW + 90 * MINUTE  # in Berlin
LUNCH = Recur(
    availability=Availability.AWAY,
    recurrence=Recurrence(frequency=Frequency.DAILY, start=time(12), end=time(13)),
)


def a_stage() -> Stage:
    return Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())


def reminded(stage: Stage) -> list[timedelta]:
    """Return how long after the beginning the person is reminded of an end."""
    return [one.due - NOW for one in stage.record.timers if isinstance(one.task, EndReminder)]


async def test_a_recurring_status_silences_the_reminder_of_what_it_covers() -> None:
    stage = a_stage()
    await stage.press(SetStatus(availability=Availability.BUSY, end=NOON + HOUR))
    assert reminded(stage) == [145 * MINUTE]
    await stage.press(LUNCH)
    assert (await stage.fire(RecurringStart)).title.key == "plan-started-until"
    assert reminded(stage) == []


async def test_what_a_recurring_status_gives_back_is_reminded_of_again() -> None:
    stage = a_stage()
    await stage.press(SetStatus(availability=Availability.BUSY, end=NOON + 3 * HOUR))
    await stage.press(LUNCH)
    await stage.fire(RecurringStart)
    assert reminded(stage) == []
    assert (await stage.fire(GiveBack)).title.key == "given-back"
    assert reminded(stage) == [265 * MINUTE]


async def test_nobody_is_reminded_of_a_status_that_another_took_the_place_of() -> None:
    stage = a_stage()
    end = NOON + HOUR
    await stage.press(SetStatus(availability=Availability.BUSY, end=end))
    (armed,) = stage.record.timers
    await stage.press(SetStatus(availability=Availability.AWAY, end=end))
    stage.record = replace(stage.record, timers=(armed,))  # as an older version left it
    with pytest.raises(LookupError, match="says nothing"):
        await stage.fire(EndReminder)
