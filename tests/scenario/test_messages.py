"""Status messages: with their end, pinned, seen by colleagues, and cleared by themselves."""

from __future__ import annotations

from tests.running import ANNA, BEN, RunningBot

PIN = "<pinnednote></pinnednote>"


def test_a_message_is_pinned_ends_and_is_cleared_alone(bot: RunningBot) -> None:
    oid = ANNA
    bot.say("dnd for 3 hours", oid)
    card = bot.say("say 'call me at home' for 2 hours and show it when people message me", oid)
    assert "call me at home" in card.text
    assert "Message until" in card.text
    assert "when people message you" in card.text
    (written,) = [
        one for one in bot.graph_calls() if one["oid"] == oid and "Message" in one["path"]
    ]
    status = written["body"]["statusMessage"]
    assert status["message"] == {"content": f"call me at home{PIN}", "contentType": "text"}
    assert status["expiryDateTime"]["timeZone"] == "UTC"
    colleague = bot.say("status of Anna", BEN)
    assert "call me at home" in colleague.text
    assert "pinnednote" not in colleague.text
    assert bot.presence(oid)["availability"] == "DoNotDisturb"  # left alone
    bot.say("clear my message", oid)
    assert bot.presence(oid)["statusMessage"] in (None, {})
    assert bot.presence(oid)["availability"] == "DoNotDisturb"
    bot.say("say back soon for 1 hour", oid)
    bot.move_clock(by="PT61M")
    assert bot.presence(oid)["statusMessage"] in (None, {})
