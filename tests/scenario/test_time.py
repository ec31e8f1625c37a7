"""Reminders, the movable clock, and what outlives a restart and a power cut."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import httpx
import pytest

from tests.running import BEN, Card, RunningBot, eventually

WORDS = "busy for 2 hours, say I'm in a meeting"


def reminders(bot: RunningBot, oid: str) -> list[Card]:
    return [card for card in bot.answers(oid) if " ends " in card.title]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_reminder_comes_five_minutes_before_the_end_and_can_extend_it(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say(WORDS, oid)
    said = instant(card.item["at"])
    bot.move_clock(by="PT1H54M")
    assert reminders(bot, oid) == []
    bot.move_clock(by="PT2M")
    (reminder,) = reminders(bot, oid)
    assert instant(reminder.item["at"]) - said == pytest.approx(
        timedelta(minutes=115), abs=timedelta(seconds=10)
    )
    extended = bot.press(reminder, "+ 30 minutes", oid)
    assert extended.title.startswith("Busy until")
    bot.move_clock(by="PT10M")
    assert bot.presence(oid)["availability"] == "Busy"
    assert bot.presence(oid)["statusMessage"]["message"]["content"] == "I'm in a meeting"
    bot.move_clock(by="PT30M")
    (of_the_extended,) = reminders(bot, oid)  # the first one was replaced by its answer
    assert of_the_extended.id != reminder.id
    assert bot.presence(oid)["availability"] == "Available"
    assert not bot.presence(oid).get("statusMessage")


def test_a_status_shorter_than_fifteen_minutes_has_no_reminder(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 14 minutes", oid)
    assert "Don’t remind me" not in card.buttons
    bot.move_clock(by="PT20M")
    assert reminders(bot, oid) == []


def test_reminders_can_be_turned_off_for_good(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 1 hour", oid)
    off = bot.press(card, "Don’t remind me", oid)
    assert "No more reminders" in off.title
    bot.move_clock(by="PT2H")
    again = bot.say("busy for 1 hour", oid)
    assert "Don’t remind me" not in again.buttons
    bot.move_clock(by="PT2H")
    assert reminders(bot, oid) == []


def test_a_cleared_status_reminds_nobody(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 hour", oid)
    bot.say("clear", oid)
    bot.move_clock(by="PT1H")
    assert reminders(bot, oid) == []


def test_a_status_that_was_changed_by_hand_reminds_nobody(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 hour", oid)
    bot.by_hand(oid, "Away")
    bot.move_clock(by="PT1H")
    assert reminders(bot, oid) == []


def test_the_clock_stops_at_everything_that_is_due(bot: RunningBot, oid: str) -> None:
    bot.say("remind me in 30 minutes to stretch", oid)
    bot.say("remind me in 20 minutes to drink", oid)
    start = bot.now()
    bot.move_clock(by="PT1H")
    told = [card for card in bot.answers(oid) if card.title.startswith("Reminder:")]
    assert [card.title for card in told] == ["Reminder: drink", "Reminder: stretch"]
    for card, minutes in zip(told, (20, 30), strict=True):
        assert instant(card.item["at"]) - start == pytest.approx(
            timedelta(minutes=minutes), abs=timedelta(seconds=10)
        )


@pytest.mark.parametrize("how", ["power cut", "restart"])
def test_chat_clock_status_and_schedule_outlive_the_process(own_bot: RunningBot, how: str) -> None:
    own_bot.start()
    own_bot.move_clock(by="PT5H")
    own_bot.say(WORDS, BEN)
    chat, now = own_bot.answers(BEN), own_bot.now()
    if how == "power cut":
        own_bot.kill()
    else:
        assert own_bot.stop() == 0
    own_bot.start()
    assert own_bot.answers(BEN) == chat
    assert own_bot.now() >= now
    assert own_bot.presence(BEN)["availability"] == "Busy"
    own_bot.move_clock(by="PT1H56M")
    (reminder,) = reminders(own_bot, BEN)
    own_bot.press(reminder, "+ 1 hour", BEN)
    assert own_bot.presence(BEN)["availability"] == "Busy"
    own_bot.move_clock(by="PT2H")
    assert own_bot.presence(BEN)["availability"] == "Available"


def test_what_was_acknowledged_before_a_power_cut_is_done_after_it(own_bot: RunningBot) -> None:
    own_bot.start()
    own_bot.say("busy for 1 minute", BEN)
    own_bot.request("PUT", "/playground/faults", [{"service": "graph", "kind": "nothing"}])
    before = len(own_bot.answers(BEN))
    sent = own_bot.send({"as": BEN, "text": "away for 3 hours", "zone": "Europe/Berlin"})
    assert sent["status"] == 202
    own_bot.kill()
    own_bot.start()
    card = eventually(lambda: own_bot.answers(BEN)[before:])[0]
    assert card.title.startswith("Away until")
    assert own_bot.presence(BEN)["availability"] == "Away"
    assert len(own_bot.answers(BEN)) == before + 1


def test_what_was_acknowledged_before_a_power_cut_goes_before_what_comes_after_it(
    own_bot: RunningBot,
) -> None:
    own_bot.start()
    own_bot.say("busy for 1 minute", BEN)
    own_bot.request("PUT", "/playground/faults", [{"service": "graph", "kind": "nothing"}])
    before = len(own_bot.answers(BEN))
    own_bot.send({"as": BEN, "text": "away for 3 hours", "zone": "Europe/Berlin"})
    own_bot.kill()

    def at_once() -> None:
        """Say something as soon as the port takes it."""
        newer = {"as": BEN, "text": "dnd for 2 hours", "zone": "Europe/Berlin"}
        while True:
            with suppress(httpx.TransportError):
                httpx.post(f"{own_bot.url}/playground/send", json=newer, timeout=30)
                return
            time.sleep(0.005)

    with ThreadPoolExecutor(1) as beside:
        said = beside.submit(at_once)
        own_bot.start()
        said.result(60)
    cards = eventually(lambda: own_bot.answers(BEN)[before + 1 :]) and own_bot.answers(BEN)
    titles = [card.title.partition(" until")[0] for card in cards[before:]]
    assert titles == ["Away", "Do not disturb"]
    assert own_bot.presence(BEN)["availability"] == "DoNotDisturb"
