"""Editing the newest command changes what it did; older ones, and deletions, change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.people import TENANT
from tests.running import ZONE, RunningBot, eventually
from tests.scenario.raw import activity, messages, post
from tests.scenario.signing_in import Browser, say, sign_in_cards, switch, titles


def said(bot: RunningBot, oid: str, words: str) -> str:
    """Say something, wait for its answer, and return the id of the message."""
    before = len(bot.answers(oid))
    sent = bot.send({"as": oid, "text": words, "zone": ZONE})
    eventually(lambda: bot.answers(oid)[before:])
    return str(sent["id"])


def edit(bot: RunningBot, oid: str, message: str, words: str) -> dict[str, Any]:
    data = {"tenant": {"id": TENANT}, "eventType": "editMessage"}
    edited = activity(bot, oid, "messageUpdate", id=message, text=words, channelData=data)
    assert post(bot, edited)[0] == 202
    return edited


def answer_to_edit(bot: RunningBot, oid: str, message: str, words: str) -> Any:
    before = len(bot.answers(oid))
    edit(bot, oid, message, words)
    (card,) = eventually(lambda: bot.answers(oid)[before:])
    return card


def known(bot: RunningBot, oid: str) -> None:
    bot.say("help", oid)


def test_an_edited_status_takes_the_place_of_the_first(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "busy for 2 hours, say in a meeting")
    card = answer_to_edit(bot, oid, message, "dnd for 1 hour")
    assert card.title.startswith("Do not disturb until")
    seen = bot.presence(oid)
    assert (seen["availability"], seen["statusMessage"]) == ("DoNotDisturb", None)
    assert bot.say("undo", oid).title == "Taken back"
    assert bot.presence(oid)["availability"] == "Available"


def test_it_can_be_edited_again_and_a_repeat_of_an_edit_is_none(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "remind me to call in 10 minutes")
    answer_to_edit(bot, oid, message, "remind me to call in 20 minutes")
    before = len(bot.answers(oid))
    edited = edit(bot, oid, message, "remind me to call in 30 minutes")
    eventually(lambda: bot.answers(oid)[before:])
    assert post(bot, edited)[0] == 202
    assert bot.say("list", oid).title == "One plan"
    assert len(bot.answers(oid)) == before + 2


def test_an_edit_of_an_older_command_does_nothing(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "busy for 2 hours")
    said(bot, oid, "away for 1 hour")
    before = len(messages(bot, f"a:{oid}"))
    edit(bot, oid, message, "dnd for 1 hour")
    bot.say("help", oid)
    assert bot.presence(oid)["availability"] == "Away"
    assert len(messages(bot, f"a:{oid}")) == before + 1


def test_an_edit_after_five_minutes_does_nothing(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "busy for 2 hours")
    bot.move_clock(by="PT5M1S")
    edit(bot, oid, message, "dnd for 1 hour")
    bot.say("help", oid)
    assert bot.presence(oid)["availability"] == "Busy"


def test_an_edit_that_is_not_understood_leaves_what_was_done(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "busy for 2 hours")
    card = answer_to_edit(bot, oid, message, "flurb the gnarf")
    assert card.title == "I did not understand that"
    assert bot.presence(oid)["availability"] == "Busy"


def test_a_deleted_message_changes_nothing(bot: RunningBot, oid: str) -> None:
    known(bot, oid)
    message = said(bot, oid, "busy for 2 hours")
    data = {"tenant": {"id": TENANT}, "eventType": "softDeleteMessage"}
    gone = activity(bot, oid, "messageDelete", id=message, channelData=data)
    assert post(bot, gone)[0] == 202
    bot.say("help", oid)
    assert bot.presence(oid)["availability"] == "Busy"


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def waiting(bot: RunningBot, oid: str, words: str) -> tuple[str, dict[str, Any]]:
    """Say something that waits for a sign-in; return its id, and the card that asks for it."""
    switch(bot, oid, "consent")
    sent = bot.send({"as": oid, "text": words, "zone": ZONE})
    return str(sent["id"]), eventually(lambda: sign_in_cards(bot, oid))[-1]


def writes(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [call for call in bot.graph_calls() if call["oid"] == oid and call["method"] == "POST"]


def test_an_edit_of_what_waits_for_a_sign_in_is_carried_out_in_its_place(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    message, card = waiting(bot, oid, "busy for 2 hours")
    for words in ("away for 3 hours", "dnd for 1 hour"):
        before = len(sign_in_cards(bot, oid))
        edit(bot, oid, message, words)
        eventually(lambda before=before: sign_in_cards(bot, oid)[before:])
    say(bot, browser.sign_in(card, oid, "yes"), oid)
    eventually(lambda: any(one.startswith("Do not disturb") for one in titles(bot, oid)))
    bot.say("help", oid)
    (write,) = writes(bot, oid)
    assert write["body"]["availability"] == "DoNotDisturb"


def test_an_edit_that_needs_no_sign_in_leaves_nothing_to_wait(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    message, card = waiting(bot, oid, "busy for 2 hours")
    before = len(titles(bot, oid))
    edit(bot, oid, message, "help")
    eventually(lambda: titles(bot, oid)[before:])
    say(bot, browser.sign_in(card, oid, "yes"), oid)
    eventually(lambda: "You are signed in" in titles(bot, oid))
    bot.say("help", oid)
    assert writes(bot, oid) == []
