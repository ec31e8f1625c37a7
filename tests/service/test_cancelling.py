"""Cancelling says what has gone, and takes what the list shows."""

from __future__ import annotations

from datetime import time, timedelta

from bot.domain.commands import KeepAvailable, SetWorkLocation, Watch
from bot.domain.moment import Moment
from bot.domain.plan_commands import Cancel, ListPlans, Recur, Remind, Schedule, Target
from bot.domain.presence import Availability
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Phrase, Reply, Tone
from bot.domain.timers import HoldSession, RecurringStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.errors import Unavailable
from bot.service.handlers.planning import MAX_PLANS

HOUR = timedelta(hours=1)
ALL = Cancel(target=Target.ALL, ref="all")
REVIEW = Schedule(availability=Availability.BUSY, start=NOW + 3 * HOUR, end=NOW + 4 * HOUR)
LUNCH = Recur(
    availability=Availability.AWAY,
    recurrence=Recurrence(frequency=Frequency.DAILY, start=time(12), end=time(13)),
    message="lunch",
)
CALL = Remind(text="call", at=NOW + 2 * HOUR)


def stage(**kind: object) -> Stage:
    return Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar(), **kind)  # type: ignore[arg-type]  # fields of Stage


async def count(played: Stage) -> int:
    reply = await played.press(ListPlans())
    return 0 if reply.title.key == "list-empty" else int(str(reply.title.values["count"]))


def names(reply: Reply) -> list[object]:
    return [note.values.get("plan", note) for note in reply.notes]


async def test_everything_is_all_that_the_list_shows() -> None:
    played = stage()
    await played.press(REVIEW)
    await played.press(LUNCH)
    await played.press(CALL)
    await played.press(KeepAvailable(end=NOW + HOUR))
    await played.press(SetWorkLocation(location="remote", day=NOW.date() + timedelta(days=1)))
    await played.press(Watch(who=("Chen",), until_state=Availability.BUSY))
    await played.press(Watch(who=("Chen",), until_state=Availability.AVAILABLE))
    listed = await count(played)
    assert listed == 7
    reply = await played.press(ALL)
    assert reply.title == Phrase("cancelled", {"count": listed})
    assert len(names(reply)) == listed
    assert await count(played) == 0
    assert (await played.press(ALL)).title.key == "cancel-nothing"
    undo = reply.offers[0].command
    back = await played.press(undo)
    assert back.title.key == "planned-again"
    assert sorted(map(str, names(back))) == sorted(map(str, names(reply)))
    assert await count(played) == listed
    assert (await played.press(undo)).title.key == "plan-again-nothing"


async def test_a_session_that_cannot_be_ended_does_not_keep_the_plans() -> None:
    played = stage(failing={"clear_session": Unavailable("down")})
    await played.press(KeepAvailable(end=NOW + HOUR))
    assert (await played.press(ALL)).title.key == "failed-title"
    await played.press(CALL)
    reply = await played.press(ALL)
    assert reply.tone is Tone.SORRY
    assert reply.title == Phrase("cancelled", {"count": 1})
    assert "cancelled-but-session" in [note.key for note in reply.notes]
    assert reply.offers[0].command == Cancel(target=Target.SESSION)
    assert [type(one.task) for one in played.record.timers] == [HoldSession]


async def test_what_went_is_named_with_its_time() -> None:
    played = stage()
    await played.press(REVIEW)
    await played.press(CALL)
    (note,) = (await played.press(Cancel(target=Target.ALL, ref="1"))).notes
    assert note.values == {
        "plan": Phrase("plan-reminder", {"text": "call"}),
        "at": NOW + 2 * HOUR,
    }


async def test_what_is_over_when_it_is_taken_back_stays_away_and_what_recurs_comes_again() -> None:
    played = stage()
    await played.press(LUNCH)
    await played.press(CALL)
    undo = (await played.press(ALL)).offers[0].command
    played.wait(5 * HOUR)
    back = await played.press(undo)
    assert back.title.key == "planned-again-half"
    (timer,) = played.record.timers
    assert timer.due == NOW + 25.5 * HOUR  # tomorrow at noon
    assert isinstance(timer.task, RecurringStart)
    assert timer.task.start == timer.due

    await played.press(Remind(text="tea", at=NOW + 6 * HOUR))
    undo = (await played.press(Cancel(target=Target.ALL, ref="tea"))).offers[0].command
    played.wait(2 * HOUR)
    assert (await played.press(undo)).title.key == "plan-again-nothing"


async def test_a_session_that_was_started_since_stays() -> None:
    played = stage()
    await played.press(KeepAvailable(end=NOW + HOUR))
    undo = (await played.press(ALL)).offers[0].command
    await played.press(KeepAvailable(end=NOW + 3 * HOUR))
    assert (await played.press(undo)).title.key == "plan-again-nothing"
    (timer,) = played.record.timers
    assert isinstance(timer.task, HoldSession)
    assert timer.task.held.end == NOW + 3 * HOUR


async def test_no_more_come_back_than_there_may_be() -> None:
    played = stage()
    await played.press(LUNCH)
    undo = (await played.press(ALL)).offers[0].command
    for number in range(MAX_PLANS):
        await played.press(Remind(text=str(number), at=NOW + 2 * HOUR))
    assert (await played.press(undo)).title.key == "too-many-plans"
