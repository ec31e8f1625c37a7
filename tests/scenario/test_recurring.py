"""Statuses that come again: next times, skipping, pausing, the clock change, a new time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.running import BEN, Card, RunningBot, eventually
from tests.scenario.plans import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    entries,
    go,
    go_to,
    new_answers,
    press_in,
    say_from,
    seen,
    shown,
    sleep_through,
    titles,
)

Monday = tuple[RunningBot, datetime]


@pytest.fixture
def monday(own_bot: RunningBot) -> Monday:
    """Give a bot on a Monday at 10:00 in Berlin, and that instant, in local time."""
    own_bot.start()
    return own_bot, go_to(own_bot, MONDAY, "10:00")


def test_a_recurring_status_comes_again_gives_back_and_reminds_nobody(monday: Monday) -> None:
    bot, _ = monday
    bot.say("busy until tomorrow 18:00, say project", BEN)
    made = bot.say("lunch every weekday 12-13", BEN)
    assert "Monday to Friday" in made.text
    before = bot.answers(BEN)
    bot.say("clear", BEN)
    bot.say("busy until tomorrow 18:00, say project", BEN)  # said later: today's lunch waits
    go_to(bot, MONDAY, "12:01")
    assert seen(bot, BEN) == ("Busy", "project")
    waiting = new_answers(bot, BEN, before)[-1]
    assert waiting.title.startswith("Away was planned for")
    bot.press(waiting, "Start it now", BEN)
    assert seen(bot, BEN) == ("Away", "lunch")
    go_to(bot, MONDAY, "13:01")
    assert seen(bot, BEN) == ("Busy", "project")
    bot.say("clear", BEN)
    before = bot.answers(BEN)
    for day in (TUESDAY, WEDNESDAY):
        go_to(bot, day, "12:01")
        assert seen(bot, BEN) == ("Away", "lunch")
        go_to(bot, day, "13:01")
        assert seen(bot, BEN) == ("Available", "")
    eventually(lambda: len(new_answers(bot, BEN, before)) >= 2)  # the connector may be paced
    assert [one.partition(" until")[0] for one in titles(new_answers(bot, BEN, before))] == [
        "As planned: Away",
        "As planned: Away",
    ]


def test_one_time_can_be_skipped_and_all_be_paused_and_resumed(monday: Monday) -> None:
    bot, today = monday
    bot.say("lunch every weekday 12-13", BEN)
    assert (
        bot.say("skip lunch tomorrow", BEN).title
        == f"Skipped: {shown(today, ahead=1, at='12:00')}"
    )
    assert bot.say("skip lunch on sunday", BEN).title == "It does not come on that day"
    go_to(bot, MONDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")
    go_to(bot, TUESDAY, "12:01")
    assert seen(bot, BEN) == ("Available", "")
    paused = bot.say("pause lunch until friday 12:00", BEN)
    until = f"Paused until {shown(today, ahead=4, at='12:00')}"
    assert paused.title == until
    assert until in bot.say("list", BEN).text
    go_to(bot, THURSDAY, "12:01")
    assert seen(bot, BEN) == ("Available", "")
    resumed = bot.press(bot.say("pause lunch", BEN), "Resume", BEN)
    assert resumed.title == "It comes again"
    go_to(bot, FRIDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")


def test_cancelling_a_name_on_a_day_is_about_that_day_alone(monday: Monday) -> None:
    bot, today = monday
    bot.say("lunch every weekday 12-13", BEN)
    skipped = bot.say("cancel lunch tomorrow", BEN)
    assert skipped.title == f"Skipped: {shown(today, ahead=1, at='12:00')}"
    go_to(bot, MONDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")
    bot.say("tomorrow from 15 to 16 busy, say workshop", BEN)
    assert bot.say("cancel the meeting tomorrow", BEN).title == "I found nothing like that to skip"
    assert bot.say("cancel tomorrow's workshop", BEN).title == "Cancelled"
    listed = bot.say("list", BEN).text
    assert "lunch" in listed
    assert "workshop" not in listed


def test_a_start_without_an_end_lasts_until_the_next_working_day(monday: Monday) -> None:
    bot, today = monday
    card = bot.say("daily at 18 offline", BEN)
    assert "each time lasts until the next working day starts" in card.text
    go_to(bot, FRIDAY, "18:01")
    ends = shown(today, ahead=7, at="09:00")
    assert bot.answers(BEN)[-1].title == f"As planned: Offline until {ends}"


def test_the_last_day_is_the_last(monday: Monday) -> None:
    bot, today = monday
    last = today + timedelta(days=2)
    rule = f"every weekday from 12:00 to 13:00 until {last:%B} {last.day}"
    card = bot.say(f"away {rule}, say lunch", BEN)
    assert f"The last time is {shown(last, at='12:00')}." in card.text
    go_to(bot, WEDNESDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")
    assert bot.say("list", BEN).title == "Nothing is planned"


def test_an_overlap_with_what_recurs_is_said(monday: Monday) -> None:
    bot, today = monday
    bot.say("lunch every weekday 12-13", BEN)
    card = bot.say("busy tomorrow from 12:30 to 14:00", BEN)
    assert f"This overlaps “lunch”, {shown(today, ahead=1, at='12:00')}." in card.text


def test_a_cancelled_recurrence_never_comes_again(monday: Monday) -> None:
    bot, _ = monday
    bot.say("lunch every weekday 12-13", BEN)
    assert bot.say("cancel the recurring lunch", BEN).title == "Cancelled"
    go_to(bot, TUESDAY, "12:01")
    assert seen(bot, BEN) == ("Available", "")


def test_days_that_were_slept_through_are_one_message(monday: Monday, tmp_path: Path) -> None:
    bot, today = monday
    bot.say("lunch every weekday 12-13", BEN)
    before = bot.answers(BEN)
    sleep_through(bot, tmp_path, timedelta(days=2, hours=5))  # Wednesday, 15:00
    (told,) = eventually(lambda: new_answers(bot, BEN, before))
    assert told.title == "3 things were due while I was not running"
    assert "3 times are over, so I skipped them." in told.text
    assert entries(bot.say("list", BEN)) == [
        f"1 · {shown(today, ahead=3, at='12:00')} Away: lunch"
    ]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# The zone's announced change of that night, and the instants at which 02:30 to 04:00 begins and
# ends by its clocks, worked out by hand. In the order of time: the clock goes forward only.
NIGHTS = [
    ("Asia/Kolkata", "2030-03-09T21:00", "2030-03-09T22:30"),  # never changes
    ("America/New_York", "2030-03-10T07:30", "2030-03-10T08:00"),  # 02:00 becomes 03:00
    ("Europe/Berlin", "2030-03-31T01:30", "2030-03-31T02:00"),  # 02:00 becomes 03:00
    ("Australia/Lord_Howe", "2030-04-06T16:00", "2030-04-06T17:30"),  # 02:00 becomes 01:30
    ("Australia/Lord_Howe", "2030-10-05T15:30", "2030-10-05T17:00"),  # 02:00 becomes 02:30
    ("Europe/Berlin", "2030-10-27T00:30", "2030-10-27T03:00"),  # 03:00 becomes 02:00
    ("America/New_York", "2030-11-03T07:30", "2030-11-03T09:00"),  # 02:00 becomes 01:00
    ("Asia/Kolkata", "2030-11-03T21:00", "2030-11-03T22:30"),
]


def test_in_the_nights_of_the_clock_change_the_wall_clock_rules(own_bot: RunningBot) -> None:
    bot = own_bot
    bot.start()
    for number, (zone, begins, ends) in enumerate(NIGHTS):
        oid = f"bbbbbbbb-0000-4000-8000-{number:012d}"
        go(bot, utc(begins) - timedelta(hours=8))
        say_from(bot, "away every day from 02:30 to 04:00, say night", oid, zone)
        go(bot, utc(begins) - timedelta(seconds=20))
        before = bot.answers(oid)
        go(bot, utc(begins) + timedelta(seconds=20))
        assert seen(bot, oid) == ("Away", "night"), (zone, begins)
        assert len(new_answers(bot, oid, before)) == 1, (zone, begins)
        go(bot, utc(ends) - timedelta(seconds=20))
        assert seen(bot, oid) == ("Away", "night"), (zone, ends)
        go(bot, utc(ends) + timedelta(seconds=20))
        assert seen(bot, oid) == ("Available", ""), (zone, ends)
        assert say_from(bot, "cancel all schedules", oid, zone).title == "Cancelled"


def test_a_new_zone_counts_at_once_and_what_recurs_moves_only_when_told(
    monday: Monday,
) -> None:
    bot, today = monday
    bot.say("lunch every weekday 12-13", BEN)
    before = bot.answers(BEN)
    said = say_from(bot, "busy tomorrow from 18:00 to 19:00", BEN, "America/New_York")
    assert "America/New_York" in said.text
    question = eventually(lambda: new_answers(bot, BEN, before)[1:])[0]
    assert "Does your repeating plan move" in question.title
    assert question.buttons == ["Move to America/New_York", "Leave as it is"]
    say_from(bot, "list", BEN, "America/New_York")
    assert len(new_answers(bot, BEN, before)) == 3  # it is asked once
    go_to(bot, MONDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")
    moved = bot.press(question, "Move to America/New_York", BEN)
    assert moved.title == "One repeating plan moved to America/New_York"
    go_to(bot, TUESDAY, "12:01")
    assert seen(bot, BEN) == ("Available", "")
    go(bot, new_york(today, 1, "12:01"))
    assert seen(bot, BEN) == ("Away", "lunch")


def test_what_recurs_stays_where_it_was_when_told_so(monday: Monday) -> None:
    bot, _ = monday
    bot.say("lunch every weekday 12-13", BEN)
    before = bot.answers(BEN)
    say_from(bot, "list", BEN, "Asia/Kolkata")
    question = eventually(lambda: new_answers(bot, BEN, before)[1:])[0]
    assert bot.press(question, "Leave as it is", BEN).title.endswith("stay where they were")
    go_to(bot, MONDAY, "12:01")
    assert seen(bot, BEN) == ("Away", "lunch")


def test_another_name_of_the_same_clock_is_not_asked_about(monday: Monday) -> None:
    bot, _ = monday
    say_from(bot, "away every weekday from 12:00 to 13:00, say lunch", BEN, "Asia/Calcutta")
    before = bot.answers(BEN)
    moved = say_from(bot, "move lunch to 12:30", BEN, "Asia/Kolkata")
    assert "Calcutta" not in moved.text
    chosen = say_from(bot, "my time zone is Asia/Kolkata", BEN, "Asia/Kolkata")
    assert "another zone" not in chosen.text
    bot.move_clock(by="PT1M")
    assert len(new_answers(bot, BEN, before)) == 2
    chosen = say_from(bot, "my time zone is Europe/London", BEN, "Asia/Kolkata")
    assert "another zone" in chosen.text


def new_york(today: datetime, ahead: int, clock: str) -> datetime:
    """Return a wall time in New York some days after a local day in Berlin."""
    day = today.date() + timedelta(days=ahead)
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo("America/New_York"))


def test_the_zone_that_the_person_set_wins_over_the_device(monday: Monday) -> None:
    bot, today = monday
    bot.say("my time zone is America/New_York", BEN)
    card = bot.say("dnd tomorrow from 14:00 to 15:00", BEN)
    assert f"{shown(today, ahead=1, at='14:00')} (America/New_York)" in card.text
    go(bot, new_york(today, 1, "14:01"))
    assert seen(bot, BEN)[0] == "DoNotDisturb"


def test_what_recurs_is_changed_in_place_and_what_it_overlaps_is_said(monday: Monday) -> None:
    bot, _ = monday
    bot.say("lunch every weekday 12-13", BEN)
    bot.say("dnd every day from 14:00 to 15:00, say writing", BEN)
    listed = bot.say("list", BEN)
    assert "move lunch to 12:30" in listed.text
    moved = bot.say("move lunch to 12:30", BEN)
    assert moved.title == "Changed"
    assert "Monday to Friday" in moved.text
    assert "12:30 PM until 1:30 PM" in moved.text  # as long as before
    go_to(bot, MONDAY, "12:15")
    assert seen(bot, BEN)[1] == ""
    go_to(bot, MONDAY, "12:31")
    assert seen(bot, BEN) == ("Away", "lunch")
    longer = bot.say("make the weekday lunch end at 14:30", BEN)
    assert "This overlaps “writing”" in longer.text
    go_to(bot, TUESDAY, "13:50")
    assert seen(bot, BEN) == ("Away", "lunch")
    last = bot.say("make lunch run until Thursday", BEN)
    assert "The last time is" in last.text
    assert "writing" in bot.say("cancel writing", BEN).text
    go_to(bot, THURSDAY, "12:31")
    assert seen(bot, BEN) == ("Away", "lunch")
    go_to(bot, FRIDAY, "12:31")
    assert seen(bot, BEN)[1] == ""
    assert bot.say("move lunch to 11:00", BEN).title == "I found nothing like that to change"


@pytest.mark.parametrize(
    "words",
    [
        "pausiere Mittag bis Freitag",
        "mets la Mittagspause en pause jusqu'à vendredi",
        "put the Mittagspause on hold until Friday",
    ],
)
def test_a_pause_of_one_leaves_the_others_and_is_taken_back_in_words(
    monday: Monday, words: str
) -> None:
    bot, _ = monday
    bot.say("away every weekday from 12 to 13, say Mittagspause", BEN)
    bot.say("dnd every day from 14:00 to 15:00, say writing", BEN)
    bot.say(words, BEN)
    listed = bot.say("list", BEN)
    assert listed.text.count("Paused until") == 1
    assert entries(listed)[0].endswith("writing")
    assert bot.say("resume dinner", BEN).title == "I found nothing like that to resume"
    assert bot.say("resume Mittagspause", BEN).title == "It comes again"
    listed = bot.say("list", BEN)
    assert "Paused until" not in listed.text
    assert entries(listed)[0].endswith("Mittagspause")


def test_what_is_planned_once_is_changed_in_place(monday: Monday) -> None:
    bot, now = monday
    bot.say("busy tomorrow from 14:00 to 16:00, say workshop", BEN)
    bot.say("remind me tomorrow at 9:00 to call mum", BEN)
    moved = bot.say("move workshop to 15:00", BEN)
    assert shown(now, ahead=1, at="15:00") in moved.text
    assert "5:00 PM" in moved.text
    bot.say("move call mum to 10:30", BEN)
    assert entries(bot.say("list", BEN)) == [
        f"1 · {shown(now, ahead=1, at='10:30')} Reminder: call mum",
        f"2 · {shown(now, ahead=1, at='15:00')} Busy: workshop",
    ]
    bot.say("move 1 to 11:00", BEN)  # its number in the list, not from one until eleven
    assert entries(bot.say("list", BEN)) == [
        f"1 · {shown(now, ahead=1, at='11:00')} Reminder: call mum",
        f"2 · {shown(now, ahead=1, at='15:00')} Busy: workshop",
    ]
    go_to(bot, TUESDAY, "14:30")
    assert seen(bot, BEN)[1] == ""
    go_to(bot, TUESDAY, "15:01")
    assert seen(bot, BEN) == ("Busy", "workshop")
    go_to(bot, TUESDAY, "16:59")
    assert seen(bot, BEN) == ("Busy", "workshop")
    go_to(bot, TUESDAY, "17:01")
    assert seen(bot, BEN)[1] == ""


def test_days_and_times_are_meant_where_the_person_is(monday: Monday) -> None:
    bot, _ = monday
    tokyo, here = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
    say_from(bot, "busy every weekday from 10:00 to 10:30, say standup", BEN, tokyo.key)
    tuesday = go_to(bot, TUESDAY, "14:00").astimezone(here)  # the morning in New York

    def said(words: str) -> Card:
        return say_from(bot, words, BEN, here.key)

    def in_tokyo(ahead: int, clock: str) -> str:
        day = tuesday.date() + timedelta(days=ahead)
        wall = datetime.combine(day, time.fromisoformat(clock), tokyo)
        return shown(wall.astimezone(here).replace(tzinfo=None))

    before = bot.answers(BEN)
    said("list")
    eventually(lambda: new_answers(bot, BEN, before)[1:])  # does the standup move here?
    # Wednesday's in Tokyo is on Tuesday evening here.
    assert said("skip standup tomorrow").title == f"Skipped: {in_tokyo(2, '10:00')}"
    moved = said("move standup to 18:30")
    assert "6:30 PM until 7:00 PM (America/New_York)" in moved.text
    assert "Asia/Tokyo" in moved.text
    assert entries(said("list"))[0] == "1 · 6:30 PM Busy: standup"
    said("move standup to 9:30")  # on Tuesday in Tokyo, too
    card = press_in(bot, said("list"), 1, "Change", BEN)
    filled = {one.get("id"): one.get("value") for one in card.content["body"]}
    assert (filled["start"], filled["end"]) == ("09:30", "10:00")
    last = said("make standup run until Thursday")
    assert f"The last time is {shown(tuesday, ahead=2, at='09:30')}." in last.text
    go(bot, new_york(tuesday, 0, "09:31"))
    assert seen(bot, BEN) == ("Busy", "standup")
    there = said("move standup to 11:00 Tokyo time")
    assert f"{in_tokyo(1, '11:00').rpartition(', ')[2]} until" in there.text
