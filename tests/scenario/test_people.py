"""Colleagues: by mention, name and mail address, a choice between namesakes, and teams."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.people import RESIDENTS
from tests.running import ANNA, BEN, ZONE, Card, RunningBot, eventually, running_bot
from tests.scenario.plans import entries

GROUP = "19:lighthouse@thread.v2"
ELENA = RESIDENTS[4].oid


def in_group(bot: RunningBot, oid: str) -> list[Card]:
    return [
        Card(item=item)
        for chat in bot.state(oid)["chats"]
        if chat["id"] == GROUP
        for item in chat["items"]
        if item["attachments"]
    ]


def say_in_group(bot: RunningBot, text: str, oid: str = ANNA) -> Card:
    bot.send({"as": oid, "conversation": GROUP, "contact": True, "zone": ZONE})
    before = len(eventually(lambda: in_group(bot, oid)))
    body = {"as": oid, "conversation": GROUP, "text": f"@Presence Bot {text}", "zone": ZONE}
    bot.send(body)
    card: Card = eventually(lambda: in_group(bot, oid)[before:])[0]
    return card


def calls_of(bot: RunningBot, oid: str) -> list[tuple[str, str]]:
    return [(c["method"], c["path"]) for c in bot.graph_calls() if c["oid"] == oid]


@pytest.fixture(autouse=True)
def _whole(bot: RunningBot) -> Iterator[None]:
    yield
    bot.request("PUT", "/playground/faults", [])
    bot.request("PATCH", f"/playground/people/{ELENA}", {"out_of_office": False})


@pytest.mark.parametrize(
    "words",
    ["is Anna free?", "what's anna doing", "status of anna@lighthouse.example", "how is Berger"],
)
def test_somebody_is_found_by_name_or_mail_address(bot: RunningBot, oid: str, words: str) -> None:
    bot.say("dnd for 1 hour, say Writing the report", ANNA)
    card = bot.say(words, oid)
    assert card.title == "Anna Berger: Do not disturb"
    assert "Writing the report" in card.text
    bot.say("clear everything", ANNA)


def test_a_mention_is_exact_and_needs_no_directory(bot: RunningBot, oid: str) -> None:
    card = say_in_group(bot, "is @Ben Carter available?", oid)
    assert card.title == "Ben Carter: Available"
    assert not [path for _, path in calls_of(bot, oid) if path.startswith("/users")]


def test_a_name_that_several_people_have_is_asked_about(bot: RunningBot, oid: str) -> None:
    for number in (1, 2):
        twin = f"bbbb0000-0000-4000-8000-00000000000{number}"
        bot.say("busy for 1 hour", twin)  # moves in as "Guest bbbb"
    card = bot.say("what's Guest bbbb doing", oid)
    assert "Which" in card.title
    chosen = next(one for one in card.buttons if "000000000002@" in one)
    answer = bot.press(card, chosen, oid)
    assert answer.title == "Guest bbbb: Busy"
    assert "I took “Guest bbbb” as Guest bbbb (bbbb0000-" in answer.text
    assert "000000000002@" in answer.text
    rather = next(one for one in answer.buttons if "000000000001@" in one)
    assert rather.startswith("Rather: Guest bbbb")
    other = bot.press(answer, rather, oid)
    assert "000000000001@" in other.text
    assert [one for one in other.buttons if "000000000002@" in one]


def test_the_wrong_one_of_two_namesakes_is_not_watched_after_a_tap(
    bot: RunningBot, oid: str
) -> None:
    for number in (1, 2):
        bot.say("busy for 1 hour", f"cccc0000-0000-4000-8000-00000000000{number}")
    card = bot.say("tell me when Guest cccc is free", oid)
    first = bot.press(card, next(one for one in card.buttons if "000000000001@" in one), oid)
    assert "I took “Guest cccc” as" in first.text
    assert first.buttons[-2:] == ["Stop", "Show plans"]
    second = bot.press(first, next(one for one in first.buttons if "000000000002@" in one), oid)
    assert "000000000002@" in second.text
    assert len(entries(bot.say("what's coming up", oid))) == 1  # the first is not watched any more


def test_nothing_is_assumed_of_a_name_that_fits_nobody_else(bot: RunningBot, oid: str) -> None:
    for words in ("is Anna free?", "is ben@lighthouse.example free?"):
        card = bot.say(words, oid)
        assert "I took" not in card.text
        assert card.buttons == []


def test_nobody_of_that_name_is_said_so(bot: RunningBot, oid: str) -> None:
    assert bot.say("status of Zork", oid).title == "I found nobody called “Zork”"


def test_several_people_are_one_read(bot: RunningBot, oid: str) -> None:
    card = bot.say("status of Anna and ben@lighthouse.example", oid)
    assert "Anna Berger" in card.text
    assert "Ben Carter" in card.text
    reads = [path for _, path in calls_of(bot, oid) if "resence" in path]
    assert reads == ["/communications/getPresencesByUserId"]


def test_an_out_of_office_text_is_shown(bot: RunningBot, oid: str) -> None:
    switches = {"out_of_office": True, "out_of_office_message": "Back on Monday"}
    bot.request("PATCH", f"/playground/people/{ELENA}", switches)
    card = bot.say("is Elena available?", oid)
    assert "Back on Monday" in card.text
    assert "Back on Monday" in bot.say("status of Elena and Ben", oid).text


def test_who_is_free_of_a_group_is_read_at_once_and_the_free_come_first(
    bot: RunningBot,
) -> None:
    bot.say("dnd for 1 hour", BEN)
    before = len(calls_of(bot, ANNA))
    card = say_in_group(bot, "who is free?")
    assert "available" in card.title
    names = [fact["title"] for fact in _facts(card)]
    assert names.index("Chen Li") < names.index("Ben Carter")
    assert "Anna Berger" not in names
    assert calls_of(bot, ANNA)[before:] == [("POST", "/communications/getPresencesByUserId")]
    bot.say("clear everything", BEN)


def test_who_is_out_names_those_who_are_not_there(bot: RunningBot) -> None:
    bot.say("away for 1 hour", BEN)
    card = say_in_group(bot, "who is out?")
    assert card.title.startswith(f"{len(_facts(card))} of ")
    names = [fact["title"] for fact in _facts(card)]
    assert "Ben Carter" in names
    assert "Chen Li" not in names
    bot.say("clear everything", BEN)


def _facts(card: Card) -> list[dict[str, str]]:
    return [
        fact
        for element in card.content["body"]
        if element["type"] == "FactSet"
        for fact in element["facts"]
    ]


def test_alone_with_the_bot_there_is_no_team(bot: RunningBot, oid: str) -> None:
    assert bot.say("who is free?", oid).title == "I see no team here"


@pytest.mark.parametrize(
    ("service", "match"), [("graph", "/users"), ("graph", "getPresences"), ("connector", "paged")]
)
def test_what_cannot_be_looked_up_is_said_and_offered_again(
    bot: RunningBot, service: str, match: str
) -> None:
    fault = {"service": service, "kind": "503", "match": match}
    bot.request("PUT", "/playground/faults", [fault])
    words = "is Elena free?" if match == "/users" else "who is free?"
    card = say_in_group(bot, words)
    assert "did not answer" in card.text
    assert card.buttons == ["Try again"]


def test_where_people_are_off_one_sentence_says_so(tmp_path: Path) -> None:
    with running_bot(tmp_path) as bot:
        bot.start(PEOPLE="off")
        card = bot.say("is Anna free?", BEN)
        assert card.title == "Looking at colleagues is turned off here"
        assert not calls_of(bot, BEN)


def test_with_application_permission_everything_but_locations_works(tmp_path: Path) -> None:
    with running_bot(tmp_path) as bot:
        bot.start(GRAPH_PERMISSION="application")
        bot.say("busy for 1 hour", BEN)
        assert bot.presence(BEN)["availability"] == "Busy"
        paths = {call["path"] for call in bot.graph_calls()}
        assert f"/users/{BEN}/presence/setUserPreferredPresence" in paths
        assert bot.say("is Anna free?", BEN).title == "Anna Berger: Available"
        refused = bot.say("working from home", BEN)
        assert "does not offer that" in refused.text
