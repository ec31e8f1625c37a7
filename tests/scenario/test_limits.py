"""What is too much, takes too long, or is for somebody who has gone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.running import ZONE, RunningBot, eventually
from tests.scenario.raw import activity, messages, post


@pytest.fixture(autouse=True)
def _clean(bot: RunningBot) -> Iterator[None]:
    yield
    bot.request("PUT", "/playground/faults", [])


def break_down(bot: RunningBot, service: str, kind: str, match: str = "") -> None:
    fault = {"service": service, "kind": kind, "match": match}
    assert bot.request("PUT", "/playground/faults", [fault]).status_code == 200


def writes(bot: RunningBot, action: str = "setUserPreferredPresence") -> int:
    return sum(call["path"].endswith(action) for call in bot.graph_calls())


def test_who_asks_for_too_much_is_told_once_and_heard_again_later(
    own_bot: RunningBot, oid: str
) -> None:
    own_bot.start(COMMANDS_A_MINUTE="2")
    card = own_bot.say("busy for 1 hour", oid)
    said = own_bot.answers(oid)
    for number in range(2, 9):  # a burst of four counts
        own_bot.send({"as": oid, "text": f"away for {number} hours", "zone": ZONE})
    pressed = own_bot.send(card.press("Clear", oid))
    assert pressed["answer"]["type"] == "application/vnd.microsoft.activity.message"
    assert "more than I can take at once" in pressed["answer"]["value"]
    eventually(lambda: len(own_bot.answers(oid)) >= len(said) + 4)
    titles = [one.title for one in own_bot.answers(oid)[len(said) :]]
    assert sum(title.startswith("Away until") for title in titles) == 3
    assert sum("more than I can take at once" in title for title in titles) == 1
    assert writes(own_bot) == 4
    assert own_bot.send({"as": oid, "text": "busy", "zone": ZONE})["status"] == 202
    own_bot.move_clock(by="PT1M")
    assert own_bot.say("dnd for 1 hour", oid).title.startswith("Do not disturb until")
    assert writes(own_bot) == 5
    assert len(own_bot.answers(oid)) == len(said) + 5


def test_a_button_that_was_refused_is_not_used_up(own_bot: RunningBot, oid: str) -> None:
    own_bot.start(COMMANDS_A_MINUTE="1")
    press = own_bot.say("busy for 1 hour", oid).press("Clear", oid)
    own_bot.say("help", oid)  # a burst of two counts
    refused = [own_bot.send(press)["answer"]["value"] for _ in range(2)]
    assert "more than I can take at once" in refused[0]
    assert refused[1] == refused[0]
    own_bot.move_clock(by="PT1M")
    assert own_bot.presence(oid)["availability"] == "Busy"
    assert own_bot.send(press)["answer"]["value"]["fallbackText"] == "Back to automatic"
    assert own_bot.presence(oid)["availability"] != "Busy"


async def test_no_delivery_of_a_refused_press_is_carried_out(own_bot: RunningBot) -> None:
    own_bot.start(COMMANDS_A_MINUTE="1")
    presses = []
    for number in range(12):
        oid = f"dddddddd-0000-4000-8000-{number:012d}"
        card = own_bot.say("busy for 1 hour", oid)
        own_bot.say("help", oid)
        button = card.button("Clear")
        execute = {"type": "Action.Execute", "verb": button["verb"], "data": button["data"]}
        value = {"action": execute, "trigger": "manual"}
        asked = {"name": "adaptiveCard/action", "value": value, "replyToId": card.id}
        presses.append([
            activity(own_bot, oid, "invoke", id=f"{oid}-{delivery}", **asked)
            for delivery in range(2)
        ])  # fmt: skip
    cleared = writes(own_bot, "clearUserPreferredPresence")

    async def both(http: httpx.AsyncClient, press: list[dict[str, Any]]) -> list[Any]:
        url = f"{own_bot.url}/api/messages"
        answers = await asyncio.gather(*(http.post(url, json=one) for one in press))
        return [answer.json()["value"] for answer in answers]

    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        for press in presses:
            first, second = await both(http, press)
            assert "more than I can take at once" in first
            assert second == first
    assert writes(own_bot, "clearUserPreferredPresence") == cleared


def test_a_press_that_takes_long_is_answered_in_time_and_its_card_updated(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say("busy for 1 hour", oid)
    break_down(bot, "graph", "slow")
    press = card.press("Clear", oid)
    first = bot.send(press)
    assert first["answer"]["value"]["fallbackText"] == "I am working on it…"

    def now() -> Any:
        return next(one for one in bot.answers(oid) if one.id == card.id)

    eventually(lambda: now().title == "Back to automatic")
    again = bot.send(press)
    assert again["answer"] == first["answer"]
    assert writes(bot) == 1  # and one that clears
    assert len(bot.answers(oid)) == 2  # the greeting, and the card


def test_who_waits_for_a_message_sees_that_the_bot_is_writing(bot: RunningBot, oid: str) -> None:
    bot.say("help", oid)
    break_down(bot, "graph", "slow")
    bot.say("busy for 1 hour", oid)
    kinds = [sent["type"] for sent in messages(bot, f"a:{oid}")]
    assert kinds[-2:] == ["typing", "message"]
    assert kinds.count("typing") < 4
    bot.request("PUT", "/playground/faults", [])
    bot.say("help", oid)
    assert messages(bot, f"a:{oid}")[-2]["type"] == "message"


def test_who_takes_the_bot_away_is_not_bothered_any_more(bot: RunningBot, oid: str) -> None:
    bot.say("remind me to call in 10 minutes", oid)
    bot.say("every weekday from 12 to 13 away", oid)
    assert post(bot, activity(bot, oid, "installationUpdate", action="remove"))[0] == 202
    heard = len(bot.answers(oid))
    bot.move_clock(by="PT11M")
    assert len(bot.answers(oid)) == heard
    for number in range(2):  # Teams tells of it twice
        again = activity(bot, oid, "installationUpdate", action="add", id=f"again-{number}")
        assert post(bot, again)[0] == 202
    welcome = eventually(lambda: bot.answers(oid)[heard:])
    assert [card.title for card in welcome] == ["Hello! I set your Teams status from plain words"]
    assert bot.say("list", oid).title == "Nothing is planned"


def test_a_removal_that_is_told_again_ends_nothing_planned_since(
    bot: RunningBot, oid: str
) -> None:
    bot.say("remind me to call in 10 minutes", oid)
    removal = activity(bot, oid, "installationUpdate", action="remove", id=f"removal-{oid}")
    assert post(bot, removal)[0] == 202
    bot.say("remind me to write in 20 minutes", oid)
    assert post(bot, removal)[0] == 202
    listed = bot.say("list", oid)
    assert "write" in listed.text
    assert "call" not in listed.text


def test_who_blocks_the_bot_loses_their_schedules(bot: RunningBot, oid: str) -> None:
    bot.say("remind me to call in 10 minutes", oid)
    bot.say("remind me to write in 20 minutes", oid)
    break_down(bot, "connector", "404", match="POST")
    bot.move_clock(by="PT11M")
    bot.request("PUT", "/playground/faults", [])
    heard = len(bot.answers(oid))
    bot.move_clock(by="PT11M")
    assert len(bot.answers(oid)) == heard
    bot.say("help", oid)
    eventually(lambda: len(bot.answers(oid)) == heard + 2)
    again = [card.title for card in bot.answers(oid)[heard:]]
    assert any(title.startswith("Hello!") for title in again)  # who comes back is greeted again
    assert bot.say("list", oid).title == "Nothing is planned"
