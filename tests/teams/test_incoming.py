"""What realistic Teams activities say, as the use cases see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.service.traffic import Incoming
from bot.teams.activity import read_activity
from bot.teams.incoming import incoming_from
from tests.teams import activities as a
from tests.teams.conftest import NOW, Edge


def incoming(body: dict[str, Any]) -> Incoming:
    return incoming_from(read_activity(body), now=NOW)


def test_a_personal_message_names_person_place_time_zone_and_locale() -> None:
    got = incoming(a.message("busy for 2 hours"))
    assert got.key == "a:personal-1|1710063000123"
    assert (got.person.tenant, got.person.oid) == (a.TENANT, a.OID)
    assert got.at == datetime(2026, 3, 10, 9, 29, 58, 123456, tzinfo=UTC)
    assert (got.zone, got.locale, got.text) == ("Europe/Berlin", "de-DE", "busy for 2 hours")
    assert (got.private, got.inline, got.pressed, got.card) == (True, False, None, None)
    assert got.address == {
        "service_url": a.SERVICE,
        "channel": "msteams",
        "tenant": a.TENANT,
        "conversation": "a:personal-1",
        "type": "personal",
        "bot": {"id": a.BOT, "name": "Presence Bot"},
        "user": {"id": "29:anna", "name": "Anna Berger", "aadObjectId": a.OID},
    }


def test_ids_are_the_same_person_in_capitals() -> None:
    sender: Any = {"id": "29:anna", "aadObjectId": a.OID.upper()}
    assert incoming(a.message(**{"from": sender})).person == incoming(a.message()).person


def test_without_an_activity_id_two_messages_are_two() -> None:
    assert incoming(a.message(id=None)).key != incoming(a.message(id=None)).key


@pytest.mark.parametrize(
    "timestamp", [None, "", "yesterday", "2026-03-10T09:00:00", "2026-03-10T12:00:00Z"]
)
def test_a_time_that_is_missing_vague_or_ahead_is_now(timestamp: str | None) -> None:
    assert incoming(a.message(timestamp=timestamp)).at == NOW


def test_a_time_with_an_offset_is_that_instant() -> None:
    got = incoming(a.message(timestamp="2026-03-10T10:00:00+01:00"))
    assert got.at == datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "info", "expected"),
    [
        ("America/New_York", "Europe/Berlin", "America/New_York"),
        (None, "Asia/Shanghai", "Asia/Shanghai"),
        ("W. Europe Standard Time", "Europe/Berlin", "Europe/Berlin"),
        ("../../etc/passwd", None, None),
        ("Europe", None, None),
        (None, 5, None),
    ],
)
def test_the_zone_is_the_first_that_is_known(
    zone: str | None, info: Any, expected: str | None
) -> None:
    entity = {"type": "clientInfo", "timezone": info}
    assert incoming(a.message(localTimezone=zone, entities=[entity])).zone == expected


@pytest.mark.parametrize(
    ("locale", "info", "expected"),
    [
        ("en-GB", "de-DE", "en-GB"),
        (None, "fr-FR", "fr-FR"),
        ("zh-Hans-CN", None, "zh-Hans-CN"),
        ("<script>", None, None),
        (None, ["en"], None),
    ],
)
def test_the_locale_is_the_first_that_is_a_language_tag(
    locale: str | None, info: Any, expected: str | None
) -> None:
    entity = {"type": "clientInfo", "locale": info}
    assert incoming(a.message(locale=locale, entities=[entity])).locale == expected


BOT = a.mention(a.BOT, "Presence Bot")
ANNA = a.mention("29:anna2", "Anna Schmidt")


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        ("<at>Presence Bot</at> busy until 3", [BOT], "busy until 3"),
        ("busy <at>Presence Bot</at>", [BOT], "busy"),
        (
            "<at>Presence Bot</at> is <at>Anna Schmidt</at> free?",
            [BOT, ANNA],
            "is <at>Anna Schmidt</at> free?",
        ),
        (
            "<at>Presence</at> <at>Bot</at> busy",  # a phone splits names that are chosen by word
            [a.mention(a.BOT, "Presence"), a.mention(a.BOT, "Bot")],
            "busy",
        ),
        (
            "<at>Presence Bot</at> where is <at>Presence Bot</at>?",
            [BOT, a.mention("29:namesake", "Presence Bot")],
            "where is <at>Presence Bot</at>?",
        ),
    ],
)
def test_the_mention_of_the_bot_is_taken_out_and_others_are_kept(
    text: str, mentions: list[dict[str, Any]], expected: str
) -> None:
    got = incoming(a.group_message(text, *mentions))
    assert (got.text, got.private) == (expected, False)


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "mention"},
        {"type": "mention", "mentioned": "bot", "text": "busy"},
        {"type": "mention", "mentioned": {"id": a.BOT}, "text": 5},
        {"type": "mention", "mentioned": {"id": a.BOT}},
        {"type": 5},
        {},
    ],
)
def test_a_strange_mention_takes_no_words_away(entity: dict[str, Any]) -> None:
    assert incoming(a.message("busy", entities=[entity])).text == "busy"


@pytest.mark.parametrize(
    "conversation",
    [
        {"id": "19:c@thread.tacv2;messageid=1", "conversationType": "channel"},
        {"id": "19:g@thread.v2", "conversationType": "groupChat"},
        {"id": "g", "isGroup": True},
        {"id": "g", "conversationType": "personal", "isGroup": True},
    ],
)
async def test_in_a_group_only_what_mentions_the_bot_is_heard(
    edge: Edge, conversation: dict[str, Any]
) -> None:
    assert (await edge.post(a.message("busy", conversation=conversation)))[0] == 202
    assert edge.turns.total == 0
    body = a.message("<at>Presence Bot</at> busy", conversation=conversation, entities=[BOT])
    await edge.post(body)
    assert [(m.text, m.private) for m in edge.turns.messages] == [("busy", False)]


async def test_a_submit_is_a_press_that_nobody_waits_for(edge: Edge) -> None:
    status, _ = await edge.post(a.submit({**edge.undo, "note": "input"}))
    got = edge.turns.messages[0]
    assert status == 202
    assert (got.pressed, got.text, got.card, got.inline) == ({"do": "Undo"}, None, "card-7", False)


async def test_an_execute_is_a_press_that_waits(edge: Edge) -> None:
    await edge.post(a.execute(edge.undo))
    got = edge.turns.presses[0]
    assert (got.pressed, got.text, got.card, got.inline) == ({"do": "Undo"}, None, "card-7", True)


async def test_data_that_is_not_ours_is_a_press_of_nothing_and_touches_no_card(
    edge: Edge,
) -> None:
    forgeries: list[Any] = ["x", [], 5, {}, {"v": 1, "command": {"do": "Undo"}}]
    for data in forgeries:
        await edge.post(a.submit(data))
        await edge.post(a.execute(data))
    for got in (*edge.turns.messages, *edge.turns.presses):
        assert (got.pressed, got.card) == ({"refused": "forged"}, None)
    assert (len(edge.turns.messages), len(edge.turns.presses)) == (5, 5)


async def test_a_press_that_is_sent_again_under_a_new_id_is_the_same_press(edge: Edge) -> None:
    await edge.post(a.execute(edge.undo, id="1"))
    await edge.post(a.execute(edge.undo, id="2"))
    await edge.post(a.submit(edge.undo, id="3"))
    keys = {got.key for got in (*edge.turns.presses, *edge.turns.messages)}
    assert len(keys) == 1


async def test_the_same_words_said_twice_are_two_commands(edge: Edge) -> None:
    await edge.post(a.message("30 more minutes", id="1"))
    await edge.post(a.message("30 more minutes", id="2"))
    assert len({got.key for got in edge.turns.messages}) == 2


async def test_text_data_and_mentions_cannot_name_another_person(edge: Edge) -> None:
    other = {"id": "29:ben", "aadObjectId": "bbbbbbbb-0000-4000-8000-000000000002"}
    data = {**edge.undo, "from": other, "oid": other["aadObjectId"]}
    await edge.post(a.submit(data, entities=[a.mention("29:ben", "Ben")]))
    assert edge.turns.messages[0].person.oid == a.OID


def mention(name: str, member: str) -> dict[str, Any]:
    return {
        "type": "mention",
        "mentioned": {"id": member, "name": name},
        "text": f"<at>{name}</at>",
    }


def test_mentions_tell_who_is_meant_and_leave_out_the_bot() -> None:
    entities = [mention("Presence Bot", a.BOT), mention("Ben Carter", "29:ben")]
    assert incoming(a.message(entities=entities)).mentions == {"Ben Carter": "29:ben"}


def test_one_name_for_two_people_means_nobody() -> None:
    entities = [mention("Ben", "29:ben"), mention("Ben", "29:other"), mention("Chen", "29:chen")]
    assert incoming(a.message(entities=entities)).mentions == {"Chen": "29:chen"}


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "mention"},
        {"type": "mention", "mentioned": "29:ben", "text": "x"},
        {"type": "mention", "mentioned": {"id": 7}, "text": "x"},
        {"type": "mention", "mentioned": {"id": "29:ben"}, "text": None},
    ],
)
def test_a_mention_of_another_form_is_none(broken: dict[str, Any]) -> None:
    assert incoming(a.message(entities=[broken])).mentions == {}
