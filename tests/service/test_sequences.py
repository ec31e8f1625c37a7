"""A sequence after a time in which nothing ran: it goes on where it should be, or ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.commands import Sequence, SetStatus, Step
from bot.domain.journal import running
from bot.domain.moment import Moment
from bot.domain.presence import Availability
from bot.domain.timers import GiveBack, SequenceStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar

MINUTE = timedelta(minutes=1)
FOUR = Sequence(
    steps=(
        Step(availability=Availability.BUSY, duration=25 * MINUTE),
        Step(availability=Availability.DO_NOT_DISTURB, duration=5 * MINUTE),
    ),
    repeat=2,
)


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
