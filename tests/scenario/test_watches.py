"""Watching colleagues: told when it happens, by one look a minute at all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playground.people import RESIDENTS
from tests.running import ANNA, BEN, Card, RunningBot, eventually, running_bot
from tests.scenario.plans import TUESDAY, entries, go_to, new_answers, shown, titles

LOOK = "/communications/getPresencesByUserId"


def looks(bot: RunningBot, oid: str | None) -> int:
    calls = [call for call in bot.graph_calls() if call["path"] == LOOK]
    return len([call for call in calls if call["oid"] == oid])


@pytest.fixture
def everybody_free(bot: RunningBot) -> None:
    for resident in RESIDENTS:
        bot.by_hand(resident.oid, "Available")


def told(bot: RunningBot, oid: str, before: list[Card]) -> list[str]:
    return titles(new_answers(bot, oid, before))


@pytest.mark.usefixtures("everybody_free")
def test_it_is_told_once_and_then_watched_no_more(bot: RunningBot, oid: str) -> None:
    bot.by_hand(ANNA, "Busy")
    card = bot.say("tell me when Anna is available", oid)
    assert card.title == "I will tell you when Anna Berger is Available"
    assert "Busy" in card.text
    before = bot.answers(oid)
    bot.move_clock(by="PT3M")
    assert told(bot, oid, before) == []
    bot.by_hand(ANNA, "Available")
    bot.move_clock(by="PT2M")
    assert told(bot, oid, before) == ["Anna Berger: Available"]
    bot.by_hand(ANNA, "Busy")
    bot.move_clock(by="PT2M")
    bot.by_hand(ANNA, "Available")
    bot.move_clock(by="PT2M")
    assert told(bot, oid, before) == ["Anna Berger: Available"]
    again = new_answers(bot, oid, before)[0]
    bot.by_hand(ANNA, "Busy")
    assert "I will tell you" in bot.press(again, "Watch Anna Berger again", oid).title


@pytest.mark.usefixtures("everybody_free")
def test_what_is_so_already_is_said_at_once(bot: RunningBot, oid: str) -> None:
    card = bot.say("tell me when Anna is available", oid)
    assert card.title == "Anna Berger is there already: Available"
    assert bot.say("list", oid).title == "Nothing is planned"


@pytest.mark.usefixtures("everybody_free")
def test_all_are_seen_by_one_look_a_minute_and_told_each_time(bot: RunningBot, oid: str) -> None:
    bot.say("always tell me when Anna is available", oid)
    bot.say("tell me whenever Ben changes", oid)
    listed = bot.say("list", oid)
    assert entries(listed) == [
        "Watching Anna Berger Until Available",
        "Watching Ben Carter Any change",
    ]
    before, looked = bot.answers(oid), looks(bot, oid)
    for state in ("Busy", "Available"):
        for resident in (ANNA, BEN):
            bot.by_hand(resident, state)
        bot.move_clock(by="PT80S")
    assert told(bot, oid, before) == [
        "Ben Carter: Busy",
        "Anna Berger: Available",
    ]
    assert "Ben Carter: Available" in new_answers(bot, oid, before)[1].text
    bot.move_clock(by="PT10M")
    minutes = 12 + 2 / 3
    assert minutes / 1.2 - 1 <= looks(bot, oid) - looked <= minutes
    assert bot.say("stop watching Ben", oid).title == "I no longer watch Ben Carter"
    assert entries(bot.say("list", oid)) == ["Watching Anna Berger Until Available"]
    assert bot.say("cancel everything planned", oid).title == "Cancelled"
    looked = looks(bot, oid)
    bot.move_clock(by="PT5M")
    assert looks(bot, oid) == looked


@pytest.mark.usefixtures("everybody_free")
def test_watching_ends_after_a_day_where_nothing_else_is_said(bot: RunningBot, oid: str) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    bot.by_hand(ANNA, "Busy")
    card = bot.say("tell me when Anna is available", oid)
    assert shown(tuesday, ahead=1, at="10:00") in card.text


@pytest.mark.usefixtures("everybody_free")
def test_watching_ends_when_it_was_said_to_end(bot: RunningBot, oid: str) -> None:
    bot.by_hand(ANNA, "Busy")
    bot.say("tell me when Anna is available in the next 10 minutes", oid)
    before = bot.answers(oid)
    bot.move_clock(by="PT12M")
    assert told(bot, oid, before) == ["I no longer watch Anna Berger"]
    looked = looks(bot, oid)
    bot.move_clock(by="PT5M")
    assert looks(bot, oid) == looked


@pytest.mark.usefixtures("everybody_free")
def test_a_look_that_graph_does_not_answer_is_not_the_last(bot: RunningBot, oid: str) -> None:
    bot.by_hand(ANNA, "Busy")
    bot.say("tell me when Anna is available", oid)
    before = bot.answers(oid)
    broken = {"service": "graph", "match": LOOK, "kind": "503", "share": 1}
    assert bot.request("PUT", "/playground/faults", [broken]).status_code == 200
    bot.move_clock(by="PT70S")
    bot.request("PUT", "/playground/faults", [])
    bot.by_hand(ANNA, "Available")

    def said() -> list[str]:
        bot.move_clock(by="PT70S")  # the circuit to Graph closes by the machine's own clock
        return told(bot, oid, before)

    assert eventually(said) == ["Anna Berger: Available"]


def test_nobody_is_watched_where_looking_at_people_is_off(own_bot: RunningBot) -> None:
    own_bot.start(PEOPLE="off")
    card = own_bot.say("tell me when Ben is available")
    assert card.title == "Looking at colleagues is turned off here"


def test_the_bot_looks_once_for_a_whole_tenant_where_it_looks_itself(tmp_path: Path) -> None:
    """Application permission: two people who watch two others are one request a minute."""
    watchers = [f"aaaa0000-0000-4000-8000-00000000000{number}" for number in (1, 2)]
    with running_bot(tmp_path) as bot:
        bot.start(GRAPH_PERMISSION="application")
        bot.by_hand(ANNA, "Busy")
        bot.by_hand(BEN, "Busy")
        bot.say("tell me when Anna is available", watchers[0])
        bot.say("always tell me when Ben is available", watchers[1])
        before = {oid: bot.answers(oid) for oid in watchers}
        looked = len([c for c in bot.graph_calls() if c["path"] == LOOK])
        bot.move_clock(by="PT10M")
        looked = len([c for c in bot.graph_calls() if c["path"] == LOOK]) - looked
        assert 8 <= looked <= 10
        bot.by_hand(BEN, "Available")
        bot.move_clock(by="PT80S")
        assert told(bot, watchers[0], before[watchers[0]]) == []
        assert told(bot, watchers[1], before[watchers[1]]) == ["Ben Carter: Available"]
        bot.by_hand(ANNA, "Available")
        bot.move_clock(by="PT80S")
        assert told(bot, watchers[0], before[watchers[0]]) == ["Anna Berger: Available"]
        for oid in watchers:
            bot.say("stop watching", oid)
        bot.move_clock(by="PT2M")
        looked = len(bot.graph_calls())
        bot.move_clock(by="PT5M")
        assert len(bot.graph_calls()) == looked
