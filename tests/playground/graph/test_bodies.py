"""Which bodies Graph takes, beyond the acceptance checks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.playground.graph.conftest import ANNA, APP, Graph


def status(message: Any, **more: Any) -> dict[str, Any]:
    return {"statusMessage": {"message": message, **more}}


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-03-10T17:00:00", "UTC", "2026-03-10T17:00:00.0000000"),
        ("2026-03-10T17:00:00.0000000", "Europe/Berlin", "2026-03-10T16:00:00.0000000"),
        ("2026-03-10T17:00:00", "W. Europe Standard Time", "2026-03-10T16:00:00.0000000"),
        ("2026-04-10T17:00", "W. Europe Standard Time", "2026-04-10T15:00:00.0000000"),
        ("2026-03-10T17:00:00.5", "India Standard Time", "2026-03-10T11:30:00.5000000"),
        ("2026-03-11T00:00:00", "Tokyo Standard Time", "2026-03-10T15:00:00.0000000"),
        ("2026-03-10T17:00:00", None, "2026-03-10T17:00:00.0000000"),
        ("9999-12-31T00:00:00", "UTC", "9999-12-31T00:00:00.0000000"),
        ("9999-12-31T23:59:59", "Pacific Standard Time", "9999-12-31T00:00:00.0000000"),
    ],
)
async def test_the_end_of_a_message_may_be_in_any_known_zone(
    graph: Graph, wall: str, zone: str | None, instant: str
) -> None:
    end = {"dateTime": wall, "timeZone": zone}
    body = status({"content": "x", "contentType": "text"}, expiryDateTime=end)
    assert (await graph.post("setStatusMessage", body)).status == 200
    message = (await graph.get()).json["statusMessage"]
    assert message["expiryDateTime"] == {"dateTime": instant, "timeZone": "UTC"}


@pytest.mark.parametrize(
    "end",
    [
        {"dateTime": "2026-03-10T17:00:00Z", "timeZone": "UTC"},
        {"dateTime": "2026-03-10T17:00:00+01:00", "timeZone": "UTC"},
        {"dateTime": "2026-03-10T17:00:00.12345678", "timeZone": "UTC"},
        {"dateTime": "2026-02-30T17:00:00", "timeZone": "UTC"},
        {"dateTime": "2026-03-10T25:00:00", "timeZone": "UTC"},
        {"dateTime": "0001-01-01T00:00:00", "timeZone": "Asia/Tokyo"},
        {"dateTime": "tomorrow", "timeZone": "UTC"},
        {"dateTime": None, "timeZone": "UTC"},
        {"timeZone": "UTC"},
        {"dateTime": "2026-03-10T17:00:00", "timeZone": "Middle Earth Standard Time"},
        {"dateTime": "2026-03-10T17:00:00", "timeZone": "../../etc/passwd"},
        {"dateTime": "2026-03-10T17:00:00", "timeZone": "Europe"},
        {"dateTime": "2026-03-10T17:00:00", "timeZone": ""},
        {"dateTime": "2026-03-10T17:00:00", "timeZone": 1},
        "2026-03-10T17:00:00",
    ],
)
async def test_an_end_that_is_no_wall_time_in_a_known_zone_is_refused(
    graph: Graph, end: Any
) -> None:
    body = status({"content": "x", "contentType": "text"}, expiryDateTime=end)
    refused = await graph.post("setStatusMessage", body)
    assert (refused.status, refused.json["error"]["code"]) == (400, "InvalidArgument")
    assert (await graph.get()).json["statusMessage"] is None


async def test_a_message_whose_end_has_passed_is_gone_at_once(graph: Graph) -> None:
    await graph.say("old")
    assert (await graph.say("new", "2026-03-10T09:30:00")).status == 200
    assert (await graph.get()).json["statusMessage"] is None


@pytest.mark.parametrize(
    "message",
    [
        {"content": "<b>x</b>", "contentType": "html"},
        {"content": "x" * 281, "contentType": "text"},
        {"content": "x" * 281 + "<pinnednote></pinnednote>", "contentType": "text"},
        {"content": 1, "contentType": "text"},
        {"contentType": "text"},
        {"content": "x", "contentType": "text", "mentions": []},
        "x",
        None,
    ],
)
async def test_a_message_that_is_not_short_plain_text_is_refused(
    graph: Graph, message: Any
) -> None:
    assert (await graph.post("setStatusMessage", status(message))).status == 400
    assert (await graph.get()).json["statusMessage"] is None


@pytest.mark.parametrize("text", ["x" * 280, "x" * 280 + "<pinnednote></pinnednote>", "  ", "🎉"])
async def test_a_message_is_kept_to_the_letter(graph: Graph, text: str) -> None:
    assert (await graph.say(text)).status == 200
    assert (await graph.get()).json["statusMessage"]["message"]["content"] == text


async def test_when_a_message_was_published_is_not_the_callers_to_say(graph: Graph) -> None:
    body = status({"content": "x"}, publishedDateTime="2026-03-10T09:00:00Z")
    assert (await graph.post("setStatusMessage", body)).status == 400
    assert (await graph.post("setStatusMessage", {"message": {"content": "x"}})).status == 400


async def test_type_annotations_are_taken_and_ignored(graph: Graph) -> None:
    body = status(
        {"@odata.type": "#microsoft.graph.itemBody", "content": "x", "contentType": "text"}
    )
    assert (await graph.post("setStatusMessage", body)).status == 200


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"availability": "Busy", "activity": "InACall"}, "SessionId"),
        ({"sessionId": None, "availability": "Busy", "activity": "InACall"}, "SessionId"),
        ({"sessionId": "", "availability": "Busy", "activity": "InACall"}, "SessionId"),
        ({"sessionId": APP, "activity": "InACall"}, "Availability"),
        ({"sessionId": APP, "availability": "Busy"}, "Activity"),
    ],
)
async def test_a_session_needs_its_fields(
    graph: Graph, body: dict[str, object], missing: str
) -> None:
    refused = await graph.post("setPresence", body)
    assert refused.status == 400
    assert refused.json["error"]["message"] == f"[{missing}]: The {missing} field is required."


async def test_the_documented_examples_are_taken(graph: Graph) -> None:
    await graph.sign_out()
    session = {
        "sessionId": "22553876-f5ab-4529-bffb-cfe50aa89f87",
        "availability": "Available",
        "activity": "Available",
        "expirationDuration": "PT1H",
    }
    assert (await graph.post("setPresence", session, to=f"/users/{ANNA}")).status == 200
    assert (await graph.prefer("DoNotDisturb", "DoNotDisturb", "PT8H")).status == 200
    assert await graph.pair() == ("DoNotDisturb", "DoNotDisturb")
    graph.clock.move(minutes=59, seconds=59)
    assert await graph.pair() == ("DoNotDisturb", "DoNotDisturb")
    graph.clock.move(seconds=1)
    assert await graph.pair() == ("Offline", "Offline")


async def test_a_location_said_by_hand_beats_a_detected_one(graph: Graph) -> None:
    async def location() -> Any:
        where = (await graph.get()).json["workLocation"]
        return where["source"], where["workLocationType"], where["placeId"]

    assert await location() == ("none", "unspecified", None)
    await graph.post("setAutomaticLocation", {"workLocationType": "office", "placeId": "b1"})
    assert await location() == ("automatic", "office", "b1")
    await graph.post("setManualLocation", {"workLocationType": "remote"})
    assert await location() == ("manual", "remote", None)
    assert (await graph.post("clearAutomaticLocation")).status == 200
    assert await location() == ("manual", "remote", None)
    await graph.post("setAutomaticLocation", {"workLocationType": "office"})
    assert (await graph.post("clearLocation")).status == 200
    assert await location() == ("none", "unspecified", None)


@pytest.mark.parametrize(
    "body",
    [
        {"workLocationType": "unknownFutureValue"},
        {"workLocationType": "Office"},
        {"workLocationType": "office", "placeId": 7},
        {"placeId": "b1"},
        {},
    ],
)
async def test_other_locations_are_refused(graph: Graph, body: dict[str, object]) -> None:
    assert (await graph.post("setManualLocation", body)).status == 400


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"not json", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"{}", "text/plain"),
        (b"[]", "application/json"),
        (b'"x"', "application/json"),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(
    graph: Graph, data: bytes, kind: str
) -> None:
    for action in ("setPresence", "clearUserPreferredPresence"):
        refused = await graph.post(action, data=data, headers={"Content-Type": kind})
        assert refused.status == 400


@pytest.mark.parametrize("ids", [None, "x", [1], {}, [ANNA, None]])
async def test_many_are_a_list_of_ids(graph: Graph, ids: Any) -> None:
    path = "/communications/getPresencesByUserId"
    assert (await graph.call("POST", path, {"ids": ids})).status == 400
