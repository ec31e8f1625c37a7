"""Why somebody looks as they do: from the journal, sessions, the calendar and the mailbox."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import RunningBot

ASK = "why do I look busy?"


@pytest.fixture
def met(bot: RunningBot, oid: str) -> str:
    """Give somebody whom the stand-in knows and who has set nothing."""
    bot.say("busy for 1 minute", oid)
    bot.say("clear my status", oid)
    return oid


def switch(bot: RunningBot, oid: str, **switches: Any) -> None:
    response = bot.request("PATCH", f"/playground/people/{oid}", switches)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("switches", "sentence"),
    [
        ({}, "Teams client of yours is in use"),
        ({"in_meeting": True}, "calendar has a meeting"),
        ({"in_call": True}, "in a call"),
        ({"idle": True}, "idle"),
        ({"out_of_office": True, "out_of_office_message": "At the sea"}, "mailbox says"),
        ({"signed_in": False}, "No Teams client"),
    ],
    ids=["nothing", "meeting", "call", "idle", "out of office", "no client"],
)
def test_what_others_say_is_named(
    bot: RunningBot, met: str, switches: dict[str, Any], sentence: str
) -> None:
    if switches:
        switch(bot, met, **switches)
    card = bot.say(ASK, met)
    assert sentence in card.text
    assert switches.get("out_of_office_message", "") in card.text


def test_what_was_set_here_is_told_with_when_and_until_when(bot: RunningBot, oid: str) -> None:
    said = bot.say("busy for 2 hours", oid)
    until = said.title.removeprefix("Busy until ")
    card = bot.say(ASK, oid)
    assert "You set Busy with me at" in card.text
    assert f"until {until}" in card.text
    bot.press(card, "Clear", oid)
    assert bot.presence(oid)["availability"] == "Available"


def test_a_status_without_an_end_tells_the_end_that_teams_applies(
    bot: RunningBot, oid: str
) -> None:
    bot.say("busy", oid)
    assert "without an end: Teams ends it" in bot.say(ASK, oid).text


def test_a_session_of_the_bot_is_told_with_its_end(bot: RunningBot, oid: str) -> None:
    bot.say("show me as presenting for 2 hours", oid)
    card = bot.say(ASK, oid)
    assert "I keep this up for you" in card.text
    bot.press(card, "Stop", oid)
    assert bot.presence(oid)["activity"] == "Available"


def test_what_was_chosen_by_hand_is_told_apart_and_can_be_cleared(
    bot: RunningBot, met: str
) -> None:
    bot.say("away for 3 hours", met)
    bot.by_hand(met, "DoNotDisturb")
    card = bot.say(ASK, met)
    assert "not with me" in card.text
    assert "With me you set Away" in card.text
    bot.press(card, "Clear", met)
    assert bot.presence(met)["availability"] == "Available"


def test_without_a_client_the_hidden_status_is_named_and_a_session_offered(
    bot: RunningBot, met: str
) -> None:
    switch(bot, met, signed_in=False)
    bot.say("busy for 2 hours", met)
    card = bot.say(ASK, met)
    assert "It shows as soon as" in card.text
    bot.press(card, "Hold a session open", met)
    assert bot.presence(met)["availability"] == "Busy"


def test_asking_why_changes_nothing(bot: RunningBot, met: str) -> None:
    before = len([call for call in bot.graph_calls() if call["method"] == "POST"])
    bot.say(ASK, met)
    assert len([call for call in bot.graph_calls() if call["method"] == "POST"]) == before
