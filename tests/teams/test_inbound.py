"""POST /api/messages: every status code, over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.teams.escape import markdown
from tests.teams import activities as a
from tests.teams.conftest import Edge, HeaderCheck, serve


async def test_a_message_is_taken_with_202(edge: Edge) -> None:
    assert await edge.post(a.message("busy")) == (202, None)
    assert [m.text for m in edge.turns.messages] == ["busy"]


async def test_a_press_is_answered_in_the_response(edge: Edge) -> None:
    status, body = await edge.post(a.execute(edge.undo))
    assert (status, body) == (200, edge.turns.answer)
    assert edge.turns.presses[0].pressed == {"do": "Undo"}


async def test_a_sentence_that_answers_a_choice_stays_a_sentence_on_its_card(edge: Edge) -> None:
    said = "*Not* [now](https://evil.example) ${x}"
    edge.turns.answer = {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": said,
    }
    status, body = await edge.post(
        a.activity(type="invoke", name="composeExtension/selectItem", value=edge.undo)
    )
    assert status == 200
    (chosen,) = body["composeExtension"]["attachments"]
    (block,) = chosen["content"]["body"]
    assert block["text"] == markdown(said) != said
    assert chosen["content"]["fallbackText"] == said


async def test_a_press_that_fails_is_answered_with_a_sentence(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    edge.turns.failing = True
    status, body = await edge.post(a.execute({}))
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.error"
    assert body["value"]["message"] == "Das hat nicht geklappt. Bitte versuche es noch einmal."
    assert "a press failed" in caplog.text


async def test_what_could_not_be_kept_is_asked_for_again(edge: Edge) -> None:
    edge.turns.failing = True
    headers = {"Authorization": "Bearer good"}
    async with edge.client.post("/api/messages", json=a.message(), headers=headers) as response:
        assert response.status == 503
        assert int(response.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 401), ({"Authorization": "Bearer bad"}, 403)]
)
async def test_what_the_check_refuses_changes_nothing(
    edge: Edge, headers: dict[str, str], status: int
) -> None:
    async with edge.client.post("/api/messages", json=a.message(), headers=headers) as response:
        assert response.status == status
        assert ("WWW-Authenticate" in response.headers) == (status == 401)
        assert "token" in (await response.json())["error"]
    assert edge.turns.total == 0


async def test_a_check_may_correct_what_it_does_not_believe(edge: Edge) -> None:
    await edge.post(a.message(), headers={"X-Locale": "ru-RU"})
    assert edge.turns.messages[0].locale == "ru-RU"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_only_post_is_allowed(edge: Edge, method: str) -> None:
    async with edge.client.request(method, "/api/messages") as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_a_body_of_another_content_type_is_415(edge: Edge, kind: str) -> None:
    status, _ = await edge.post_bytes(json.dumps(a.message()).encode(), kind)
    assert status == 415


async def test_json_with_a_charset_is_json(edge: Edge) -> None:
    body = json.dumps(a.message("занят"), ensure_ascii=False).encode()
    status, _ = await edge.post_bytes(body, "application/json; charset=utf-8")
    assert status == 202
    assert edge.turns.messages[0].text == "занят"


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_256_kib_is_413(edge: Edge, declared: bool) -> None:
    body = json.dumps(a.message("x" * (256 * 1024))).encode()

    async def chunks() -> Any:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    headers = {"Authorization": "Bearer good", "Content-Type": "application/json"}
    data = body if declared else chunks()
    async with edge.client.post("/api/messages", data=data, headers=headers) as response:
        assert response.status == 413
    assert edge.turns.total == 0


async def test_a_body_of_just_256_kib_is_taken(edge: Edge) -> None:
    room = 256 * 1024 - len(json.dumps(a.message("")).encode())
    status, _ = await edge.post_bytes(json.dumps(a.message("x" * room)).encode())
    assert status == 202


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"5",
        b"[1]",
        b'"message"',
        b"null",
        b'{"type": "message"',
        b"[" * 100_000,
        b'{"a":' * 40_000,
        b'{"type": NaN}',
        b'{"type": "message", "value": 1e999}',
        b'{"type": "message", "value": ' + b"9" * 10_000 + b"}",
        b"\xff\xfe\xff",
        json.dumps(a.message("\ud800")).encode(),
        json.dumps(a.message("\0")).encode(),
        json.dumps(a.submit(json.loads("[" * 40 + "]" * 40))).encode(),
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_not_json_for_everybody_is_400(edge: Edge, body: bytes) -> None:
    status, _ = await edge.post_bytes(body)
    assert status == 400
    assert edge.turns.total == 0


async def test_emoji_written_as_surrogate_pairs_are_text(edge: Edge) -> None:
    status, _ = await edge.post_bytes(json.dumps(a.message("busy 🎧")).encode("ascii"))
    assert status == 202
    assert edge.turns.messages[0].text == "busy 🎧"


WRONG = [
    {"type": None},
    {"type": ""},
    {"type": {"a": 1}},
    {"type": 5},
    {"type": ["message"]},
    {"from": None},
    {"from": "29:anna"},
    {"from": {}},
    {"from": {"id": "29:anna"}},
    {"from": {"aadObjectId": a.OID}},
    {"from": {"id": "29:anna", "aadObjectId": 5}},
    {"from": {"id": 5, "aadObjectId": a.OID}},
    {"from": {"id": "29:anna", "aadObjectId": ""}},
    {"from": {"id": "29:anna", "aadObjectId": "../users/other"}},
    {"conversation": None},
    {"conversation": []},
    {"conversation": {}},
    {"conversation": {"id": ""}},
    {"conversation": {"id": 5}},
    {"conversation": {"id": "a", "isGroup": "yes"}},
    {"conversation": {"id": "a", "conversationType": 1}},
    {"channelId": 5},
    {"serviceUrl": {"url": a.SERVICE}},
    {"serviceUrl": None},
    {"id": 17},
    {"text": ["busy"]},
    {"text": 5},
    {"locale": 5},
    {"timestamp": 5},
    {"localTimezone": {}},
    {"entities": {}},
    {"entities": ["mention"]},
    {"recipient": "bot"},
    {"channelData": "x"},
    {"channelData": None},
    {"channelData": {}},
    {"channelData": {"tenant": a.TENANT}},
    {"channelData": {"tenant": {}}},
    {"channelData": {"tenant": {"id": 5}}},
    {"channelData": {"tenant": {"id": "../x"}}},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
@pytest.mark.parametrize("kind", ["message", "press"])
async def test_a_field_of_the_wrong_form_is_400(
    edge: Edge, kind: str, change: dict[str, Any]
) -> None:
    good = a.message() if kind == "message" else a.execute({})
    body = {k: v for k, v in {**good, **change}.items() if v is not None}
    status, answer = await edge.post(body)
    assert status == 400
    assert answer["error"].endswith(".")
    assert edge.turns.total == 0


async def test_the_tenant_of_the_conversation_is_not_taken_for_the_senders(edge: Edge) -> None:
    conversation = {"id": "a:1", "conversationType": "personal", "tenantId": a.TENANT}
    status, _ = await edge.post(a.message(conversation=conversation, channelData={}))
    assert status == 400


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        [],
        {"action": None},
        {"action": "Action.Execute"},
        {"action": {"type": "Action.Submit"}},
        {"action": {}},
    ],
)
async def test_a_card_invoke_without_an_action_is_400(edge: Edge, value: Any) -> None:
    body = a.activity(type="invoke", name="adaptiveCard/action", value=value)
    status, _ = await edge.post(body)
    assert status == 400


@pytest.mark.parametrize(
    "name", [None, "composeExtension/fetchTask", "task/fetch", "signin/tokenExchange"]
)
async def test_an_unknown_invoke_is_501(edge: Edge, name: str | None) -> None:
    assert await edge.post(a.activity(type="invoke", name=name)) == (501, None)


@pytest.mark.parametrize(
    "kind", ["typing", "messageReaction", "messageUpdate", "messageDelete", "event", "unheard-of"]
)
async def test_other_activities_are_accepted_and_left_alone(edge: Edge, kind: str) -> None:
    assert await edge.post(a.activity(type=kind)) == (202, None)
    assert edge.turns.total == 0


async def test_the_bot_is_greeted_with_when_installed_or_added(edge: Edge) -> None:
    await edge.post(a.installed(id="i1"))
    await edge.post(a.members_added("29:anna", a.BOT, id="i2"))
    assert [w.key for w in edge.turns.welcomes] == ["a:personal-1|welcome"] * 2
    assert [w.text for w in edge.turns.welcomes] == [None] * 2  # nobody said anything


async def test_a_message_without_words_is_a_message(edge: Edge) -> None:
    await edge.post(a.activity())
    assert [m.text for m in edge.turns.messages] == [""]


@pytest.mark.parametrize(
    "body",
    [
        a.installed("remove"),
        a.installed("add-upgrade"),
        a.members_added("29:ben"),
        a.activity(type="conversationUpdate", membersRemoved=[{"id": a.BOT}]),
        {**a.installed(), "from": {"id": "29:service"}},
        a.installed(channelData={}),
    ],
    ids=lambda body: str(body.get("action", "members")),
)
async def test_nobody_is_greeted_otherwise(edge: Edge, body: dict[str, Any]) -> None:
    assert await edge.post(body) == (202, None)
    assert edge.turns.total == 0


async def test_who_removes_the_app_is_forgotten_and_a_group_is_nobody(edge: Edge) -> None:
    group = {"isGroup": True, "conversationType": "groupChat", "id": "19:g@thread.v2"}
    assert await edge.post(a.installed("remove", conversation=group)) == (202, None)
    assert edge.turns.removals == []
    assert await edge.post(a.installed("remove")) == (202, None)
    assert [one.person.oid for one in edge.turns.removals] == [a.OID]


async def test_a_delivery_mode_does_not_change_the_answer(edge: Edge) -> None:
    status, body = await edge.post(a.execute({}, deliveryMode="expectReplies"))
    assert (status, body) == (200, edge.turns.answer)


async def test_beyond_the_cap_senders_are_asked_to_come_again_and_the_rest_is_served() -> None:
    check = HeldCheck()
    edge = await serve(check, most_at_once=2)
    held = [asyncio.create_task(edge.post(a.message(id=str(n)))) for n in range(2)]
    await check.both.wait()
    assert (await edge.post(a.message(id="3")))[0] == 503
    check.go_on.set()
    assert [status for status, _ in await asyncio.gather(*held)] == [202, 202]
    assert (await edge.post(a.message(id="4")))[0] == 202
    await edge.client.close()


async def test_a_body_that_does_not_arrive_is_408() -> None:
    edge = await serve(HeldCheck(), body_timeout=0.05)
    never = asyncio.Event()

    async def drip() -> AsyncIterator[bytes]:
        yield b'{"type": '
        await never.wait()

    headers = {"Content-Type": "application/json"}
    async with edge.client.post("/api/messages", data=drip(), headers=headers) as response:
        assert response.status == 408
    never.set()
    await edge.client.close()


async def test_strangers_who_are_slow_keep_nobody_out() -> None:
    edge = await serve(HeaderCheck(), most_at_once=2)
    never = asyncio.Event()

    async def drip() -> AsyncIterator[bytes]:
        yield b'{"type": '
        await never.wait()

    async def stranger() -> int:
        headers = {"Content-Type": "application/json", "Authorization": "Bearer bad"}
        async with edge.client.post("/api/messages", data=drip(), headers=headers) as response:
            return response.status

    async with asyncio.timeout(5):  # a body has ten seconds
        assert await asyncio.gather(*(stranger() for _ in range(3))) == [403] * 3
    assert (await edge.post(a.message()))[0] == 202
    never.set()
    await edge.client.close()


class HeldCheck:
    """Believes everything, but only when told."""

    def __init__(self) -> None:
        self.waiting = 0
        self.both, self.go_on = asyncio.Event(), asyncio.Event()

    async def admit(self, headers: Mapping[str, str]) -> None: ...

    async def check(self, headers: Mapping[str, str], activity: dict[str, Any]) -> None:
        self.waiting += 1
        if self.waiting == 2:
            self.both.set()
        await self.go_on.wait()


@pytest.mark.parametrize(
    "change", [{"conversation": {"id": ".."}}, {"conversation": {"id": "."}}, {"replyToId": ".."}]
)
async def test_an_id_is_no_step_in_the_connectors_addresses(edge: Edge, change: Any) -> None:
    status, _ = await edge.post({**a.message(), **change})
    assert (status, edge.turns.total) == (400, 0)


async def test_when_as_much_is_under_way_as_may_be_senders_are_asked_to_come_again(
    edge: Edge,
) -> None:
    edge.turns.full = True
    async with edge.client.post(
        "/api/messages", json=a.message(), headers={"Authorization": "Bearer good"}
    ) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert edge.turns.total == 0
    edge.turns.full = False
    assert (await edge.post(a.message()))[0] == 202
