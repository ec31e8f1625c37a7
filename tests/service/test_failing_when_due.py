"""What is due and Graph does not let the bot do: tried for a while, then told, with a button."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands import KeepAvailable, SetWorkLocation
from bot.domain.moment import Moment
from bot.domain.timers import HoldSession, PlannedLocation
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.errors import GatewayError, SignInRequired, Throttled, Unavailable, UnknownOutcome
from bot.timers.dispatcher import MOST_ATTEMPTS, delay

END = NOW + timedelta(hours=3)
PASSING = (Unavailable(), Throttled(retry_after=timedelta(seconds=30)), UnknownOutcome())


async def kept_available() -> Stage:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    await stage.press(KeepAvailable(end=END))
    return stage


def fail(stage: Stage, error: GatewayError, attempts: int) -> None:
    """Let the session's renewal fail, after some failures, as the engine counts them."""
    stage.failing = {"set_session": error, "clear_session": error}
    stage.record = replace(
        stage.record,
        timers=tuple(replace(one, attempts=attempts) for one in stage.record.timers),
    )


@pytest.mark.parametrize("error", [*PASSING, SignInRequired()], ids=lambda one: type(one).__name__)
async def test_a_failure_that_may_pass_is_tried_again_without_a_word(error: GatewayError) -> None:
    stage = await kept_available()
    fail(stage, error, attempts=0)
    with pytest.raises(type(error)):
        await stage.fire(HoldSession)


@pytest.mark.parametrize("error", PASSING, ids=lambda one: type(one).__name__)
async def test_a_failure_that_does_not_pass_is_told_before_the_engine_gives_up(
    error: GatewayError,
) -> None:
    stage = await kept_available()
    attempts = 0
    while True:
        fail(stage, error, attempts)
        try:
            reply = await stage.fire(HoldSession)
        except GatewayError:
            stage.wait(delay(attempts))
            attempts += 1
        else:
            break
    assert attempts < MOST_ATTEMPTS - 1
    assert timedelta(minutes=10) < stage.now() - NOW < timedelta(hours=1)
    assert reply.title.key == "session-lost"
    assert [note.values.get("end") for note in reply.notes][-1] == END
    assert [one.command for one in reply.offers] == [KeepAvailable(end=END)]
    assert not stage.record.timers  # it is not listed any more
    stage.failing = {}
    again = await stage.press(reply.offers[0].command)
    assert again.title.key == "session-Available"


async def test_at_its_end_a_session_that_cannot_be_cleared_ends_by_itself() -> None:
    stage = await kept_available()
    fail(stage, Unavailable(), attempts=8)
    stage.wait(END - NOW)
    with pytest.raises(LookupError):  # nothing is said
        await stage.fire(HoldSession)


async def test_a_planned_location_that_cannot_be_set_is_told_too() -> None:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    day = NOW.date() + timedelta(days=1)
    await stage.press(SetWorkLocation(location="office", day=day))
    stage.failing = {"set_work_location": Unavailable()}
    with pytest.raises(Unavailable):
        await stage.fire(PlannedLocation)
    fail(stage, Unavailable(), attempts=8)
    stage.failing = {"set_work_location": Unavailable()}
    reply = await stage.fire(PlannedLocation)
    assert reply.title.key == "location-not-set"
    assert [one.command for one in reply.offers] == [SetWorkLocation(location="office", day=day)]
