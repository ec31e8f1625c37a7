"""Groups: the bot answers who mentions it, about their own matters, and what is private alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.people import BOT_ID, BOT_NAME, PLACES
from tests.running import ANNA, BEN, ZONE, Card, RunningBot, eventually
from tests.scenario.raw import activity, messages, post

GROUP = next(place.id for place in PLACES if place.kind == "groupChat")
HELLO = "Hello! I set your Teams status from plain words"


@pytest.fixture(autouse=True, scope="module")
def _there(bot: RunningBot) -> None:
    """Have the bot in the group, and Anna signed in."""
    bot.say("busy for 10 minutes", ANNA)
    eventually(lambda: bot.presence(ANNA)["availability"] == "Busy")
    bot.send({"as": ANNA, "conversation": GROUP, "contact": True, "zone": ZONE})
    eventually(lambda: in_group(bot))


def say(bot: RunningBot, oid: str, words: str) -> list[str]:
    """Say something to the bot in the group; return what the group hears because of it."""
    return [card.title for card in heard(bot, oid, words)]


def heard(bot: RunningBot, oid: str, words: str) -> list[Card]:
    before = len(in_group(bot))
    sent = bot.send(
        {"as": oid, "conversation": GROUP, "text": f"@{BOT_NAME} {words}", "zone": ZONE}
    )
    assert sent["status"] == 202
    found: list[Card] = eventually(lambda: in_group(bot)[before:])
    return found


def in_group(bot: RunningBot) -> list[Card]:
    return bot.answers(ANNA, GROUP)


def test_a_status_is_set_and_said_in_the_group(bot: RunningBot) -> None:
    assert say(bot, ANNA, "busy for 2 hours")[0].startswith("Busy until")


def test_without_a_mention_the_bot_is_deaf(bot: RunningBot) -> None:
    before = len(in_group(bot))
    group = {"id": GROUP, "conversationType": "groupChat", "isGroup": True}
    said = activity(bot, ANNA, "message", text="dnd for 1 hour", conversation=group)
    assert post(bot, said)[0] == 202
    mentioned = [{"type": "mention", "mentioned": {"id": "29:somebody"}, "text": "<at>x</at>"}]
    assert post(bot, {**said, "entities": mentioned, "id": "raw-2"})[0] == 202
    assert say(bot, ANNA, "help")
    assert len(in_group(bot)) == before + 1


@pytest.mark.parametrize("words", ["list", "why do I look busy?", "what's my status?", "presets"])
def test_what_is_private_is_answered_in_the_own_chat(bot: RunningBot, words: str) -> None:
    alone = len(bot.answers(ANNA))
    assert say(bot, ANNA, words) == ["I have answered in our own chat"]
    (answer,) = eventually(lambda: bot.answers(ANNA)[alone:])
    assert answer.title != "I have answered in our own chat"


def test_another_persons_button_gets_a_sentence_and_changes_nothing(bot: RunningBot) -> None:
    (card,) = heard(bot, ANNA, "busy for 3 hours")
    before = bot.presence(ANNA)
    pressed = bot.send({**card.press("Clear", BEN), "conversation": GROUP})
    assert "somebody else’s" in pressed["answer"]["value"]["fallbackText"]
    assert bot.presence(ANNA) == before


def test_a_list_opened_from_a_card_in_the_group_does_not_come_into_the_group(
    bot: RunningBot,
) -> None:
    (card,) = heard(bot, ANNA, "every weekday from 12 to 13 away")
    alone = len(bot.answers(ANNA))
    pressed = bot.send({**card.press("Show plans", ANNA), "conversation": GROUP})
    assert pressed["answer"]["value"] == "I have answered in our own chat"
    (plans,) = eventually(lambda: bot.answers(ANNA)[alone:])
    assert "12:00" in plans.text
    bot.say("cancel all", ANNA)


def stranger(bot: RunningBot, words: str, number: int) -> dict[str, Any]:
    """Return what somebody says in the group for whom the bot is not installed."""
    oid = f"5742a9e5-0000-4000-8000-{number:012d}"
    return activity(
        bot,
        oid,
        "message",
        id=f"stranger-{number}",
        text=f"<at>{BOT_NAME}</at> {words}",
        conversation={"id": GROUP, "conversationType": "groupChat", "isGroup": True},
        entities=[
            {
                "type": "mention",
                "mentioned": {"id": BOT_ID, "name": BOT_NAME},
                "text": f"<at>{BOT_NAME}</at>",
            }
        ],
        **{"from": {"id": "29:nobody-knows", "name": "Stranger", "aadObjectId": oid}},
    )


@pytest.mark.parametrize(
    ("number", "words"),
    list(enumerate(["remind me to call in 5 minutes", "list", "tomorrow from 9 to 10 busy"])),
)
def test_who_cannot_be_written_to_alone_is_told_so_and_nothing_is_promised(
    bot: RunningBot, number: int, words: str
) -> None:
    before = len(in_group(bot))
    assert post(bot, stranger(bot, words, number))[0] == 202
    (answer,) = eventually(lambda: in_group(bot)[before:])
    assert answer.title == "I cannot write to you alone, so nothing was done"
    assert "Add me for yourself" in answer.text


def test_who_writes_without_having_been_greeted_is_greeted_once(bot: RunningBot, oid: str) -> None:
    for number in range(2):
        said = activity(bot, oid, "message", text="help", id=f"first-{number}")
        assert post(bot, said)[0] == 202
        titles = eventually(lambda n=number: told(bot, oid)[n + 1 :] and told(bot, oid))
        assert titles[: number + 2] == [HELLO, *[titles[1]] * (number + 1)]
    installed = activity(bot, oid, "installationUpdate", action="add", id="late")
    assert post(bot, installed)[0] == 202
    assert told(bot, oid).count(HELLO) == 1


def told(bot: RunningBot, oid: str) -> list[str]:
    return [sent["summary"] for sent in messages(bot, f"a:{oid}") if sent["type"] == "message"]
