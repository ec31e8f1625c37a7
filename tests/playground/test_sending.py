from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.playground.activities import Envelope, message
from bot.playground.chats import Conversation, personal
from bot.playground.people import BOT_ID, PLACES, RESIDENTS, TENANT
from tests.playground.house import ANNA, BEN, House, playground

GROUP, CHANNEL = PLACES


def envelope(chat: Conversation) -> Envelope:
    return Envelope(
        id="1773135000000",
        sender=ANNA,
        conversation=chat,
        at=datetime(2026, 3, 10, 9, 30, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
        service_url="http://127.0.0.1:3978/playground/connector/",
    )


def test_a_message_has_the_shape_that_teams_sends() -> None:
    assert message(envelope(personal(ANNA.oid)), "busy 1h", []) == {
        "type": "message",
        "id": "1773135000000",
        "timestamp": "2026-03-10T09:30:00.000Z",
        "localTimestamp": "2026-03-10T10:30:00.000+01:00",
        "localTimezone": "Europe/Berlin",
        "channelId": "msteams",
        "serviceUrl": "http://127.0.0.1:3978/playground/connector/",
        "from": {"id": f"29:{ANNA.oid}", "name": "Anna Berger", "aadObjectId": ANNA.oid},
        "recipient": {"id": BOT_ID, "name": "Presence Bot"},
        "conversation": {
            "id": f"a:{ANNA.oid}",
            "conversationType": "personal",
            "tenantId": TENANT,
        },
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "en-GB",
        "entities": [
            {
                "type": "clientInfo",
                "locale": "en-GB",
                "country": "GB",
                "platform": "Web",
                "timezone": "Europe/Berlin",
            }
        ],
        "text": "busy 1h",
        "textFormat": "plain",
    }


def test_a_mention_is_a_tag_in_the_text_and_an_entity() -> None:
    chat = Conversation(id=CHANNEL.id, name=CHANNEL.name, kind=CHANNEL.kind)
    said = message(envelope(chat), "@Presence Bot where is @Ben Carter", list(RESIDENTS))
    assert said["text"] == "<at>Presence Bot</at> where is <at>Ben Carter</at>"
    mentions = [entity for entity in said["entities"] if entity["type"] == "mention"]
    assert [one["mentioned"]["id"] for one in mentions] == [BOT_ID, BEN.teams_id]
    assert [one["text"] for one in mentions] == ["<at>Presence Bot</at>", "<at>Ben Carter</at>"]
    assert said["channelData"]["channel"]["id"] == CHANNEL.id
    assert said["conversation"]["isGroup"] is True


async def test_the_first_contact_tells_the_bot_that_it_was_added_once() -> None:
    async with playground() as house:
        for text in ("one", "two"):
            await house.send(text=text)
        kinds = [activity["type"] for activity in house.bot.received]
        assert kinds == ["installationUpdate", "conversationUpdate", "message", "message"]
        assert house.bot.received[0]["action"] == "add"
        added = [member["id"] for member in house.bot.received[1]["membersAdded"]]
        assert added == [ANNA.teams_id, BOT_ID]


async def test_what_is_said_and_answered_is_in_the_chat_in_order() -> None:
    async with playground() as house:
        sent = await house.send(text="busy 1h")
        assert (sent["status"], sent["failure"]) == (202, None)
        said, answered = await house.items()
        assert (said["text"], said["id"]) == ("busy 1h", sent["id"])
        assert (answered["text"], answered["reply_to"]) == ("You said: busy 1h", sent["id"])


async def test_the_bot_hears_only_what_mentions_it_in_a_group() -> None:
    async with playground() as house:
        await house.send(conversation=GROUP.id, text="hello all")
        sent = await house.send(conversation=GROUP.id, text="@Presence Bot busy")
        heard = [a["text"] for a in house.bot.received if a["type"] == "message"]
        assert heard == ["<at>Presence Bot</at> busy"]
        texts = [item["text"] for item in await house.items(GROUP.id, oid=BEN.oid)]
        assert texts[:2] == ["hello all", "@Presence Bot busy"]
        assert sent["status"] == 202


async def test_a_card_that_is_sent_is_seen_by_everybody_and_told_to_no_bot() -> None:
    async with playground() as house:
        card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Busy"}]}
        sent = await house.send(conversation=GROUP.id, card=card)
        (seen,) = await house.items(GROUP.id, oid=BEN.oid)
        assert (seen["id"], seen["sender"]) == (sent["id"], ANNA.teams_id)
        assert title(seen) == "Busy"
        assert house.bot.received == []


async def test_a_person_is_not_let_into_the_chat_of_another() -> None:
    async with playground() as house:
        await house.send(text="mine")
        body = {"as": BEN.oid, "conversation": f"a:{ANNA.oid}", "text": "hello"}
        async with house.session.post(f"{house.url}/playground/send", json=body) as answer:
            assert answer.status == 404
        state = (await house.events(1, oid=BEN.oid))[0][1]
        assert f"a:{ANNA.oid}" not in [chat["id"] for chat in state["chats"]]


async def press(house: House, verb: str, *, who: str) -> dict[str, Any]:
    """Press a button of the group's newest card, and return the card as the presser sees it."""
    card = (await house.items(GROUP.id))[-1]
    await house.send(
        **{"as": who},
        conversation=GROUP.id,
        invoke={"name": "adaptiveCard/action", "value": {"action": {"verb": verb}}},
        replyTo=card["id"],
    )
    return (await house.items(GROUP.id, oid=who))[-1]


def title(item: dict[str, Any]) -> str:
    text: str = item["attachments"][0]["content"]["body"][0]["text"]
    return text


async def test_the_answer_of_a_press_replaces_the_card_for_the_presser_only() -> None:
    async with playground() as house:
        await house.send(conversation=GROUP.id, text="@Presence Bot card")
        assert title(await press(house, "replace", who=BEN.oid)) == "Replaced"
        assert title((await house.items(GROUP.id, oid=ANNA.oid))[-1]) == "A card"


async def test_a_message_in_answer_to_a_press_stands_beside_the_card_until_the_next() -> None:
    async with playground() as house:
        await house.send(conversation=GROUP.id, text="@Presence Bot card")
        pressed = await press(house, "say", who=BEN.oid)
        assert (title(pressed), pressed["note"]) == ("A card", {"text": "Done.", "error": False})
        assert (await house.items(GROUP.id, oid=ANNA.oid))[-1]["note"] is None
        assert (await press(house, "replace", who=BEN.oid))["note"] is None


async def test_an_error_in_answer_to_a_press_is_shown_as_one() -> None:
    async with playground() as house:
        await house.send(conversation=GROUP.id, text="@Presence Bot card")
        pressed = await press(house, "no", who=BEN.oid)
        assert pressed["note"] == {"text": "This card is outdated.", "error": True}


async def test_a_press_that_fails_is_said_and_leaves_the_card() -> None:
    async with playground() as house:
        await house.send(conversation=GROUP.id, text="@Presence Bot card")
        house.bot.status = 500
        pressed = await press(house, "replace", who=BEN.oid)
        assert title(pressed) == "A card"
        assert pressed["note"]["error"] is True
        assert pressed["note"]["text"].startswith("Something went wrong.")


async def test_an_execute_press_is_an_invoke_that_replies_to_the_card() -> None:
    async with playground() as house:
        await house.send(text="card")
        card = (await house.items())[-1]
        action = {"type": "Action.Execute", "verb": "say", "data": {"n": 1}}
        sent = await house.send(
            invoke={"name": "adaptiveCard/action", "value": {"action": action}},
            replyTo=card["id"],
        )
        heard = house.bot.received[-1]
        assert (heard["type"], heard["name"]) == ("invoke", "adaptiveCard/action")
        assert (heard["value"]["action"], heard["replyToId"]) == (action, card["id"])
        assert sent["answer"]["value"] == "Done."


async def test_a_submit_press_is_a_message_with_a_value_and_shows_nothing_by_itself() -> None:
    async with playground() as house:
        await house.send(text="card")
        card = (await house.items())[-1]
        await house.send(value={"choice": 2}, replyTo=card["id"])
        heard = house.bot.received[-1]
        assert (heard["type"], heard["value"]) == ("message", {"choice": 2})
        assert "text" not in heard
        assert heard["replyToId"] == card["id"]
        assert [item["text"] for item in await house.items()][2:] == ["You chose: {'choice': 2}"]


@pytest.mark.parametrize("status", [401, 500])
async def test_a_message_that_the_bot_refuses_says_so(status: int) -> None:
    async with playground() as house:
        await house.send(contact=True)
        house.bot.status = status
        sent = await house.send(text="hello")
        assert sent["status"] == status
        (item,) = await house.items()
        assert item["failure"] == sent["failure"] == f"The bot answered with HTTP {status}."


async def test_a_bot_that_is_not_there_is_told_as_a_failure() -> None:
    async with playground(messages_url="http://127.0.0.1:9/api/messages") as house:
        sent = await house.send(text="hello")
        assert (sent["status"], sent["failure"]) == (None, "The bot did not answer.")


@pytest.mark.parametrize(
    "body",
    [
        {"as": "nobody", "text": "x"},
        {"as": ANNA.oid},
        {"as": ANNA.oid, "text": 5},
        {"as": ANNA.oid, "text": "x", "zone": "Europe/Atlantis"},
        {"as": ANNA.oid, "text": "x", "zone": "../../etc/passwd"},
        {"as": ANNA.oid, "value": {}, "replyTo": 5},
        [],
    ],
)
async def test_a_request_that_makes_no_sense_gets_a_sentence(body: Any) -> None:
    async with playground() as house:
        async with house.session.post(f"{house.url}/playground/send", json=body) as answer:
            assert answer.status == 400
            assert (await answer.text()).endswith(".")
        assert house.bot.received == []
