"""Reminders that have to do with the end of a status: it moves, it is covered, it is unseen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.commands import Amend, Extend, SetStatus, Undo
from bot.domain.moment import Moment
from bot.domain.own_commands import SetEndReminders
from bot.domain.plan_commands import ChangePlan, Recur, Remind
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.timers import EndReminder, FreeReminder, GiveBack, RecurringStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.errors import (
    ConsentMissing,
    GatewayError,
    Rejected,
    SignInRequired,
    Unavailable,
)
from bot.timers.dispatcher import delay

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


BUSY = SetStatus(availability=Availability.BUSY, end=NOW + 2 * HOUR)
ASKED = replace(BUSY, remind_before_end=20 * MINUTE)
LONGER = Extend(by=30 * MINUTE)


async def asked_with_it(stage: Stage) -> None:
    await stage.press(ASKED)


async def asked_after_it(stage: Stage) -> None:
    await stage.press(BUSY)
    await stage.press(Remind(before_end=20 * MINUTE))


@pytest.mark.parametrize("ask", [asked_with_it, asked_after_it])
@pytest.mark.parametrize("wanted", [True, False], ids=["on", "off"])
@pytest.mark.parametrize(
    "later",
    [
        LONGER,
        Extend(to=NOW + 150 * MINUTE),
        Amend(end=NOW + 150 * MINUTE),
        Amend(availability=Availability.AWAY, end=NOW + 150 * MINUTE),
    ],
    ids=repr,
)
async def test_another_end_is_reminded_of_as_long_before_as_was_asked(
    later: Extend | Amend, wanted: bool, ask: Callable[[Stage], Awaitable[None]]
) -> None:
    stage = a_stage()
    if not wanted:
        await stage.press(SetEndReminders(on=False))
    await ask(stage)
    assert reminded(stage) == [100 * MINUTE]
    await stage.press(later)
    assert reminded(stage) == [130 * MINUTE]


@pytest.mark.parametrize("ask", [asked_with_it, asked_after_it])
async def test_what_was_asked_counts_also_after_it_was_told(
    ask: Callable[[Stage], Awaitable[None]],
) -> None:
    stage = a_stage()
    await ask(stage)
    reply = await stage.fire(EndReminder)
    assert stage.now() - NOW == 100 * MINUTE
    (longer, *_) = (one.command for one in reply.offers)
    assert longer == LONGER
    await stage.press(longer)
    assert reminded(stage) == [130 * MINUTE]


async def test_it_is_told_once() -> None:
    stage = a_stage()
    await stage.press(ASKED)
    await stage.fire(EndReminder)
    with pytest.raises(LookupError, match="says nothing"):
        await stage.fire(EndReminder)
    assert stage.record.timers == ()


async def test_where_less_time_is_left_than_was_asked_it_comes_as_late_as_any() -> None:
    stage = a_stage()
    await stage.press(replace(ASKED, end=NOW + 12 * MINUTE))
    assert reminded(stage) == [7 * MINUTE]
    await stage.press(LONGER)
    assert reminded(stage) == [22 * MINUTE]


async def test_what_was_asked_holds_after_a_recurring_status_and_an_undo() -> None:
    stage = a_stage()
    await stage.press(replace(ASKED, end=NOON + 3 * HOUR))
    await stage.press(LUNCH)
    await stage.fire(RecurringStart)
    await stage.fire(GiveBack)
    assert reminded(stage) == [250 * MINUTE]
    await stage.press(LONGER)
    assert reminded(stage) == [280 * MINUTE]
    await stage.press(Undo())
    assert reminded(stage) == [250 * MINUTE]


async def test_a_status_that_takes_the_place_of_another_has_its_own_reminder() -> None:
    stage = a_stage()
    await stage.press(ASKED)
    await stage.press(replace(BUSY, availability=Availability.AWAY))
    assert reminded(stage) == [115 * MINUTE]


def own(stage: Stage) -> list[timedelta]:
    return [one.due - NOW for one in stage.record.timers if isinstance(one.task, FreeReminder)]


CALL = Remind(text="call Ben", before_end=10 * MINUTE)


async def test_a_reminder_of_ones_own_before_the_end_moves_with_it() -> None:
    stage = a_stage()
    await stage.press(BUSY)
    await stage.press(CALL)
    await stage.press(Remind(text="eat", at=NOW + 110 * MINUTE))  # at that time, whatever ends
    assert own(stage) == [110 * MINUTE, 110 * MINUTE]
    await stage.press(LONGER)
    assert own(stage) == [110 * MINUTE, 140 * MINUTE]
    await stage.press(Undo())
    assert own(stage) == [110 * MINUTE, 110 * MINUTE]
    await stage.press(Amend(end=NOW + HOUR))
    assert own(stage) == [50 * MINUTE, 110 * MINUTE]
    stage.wait(30 * MINUTE)
    await stage.press(Extend(to=NOW + 35 * MINUTE))
    assert own(stage) == [30 * MINUTE, 110 * MINUTE]  # it would have been: at once
    assert (await stage.fire(FreeReminder)).title.values == {"text": "call Ben"}


async def test_a_reminder_of_ones_own_stays_where_another_status_comes_or_it_was_moved() -> None:
    stage = a_stage()
    await stage.press(BUSY)
    await stage.press(CALL)
    await stage.press(replace(BUSY, end=NOW + 4 * HOUR))
    await stage.press(LONGER)
    assert own(stage) == [110 * MINUTE]
    await stage.press(BUSY)
    await stage.press(ChangePlan(ref="1", start=time(12, 15)))
    await stage.press(LONGER)
    assert own(stage) == [105 * MINUTE]


def unread(stage: Stage, error: GatewayError, attempts: int) -> None:
    """Let nobody see what shows, after some attempts."""
    stage.failing = {"read": error}
    stage.record = replace(
        stage.record,
        timers=tuple(replace(one, attempts=attempts) for one in stage.record.timers),
    )


async def test_an_end_is_reminded_of_though_it_cannot_be_seen_whether_it_still_shows() -> None:
    stage = a_stage()
    await stage.press(BUSY)
    attempts = 0
    while True:
        unread(stage, Unavailable(), attempts)
        try:
            reply = await stage.fire(EndReminder)
        except Unavailable:
            stage.wait(delay(attempts))
            attempts += 1
        else:
            break
    assert 0 < attempts < 5
    assert timedelta(minutes=4) < NOW + 2 * HOUR - stage.now()  # it is still of use
    assert reply.title.key == "ends-soon"
    assert [note.key for note in reply.notes] == ["trouble-unavailable"]
    assert reply.offers[0].command == LONGER


@pytest.mark.parametrize("error", [ConsentMissing(), Rejected()], ids=repr)
async def test_what_will_not_pass_is_not_waited_for(error: GatewayError) -> None:
    stage = a_stage()
    await stage.press(ASKED)
    unread(stage, error, attempts=0)
    assert (await stage.fire(EndReminder)).title.key == "ends-soon"
    stage.failing = {}
    await stage.press(LONGER)
    assert reminded(stage) == [130 * MINUTE]


async def test_who_must_sign_in_is_asked_to() -> None:
    stage = a_stage()
    await stage.press(BUSY)
    unread(stage, SignInRequired(), attempts=0)
    with pytest.raises(SignInRequired):
        await stage.fire(EndReminder)
