"""Conversation over HTTP: presets, amend, sequences, the same again, undo of any, small talk."""

from __future__ import annotations

import pytest

from bot.languages.phrasebook import Phrasebooks
from tests.running import RunningBot
from tests.scenario.plans import (
    MONDAY,
    entries,
    go_to,
    new_answers,
    press_in,
    seen,
    titles,
)

AVAILABLE, BUSY, DND, AWAY = "Available", "Busy", "DoNotDisturb", "Away"


def test_a_preset_is_saved_used_by_its_name_listed_and_deleted(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:30")
    card = bot.say("save busy for 1 hour, say heads down as Lunch", oid)
    assert card.title == "“Lunch” is saved"
    assert "Busy for 1 hour: heads down" in card.text
    assert bot.say("lunch", oid).title == "Busy until 10:30 AM"  # not the built-in reading: Away
    assert seen(bot, oid) == (BUSY, "heads down")
    assert bot.say("lunch until 3", oid).title == "Busy until 3:00 PM"
    listed = bot.say("my presets", oid)
    assert listed.title == "One preset"
    assert "Lunch" in entries(listed)[0]
    assert "Lunch, 1 hour" not in listed.buttons  # one's own comes in place of the suggestion
    assert press_in(bot, listed, 1, "Delete", oid).title == "“Lunch” is deleted"
    assert bot.say("lunch until 3", oid).title == "Away until 3:00 PM"


def test_the_running_status_is_saved_with_its_length(bot: RunningBot, oid: str) -> None:
    assert bot.say("save this as focus", oid).title == "There is no status to save now"
    bot.say("dnd for 45 minutes", oid)
    assert "Do not disturb for 45 minutes" in bot.say("save this as focus", oid).text
    bot.say("clear my status", oid)
    assert bot.say("use focus", oid).title.startswith("Do not disturb until")


def test_a_suggestion_counts_from_the_press(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:30")
    bot.say("my status", oid)  # signs in
    card = bot.say("presets", oid)
    assert card.title == "You have no presets yet"
    bot.move_clock(by="PT10M")
    assert bot.press(card, "Meeting, 1 hour", oid).title == "Busy until 10:40 AM"


def test_instead_changes_what_runs_and_leaves_the_rest(bot: RunningBot, oid: str) -> None:
    bot.say("busy until 11:59 pm, say heads down", oid)
    assert bot.say("make it dnd instead", oid).title == "Do not disturb until 11:59 PM"
    assert seen(bot, oid) == (DND, "heads down")
    assert bot.say("undo", oid).title == "Taken back"
    assert seen(bot, oid) == (BUSY, "heads down")


def test_instead_changes_the_plan_that_was_just_made(bot: RunningBot, oid: str) -> None:
    bot.say("busy tomorrow 9-11", oid)
    card = bot.say("make it away instead", oid)
    assert card.title.startswith("Away from")
    listed = bot.say("list my schedules", oid)
    assert len(entries(listed)) == 1
    assert "Away" in listed.text


def test_instead_of_nothing_offers_it_alone(bot: RunningBot, oid: str) -> None:
    bot.say("my status", oid)  # signs in
    card = bot.say("make it dnd instead", oid)
    assert card.title == "Nothing is running that could be changed"
    assert bot.press(card, "Do not disturb", oid).title == "Do not disturb"


def test_a_sequence_goes_from_step_to_step_and_gives_back(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:00")
    bot.say("away for 3 hours", oid)
    before = bot.answers(oid)
    card = bot.say("busy 25 min then dnd 5 min, 2 times", oid)
    assert card.title == "Busy until 9:25 AM"
    assert "Busy 25 minutes, then Do not disturb 5 minutes; 2 times" in card.text
    assert "All of it ends 10:00 AM." in card.text
    for by, state in (("PT25M", DND), ("PT5M", BUSY), ("PT25M", DND), ("PT5M", AWAY)):
        bot.move_clock(by=by)
        assert seen(bot, oid)[0] == state
    assert titles(new_answers(bot, oid, before))[1:] == [
        "Do not disturb until 9:30 AM",
        "Busy until 9:55 AM",
        "Do not disturb until 10:00 AM",
        "Back to Away until 12:00 PM",
    ]


def test_a_sequence_is_taken_back_and_cancelled_as_a_whole(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:00")
    bot.say("away for 3 hours", oid)
    bot.say("busy 25 min then dnd 5 min, 4 times", oid)
    bot.move_clock(by="PT25M")
    assert seen(bot, oid)[0] == DND
    assert bot.say("undo", oid).title == "Taken back"
    assert seen(bot, oid)[0] == AWAY
    assert bot.say("list my plans", oid).title == "Nothing is planned"
    card = bot.say("busy 25 min then dnd 5 min, 4 times", oid)
    assert bot.press(card, "Stop all of it", oid).title == "Cancelled"
    bot.move_clock(by="PT30M")
    assert seen(bot, oid)[0] != DND


def test_what_the_person_says_later_stops_a_sequence(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:00")
    bot.say("busy 25 min then dnd 5 min, 4 times", oid)
    bot.say("available for 2 hours", oid)
    before = bot.answers(oid)
    bot.move_clock(by="PT1H")
    assert seen(bot, oid)[0] == AVAILABLE
    said = titles(new_answers(bot, oid, before))
    assert said == ["You decided otherwise since, so I stopped the sequence"]


def test_the_same_again_lasts_as_long_as_it_was_said_for(bot: RunningBot, oid: str) -> None:
    assert bot.say("again", oid).title == "I do not know which status that was"
    go_to(bot, MONDAY, "09:00")
    bot.say("dnd for 45 minutes, say heads down", oid)
    bot.move_clock(by="PT24H")
    bot.say("busy for 10 minutes", oid)
    bot.move_clock(by="PT1H")
    assert bot.say("same as yesterday", oid).title == "Do not disturb until 10:45 AM"
    assert seen(bot, oid) == (DND, "heads down")


def test_working_hours_are_what_the_end_of_the_day_means(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "09:30")
    card = bot.say("my working hours are 8 to 16:30", oid)
    assert card.title == "Working hours: 8:00 AM to 4:30 PM, 5 days a week"
    assert bot.say("busy until end of day", oid).title == "Busy until 4:30 PM"
    assert bot.say("away until tomorrow", oid).title.endswith("8:00 AM")


def test_the_chosen_language_answers_at_once_and_from_then_on(bot: RunningBot, oid: str) -> None:
    german = Phrasebooks().for_locale("de").language
    assert bot.say("answer in german", oid).content["lang"] == german
    assert bot.say("busy for 1 hour", oid).content["lang"] == german
    assert bot.say("antworte auf englisch", oid).content["lang"] == "en"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Thanks!", "You are welcome!"),
        ("Danke", "You are welcome!"),
        ("спасибо", "You are welcome!"),
        ("hi there", "Hello! What shall I set for you?"),
        ("bonjour", "Hello! What shall I set for you?"),
        ("¿quién eres?", "I am a bot"),
        ("谢谢", "You are welcome!"),
    ],
)
def test_small_talk_gets_one_line_and_changes_nothing(
    bot: RunningBot, oid: str, said: str, answer: str
) -> None:
    bot.say("busy for 1 hour", oid)
    calls = len(bot.graph_calls())
    assert bot.say(said, oid).title.startswith(answer)
    assert len(bot.graph_calls()) == calls
    assert bot.say("undo", oid).title == "Taken back"  # of what was set, not of the talk


def test_what_the_bot_does_not_do_is_said_with_an_offer(bot: RunningBot, oid: str) -> None:
    bot.say("my status", oid)  # signs in
    card = bot.say("turn on my out of office until friday", oid)
    assert card.title == "I do not set automatic replies"
    assert bot.press(card, "Show me as away", oid).title.startswith("Away until")
    card = bot.say("tell everyone I am late", oid)
    assert card.title == "I write to you only"
    bot.press(card, "Make it my status message", oid)
    assert seen(bot, oid)[1] == "I am late<pinnednote></pinnednote>"
    card = bot.say("remind Bob at 11:45 pm to call", oid)
    assert card.title == "I remind only you"
    assert "11:45" in bot.press(card, "Remind me instead", oid).title


def test_one_answer_for_one_command(bot: RunningBot, oid: str) -> None:
    before = len(bot.answers(oid))
    for said in ("busy for 1 hour", "make it dnd instead", "again", "thanks", "presets"):
        bot.say(said, oid)
    bot.say("help", oid)
    assert len(bot.answers(oid)) - before in (6, 7)  # and the welcome
