"""Statuses that are planned once: they start, end, and give back what was there before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.running import BEN, RunningBot, eventually
from tests.scenario.plans import (
    TUESDAY,
    entries,
    go_to,
    new_answers,
    press_in,
    seen,
    sleep_through,
    titles,
)


def test_a_planned_status_takes_over_and_gives_back_state_message_and_time(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00, say deep work", oid)
    planned = bot.say("dnd from 14:00 to 15:00, say workshop", oid)
    assert planned.title == "Do not disturb from 2:00 PM until 3:00 PM"
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "13:59")
    assert seen(bot, oid) == ("Busy", "deep work")
    go_to(bot, TUESDAY, "14:01")
    assert seen(bot, oid) == ("DoNotDisturb", "workshop")
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid) == ("Busy", "deep work")
    assert titles(new_answers(bot, oid, before)) == [
        "As planned: Do not disturb until 3:00 PM",
        "Do not disturb ends in 5 minutes",
        "Back to Busy until 6:00 PM",
    ]
    go_to(bot, TUESDAY, "18:01")
    assert seen(bot, oid) == ("Available", "")


def test_a_planned_status_over_nothing_ends_without_a_word(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("dnd from 14:00 to 14:10", oid)
    go_to(bot, TUESDAY, "14:01")
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "14:11")
    assert seen(bot, oid)[0] == "Available"
    assert new_answers(bot, oid, before) == []


def test_nothing_is_given_back_over_what_was_said_meanwhile(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00", oid)
    bot.say("dnd from 14:00 to 15:00", oid)
    go_to(bot, TUESDAY, "14:30")
    bot.say("away until 16:00", oid)
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid)[0] == "Away"
    go_to(bot, TUESDAY, "16:01")
    assert seen(bot, oid)[0] == "Available"


def test_nothing_is_given_back_over_what_was_changed_by_hand(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00", oid)
    bot.say("away from 14:00 to 15:00", oid)
    go_to(bot, TUESDAY, "14:30")
    bot.by_hand(oid, "DoNotDisturb")
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid)[0] == "DoNotDisturb"
    assert "changed by hand" in titles(new_answers(bot, oid, before))[-1]


def test_a_status_that_was_said_later_runs_on_and_the_plan_waits_behind_a_button(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("dnd from 14:00 to 15:00, say workshop", oid)
    go_to(bot, TUESDAY, "11:00")
    bot.say("busy until 18:00", oid)
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "14:01")
    assert seen(bot, oid) == ("Busy", "")
    (waiting,) = new_answers(bot, oid, before)
    assert waiting.title == "Do not disturb was planned for 2:00 PM until 3:00 PM"
    started = bot.press(waiting, "Start it now", oid)
    assert started.title == "As planned: Do not disturb until 3:00 PM"
    assert seen(bot, oid) == ("DoNotDisturb", "workshop")
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid) == ("Busy", "")


def test_a_plan_that_is_extended_gives_back_at_its_new_end(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00", oid)
    bot.say("dnd from 14:00 to 15:00", oid)
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "14:01")
    (started,) = new_answers(bot, oid, before)
    bot.press(started, "+ 30 minutes", oid)
    go_to(bot, TUESDAY, "15:10")
    assert seen(bot, oid)[0] == "DoNotDisturb"
    go_to(bot, TUESDAY, "15:31")
    assert seen(bot, oid)[0] == "Busy"


def test_plans_that_overlap_or_follow_each_other_still_give_back_the_first_state(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "09:00")
    bot.say("busy until 18:00, say deep work", oid)
    bot.say("dnd from 12:00 to 14:00, say workshop", oid)
    overlapping = bot.say("away from 13:00 to 15:00, say dentist", oid)
    assert "This overlaps “workshop”, 12:00 PM." in overlapping.text
    following = bot.say("dnd from 15:00 to 16:00, say review", oid)
    assert "overlaps" not in following.text
    for clock, expected in (
        ("12:01", ("DoNotDisturb", "workshop")),
        ("13:01", ("Away", "dentist")),
        ("14:01", ("Away", "dentist")),
        ("15:01", ("DoNotDisturb", "review")),
        ("16:01", ("Busy", "deep work")),
    ):
        go_to(bot, TUESDAY, clock)
        assert seen(bot, oid) == expected, clock


def test_a_plan_inside_another_gives_that_one_back(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "09:00")
    bot.say("busy until 18:00", oid)
    bot.say("dnd from 12:00 to 16:00", oid)
    bot.say("away from 13:00 to 14:00", oid)
    for clock, expected in (
        ("12:01", "DoNotDisturb"),
        ("13:01", "Away"),
        ("14:01", "DoNotDisturb"),
        ("16:01", "Busy"),
    ):
        go_to(bot, TUESDAY, clock)
        assert seen(bot, oid)[0] == expected, clock


def test_a_start_can_be_undone(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00", oid)
    bot.say("dnd from 14:00 to 15:00", oid)
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "14:01")
    (started,) = new_answers(bot, oid, before)
    assert bot.press(started, "Undo", oid).title == "Taken back"
    assert seen(bot, oid)[0] == "Busy"
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid)[0] == "Busy"
    assert new_answers(bot, oid, before) == []


def test_plans_are_listed_by_number_next_first_with_buttons_on_each(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    assert bot.say("list", oid).title == "Nothing is planned"
    bot.say("dnd from 16:00 to 17:00, say review", oid)
    bot.say("remind me at 15:00 to call", oid)
    bot.say("away from 13:00 to 14:00, say dentist", oid)
    card = bot.say("list", oid)
    assert card.title == "3 plans"
    assert entries(card) == [
        "1 · 1:00 PM Away: dentist",
        "2 · 3:00 PM Reminder: call",
        "3 · 4:00 PM Do not disturb: review",
    ]
    assert entries(bot.say("list reminders", oid)) == ["2 · 3:00 PM Reminder: call"]
    cancelled = press_in(bot, card, 2, "Cancel", oid)
    assert cancelled.title == "Cancelled"
    assert entries(bot.say("list", oid)) == [
        "1 · 1:00 PM Away: dentist",
        "2 · 4:00 PM Do not disturb: review",
    ]


def test_plans_are_cancelled_by_number_name_status_time_and_all(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "08:00")
    for words in (
        "away from 13:00 to 14:00, say dentist",
        "busy from 14:00 to 14:30, say review",
        "dnd from 15:00 to 16:00",
        "busy from 16:00 to 17:00, say interview",
        "away tomorrow from 10:00 to 11:00, say school",
        "busy from 18:00 to 19:00, say one",
        "busy from 19:00 to 20:00, say two",
    ):
        bot.say(words, oid)
    for words, named in (
        ("cancel 2", "review"),
        ("cancel the dentist schedule", "dentist"),
        ("cancel schedule dnd", "Do not disturb"),
        ("cancel 4pm", "interview"),
        ("cancel tomorrow", "school"),
    ):
        card = bot.say(words, oid)
        assert card.title == "Cancelled", words
        assert named in card.text, words
    assert bot.say("cancel schedule nonsense", oid).title.startswith("I found nothing")
    assert bot.say("cancel all schedules", oid).title == "2 plans cancelled"
    assert bot.say("list", oid).title == "Nothing is planned"
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "16:30")
    assert new_answers(bot, oid, before) == []


@pytest.mark.parametrize(
    ("spoken", "name", "words"),
    [
        ("english", "lunch", "cancel lunch"),
        ("english", "writing", "delete writing"),
        ("deutsch", "Mittagessen", "storniere Mittagessen"),
        ("deutsch", "Zahnarzt", "Zahnarzt absagen"),
        ("français", "déjeuner", "annule déjeuner"),
        ("español", "almuerzo", "cancela almuerzo"),
        ("русский", "обед", "отмени обед"),
        ("中文", "午餐", "取消午餐"),
    ],
)
def test_a_bare_name_cancels_the_plan_and_leaves_the_status_that_runs(
    bot: RunningBot, oid: str, spoken: str, name: str, words: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00, say deep work", oid)
    bot.say(f'away from 13:00 to 14:00, say "{name}"', oid)
    bot.say(f"language {spoken}", oid)
    assert name in bot.say(words, oid).text
    assert entries(bot.say("list", oid)) == []
    assert seen(bot, oid) == ("Busy", "deep work")


def test_a_bare_name_without_a_plan_clears_the_status_of_that_name(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy from 15:00 to 16:00, say review", oid)
    for status, words in (
        ("lunch until 14:00", "cancel lunch"),
        ("away until 14:00", "cancel lunch"),
        ("lunch break until 14:00", "delete the lunch"),
    ):
        bot.say(status, oid)
        bot.say(words, oid)
        assert seen(bot, oid) == ("Available", ""), words
    bot.say("away until 14:00, say dentist", oid)
    assert bot.say("cancel lunch", oid).title == "I found nothing like that to cancel"
    assert seen(bot, oid) == ("Away", "dentist")
    assert entries(bot.say("list", oid)) == ["1 · 3:00 PM Busy: review"]


def test_a_name_is_no_availability(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("away from 13:00 to 14:00, say lunch", oid)
    assert bot.say("cancel the dentist", oid).title == "I found nothing like that to cancel"
    assert bot.say("cancel schedule away", oid).title == "Cancelled"


def test_all_is_the_status_and_what_is_planned_stays_until_its_button_is_pressed(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 18:00, say deep work", oid)
    assert "What you planned stays" not in bot.say("cancel all", oid).text
    bot.say("away from 13:00 to 14:00, say lunch", oid)
    bot.say("busy until 18:00, say deep work", oid)
    card = bot.say("cancel all", oid)
    assert seen(bot, oid) == ("Available", "")
    assert "What you planned stays" in card.text
    assert bot.press(card, "Cancel what is planned", oid).title == "Cancelled"
    assert entries(bot.say("list", oid)) == []


def test_what_is_over_or_stops_is_the_status_that_runs_and_not_its_plan(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("lunch every day 12-13", oid)
    planned = entries(bot.say("list", oid))
    for words in ("end lunch", "stop lunch", "stop the lunch"):
        bot.say("lunch until 11:00", oid)
        bot.say(words, oid)
        assert seen(bot, oid) == ("Available", ""), words
        assert entries(bot.say("list", oid)) == planned
    assert bot.say("stop lunch", oid).title == "Cancelled"


def test_a_name_that_fits_several_plans_is_asked_about(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy from 13:00 to 14:00, say review one", oid)
    bot.say("busy from 15:00 to 16:00, say review two", oid)
    question = bot.say("cancel schedule review", oid)
    assert question.title == "Which one?"
    cancelled = press_in(bot, question, 2, "This one", oid)
    assert cancelled.title == "Cancelled"
    assert "Busy: review two, 3:00 PM" in cancelled.text
    assert entries(bot.say("list", oid)) == ["1 · 1:00 PM Busy: review one"]
    assert bot.press(cancelled, "Undo", oid).title == "Planned again"
    assert len(entries(bot.say("list", oid))) == 2
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, oid) == ("Busy", "review two")


def test_a_hundred_plans_are_the_most(bot: RunningBot, oid: str) -> None:
    for number in range(100):
        assert bot.say(f"remind me in {number + 60} minutes to rest", oid).title.startswith("I wi")
    assert "100 plans" in bot.say("remind me in 3 hours to rest", oid).title
    assert "100 plans" in bot.say("dnd tomorrow from 14:00 to 15:00", oid).title
    assert bot.say("cancel all reminders", oid).title == "100 plans cancelled"


def test_a_start_that_is_a_little_late_happens_and_says_so(
    own_bot: RunningBot, tmp_path: Path
) -> None:
    own_bot.start()
    own_bot.say("dnd in 10 minutes for 2 hours, say workshop", BEN)
    before = own_bot.answers(BEN)
    sleep_through(own_bot, tmp_path, timedelta(minutes=25))
    (started,) = eventually(lambda: new_answers(own_bot, BEN, before))
    assert started.title.startswith("As planned: Do not disturb")
    assert "This is late" in started.text
    assert seen(own_bot, BEN) == ("DoNotDisturb", "workshop")


def test_what_was_missed_is_told_in_one_message_and_what_still_runs_is_offered(
    own_bot: RunningBot, tmp_path: Path
) -> None:
    own_bot.start()
    own_bot.say("what's my status?", BEN)  # signs the person in: planning needs no token
    own_bot.say("dnd in 10 minutes for 20 minutes, say one", BEN)
    own_bot.say("dnd in 40 minutes for 20 minutes, say two", BEN)
    own_bot.say("remind me in 20 minutes to call", BEN)
    own_bot.say("away in 70 minutes for 3 hours, say three", BEN)
    before = own_bot.answers(BEN)
    sleep_through(own_bot, tmp_path, timedelta(hours=2))
    (told,) = eventually(lambda: new_answers(own_bot, BEN, before))
    assert told.title == "4 things were due while I was not running"
    lines = [entry.partition(" ")[2] for entry in entries(told)]
    assert [line.split(": ")[-1] for line in lines] == ["one", "call", "two", "three"]
    assert told.text.count("It is over, so I skipped it.") == 2
    assert seen(own_bot, BEN)[0] == "Available"
    started = press_in(own_bot, told, 4, "Start it now", BEN)
    assert started.title.startswith("As planned: Away until")
    assert seen(own_bot, BEN) == ("Away", "three")
    own_bot.move_clock(by="PT1M")
    assert [card for card in new_answers(own_bot, BEN, before) if card.id != told.id] == []


def test_a_start_that_graph_refuses_for_a_while_happens_later(
    own_bot: RunningBot,
) -> None:
    own_bot.start()
    own_bot.say("dnd in 10 minutes for 2 hours", BEN)
    fault = {"service": "graph", "match": "setUserPreferredPresence", "kind": "429"}
    own_bot.request("PUT", "/playground/faults", [{**fault, "retry_after": 1}])
    own_bot.move_clock(by="PT10M30S")
    assert seen(own_bot, BEN)[0] == "Available"
    own_bot.request("PUT", "/playground/faults", [])
    own_bot.move_clock(by="PT3M")
    assert seen(own_bot, BEN)[0] == "DoNotDisturb"
