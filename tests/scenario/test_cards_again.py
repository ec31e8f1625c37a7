"""Cards over HTTP: corrected, looked at again, outdated; home, settings, history."""

from __future__ import annotations

from typing import Any

from tests.running import ANNA, BEN, ZONE, Card, RunningBot, eventually
from tests.scenario.plans import (
    MONDAY,
    TUESDAY,
    entries,
    go_to,
    new_answers,
    press_in,
    seen,
    shown,
    titles,
)
from tests.scenario.test_people import GROUP, in_group, say_in_group

BUSY, DND, AWAY = "Busy", "DoNotDisturb", "Away"


def look(bot: RunningBot, card: Card, oid: str, conversation: str) -> dict[str, Any]:
    """Run the refresh of a card; return what the client is answered."""
    action = card.content["refresh"]["action"]
    value = {
        "action": {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]},
        "trigger": "automatic",
    }
    invoke = {"name": "adaptiveCard/action", "value": value}
    place = {"as": oid, "zone": ZONE, "conversation": conversation}
    return bot.send({**place, "replyTo": card.id, "invoke": invoke})


def refreshed(bot: RunningBot, card: Card, oid: str) -> Card:
    """Look at a card again: the client runs its refresh by itself."""
    assert card.content["refresh"]["userIds"] == [f"29:{oid}"]
    look(bot, card, oid, f"a:{oid}")
    return next(one for one in bot.answers(oid) if one.id == card.id)


def rows(card: Card) -> list[str]:
    return [
        action["title"]
        for element in card.content["body"]
        for item in element.get("items", ())
        for action in item.get("actions", ())
    ]


def test_the_other_half_of_the_day_is_one_tap_away(bot: RunningBot, oid: str) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    card = bot.say("busy until 3", oid)
    assert card.title == "Busy until 3:00 PM"
    late = shown(tuesday, ahead=1, at="03:00")
    assert card.buttons[0] == f"Rather: Busy until {late}"
    assert bot.press(card, card.buttons[0], oid).title == f"Busy until {late}"
    assert bot.say("busy until 15:00", oid).buttons[0] == "+ 30 minutes"  # nothing was assumed


