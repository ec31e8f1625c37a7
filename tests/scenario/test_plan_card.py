"""One thing planned on a card of its own, over HTTP: its times are filled in and saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.running import Card, RunningBot
from tests.scenario.plans import TUESDAY, entries, go_to, press_in, shown

ALL = ["Save", "Skip next", "Pause for a week", "Cancel", "Show plans"]


def opened(bot: RunningBot, oid: str) -> Card:
    """Press "Change" beside the first thing of the list."""
    return press_in(bot, bot.say("list", oid), 1, "Change", oid)


def filled(card: Card) -> dict[str, Any]:
    return {
        one["id"]: one.get("value")
        for one in card.content["body"]
        if one["type"].startswith("Input.")
    }


def save(bot: RunningBot, card: Card, oid: str, **changed: str) -> Card:
    """Press "Save" as a client does: with all that is filled in and not empty."""
    press = card.press("Save", oid)
    values = {**filled(card), **changed}
    press["invoke"]["value"]["action"]["data"].update(
        {name: value for name, value in values.items() if value}
    )
    bot.send(press)
    return next(one for one in bot.answers(oid) if one.id == card.id)


def test_a_plan_is_moved_made_longer_and_left_as_it_is(bot: RunningBot, oid: str) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    bot.say("busy tomorrow from 14:00 to 15:00, say audit", oid)
    card = opened(bot, oid)
    assert card.title == "What should change?"
    assert "audit" in card.text
    assert filled(card) == {"start": "14:00", "end": "15:00"}
    assert card.buttons == ["Save", "Cancel", "Show plans"]
    assert save(bot, card, oid).title == "What should change?"  # nothing was

    moved = save(bot, opened(bot, oid), oid, start="15:00")  # it would end as it starts
    assert moved.title == "Changed"
    assert shown(tuesday, ahead=1, at="15:00") in moved.text
    assert filled(opened(bot, oid)) == {"start": "15:00", "end": "16:00"}

    save(bot, opened(bot, oid), oid, end="18:30")
    save(bot, opened(bot, oid), oid, start="16:00")  # the end that is shown stays
    assert filled(opened(bot, oid)) == {"start": "16:00", "end": "18:30"}
    assert len(entries(bot.say("list", oid))) == 1


def test_what_recurs_gets_other_times_and_a_last_day_and_loses_it(
    bot: RunningBot, oid: str
) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    bot.say("away every weekday from 12 to 13, say lunch", oid)
    card = opened(bot, oid)
    assert filled(card) == {"start": "12:00", "end": "13:00", "until": None}
    assert card.buttons == ALL

    friday = (tuesday + timedelta(days=3)).date().isoformat()
    changed = save(bot, card, oid, start="12:30", end="13:15", until=friday)
    assert f"The last time is {shown(tuesday, ahead=3, at='12:30')}" in changed.text
    card = opened(bot, oid)
    assert filled(card) == {"start": "12:30", "end": "13:15", "until": friday}

    assert "last time" not in save(bot, card, oid, until="").text
    assert filled(opened(bot, oid))["until"] is None


def test_what_recurs_is_paused_for_a_week_and_comes_again(bot: RunningBot, oid: str) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    bot.say("away every weekday from 12 to 13, say lunch", oid)
    until = shown(tuesday, ahead=7, at="10:00")
    paused = bot.press(opened(bot, oid), "Pause for a week", oid)
    assert paused.title == f"Paused until {until}"
    card = opened(bot, oid)
    assert until in card.text
    assert "Pause for a week" not in card.buttons
    assert bot.press(card, "Resume", oid).title == "It comes again"
    assert opened(bot, oid).buttons == ALL


def test_a_reminder_has_one_time(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("remind me at 15:00 to call the bank", oid)
    card = opened(bot, oid)
    assert filled(card) == {"start": "15:00"}
    save(bot, card, oid, start="16:20")
    assert filled(opened(bot, oid)) == {"start": "16:20"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "25:61"},
        {"start": "12:30+02:00"},
        {"end": "soon"},
        {"until": "2026-02-30"},
        {"until": "2001-01-01"},
        {"start": "12:00", "end": "12:00"},
        {"start": "9" * 60},
    ],
)
def test_what_cannot_be_changes_nothing_and_can_be_filled_in_again(
    bot: RunningBot, oid: str, wrong: dict[str, str]
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("away every weekday from 12 to 13, say lunch", oid)
    refused = save(bot, opened(bot, oid), oid, **wrong)
    assert refused.title not in {"Changed", "What should change?"}
    assert refused.buttons == ALL
    assert filled(refused) == {"start": "12:00", "end": "13:00", "until": None}
    assert filled(opened(bot, oid)) == filled(refused)


def test_only_what_the_card_asks_for_is_read(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("remind me at 15:00 to call the bank", oid)
    bot.say("busy tomorrow from 14:00 to 15:00", oid)
    card = opened(bot, oid)
    save(bot, card, oid, start="15:30", ref="2", do="ForgetMe", days="MO", end="16:00")
    listed = entries(bot.say("list", oid))
    assert len(listed) == 2
    assert "3:30 PM" in listed[0]
    assert "2:00 PM" in listed[1]


def test_what_is_gone_cannot_be_changed(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy tomorrow from 14:00 to 15:00", oid)
    card = opened(bot, oid)
    bot.say("cancel 1", oid)
    assert save(bot, card, oid, start="16:00").title == "I found nothing like that to change"
    assert entries(bot.say("list", oid)) == []
