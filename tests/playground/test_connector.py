from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.playground.people import BOT_ID, PLACES, TENANT
from tests.playground.house import ANNA, BEN, House, playground

CHAT = f"a:{ANNA.oid}"
NEWCOMER = "aaaaaaaa-0000-4000-8000-000000000001"


async def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    url = f"{house.url}/playground/connector/v3/conversations{path}"
    async with house.session.request(method, url, json=body) as answer:
        text = await answer.text()
        return answer.status, await answer.json() if text else None


async def test_a_bot_creates_a_chat_with_a_person_and_speaks_first() -> None:
    async with playground() as house:
        created = {"bot": {"id": BOT_ID}, "members": [{"id": BEN.teams_id}], "tenantId": TENANT}
        status, answer = await call(house, "POST", "", created)
        assert (status, answer) == (201, {"id": f"a:{BEN.oid}"})
        hello = {"type": "message", "text": "Hello Ben"}
        status, answer = await call(house, "POST", f"/a:{BEN.oid}/activities", hello)
        assert status == 201
        (item,) = await house.items(oid=BEN.oid)
        assert (item["id"], item["text"], item["sender"]) == (answer["id"], "Hello Ben", BOT_ID)


async def test_a_chat_is_created_with_its_first_message_in_one_call() -> None:
    async with playground() as house:
        first = {"type": "message", "text": "Hello"}
        body = {"members": [{"id": ANNA.oid}], "activity": first}
        _, answer = await call(house, "POST", "", body)
        assert [item["id"] for item in await house.items()] == [answer["activityId"]]


async def test_a_bot_cannot_create_a_group() -> None:
    async with playground() as house:
        both = {"isGroup": True, "members": [{"id": ANNA.teams_id}, {"id": BEN.teams_id}]}
        status, answer = await call(house, "POST", "", both)
        assert (status, answer["error"]["code"]) == (400, "BadSyntax")


async def test_an_update_takes_the_place_of_the_message() -> None:
    async with playground() as house:
        _, sent = await call(
            house, "POST", f"/{CHAT}/activities", {"type": "message", "text": "1"}
        )
        path = f"/{CHAT}/activities/{sent['id']}"
        assert (await call(house, "PUT", path, {"type": "message", "text": "2"}))[0] == 200
        assert [(item["text"], item["edited"]) for item in await house.items()] == [("2", True)]


async def test_a_deleted_message_leaves_no_text() -> None:
    async with playground() as house:
        _, sent = await call(
            house, "POST", f"/{CHAT}/activities", {"type": "message", "text": "1"}
        )
        path = f"/{CHAT}/activities/{sent['id']}"
        assert (await call(house, "DELETE", path))[0] == 200
        assert [(item["text"], item["deleted"]) for item in await house.items()] == [("", True)]
        assert (await call(house, "DELETE", path))[0] == 404


async def test_a_bot_cannot_change_what_a_person_said() -> None:
    async with playground() as house:
        said = await house.send(text="mine")
        path = f"/{CHAT}/activities/{said['id']}"
        status, _ = await call(house, "PUT", path, {"type": "message", "text": "yours"})
        assert status == 403
        assert (await house.items())[0]["text"] == "mine"


async def test_members_of_a_group_are_everybody_and_of_a_chat_the_person() -> None:
    async with playground() as house:
        await house.send(text="hello")
        _, all_of_them = await call(house, "GET", f"/{PLACES[0].id}/members")
        assert {ANNA.teams_id, BEN.teams_id} <= {member["id"] for member in all_of_them}
        _, paged = await call(house, "GET", f"/{CHAT}/pagedmembers")
        assert [member["aadObjectId"] for member in paged["members"]] == [ANNA.oid]
        _, one = await call(house, "GET", f"/{PLACES[0].id}/members/{BEN.teams_id}")
        assert (one["email"], one["tenantId"]) == (BEN.mail, TENANT)
        status, refused = await call(house, "GET", f"/{CHAT}/members/{BEN.teams_id}")
        assert (status, refused["error"]["code"]) == (404, "MemberNotFoundInConversation")


async def test_a_conversation_of_another_client_is_taken_with_its_person() -> None:
    async with playground() as house:
        recipient = {"id": f"29:{NEWCOMER}", "aadObjectId": NEWCOMER}
        said = {"type": "message", "text": "Hello", "recipient": recipient}
        status, _ = await call(house, "POST", "/their-own-id/activities/7", said)
        assert status == 201
        assert [item["reply_to"] for item in await house.items("their-own-id")] == ["7"]
        _, member = await call(house, "GET", f"/their-own-id/members/29:{NEWCOMER}")
        assert member["objectId"] == NEWCOMER


async def test_typing_is_told_and_not_kept() -> None:
    async with playground() as house:
        await house.send(contact=True)

        async def type_something() -> None:
            await call(house, "POST", f"/{CHAT}/activities", {"type": "typing"})

        events = await house.events(2, meanwhile=type_something)
        assert events[1] == ("typing", {"conversation": CHAT, "sender": BOT_ID})
        assert await house.items() == []


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {"type": "event"},
        {"type": "message", "attachments": 5},
        {"type": "message", "attachments": ["card"]},
        {"type": "message", "suggestedActions": {"actions": "busy"}},
        {"type": "message", "x": "y" * 29_000},
    ],
)
async def test_what_is_no_message_is_refused_and_changes_nothing(body: Any) -> None:
    async with playground() as house:
        sent = (await call(house, "POST", "/new-one/activities", {"type": "message"}))[1]["id"]
        for method, path in (
            ("POST", "/never-seen/activities"),
            ("PUT", f"/new-one/activities/{sent}"),
        ):
            status, answer = await call(house, method, path, body)
            assert status == (413 if isinstance(body, dict) and "x" in body else 400)
            assert answer["error"]["message"]
        state = (await house.events(1))[0][1]
        assert "never-seen" not in [chat["id"] for chat in state["chats"]]
        assert (await house.items("new-one"))[0]["edited"] is False


async def test_a_body_that_is_not_json_is_refused_and_logged_as_text() -> None:
    async with playground() as house:
        url = f"{house.url}/playground/connector/v3/conversations"
        async with house.session.post(url, data=b"\xff{") as answer:
            assert answer.status == 400
        assert house.calls.recent()[-1]["body"] == "\N{REPLACEMENT CHARACTER}{"


async def test_a_fault_answers_in_the_connectors_form_and_is_logged() -> None:
    async with playground() as house:
        house.faults.replace([{"service": "connector"}])
        url = f"{house.url}/playground/connector/v3/conversations/{CHAT}/activities"
        async with house.session.post(url, json={"type": "message", "text": "x"}) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
            assert "code" in (await answer.json())["error"]
        (logged,) = house.calls.recent()
        assert (logged["service"], logged["method"], logged["status"]) == (
            "connector",
            "POST",
            503,
        )
        assert logged["path"] == f"/v3/conversations/{CHAT}/activities"
        assert logged["body"]["text"] == "x"


async def test_chats_and_strangers_outlive_the_process(tmp_path: Path) -> None:
    shelf = tmp_path / "playground.sqlite"
    async with playground(shelf) as house:
        await house.send(text="before")
        await house.send(**{"as": NEWCOMER}, text="I am new")
        before = await house.items()
        assert len(before) == 2
    async with playground(shelf) as house:
        assert await house.items() == before
        (own, reply) = await house.items(oid=NEWCOMER)
        assert own["text"] == "I am new"
        said = await house.send(text="after")
        assert said["id"] > reply["id"]
        assert [a["type"] for a in house.bot.received] == ["message"]