def test_whatever_is_assumed_about_the_command_is_carried_out(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    assert (
        bot.say("keep me available until 5", oid).buttons[0].startswith("Rather: Kept available")
    )
    assert (
        bot.say("status message: on site until 3", oid).buttons[0].startswith("Rather: “on site”")
    )
    assert bot.say("every monday 3-4 busy", oid).buttons[0] == "Skip next"


def test_the_other_week_takes_the_place_of_the_plan(bot: RunningBot, oid: str) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    bot.say("my status", oid)
    card = bot.say("busy next friday from 14:00 to 15:00", oid)
    assert shown(tuesday, ahead=3, at="14:00") in card.title
    assert "I took “next friday” as Fri," in card.text
    other = shown(tuesday, ahead=10, at="14:00")
    assert other in card.buttons[0]
    assert other in bot.press(card, card.buttons[0], oid).title
    assert len(entries(bot.say("list my schedules", oid))) == 1


def test_a_weekday_that_is_today_may_be_meant_and_is_one_tap_away(
    bot: RunningBot, oid: str
) -> None:
    monday = go_to(bot, MONDAY, "10:00")
    bot.say("my status", oid)
    card = bot.say("busy on Monday", oid)
    assert shown(monday, ahead=7, at="00:00") in card.title
    assert "I took “Monday” as Mon," in card.text
    assert card.buttons[0] == "Rather: Busy until 6:00 PM"
    assert bot.press(card, card.buttons[0], oid).title == "Busy until 6:00 PM"
    assert entries(bot.say("list my schedules", oid)) == []  # the other day is not planned
    assert "I took" not in bot.say("busy next Monday", oid).text  # that is a week from now


def test_the_other_week_is_also_for_a_work_location_and_for_a_watch(
    bot: RunningBot, oid: str
) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    card = bot.say("working from the office next monday", oid)
    assert "I took “next monday” as Mon," in card.text
    assert shown(tuesday, ahead=6, at="06:00") in card.title
    other = bot.press(card, card.buttons[0], oid)
    assert shown(tuesday, ahead=13, at="06:00") in other.title
    listed = bot.say("what's coming up", oid)
    assert shown(tuesday, ahead=13, at="06:00") in listed.text
    assert shown(tuesday, ahead=6, at="06:00") not in listed.text
    card = bot.say("tell me when Ben is busy until next friday", oid)
    later = shown(tuesday, ahead=10, at="09:00")
    assert card.buttons[0] == f"Rather: Until {later}"
    assert later in bot.press(card, card.buttons[0], oid).text
    bot.say("stop watching everybody", oid)


def test_the_other_half_of_the_day_takes_the_place_of_the_reminder(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    card = bot.say("remind me at 4 to call Bob", oid)
    bot.press(card, card.buttons[0], oid)
    listed = bot.say("list my reminders", oid)
    assert len(entries(listed)) == 1
    assert "4:00 AM" in listed.text


def test_a_card_that_is_looked_at_again_tells_the_truth(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    card = bot.say("busy for 2 hours, say heads down", oid)
    again = refreshed(bot, card, oid)
    assert again.title == card.title
    assert again.buttons == card.buttons
    assert "heads down" in again.text
    assert "I will remind you at 11:55 AM" in again.text
    bot.say("dnd for 1 hour", oid)
    now = refreshed(bot, card, oid)
    assert "What this card said is over" in now.text
    assert "Do not disturb" in now.title
    assert seen(bot, oid)[0] == DND


def test_what_was_assumed_is_said_and_corrected_when_looked_at_again_too(
    bot: RunningBot, oid: str
) -> None:
    tuesday = go_to(bot, TUESDAY, "10:00")
    card = bot.say("busy until 3", oid)
    again = refreshed(bot, card, oid)
    assert "I took “3” as 3:00 PM" in again.text
    assert again.buttons == card.buttons
    late = shown(tuesday, ahead=1, at="03:00")
    assert bot.press(again, again.buttons[0], oid).title == f"Busy until {late}"


def test_words_that_would_mean_something_else_by_now_are_not_read_again(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    card = bot.say("busy until 3", oid)
    bot.say("set my time zone to New York", oid)
    again = refreshed(bot, card, oid)
    assert again.title == "Busy until 9:00 AM"  # the same instant
    assert "I took" not in again.text
    assert again.buttons == card.buttons[1:]


def test_an_empty_list_teaches_how_to_plan_and_is_filled_when_looked_at_again(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say("what's coming up", oid)
    assert card.title == "Nothing is planned"
    taught = ("tomorrow from 2 to 4 set me to busy", "remind me at 4pm to call mum")
    assert all(said in card.text for said in taught)
    assert [one["value"] for one in card.item["suggestions"]][::2] == list(taught)
    bot.say("remind me in 2 hours to call Bob", oid)
    assert "call Bob" in refreshed(bot, card, oid).text


def test_a_status_that_ended_is_out_of_date(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 10 minutes", oid)
    bot.move_clock(by="PT20M")
    assert "What this card said is over" in refreshed(bot, card, oid).text


def remind_of_end(bot: RunningBot, oid: str) -> Card:
    """Return the reminder that a status ends at 11:00, at 10:56."""
    go_to(bot, TUESDAY, "10:00")
    bot.say("busy until 11:00", oid)
    before = bot.answers(oid)
    go_to(bot, TUESDAY, "10:56")
    card: Card = eventually(lambda: new_answers(bot, oid, before))[0]
    assert card.title == "Busy ends in 5 minutes"
    return card


def test_the_reminder_of_an_end_tells_the_truth_when_it_is_looked_at_again(
    bot: RunningBot, oid: str
) -> None:
    card = remind_of_end(bot, oid)
    again = refreshed(bot, card, oid)
    assert again.title == "Busy ends in 4 minutes"
    assert again.buttons == card.buttons
    assert bot.press(again, "+ 30 minutes", oid).title == "Busy until 11:30 AM"
    writes = [call for call in bot.graph_calls() if call["oid"] == oid and call["method"] != "GET"]
    longer = refreshed(bot, card, oid)
    assert longer.title == "Busy"
    assert "What this card said is over" in longer.text
    assert "11:30 AM" in longer.text
    bot.move_clock(by="PT40M")
    over = refreshed(bot, card, oid)
    assert "What this card said is over" in over.text
    assert over.title == "Available"
    later = [call for call in bot.graph_calls() if call["oid"] == oid and call["method"] != "GET"]
    assert later == writes  # looking writes nothing


def test_how_colleagues_are_seen_is_true_when_looked_at_again(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 2 hours", ANNA)
    one = bot.say("is Anna free?", oid)
    several = bot.say("status of Anna and Ben", oid)
    assert one.title == "Anna Berger: Busy"
    bot.say("dnd for 2 hours", ANNA)
    assert refreshed(bot, one, oid).title == "Anna Berger: Do not disturb"
    assert "Do not disturb" not in several.text
    again = refreshed(bot, several, oid)
    assert again.title == several.title
    assert "Do not disturb" in again.text
    assert "Ben Carter" in again.text
    bot.say("clear everything", ANNA)


def test_a_card_of_a_team_is_refreshed_for_its_owner_alone(bot: RunningBot) -> None:
    card = say_in_group(bot, "who is free?")
    mentioned = say_in_group(bot, "is @Ben Carter available?")
    bot.say("dnd for 2 hours", BEN)
    refused = look(bot, card, BEN, GROUP)
    assert "somebody else" in str(refused["answer"]["value"])
    assert in_group(bot, ANNA)[-2:] == [card, mentioned]
    look(bot, card, ANNA, GROUP)
    look(bot, mentioned, ANNA, GROUP)
    again, one = in_group(bot, ANNA)[-2:]
    assert "available" in again.title
    assert "Do not disturb" in again.text
    assert one.title == "Ben Carter: Do not disturb"
    bot.say("clear everything", BEN)


def test_looking_costs_no_command_and_ends_where_colleagues_are_turned_off(
    own_bot: RunningBot, oid: str
) -> None:
    own_bot.start(COMMANDS_A_MINUTE="2")
    card = own_bot.say("is Anna free?", oid)
    for _ in range(6):  # more than the commands that are left
        assert refreshed(own_bot, card, oid).title == "Anna Berger: Available"
    assert own_bot.say("busy for 1 hour", oid).title.startswith("Busy until")
    own_bot.stop()
    own_bot.start(PEOPLE="off")
    assert refreshed(own_bot, card, oid).title == "Looking at colleagues is turned off here"


def test_a_button_of_an_outdated_card_does_nothing_and_shows_what_stands(
    bot: RunningBot, oid: str
) -> None:
    old = bot.say("busy for 1 hour", oid)
    bot.say("dnd until 11:59 pm", oid)
    for title in ("+ 30 minutes", "Clear", "Undo"):
        card = bot.press(old, title, oid)
        assert "out of date" in card.text
        assert card.title == "Do not disturb"
        assert seen(bot, oid)[0] == DND
    assert bot.press(card, "Clear", oid).title == "Status and message cleared"


def test_a_button_stays_good_while_something_else_changes(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    card = bot.say("busy for 1 hour", oid)
    bot.say("status message: on site", oid)
    assert bot.press(card, "+ 30 minutes", oid).title == "Busy until 11:30 AM"


def test_home_shows_now_next_and_one_tap_statuses(bot: RunningBot, oid: str) -> None:
    monday = go_to(bot, MONDAY, "10:00")
    bot.say("save dnd for 45 minutes as writing", oid)
    bot.say("busy tomorrow from 9:00 to 11:00", oid)
    bot.say("away for 1 hour", oid)
    card = bot.say("home", oid)
    assert card.title == "Away"
    assert f"Next: {shown(monday, ahead=1, at='09:00')}" in card.text
    assert rows(card)[:2] == ["Show plans", "writing"]
    assert {"Focus, 2 hours", "Lunch, 1 hour", "Settings"} <= set(rows(card))
    assert "+ 30 minutes" in card.buttons
    pressed = press_in(bot, card, 2, "writing", oid)
    assert pressed.title == "Do not disturb until 10:45 AM"
    assert "Do not disturb" in refreshed(bot, bot.say("status", oid), oid).title


def save(bot: RunningBot, card: Card, oid: str, **filled_in: str) -> Card:
    press = card.press("Save", oid)
    press["invoke"]["value"]["action"]["data"].update(filled_in)
    bot.send(press)
    return next(one for one in bot.answers(oid) if one.id == card.id)


def values(card: Card) -> dict[str, Any]:
    return {
        one["id"]: one["value"] for one in card.content["body"] if one["type"].startswith("Input.")
    }


def test_settings_are_shown_changed_and_used(bot: RunningBot, oid: str) -> None:
    go_to(bot, MONDAY, "10:00")
    card = bot.say("settings", oid)
    assert values(card) == {
        "zone": "usual",
        "language": "usual",
        "day_start": "09:00",
        "day_end": "18:00",
        "end_reminders": "true",
        "length_busy": "usual",
        "length_dnd": "usual",
        "length_brb": "usual",
        "length_away": "usual",
    }
    saved = save(
        bot, card, oid, day_end="16:30", end_reminders="false", length_dnd="45", zone="Asia/Tokyo"
    )
    assert saved.title == "Your settings are saved"
    assert values(saved)["day_end"] == "16:30"
    card = bot.say("dnd", oid)
    assert card.title == "Do not disturb until 6:45 PM"  # in Tokyo
    assert "usual length" in card.text
    assert "Asia/Tokyo" in card.text
    assert "remind" not in card.text
    back = save(bot, bot.say("settings", oid), oid, zone="usual", length_dnd="usual")
    assert values(back)["length_dnd"] == "usual"
    assert bot.say("away until end of day", oid).title == "Away until 4:30 PM"


def test_another_zone_asks_once_whether_what_recurs_moves(bot: RunningBot, oid: str) -> None:
    bot.say("away every weekday from 12 to 13", oid)
    before = bot.answers(oid)
    save(bot, bot.say("settings", oid), oid, zone="Asia/Tokyo")
    asked = eventually(
        lambda: [one for one in new_answers(bot, oid, before) if "Asia/Tokyo" in one.title]
    )
    assert len(asked) == 1
    assert len(asked[0].buttons) == 2  # move, or stay


def test_settings_and_presets_are_nobody_elses_to_see(bot: RunningBot) -> None:
    bot.say("my status", ANNA)
    for said, title in (("settings", "Your settings"), ("my presets", "You have no presets yet")):
        before = bot.answers(ANNA)
        card = say_in_group(bot, said)
        assert card.title == "I have answered in our own chat"
        assert "Input." not in str(card.content)
        answered = eventually(lambda before=before: new_answers(bot, ANNA, before))
        assert titles(answered) == [title]


def test_settings_that_cannot_be_change_nothing(bot: RunningBot, oid: str) -> None:
    for wrong in (
        {"day_end": "08:00"},
        {"day_start": "25:00"},
        {"zone": "Europe/Atlantis"},
        {"language": "xx"},
        {"length_busy": "9999999999999"},
    ):
        card = save(bot, bot.say("settings", oid), oid, **wrong)
        assert "nothing was saved" in card.title
        assert values(card)["day_end"] == "18:00"


def test_what_is_filled_in_beside_the_settings_is_not_read(bot: RunningBot, oid: str) -> None:
    card = save(bot, bot.say("settings", oid), oid, do="ForgetMe", instead_of="x")
    assert card.title == "Your settings are saved"
    forged = save(bot, bot.say("settings", oid), oid, about="x")
    assert "nothing was done" in forged.title


def test_the_first_card_teaches_three_sentences_that_can_be_tapped(
    bot: RunningBot, oid: str
) -> None:
    bot.send({"as": oid, "contact": True, "zone": ZONE})
    before = bot.say("my status", oid)
    welcome = bot.answers(oid)[0]
    taught = [one["text"] for one in welcome.content["body"][-1]["items"]]
    assert len(taught) == 3
    assert [one["title"] for one in welcome.item["suggestions"]] == [
        one["value"] for one in welcome.item["suggestions"]
    ]
    assert len(welcome.item["suggestions"]) == 3
    assert not before.item["suggestions"]
    unclear = bot.say("bisy unitl flurb", oid)
    assert len(unclear.item["suggestions"]) == 3


def test_any_change_of_the_history_is_taken_back(bot: RunningBot, oid: str) -> None:
    bot.say("away until 11:58 pm", oid)
    bot.say("busy until 11:59 pm", oid)
    bot.say("status message: on site", oid)
    history = bot.say("history", oid)
    assert press_in(bot, history, 1, "Undo", oid).title == "Taken back"  # the message
    assert seen(bot, oid) == (BUSY, "")
    history = bot.say("history", oid)
    older = next(n for n, said in enumerate(entries(history), 1) if "11:58" in said)
    card = press_in(bot, history, older, "Undo", oid)
    assert card.title == "You have changed it since, so what shows now stays"
    assert seen(bot, oid)[0] == BUSY
    bot.say("undo", oid)
    assert seen(bot, oid)[0] == "Available"  # what was taken out does not come back


def test_a_long_list_is_paged_in_place_and_stays_at_its_page(bot: RunningBot, oid: str) -> None:
    for number in range(1, 11):
        bot.say(f"remind me in {number} hours to do number {number}", oid)
    card = bot.say("list", oid)
    assert [line.split(" ")[0] for line in entries(card)] == [*"12345678"]
    assert "And 2 more." in card.text
    assert card.buttons == ["More"]
    second = bot.press(card, "More", oid)
    assert [line.rpartition(" ")[2] for line in entries(second)] == ["9", "10"]
    assert "more." not in second.text
    assert "cancel 9" in second.text
    assert second.buttons == ["Back"]
    bot.say("cancel 9", oid)
    second = refreshed(bot, second, oid)
    assert [line.rpartition(" ")[2] for line in entries(second)] == ["10"]
    bot.say("cancel 9", oid)  # the last of the page
    again = refreshed(bot, second, oid)
    assert len(entries(again)) == 8
    assert again.buttons == []
