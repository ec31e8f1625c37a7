"""Reminders of the person's own: once, again and again, snoozed, done."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.running import BEN, Card, RunningBot, eventually
from tests.scenario.plans import (
    MONDAY,
    TUESDAY,
    entries,
    go_to,
    new_answers,
    shown,
    sleep_through,
    titles,
)


def reminders(bot: RunningBot, oid: str) -> list[Card]:
    return [card for card in bot.answers(oid) if card.title.startswith("Reminder:")]


def at(card: Card) -> datetime:
    return datetime.fromisoformat(card.item["at"])


def test_a_reminder_can_be_snoozed_and_done(bot: RunningBot, oid: str) -> None:
    bot.say("remind me in 10 minutes to stretch", oid)
    bot.move_clock(by="PT10M30S")
    (reminder,) = reminders(bot, oid)
    assert reminder.buttons == ["In 10 minutes", "In 1 hour", "Tomorrow morning", "Done"]
    assert bot.press(reminder, "In 10 minutes", oid).title.startswith("I will remind you")
    bot.move_clock(by="PT9M")
    assert reminders(bot, oid) == []  # the answer took the place of the first one
    bot.move_clock(by="PT2M")
    (again,) = reminders(bot, oid)
    assert again.title == "Reminder: stretch"
    assert bot.press(again, "Done", oid).title == "Done: stretch"
    bot.move_clock(by="PT2H")
    assert reminders(bot, oid) == []


def test_the_last_reminder_is_snoozed_in_words(bot: RunningBot, oid: str) -> None:
    assert bot.say("snooze", oid).title.startswith("There is no reminder")
    bot.say("remind me in 10 minutes to stretch", oid)
    bot.move_clock(by="PT11M")
    bot.say("snooze for 1 hour", oid)
    bot.move_clock(by="PT59M")
    assert len(reminders(bot, oid)) == 1
    bot.move_clock(by="PT2M")
    first, second = reminders(bot, oid)
    assert timedelta(minutes=60) < at(second) - at(first) < timedelta(minutes=63)


def test_tomorrow_morning_is_the_start_of_the_working_day(own_bot: RunningBot) -> None:
    own_bot.start()
    today = go_to(own_bot, MONDAY, "15:00")
    own_bot.say("remind me in 10 minutes to call", BEN)
    own_bot.move_clock(by="PT11M")
    (reminder,) = reminders(own_bot, BEN)
    snoozed = own_bot.press(reminder, "Tomorrow morning", BEN)
    assert snoozed.title == f"I will remind you: {shown(today, ahead=1, at='09:00')}"
    go_to(own_bot, TUESDAY, "09:01")
    assert titles(reminders(own_bot, BEN)) == ["Reminder: call"]


def test_a_recurring_reminder_comes_again_and_can_be_skipped(own_bot: RunningBot) -> None:
    own_bot.start()
    today = go_to(own_bot, MONDAY, "08:00")
    made = own_bot.say("remind me every day at 9 to stand up", BEN)
    assert "Every day" in made.text
    go_to(own_bot, MONDAY, "09:01")
    assert len(reminders(own_bot, BEN)) == 1
    assert entries(own_bot.say("list", BEN)) == [
        f"1 · {shown(today, ahead=1, at='09:00')} Reminder: stand up"
    ]
    own_bot.say("skip stand up", BEN)
    go_to(own_bot, TUESDAY, "09:01")
    assert len(reminders(own_bot, BEN)) == 1
    own_bot.move_clock(by="PT24H")
    assert len(reminders(own_bot, BEN)) == 2
    own_bot.say("cancel reminder 1", BEN)
    own_bot.move_clock(by="PT24H")
    assert len(reminders(own_bot, BEN)) == 2


def test_a_reminder_that_is_a_little_late_says_so(own_bot: RunningBot, tmp_path: Path) -> None:
    own_bot.start()
    own_bot.say("remind me in 10 minutes to call", BEN)
    before = own_bot.answers(BEN)
    sleep_through(own_bot, tmp_path, timedelta(minutes=25))
    (reminder,) = eventually(lambda: new_answers(own_bot, BEN, before))
    assert reminder.title == "Reminder: call"
    assert "This is late" in reminder.text
    own_bot.move_clock(by="PT1M")
    assert len(reminders(own_bot, BEN)) == 1
