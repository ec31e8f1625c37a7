"""When Graph does not do it, the reply says so, offers a retry, and never claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import RunningBot, eventually


@pytest.fixture(autouse=True)
def _clean(bot: RunningBot) -> Iterator[None]:
    yield
    bot.request("PUT", "/playground/faults", [])
    bot.request("PUT", "/playground/delay", {"seconds": 0})


def break_graph(bot: RunningBot, **fault: Any) -> None:
    response = bot.request("PUT", "/playground/faults", [{"service": "graph", **fault}])
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "429", "retry_after": 12}, "asks to wait"),
        ({"kind": "500"}, "did not answer"),
        ({"kind": "503"}, "did not answer"),
        ({"kind": "nothing"}, "did not answer"),
    ],
    ids=["429", "500", "503", "nothing"],
)
def test_nothing_is_claimed_and_a_retry_offered(
    bot: RunningBot, oid: str, fault: dict[str, Any], sentence: str
) -> None:
    bot.say("busy for 1 minute", oid)
    bot.say("clear", oid)
    break_graph(bot, **fault)
    card = bot.say("dnd for 1 hour", oid)
    assert card.title == "Nothing was changed"
    assert sentence in card.text
    bot.request("PUT", "/playground/faults", [])
    assert bot.presence(oid)["availability"] == "Available"
    press_until_done(bot, card.id, oid)
    assert bot.presence(oid)["availability"] == "DoNotDisturb"


def press_until_done(bot: RunningBot, card: str, oid: str) -> None:
    """Press Try again until the bot may send again: it holds back as long as it was asked to."""

    def done() -> bool:
        pressed = next(one for one in bot.answers(oid) if one.id == card)
        if "Try again" not in pressed.buttons:  # it is being worked on, or done
            return pressed.title.startswith("Do not disturb until")
        return bot.press(pressed, "Try again", oid).title.startswith("Do not disturb until")

    eventually(done)


@pytest.mark.parametrize(
    ("broken", "title", "sentence", "shows"),
    [
        ("setStatusMessage", "Busy until", "the message is not", "Busy"),
        ("setUserPreferredPresence", "Status message set", "your presence is not", "Available"),
    ],
)
def test_when_one_half_fails_the_reply_says_which_half_holds(
    bot: RunningBot, oid: str, broken: str, title: str, sentence: str, shows: str
) -> None:
    bot.say("busy for 1 minute", oid)
    bot.say("clear", oid)
    break_graph(bot, kind="503", match=broken)
    card = bot.say("busy for 1 hour, say call", oid)
    assert card.title.startswith(title)
    assert sentence in card.text
    assert card.buttons[0] == "Try again"
    assert bot.presence(oid)["availability"] == shows


def test_what_cannot_be_read_is_not_told(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 minute", oid)
    break_graph(bot, kind="503", match="GET /me/presence")
    card = bot.say("what's my status?", oid)
    assert card.title == "Nothing was changed"
    bot.request("PUT", "/playground/faults", [])
    eventually(lambda: bot.say("what's my status?", oid).title != "Nothing was changed")


@pytest.mark.parametrize(
    ("words", "undone"),
    [
        ("dnd for 1 hour", "clear my status"),
        ("status message: at the dentist", "clear my message"),
        ("away for 1 hour, say on a train", "clear everything"),
    ],
    ids=["presence", "message", "both"],
)
def test_what_teams_shows_late_is_looked_at_twice_and_said_to_come(
    bot: RunningBot, oid: str, words: str, undone: str
) -> None:
    bot.say("busy for 1 hour, say the old one", oid)
    assert bot.request("PUT", "/playground/delay", {"seconds": 120}).status_code == 200
    for said in (words, undone):
        bot.move_clock(by="PT3M")
        before = len(reads(bot, oid))
        card = bot.say(said, oid)
        assert "does not show it yet" in card.text, card.text
        assert "instead" not in card.text
        assert len(reads(bot, oid)) - before == 3  # before, after, and after a second


def reads(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [call for call in bot.graph_calls() if call["oid"] == oid and call["method"] == "GET"]
