"""Bad input gets a sentence, changes nothing, and loses nothing."""

from __future__ import annotations

import pytest

from tests.running import RunningBot


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("   ", "no words"),
        ("x" * 10_000, "10,000 characters long, and I read 1,000"),
        ("🙂🙃🙂", "did not understand"),
        ("busy for 0 minutes", "0 minutes is none"),
        ("busy until yesterday", "over already"),
        ("busy for 99999999999 years", "366 days is the most"),
        ("busy until 25:00", "no such time"),
        ("make me a sandwich", "did not understand"),
        ("set John's status to away", "your own status only"),
        ("don't set me to busy", "left everything"),
        ("30 more minutes", "Nothing is running"),
        ("undo", "nothing to take back"),
    ],
    ids=lambda value: value[:30],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    bot: RunningBot, oid: str, words: str, sentence: str
) -> None:
    card = bot.say(words, oid)
    assert sentence in card.text
    assert [call for call in bot.graph_calls() if call["oid"] == oid] == []


def test_a_message_of_281_characters_comes_back_whole(bot: RunningBot, oid: str) -> None:
    message = "a" * 140 + " " + "b" * 140
    card = bot.say(f'busy for 1 hour, say "{message}"', oid)
    assert "281 characters long, and 280 is the most" in card.text
    assert message in card.text
    assert [call for call in bot.graph_calls() if call["oid"] == oid] == []


def test_what_is_not_understood_is_answered_with_the_nearest_that_is(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say("please be so kind and buzy until whenever", oid)
    examples = card.content["body"][-1]["items"]
    assert 1 <= len(examples) <= 3
