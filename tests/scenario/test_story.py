"""The main job, end to end: words in, cards and Graph calls out, over HTTP."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.running import ANNA, BEN, RunningBot, eventually

WORDS = "busy for 2 hours, say I'm in a meeting"


def writes(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [call for call in bot.graph_calls() if call["oid"] == oid and call["method"] == "POST"]


def test_one_sentence_sets_state_and_message_with_one_end(bot: RunningBot, oid: str) -> None:
    card = bot.say(WORDS, oid)
    preferred, message = sorted(writes(bot, oid), key=lambda call: -len(call["path"]))
    assert preferred["path"] == "/me/presence/setUserPreferredPresence"
    assert preferred["body"] == {
        "availability": "Busy",
        "activity": "Busy",
        "expirationDuration": "PT2H",
    }
    assert message["path"] == "/me/presence/setStatusMessage"
    assert message["body"]["statusMessage"]["message"] == {
        "content": "I'm in a meeting",
        "contentType": "text",
    }
    ends = datetime.fromisoformat(
        message["body"]["statusMessage"]["expiryDateTime"]["dateTime"][:19] + "+00:00"
    )
    said = datetime.fromisoformat(bot.answers(oid)[-1].item["at"])
    assert abs(ends - said - timedelta(hours=2)) < timedelta(seconds=10)
    assert card.title.startswith("Busy until")
    assert "I'm in a meeting" in card.text
    assert "Europe/Berlin" in card.text
    assert card.buttons == [
        "+ 30 minutes",
        *(["Until end of day"] if "Until end of day" in card.buttons else []),
        "Clear",
        "Undo",
        "Don’t remind me",
    ]


def test_a_turn_is_three_round_trips(bot: RunningBot, oid: str) -> None:
    bot.say(WORDS, oid)
    calls = [(call["method"], call["path"]) for call in bot.graph_calls() if call["oid"] == oid]
    assert calls[0] == calls[3] == ("GET", "/me/presence")
    assert {path for _, path in calls[1:3]} == {
        "/me/presence/setUserPreferredPresence",
        "/me/presence/setStatusMessage",
    }
    assert len(calls) == 4


def test_colleagues_see_it(bot: RunningBot) -> None:
    bot.say("do not disturb for 1 hour, say deep work", ANNA)
    seen = bot.presence(ANNA, seen_by=BEN)
    assert (seen["availability"], seen["activity"]) == ("DoNotDisturb", "DoNotDisturb")
    assert seen["statusMessage"]["message"]["content"] == "deep work"
    assert "expiryDateTime" not in seen["statusMessage"]


def test_a_button_changes_the_card_in_place(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 1 hour", oid)
    before = len(bot.answers(oid))
    changed = bot.press(card, "+ 30 minutes", oid)
    assert changed.id == card.id
    assert len(bot.answers(oid)) == before
    assert writes(bot, oid)[-1]["body"]["expirationDuration"] in ("PT1H30M", "PT1H29M59S")
    assert changed.title != card.title


def test_a_client_without_execute_presses_submit(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 1 hour", oid)
    action = card.button("Clear")
    assert action["fallback"]["data"] == action["data"]
    bot.send({"as": oid, "value": action["fallback"]["data"], "replyTo": card.id})
    cleared = eventually(
        lambda: next(
            (one for one in bot.answers(oid) if one.id == card.id and "automatic" in one.title),
            None,
        )
    )
    assert cleared.item["edited"]
    assert writes(bot, oid)[-1]["path"] == "/me/presence/clearUserPreferredPresence"


def test_a_submit_button_that_was_used_says_so_but_not_to_teams_itself(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say("busy for 1 hour", oid)
    press = {"as": oid, "value": card.button("Clear")["fallback"]["data"], "replyTo": card.id}
    bot.send(press)
    eventually(lambda: bot.presence(oid)["availability"] == "Available")
    before = bot.answers(oid)
    bot.send(press)  # as Teams does, under another id
    bot.say("help", oid)
    assert len(bot.answers(oid)) == len(before) + 1
    bot.move_clock(by="PT2M1S")
    bot.send(press)
    told = eventually(lambda: bot.answers(oid)[len(before) + 1 :])
    assert [one.title for one in told] == [
        "This button was used already, so nothing was done again"
    ]
    assert bot.presence(oid)["availability"] == "Available"


def test_undo_while_a_meeting_runs_clears_and_never_sets_what_was_read(
    bot: RunningBot, oid: str
) -> None:
    bot.say("status", oid)
    bot.say("busy for 1 minute", oid)  # makes the stand-in know the person
    bot.say("clear", oid)
    bot.request("PATCH", f"/playground/people/{oid}", {"in_meeting": True})
    card = bot.say("busy 30 min", oid)
    bot.press(card, "Undo", oid)
    assert writes(bot, oid)[-1]["path"] == "/me/presence/clearUserPreferredPresence"
    assert bot.presence(oid)["activity"] == "InAMeeting"


def test_undo_gives_back_what_ran_before_with_the_rest_of_its_time(
    bot: RunningBot, oid: str
) -> None:
    bot.say('away for 3 hours, message "at the dentist"', oid)
    bot.say("dnd 30 min, say call", oid)
    bot.move_clock(by="PT10M")
    bot.say("undo", oid)
    preferred = [call for call in writes(bot, oid) if "Preferred" in call["path"]][-1]
    assert preferred["body"]["availability"] == "Away"
    assert preferred["body"]["expirationDuration"].startswith(("PT2H49M", "PT2H50M"))
    assert bot.presence(oid)["statusMessage"]["message"]["content"] == "at the dentist"


def test_what_was_changed_by_hand_since_is_left_alone_and_that_is_said(
    bot: RunningBot, oid: str
) -> None:
    bot.say("busy for 1 hour", oid)
    bot.by_hand(oid, "DoNotDisturb")
    before = len(writes(bot, oid))
    card = bot.say("undo", oid)
    assert "by hand" in card.text
    assert len(writes(bot, oid)) == before
    assert bot.presence(oid)["availability"] == "DoNotDisturb"


def test_without_a_teams_client_the_card_says_that_people_see_offline(
    bot: RunningBot, oid: str
) -> None:
    bot.say("busy for 1 minute", oid)
    bot.request("PATCH", f"/playground/people/{oid}", {"signed_in": False})
    card = bot.say("away for 1 hour", oid)
    assert "No Teams client" in card.text
    assert bot.presence(oid)["availability"] == "Offline"


def test_without_an_end_nothing_is_sent_and_the_card_names_the_end_that_graph_applies(
    bot: RunningBot, oid: str
) -> None:
    card = bot.say("busy", oid)
    assert writes(bot, oid)[-1]["body"] == {"availability": "Busy", "activity": "Busy"}
    assert "Teams ends it" in card.text
    assert any(title.startswith("Until") for title in card.buttons)


def test_asking_shows_what_colleagues_see_and_changes_nothing(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 2 hours", oid)
    before = len(writes(bot, oid))
    card = bot.say("what's my status?", oid)
    assert card.title == "Busy"
    assert len(writes(bot, oid)) == before


def test_the_same_delivery_twice_is_one_command(bot: RunningBot, oid: str) -> None:
    activity = {
        "type": "message",
        "id": "same",
        "channelId": "msteams",
        "serviceUrl": f"{bot.url}/playground/connector/",
        "from": {"id": f"29:{oid}", "aadObjectId": oid},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": f"a:{oid}", "conversationType": "personal"},
        "channelData": {"tenant": {"id": "7e57ab1e-0000-4000-8000-000000000001"}},
        "text": "busy for 1 hour",
    }
    assert bot.request("POST", "/api/messages", activity).status_code == 202
    assert bot.request("POST", "/api/messages", activity).status_code == 202
    eventually(lambda: bot.answers(oid))
    bot.say("status", oid)  # a later turn: whatever the first two did is done
    assert len(writes(bot, oid)) == 1


def test_a_client_without_entra_ids_is_somebody(bot: RunningBot) -> None:
    activity = {
        "type": "message",
        "id": "1",
        "channelId": "emulator",
        "serviceUrl": f"{bot.url}/playground/connector/",
        "from": {"id": "some-user"},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": "foreign"},
        "text": "busy for 1 hour",
    }
    assert bot.request("POST", "/api/messages", activity).status_code == 202
    said = eventually(
        lambda: [
            item
            for chat in bot.state()["chats"]
            if chat["id"] == "foreign"
            for item in chat["items"]
            if "Busy until" in json.dumps(item)  # the welcome comes first
        ]
    )
    assert len(said) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"busy for 1 hour", 400),
        (b"[1]", 400),
        (b'{"type": "message", "conversation": {"id": "c"}}', 400),
    ],
)
def test_what_is_no_activity_is_400(bot: RunningBot, body: bytes, status: int) -> None:
    answer = httpx.post(
        f"{bot.url}/api/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status


def test_a_button_counts_once_and_gives_the_same_answer_again(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 1 hour", oid)
    press = card.press("+ 30 minutes", oid)
    first = bot.send(press)["answer"]
    sent = len(writes(bot, oid))
    assert bot.send(press)["answer"] == first
    bot.move_clock(by="PT10M")
    late = bot.send(press)["answer"]
    assert len(writes(bot, oid)) == sent
    assert late == first or "used already" in json.dumps(late)


def test_a_button_of_somebody_else_does_nothing(bot: RunningBot, oid: str) -> None:
    card = bot.say("busy for 1 hour", oid)
    somebody_else = oid.replace("aaaaaaaa", "bbbbbbbb")
    answer = bot.send(
        {
            **card.press("Clear", oid),
            "as": somebody_else,
            "replyTo": None,
            "conversation": f"a:{somebody_else}",
        }
    )["answer"]
    assert "somebody else" in json.dumps(answer, ensure_ascii=False)
    assert bot.presence(oid)["availability"] == "Busy"
