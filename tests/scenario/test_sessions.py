"""Presence sessions: shown, kept up as long as asked, and ended, over HTTP and the moved clock."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.running import Card, RunningBot, eventually

SESSIONS = ("setPresence", "clearPresence")


def session_calls(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [
        call
        for call in bot.graph_calls()
        if call["oid"] == oid and call["path"].endswith(SESSIONS)
    ]


def seen(bot: RunningBot, oid: str) -> tuple[str, str]:
    presence = bot.presence(oid)
    return presence["availability"], presence["activity"]


def sign_out(bot: RunningBot, oid: str) -> None:
    """Close the person's Teams client, so that nothing but a session of the bot's can show."""
    bot.say("busy for 1 minute", oid)
    bot.say("clear my status", oid)
    bot.request("PATCH", f"/playground/people/{oid}", {"signed_in": False})


@pytest.fixture(autouse=True)
def _whole(bot: RunningBot) -> Any:
    yield
    bot.request("PUT", "/playground/faults", [])


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("show me as presenting for 2 hours", ("DoNotDisturb", "Presenting")),
        ("show me as in a call for 2 hours", ("Busy", "InACall")),
    ],
)
def test_what_only_a_session_can_show_is_shown_and_ends(
    bot: RunningBot, oid: str, words: str, pair: tuple[str, str]
) -> None:
    card = bot.say(words, oid)
    assert "until" in card.title
    assert "Stop" in card.buttons
    (call,) = session_calls(bot, oid)
    assert (call["body"]["availability"], call["body"]["activity"]) == pair
    assert re.fullmatch(r"PT2H|PT1H59M[345]\d?S", call["body"]["expirationDuration"])
    assert seen(bot, oid) == pair
    bot.move_clock(by="PT1H59M")
    assert seen(bot, oid) == pair
    bot.move_clock(by="PT2M")
    assert seen(bot, oid) == ("Available", "Available")


def test_keep_available_never_fades_and_ends_at_its_end(bot: RunningBot, oid: str) -> None:
    sign_out(bot, oid)
    assert seen(bot, oid) == ("Offline", "Offline")
    said = bot.now()
    bot.say("keep me available for 3 hours", oid)
    for _ in range(16):
        bot.move_clock(by="PT11M")  # no multiple of the renewals: every phase of them is seen
        assert seen(bot, oid) == ("Available", "Available")
    assert bot.now() - said < timedelta(hours=3)
    bot.move_clock(by="PT5M")
    assert seen(bot, oid) == ("Offline", "Offline")
    renewals = [call for call in session_calls(bot, oid) if call["path"].endswith("/setPresence")]
    assert 40 <= len(renewals) <= 50
    before = len(session_calls(bot, oid))
    bot.move_clock(by="PT1H")
    assert len(session_calls(bot, oid)) == before


def test_a_session_is_bounded_to_twelve_hours_and_says_so(bot: RunningBot, oid: str) -> None:
    card = bot.say("keep me available for 20 hours", oid)
    assert "12 hours at most" in card.text
    assert not any(title.startswith("+") for title in card.buttons)
    (call,) = session_calls(bot, oid)
    assert call["body"]["expirationDuration"] == "PT4H"  # Graph's own ceiling for one call


def test_a_call_is_renewed_before_graphs_ceiling_of_four_hours(bot: RunningBot, oid: str) -> None:
    bot.say("show me as in a call for 6 hours", oid)
    bot.move_clock(by="PT5H50M")
    assert seen(bot, oid) == ("Busy", "InACall")
    assert len(session_calls(bot, oid)) == 2
    bot.move_clock(by="PT15M")
    assert seen(bot, oid) == ("Available", "Available")


@pytest.mark.parametrize("words", ["clear everything", "clear my status", "stop presenting"])
def test_clearing_ends_the_session_and_the_preferred_state(
    bot: RunningBot, oid: str, words: str
) -> None:
    bot.say("show me as presenting", oid)
    bot.say("busy for 1 hour", oid)
    card = bot.say(words, oid)
    assert "session" in card.text
    assert seen(bot, oid) == ("Available", "Available")
    assert session_calls(bot, oid)[-1]["path"].endswith("/clearPresence")
    assert bot.say("what's coming up", oid).title == "Nothing is planned"


def test_the_stop_button_ends_the_session_alone(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 hour", oid)
    card = bot.say("show me as presenting", oid)
    assert "Busy shows instead" in card.text
    stopped = bot.press(card, "Stop", oid)
    assert "no longer" in stopped.title
    assert seen(bot, oid) == ("Busy", "Busy")
    before = len(session_calls(bot, oid))
    bot.move_clock(by="PT10M")
    assert len(session_calls(bot, oid)) == before


def test_a_running_session_is_listed_with_its_end_and_can_be_stopped_there(
    bot: RunningBot, oid: str
) -> None:
    bot.say("keep me available for 2 hours", oid)
    listed = bot.say("what's coming up", oid)
    assert re.search(r"Kept available until \d", listed.text)
    bot.press(listed, "Stop", oid)
    assert bot.say("what's coming up", oid).title == "Nothing is planned"


def test_undo_gives_the_earlier_session_back_and_then_ends_it(bot: RunningBot, oid: str) -> None:
    bot.say("show me as in a call for 2 hours", oid)
    bot.say("show me as presenting", oid)
    bot.say("undo", oid)
    assert seen(bot, oid) == ("Busy", "InACall")
    bot.move_clock(by="PT1H50M")
    assert seen(bot, oid) == ("Busy", "InACall")
    bot.say("undo", oid)
    assert seen(bot, oid) == ("Available", "Available")


def test_undo_of_clearing_gives_session_and_status_back(bot: RunningBot, oid: str) -> None:
    bot.say("show me as presenting for 2 hours", oid)
    bot.say("clear everything", oid)
    card = bot.say("undo", oid)
    assert "Presenting" in card.text
    assert seen(bot, oid) == ("DoNotDisturb", "Presenting")
    assert "Presenting until" in bot.say("what's coming up", oid).text


def test_without_a_client_a_session_is_offered_and_makes_the_status_show(
    bot: RunningBot, oid: str
) -> None:
    sign_out(bot, oid)
    card = bot.say("busy for 2 hours", oid)
    assert "people see Offline" in card.text
    held = bot.press(card, "Hold a session open", oid)
    assert seen(bot, oid) == ("Busy", "Busy")
    assert "Busy shows instead" in held.text
    bot.move_clock(by="PT1H55M")
    assert seen(bot, oid) == ("Busy", "Busy")
    bot.move_clock(by="PT10M")
    assert seen(bot, oid) == ("Offline", "Offline")


def test_a_higher_state_from_elsewhere_wins_and_is_named(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 minute", oid)
    bot.say("clear my status", oid)
    bot.request("PATCH", f"/playground/people/{oid}", {"in_call": True})
    card = bot.say("keep me available for 2 hours", oid)
    assert "In a call shows instead" in card.text
    assert "Teams client of yours is in a call" in card.text


def test_what_teams_does_not_show_yet_is_not_said_to_be_outranked(
    bot: RunningBot, oid: str
) -> None:
    bot.say("show me as presenting", oid)
    bot.by_hand(oid, "Away")
    bot.say("clear my status", oid)
    bot.by_hand(oid, "Away")
    card = bot.say("show me as in a call", oid)
    assert "does not show it yet" in card.text
    assert "instead" not in card.text


def test_a_session_that_cannot_be_set_is_not_claimed(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 minute", oid)
    fault = {"service": "graph", "kind": "503", "match": "setPresence"}
    bot.request("PUT", "/playground/faults", [fault])
    card = bot.say("show me as presenting", oid)
    assert card.title == "Nothing was changed"
    assert card.buttons == ["Try again"]
    assert bot.say("what's coming up", oid).title == "Nothing is planned"


def test_a_renewal_that_fails_is_tried_again(bot: RunningBot, oid: str) -> None:
    sign_out(bot, oid)
    bot.say("keep me available for 12 hours", oid)
    fault = {"service": "graph", "kind": "503", "match": "setPresence"}
    bot.request("PUT", "/playground/faults", [fault])
    bot.move_clock(by="PT5M30S")
    assert seen(bot, oid) == ("Available", "AvailableInactive")
    bot.request("PUT", "/playground/faults", [])
    eventually(lambda: bot.say("status", oid).title != "Nothing was changed")
    bot.move_clock(by="PT10M")
    for _ in range(3):
        bot.move_clock(by="PT4M")
        assert seen(bot, oid) == ("Available", "Available")


def test_what_graph_refuses_for_good_ends_the_session_and_is_told(
    bot: RunningBot, oid: str
) -> None:
    bot.say("keep me available for 1 hour", oid)
    before = len(bot.answers(oid))
    bot.request(
        "PUT", "/playground/faults", [{"service": "graph", "kind": "404", "match": "setPresence"}]
    )
    bot.move_clock(by="PT5M")
    told: list[Card] = eventually(lambda: bot.answers(oid)[before:])
    assert "could not keep you shown" in told[0].title
    assert bot.say("what's coming up", oid).title == "Nothing is planned"


def test_a_session_goes_on_after_a_restart_also_through_graphs_beta(own_bot: RunningBot) -> None:
    own_bot.start()
    oid = "aaaaaaaa-0000-4000-8000-00000000beef"
    sign_out(own_bot, oid)
    own_bot.say("keep me available for 2 hours", oid)
    own_bot.kill()
    own_bot.start(GRAPH_URL=f"{own_bot.url}/playground/graph/beta")
    own_bot.move_clock(by="PT1H50M")
    assert seen(own_bot, oid) == ("Available", "Available")
