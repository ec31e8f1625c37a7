"""Giving back what was there before, where Graph does one half only, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands import SetMessage, SetStatus
from bot.domain.journal import running
from bot.domain.moment import Moment
from bot.domain.plan_commands import Schedule
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage
from bot.domain.timers import GiveBack, PlannedStart
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.errors import (
    ConsentMissing,
    GatewayError,
    Rejected,
    SignInRequired,
    Unavailable,
    UnknownOutcome,
)
from bot.timers.dispatcher import MOST_ATTEMPTS

HOUR = timedelta(hours=1)
BEFORE_END = NOW + 5 * HOUR
AT_HOME = StatusMessage(text="at home", end=BEFORE_END)
BEFORE = SetStatus(availability=Availability.BUSY, end=BEFORE_END, message=AT_HOME)
WORKSHOP = Schedule(
    availability=Availability.DO_NOT_DISTURB,
    start=NOW + HOUR,
    end=NOW + 2 * HOUR,
    message=StatusMessage(text="workshop", end=NOW + 2 * HOUR),
)


async def covered() -> Stage:
    """Return a stage on which a planned status covers another one, with its own message."""
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    await stage.press(BEFORE)
    await stage.press(WORKSHOP)
    await stage.fire(PlannedStart)
    return stage


def over(stage: Stage, failing: Mapping[str, GatewayError], attempts: int = 0) -> None:
    """Let the planned status end at Graph, and calls fail there."""
    stage.wait(NOW + 2 * HOUR - stage.now())
    stage.seen = replace(stage.seen, availability="Available", activity="Available", message=None)
    stage.failing = failing
    stage.record = replace(
        stage.record,
        timers=tuple(replace(one, attempts=attempts) for one in stage.record.timers),
    )


def now_running(stage: Stage) -> tuple[Availability, object] | None:
    found = running(stage.record.entries, stage.now())
    return None if found is None else (found.preferred.availability, found.end)


async def test_a_presence_that_could_not_be_given_back_is_not_said_to_be_back() -> None:
    stage = await covered()
    over(stage, {"set_preferred": Unavailable()})
    reply = await stage.fire(GiveBack)
    assert reply.title.key == "given-back-half"
    assert "half-presence-failed" in [note.key for note in reply.notes]
    assert reply.shows is None
    assert now_running(stage) is None
    stage.failing = {}
    assert reply.offers[0].label.key == "offer-retry"
    assert len(reply.offers) == 1  # nothing is there that could be extended
    await stage.press(reply.offers[0].command)
    assert now_running(stage) == (Availability.BUSY, BEFORE_END)
    assert stage.seen.message == AT_HOME


async def test_a_message_that_could_not_be_given_back_is_offered() -> None:
    stage = await covered()
    over(stage, {"set_message": Unavailable()})
    reply = await stage.fire(GiveBack)
    assert reply.title.key == "given-back"
    assert "half-message-failed" in [note.key for note in reply.notes]
    assert now_running(stage) == (Availability.BUSY, BEFORE_END)
    stage.failing = {}
    assert reply.offers[0].command == SetMessage(message=AT_HOME)
    await stage.press(reply.offers[0].command)
    assert stage.seen.message == AT_HOME


@pytest.mark.parametrize("call", ["read", "writes"])
@pytest.mark.parametrize("error", [Unavailable(), UnknownOutcome(), SignInRequired()], ids=repr)
async def test_a_failure_that_may_pass_is_tried_again_without_a_word(
    error: GatewayError, call: str
) -> None:
    stage = await covered()
    calls = ["read"] if call == "read" else ["set_preferred", "set_message"]
    over(stage, dict.fromkeys(calls, error))
    with pytest.raises(type(error)):
        await stage.fire(GiveBack)


@pytest.mark.parametrize("call", ["read", "writes"])
@pytest.mark.parametrize(
    ("error", "attempts"),
    [(Unavailable(), MOST_ATTEMPTS - 2), (ConsentMissing(), 0), (Rejected(), 0)],
    ids=repr,
)
async def test_a_failure_that_does_not_pass_is_told_with_a_button(
    error: GatewayError, attempts: int, call: str
) -> None:
    stage = await covered()
    calls = ["read"] if call == "read" else ["set_preferred", "set_message"]
    over(stage, dict.fromkeys(calls, error), attempts)
    reply = await stage.fire(GiveBack)
    assert reply.title.key == "give-back-failed"
    assert reply.notes[0].key.startswith("trouble-")
    assert [one.command for one in reply.offers] == [BEFORE]
    stage.failing = {}
    await stage.press(reply.offers[0].command)
    assert now_running(stage) == (Availability.BUSY, BEFORE_END)


async def test_what_was_given_back_unseen_is_given_back_again() -> None:
    stage = await covered()
    over(stage, dict.fromkeys(("set_preferred", "set_message"), UnknownOutcome()))
    with pytest.raises(UnknownOutcome):
        await stage.fire(GiveBack)
    stage.failing = {}
    back = PreferredPresence(availability=Availability.BUSY, end=BEFORE_END)
    await stage.set_preferred(stage.record.timers[0].person, back, now=stage.now())
    assert (await stage.fire(GiveBack)).title.key == "given-back"
    assert now_running(stage) == (Availability.BUSY, BEFORE_END)
