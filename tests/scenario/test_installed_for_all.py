"""An organisation installs the bot for everybody: nobody is called, everybody is greeted once."""

from __future__ import annotations

from typing import Any

from tests.running import ZONE, RunningBot, eventually
from tests.scenario.raw import activity, post

GREETING = "Hello! I set your Teams status from plain words"
PEOPLE = [f"bbbbbbbb-0000-4000-8000-{number:012d}" for number in range(40)]


def installed(bot: RunningBot, people: list[str]) -> None:
    """Tell the bot as Teams does: twice for each."""
    kinds: dict[str, dict[str, Any]] = {
        "installationUpdate": {"action": "add"},
        "conversationUpdate": {"membersAdded": []},
    }
    for kind, fields in kinds.items():
        told = activity(bot, "", kind, **fields)
        if kind == "conversationUpdate":
            told["membersAdded"] = [told["recipient"]]
        for oid in people:
            told |= {
                "id": f"{kind} {oid}",
                "from": {"id": f"29:{oid}", "aadObjectId": oid},
                "conversation": {**told["conversation"], "id": f"a:{oid}"},
            }
            assert post(bot, told)[0] == 202


def greetings(bot: RunningBot, oid: str) -> int:
    return sum(card.title == GREETING for card in bot.answers(oid))


def test_of_a_wave_each_is_greeted_once_and_most_when_they_first_write(bot: RunningBot) -> None:
    installed(bot, PEOPLE)
    bot.move_clock(by="PT1S")  # it waits until nothing is under way
    assert sum(greetings(bot, oid) for oid in PEOPLE) <= 5
    for oid in PEOPLE:
        bot.send({"as": oid, "text": "list", "zone": ZONE})
    for oid in PEOPLE:
        eventually(lambda oid=oid: "Nothing is planned" in [c.title for c in bot.answers(oid)])
        assert greetings(bot, oid) == 1
    bot.say("help", PEOPLE[-1])
    assert greetings(bot, PEOPLE[-1]) == 1


def test_who_installs_it_after_the_wave_is_greeted_at_once(bot: RunningBot) -> None:
    bot.move_clock(by="PT2M")
    alone = "cccccccc-0000-4000-8000-000000000001"
    installed(bot, [alone])
    eventually(lambda: greetings(bot, alone))
    assert [card.title for card in bot.answers(alone)] == [GREETING]
