"""What overlaps what is planned already is said, whatever kind of plan the other one is."""

from __future__ import annotations

from datetime import time, timedelta

from bot.domain.moment import Moment
from bot.domain.person import WorkingDay
from bot.domain.plan_commands import ChangePlan, Recur, Schedule, Sequence, Step
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Phrase, Reply
from bot.domain.status import StatusMessage
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
POMODORO = Sequence(
    steps=(
        Step(availability=Availability.BUSY, duration=25 * MINUTE),
        Step(availability=Availability.AWAY, duration=5 * MINUTE),
    ),
    repeat=4,
)  # two hours from now


def stage(*days: str) -> Stage:
    day = WorkingDay(days=days) if days else WorkingDay()
    moment = Moment(now=NOW, zone=ZONE, working_day=day)
    return Stage(moment=moment, grammar=Grammar())


def overlaps(reply: Reply) -> list[Phrase]:
    return [note for note in reply.notes if note.key.startswith("overlaps")]


def workshop(hours: float, end: float | None = None) -> Schedule:
    return Schedule(
        availability=Availability.BUSY,
        start=NOW + hours * HOUR,
        end=NOW + end * HOUR if end else None,
        message=StatusMessage(text="workshop"),
    )


async def test_a_plan_within_a_sequence() -> None:
    played = stage()
    await played.press(POMODORO)
    assert overlaps(await played.press(workshop(2, 3))) == []
    (note,) = overlaps(await played.press(workshop(1.5, 3)))
    assert note.values["at"] == NOW
    plan = note.values["plan"]
    assert isinstance(plan, Phrase)
    assert plan.key == "plan-sequence"


async def test_a_sequence_that_runs_into_a_plan() -> None:
    played = stage()
    await played.press(workshop(1.5, 3))
    (note,) = overlaps(await played.press(POMODORO))
    assert note.values == {"text": "workshop", "at": NOW + 1.5 * HOUR}


async def test_a_plan_without_an_end_that_is_moved_lasts_as_long_as_graph_lets_it() -> None:
    played = stage()
    await played.press(
        Schedule(availability=Availability.AWAY, start=NOW + 4 * HOUR, end=NOW + 5 * HOUR)
    )
    assert overlaps(await played.press(workshop(6))) == []
    moved = await played.press(ChangePlan(ref="workshop", start=time(13)))  # NOW is 10:30
    (note,) = overlaps(moved)
    assert note.values["at"] == NOW + 4 * HOUR


async def test_an_evening_that_lasts_for_the_whole_week() -> None:
    played = stage("MO")
    await played.press(
        Recur(
            availability=Availability.OFFLINE,
            recurrence=Recurrence(frequency=Frequency.WEEKLY, by_day=("MO",), start=time(18)),
        )
    )  # each until the Monday after
    sunday = workshop(12 * 24, 12 * 24 + 1)
    (note,) = overlaps(await played.press(sunday))
    assert note.values["plan"] == Phrase("plan-status", {"availability": Availability.OFFLINE})
