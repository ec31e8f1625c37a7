"""What can be read in two ways is asked, and a press carries out the reading that was chosen."""

from __future__ import annotations

import pytest

from tests.running import RunningBot
from tests.scenario.plans import entries


def graph_writes(bot: RunningBot) -> int:
    return sum(call["method"] == "POST" and "set" in call["path"] for call in bot.graph_calls())


@pytest.mark.parametrize(
    ("utterance", "choices", "pressed", "shows"),
    [
        ("busy or away for an hour", ["Busy", "Away"], 1, "Away"),
        ("busy for 1 or 2 hours", ["Busy", "Busy"], 0, "Busy"),
        ("beschäftigt oder abwesend für 2 Stunden", ["Busy", "Away"], 0, "Busy"),
    ],
)
def test_a_press_sets_the_status_that_was_chosen(
    bot: RunningBot, oid: str, utterance: str, choices: list[str], pressed: int, shows: str
) -> None:
    bot.say("what's my status?", oid)  # signs the person in: asking needs no token
    before = graph_writes(bot)
    asked = bot.say(utterance, oid)
    assert graph_writes(bot) == before  # asking changes nothing
    assert asked.title == "Which one did you mean?"
    assert [button.split(" until ")[0] for button in asked.buttons] == choices
    assert len(set(asked.buttons)) == len(choices)
    done = bot.press(asked, asked.buttons[pressed], oid)
    assert done.title == asked.buttons[pressed]
    assert bot.presence(oid, seen_by=oid)["availability"] == shows


def test_a_time_right_behind_a_status_may_be_its_end_or_its_start(
    bot: RunningBot, oid: str
) -> None:
    asked = bot.say("busy 11:58pm", oid)
    assert [b.split(" 11:58")[0] for b in asked.buttons] == ["Busy until", "Busy from"]
    bot.press(asked, asked.buttons[1], oid)
    assert len(entries(bot.say("list", oid))) == 1


def test_a_length_by_itself_may_be_more_or_from_now(bot: RunningBot, oid: str) -> None:
    first = bot.say("busy for 1 hour", oid)
    asked = bot.say("45 minutes", oid)
    assert asked.buttons[0] == "45 minutes longer"
    assert asked.buttons[1].startswith("Until ")
    longer = bot.press(asked, "45 minutes longer", oid)
    assert longer.title.startswith("Busy until")
    assert longer.title != first.title


def test_two_times_for_a_reminder_are_asked(bot: RunningBot, oid: str) -> None:
    asked = bot.say("remind me in 2 or 3 hours to stretch", oid)
    assert [b.startswith("Remind me ") for b in asked.buttons] == [True, True]
    done = bot.press(asked, asked.buttons[1], oid)
    assert done.title.startswith("I will remind you")
    (entry,) = entries(bot.say("list", oid))
    assert entry.endswith("stretch")
