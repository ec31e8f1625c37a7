"""A sequence when nothing ran or Graph did nothing: it goes on where it should be, or ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.commands import SetStatus
from bot.domain.journal import running
from bot.domain.moment import Moment
from bot.domain.plan_commands import Recur, Sequence, Step
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.timers import GiveBack, RecurringStart, SequenceStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.errors import ConsentMissing, Unavailable
from bot.timers.dispatcher import MOST_ATTEMPTS

MINUTE = timedelta(minutes=1)
FOUR = Sequence(
    steps=(
        Step(availability=Availability.BUSY, duration=25 * MINUTE),
        Step(availability=Availability.DO_NOT_DISTURB, duration=5 * MINUTE),
    ),
    repeat=2,
)

LUNCH = Recur(
    availability=Availability.AWAY,
    recurrence=Recurrence(frequency=Frequency.DAILY, start=time(12), end=time(13)),
)  # an hour and a half after the beginning


async def begun() -> Stage:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    await stage.press(SetStatus(availability=Availability.AWAY, end=NOW + 300 * MINUTE))
    await stage.press(FOUR)
    return stage


def armed(stage: Stage, kind: type) -> list[timedelta]:
    return [one.due - NOW for one in stage.record.timers if isinstance(one.task, kind)]


async def test_steps_that_were_missed_are_left_out() -> None:
    stage = await begun()
    stage.wait(40 * MINUTE)
    reply = await stage.fire(SequenceStart)
    assert reply.title.values == {"availability": Availability.BUSY, "end": NOW + 55 * MINUTE}
    assert [note.key for note in reply.notes][:2] == ["note-late", "sequence-step"]
    assert armed(stage, SequenceStart) == [55 * MINUTE]


async def test_the_last_step_arms_what_gives_back() -> None:
    stage = await begun()
    stage.wait(57 * MINUTE)
    await stage.fire(SequenceStart)
    assert armed(stage, SequenceStart) == []
    assert armed(stage, GiveBack) == [60 * MINUTE]
    stage.wait(3 * MINUTE)
    reply = await stage.fire(GiveBack)
    assert reply.title.key == "given-back"
    now = running(stage.record.entries, stage.now())
    assert now is not None
    assert (now.preferred.availability, now.end) == (Availability.AWAY, NOW + 300 * MINUTE)


async def test_one_that_is_over_says_so_and_gives_back_at_once() -> None:
    stage = await begun()
    stage.wait(90 * MINUTE)
    reply = await stage.fire(SequenceStart)
    assert reply.title.key == "sequence-over"
    assert armed(stage, GiveBack) == [90 * MINUTE]
    assert (await stage.fire(GiveBack)).title.key == "given-back"


async def test_a_step_that_is_nearly_over_is_not_begun() -> None:
    stage = await begun()
    stage.wait(timedelta(minutes=29, seconds=30))
    with pytest.raises(LookupError, match="says nothing"):
        await stage.fire(SequenceStart)
    assert armed(stage, SequenceStart) == [30 * MINUTE]


def failing(stage: Stage, attempts: int) -> None:
    """Let Graph do nothing for a step that was tried before."""
    stage.failing = {"set_preferred": Unavailable()}
    stage.record = replace(
        stage.record,
        timers=tuple(replace(one, attempts=attempts) for one in stage.record.timers),
    )


async def test_a_step_that_graph_does_not_set_is_tried_again_then_told() -> None:
    stage = await begun()
    failing(stage, attempts=0)
    with pytest.raises(Unavailable):
        await stage.fire(SequenceStart)
    failing(stage, attempts=MOST_ATTEMPTS - 2)
    reply = await stage.fire(SequenceStart)
    assert reply.title.key == "plan-failed"
    assert reply.title.values == {"availability": Availability.DO_NOT_DISTURB}
    assert [note.key for note in reply.notes] == ["trouble-unavailable"]
    assert armed(stage, SequenceStart) == [30 * MINUTE]  # the next step comes all the same
    stage.failing = {}
    assert (await stage.press(reply.offers[0].command)).title.key == "plan-started-until"
    assert (await stage.fire(SequenceStart)).title.values["end"] == NOW + 55 * MINUTE


async def test_a_step_that_may_not_be_set_is_told_at_once() -> None:
    stage = await begun()
    stage.failing = {"read": ConsentMissing()}
    reply = await stage.fire(SequenceStart)
    assert reply.title.key == "plan-failed"
    assert armed(stage, SequenceStart) == [30 * MINUTE]


async def test_after_a_last_step_that_was_not_set_what_was_before_comes_back() -> None:
    stage = await begun()
    stage.wait(30 * MINUTE)
    await stage.fire(SequenceStart)
    failing(stage, attempts=MOST_ATTEMPTS - 2)
    assert (await stage.fire(SequenceStart)).title.key == "plan-failed"
    stage.failing = {}
    assert armed(stage, SequenceStart) == []
    assert armed(stage, GiveBack) == [60 * MINUTE]
    assert (await stage.fire(GiveBack)).title.key == "given-back"


async def lunch_comes(*, before: int, lunch_first: bool) -> str:
    """Begin a sequence `before` lunch (minutes) and say what the lunch that comes in it does."""
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    if lunch_first:
        await stage.press(LUNCH)
    stage.wait((90 - before) * MINUTE)
    await stage.press(FOUR)
    if not lunch_first:
        await stage.press(LUNCH)
    while next(one.due for one in stage.record.timers) < NOW + 90 * MINUTE:
        await stage.fire(SequenceStart)
    return (await stage.fire(RecurringStart)).title.key


# In the first step, in each that follows, and where one ends as lunch begins.
@pytest.mark.parametrize("before", [15, 28, 40, 58, 25, 30])
async def test_a_sequence_that_was_said_later_holds_in_all_its_steps(before: int) -> None:
    assert await lunch_comes(before=before, lunch_first=True) == "plan-waits-until"


@pytest.mark.parametrize("before", [15, 28, 40, 58])
async def test_what_was_planned_later_than_a_sequence_takes_over(before: int) -> None:
    assert await lunch_comes(before=before, lunch_first=False) == "plan-started-until"


async def test_a_long_sequence_holds_though_the_journal_begins_within_it() -> None:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    await stage.press(LUNCH)
    stage.wait(35 * MINUTE)
    await stage.press(FOUR)
    for _ in range(2):
        await stage.fire(SequenceStart)
    stage.record = replace(stage.record, entries=stage.record.entries[:1])
    assert (await stage.fire(RecurringStart)).title.key == "plan-waits-until"
