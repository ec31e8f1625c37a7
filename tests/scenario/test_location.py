"""Where somebody works: today at Graph, another day by a timer, and honest where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.running import ZONE, RunningBot, eventually


@pytest.fixture(autouse=True)
def _whole(bot: RunningBot) -> Iterator[None]:
    yield
    bot.request("PUT", "/playground/faults", [])


def location(bot: RunningBot, oid: str) -> str:
    where: dict[str, Any] = bot.presence(oid)["workLocation"]
    return str(where["workLocationType"])


def test_todays_location_is_set_and_cleared(bot: RunningBot, oid: str) -> None:
    card = bot.say("working from home", oid)
    assert card.title == "Working remotely"
    assert "today" in card.text
    assert location(bot, oid) == "remote"
    bot.press(card, "Clear location", oid)
    assert location(bot, oid) == "unspecified"


def test_tomorrows_location_is_set_that_morning(bot: RunningBot, oid: str) -> None:
    card = bot.say("in the office tomorrow", oid)
    assert "for today only" in card.text
    local = bot.now().astimezone(ZoneInfo(ZONE))
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    bot.say("working from home", oid)
    bot.move_clock(to=(midnight + timedelta(hours=5, minutes=59)).isoformat())
    assert location(bot, oid) == "remote"
    bot.move_clock(by="PT2M")
    assert location(bot, oid) == "office"


def test_a_planned_location_is_listed_and_cancelled(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 minute", oid)
    bot.say("in the office tomorrow", oid)
    listed = bot.say("what's coming up", oid)
    assert "In the office" in listed.text
    bot.press(listed, next(one for one in listed.buttons if one.startswith("Cancel")), oid)
    assert bot.say("what's coming up", oid).title == "Nothing is planned"
    bot.move_clock(by="P1DT12H")
    assert location(bot, oid) == "unspecified"


def test_a_place_that_graph_does_not_know_is_refused(bot: RunningBot, oid: str) -> None:
    card = bot.say("set my work location to Paris", oid)
    assert "Paris" in card.title
    assert not [call for call in bot.graph_calls() if call["oid"] == oid]


def test_a_cloud_without_work_locations_is_said_to_have_none(bot: RunningBot, oid: str) -> None:
    fault = {"service": "graph", "kind": "404", "match": "setManualLocation"}
    bot.request("PUT", "/playground/faults", [fault])
    card = bot.say("working from home", oid)
    assert card.title == "Nothing was changed"
    assert "does not offer that" in card.text


def test_a_planned_location_that_cannot_be_set_is_told_that_morning(
    bot: RunningBot, oid: str
) -> None:
    bot.say("in the office tomorrow", oid)
    before = len(bot.answers(oid))
    fault = {"service": "graph", "kind": "404", "match": "setManualLocation"}
    bot.request("PUT", "/playground/faults", [fault])
    bot.move_clock(by="P1DT6H")
    told = eventually(lambda: bot.answers(oid)[before:])
    assert "could not set your work location" in told[0].title
