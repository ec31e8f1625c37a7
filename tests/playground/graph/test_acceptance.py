"""The acceptance checks of the facts about Graph presence, over HTTP, in their order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.playground.graph.conftest import (
    ANNA,
    APP,
    BEN,
    OTHER_APP,
    Graph,
    House,
    ids,
)

OFFLINE = ("Offline", "Offline")
AVAILABLE = ("Available", "Available")


async def test_01_without_a_session_somebody_is_offline(graph: Graph) -> None:
    await graph.sign_out()
    assert await graph.pair() == OFFLINE


async def test_02_a_preference_shows_once_there_is_a_session(graph: Graph) -> None:
    await graph.sign_out()
    assert (await graph.prefer("Busy", "Busy", "PT2H")).status == 200
    assert await graph.pair() == OFFLINE
    await graph.stand_in.control(ANNA, signed_in=True)
    assert await graph.pair() == ("Busy", "Busy")


@pytest.mark.parametrize("availability", ["DoNotDisturb", "Busy"])
async def test_03_busy_and_do_not_disturb_hold_for_a_day_by_default(
    graph: Graph, availability: str
) -> None:
    await graph.prefer(availability, availability)
    graph.clock.move(hours=23, minutes=59)
    assert await graph.pair() == (availability, availability)
    graph.clock.move(minutes=2)
    assert await graph.pair() == AVAILABLE


@pytest.mark.parametrize(
    ("availability", "activity"),
    [("Away", "Away"), ("BeRightBack", "BeRightBack"), ("Offline", "OffWork")],
)
async def test_04_the_other_preferences_hold_for_seven_days_by_default(
    graph: Graph, availability: str, activity: str
) -> None:
    await graph.prefer(availability, activity)
    graph.clock.move(days=6, hours=23)
    assert await graph.pair() == (availability, activity)
    graph.clock.move(hours=2)
    assert await graph.pair() == AVAILABLE


async def test_04_a_preference_for_available_holds_for_seven_days_too(graph: Graph) -> None:
    await graph.stand_in.control(ANNA, in_call=True)
    await graph.prefer("Available", "Available")
    graph.clock.move(days=6, hours=23)
    assert await graph.pair() == AVAILABLE
    graph.clock.move(hours=2)
    assert await graph.pair() == ("Busy", "InACall")


async def test_05_an_available_session_fades_and_then_ends(graph: Graph) -> None:
    await graph.sign_out()
    assert (await graph.open_session("Available", "Available", "PT1H")).status == 200
    graph.clock.move(minutes=4)
    assert await graph.pair() == AVAILABLE
    graph.clock.move(minutes=2)
    assert await graph.pair() == ("Available", "AvailableInactive")
    graph.clock.move(minutes=5)
    assert await graph.pair() == ("Away", "Away")
    graph.clock.move(minutes=50)
    assert await graph.pair() == OFFLINE


async def test_05_each_step_of_the_fade_comes_on_its_minute(graph: Graph) -> None:
    await graph.sign_out()
    await graph.open_session("Available", "Available", "PT1H")
    graph.clock.move(minutes=5)
    assert await graph.pair() == ("Available", "AvailableInactive")
    graph.clock.move(minutes=5)
    assert await graph.pair() == ("Away", "Away")
    graph.clock.move(minutes=50)
    assert await graph.pair() == OFFLINE


async def test_06_setting_the_session_again_keeps_it_alive(graph: Graph) -> None:
    await graph.sign_out()
    await graph.open_session("Available", "Available", "PT1H")
    graph.clock.move(minutes=4)
    await graph.open_session("Available", "Available", "PT1H")
    graph.clock.move(minutes=4)
    assert await graph.pair() == AVAILABLE


async def test_07_a_session_lasts_five_minutes_by_default(graph: Graph) -> None:
    await graph.sign_out()
    await graph.open_session("Available", "Available")
    graph.clock.move(minutes=4, seconds=59)
    assert await graph.pair() == AVAILABLE
    graph.clock.move(seconds=2)
    assert await graph.pair() == OFFLINE


async def test_08_an_away_session_does_not_beat_a_client(graph: Graph) -> None:
    assert (await graph.open_session("Away", "Away", "PT1H")).status == 200
    assert await graph.pair() == AVAILABLE


async def test_09_busy_beats_available_and_do_not_disturb_beats_busy(graph: Graph) -> None:
    await graph.open_session("Busy", "InACall")
    assert await graph.pair() == ("Busy", "InACall")
    await graph.open_session("DoNotDisturb", "Presenting", id=OTHER_APP)
    assert await graph.pair() == ("DoNotDisturb", "Presenting")


@pytest.mark.parametrize(
    ("availability", "activity", "length"),
    [
        ("Busy", "Busy", None),
        ("DoNotDisturb", "DoNotDisturb", None),
        ("Offline", "OffWork", None),
        ("BeRightBack", "BeRightBack", None),
        ("available", "available", None),
        ("Available", "Available", "PT4M"),
        ("Available", "Available", "PT4M59.999S"),
        ("Available", "Available", "PT4H1M"),
        ("Available", "Available", "P1W"),
        ("Available", "Available", "-PT10M"),
        ("Available", "Available", "P"),
        ("Available", "Available", "PT"),
        ("Available", "Available", "10"),
    ],
)
async def test_10_a_session_takes_neither_other_pairs_nor_other_lengths(
    graph: Graph, availability: str, activity: str, length: str | None
) -> None:
    before = await graph.get()
    refused = await graph.open_session(availability, activity, length)
    assert (refused.status, refused.json["error"]["code"]) == (400, "InvalidArgument")
    assert (await graph.get()).json == before.json


async def test_10_a_length_out_of_range_is_refused_in_graphs_words(graph: Graph) -> None:
    # Seen live: https://github.com/microsoftgraph/msgraph-sdk-dotnet/issues/1186
    refused = await graph.open_session("Busy", "InACall", "PT4M")
    words = "The provided [ExpirationDuration] is out of range."
    assert refused.json["error"]["message"] == words


@pytest.mark.parametrize("length", ["PT5M", "PT4H", "PT300S", "PT240M", "P0DT4H"])
async def test_10_a_session_lasts_from_five_minutes_to_four_hours(
    graph: Graph, length: str
) -> None:
    assert (await graph.open_session("Available", "Available", length)).status == 200


async def test_11_a_session_can_be_cleared_once(graph: Graph) -> None:
    await graph.sign_out()
    await graph.open_session("Busy", "InACall")
    assert (await graph.post("clearPresence", {"sessionId": APP})).status == 200
    assert await graph.pair() == OFFLINE
    again = await graph.post("clearPresence", {"sessionId": APP})
    assert (again.status, again.json["error"]["code"]) == (404, "NotFound")


async def test_11_an_expired_session_cannot_be_cleared(graph: Graph) -> None:
    await graph.open_session("Busy", "InACall")
    graph.clock.move(minutes=6)
    assert (await graph.post("clearPresence", {"sessionId": APP})).status == 404


async def test_12_clearing_needs_the_id_of_the_session(graph: Graph) -> None:
    # The body is judged before the permission.
    for token in (graph.token(), graph.token(ANNA, "Presence.Read")):
        refused = await graph.post("clearPresence", {}, token=token)
        assert refused.status == 400
        assert refused.json["error"]["code"] == "InvalidArgument"
        assert refused.json["error"]["message"] == "[SessionId]: The SessionId field is required."


async def test_13_giving_up_a_preference_twice_is_fine(graph: Graph) -> None:
    await graph.prefer("Busy", "Busy")
    assert (await graph.post("clearUserPreferredPresence", {})).status == 200
    assert await graph.pair() == AVAILABLE
    assert (await graph.post("clearUserPreferredPresence")).status == 200


async def test_14_appearing_offline_reads_as_off_work(graph: Graph) -> None:
    await graph.prefer("Offline", "OffWork")
    assert await graph.pair() == ("Offline", "OffWork")


@pytest.mark.parametrize(
    "body",
    [
        {"availability": "Busy", "activity": "InACall"},
        {"availability": "Offline", "activity": "Offline"},
        {"availability": "Busy"},
        {"activity": "Busy"},
        {"availability": "Busy", "activity": "Busy", "expirationDuration": "PT0S"},
        {"availability": "Busy", "activity": "Busy", "expirationDuration": "P367D"},
        {"availability": "Busy", "activity": "Busy", "expirationDuration": "P999999999D"},
        {"availability": "Busy", "activity": "Busy", "expirationDuration": "P1M"},
        {"availability": "Busy", "activity": "Busy", "expirationDuration": 60},
        {"availability": "Busy", "activity": "Busy", "sessionId": APP},
    ],
)
async def test_15_a_preference_takes_its_six_pairs_only(
    graph: Graph, body: dict[str, object]
) -> None:
    assert (await graph.post("setUserPreferredPresence", body)).status == 400
    assert await graph.pair() == AVAILABLE


async def test_16_a_message_without_an_end_never_expires_and_others_see_its_text_only(
    graph: Graph,
) -> None:
    assert (await graph.say("x")).status == 200
    for path in ("/me/presence", f"/users/{ANNA}/presence"):
        own = (await graph.get(path)).json["statusMessage"]
        assert own["expiryDateTime"] == {
            "dateTime": "9999-12-31T00:00:00.0000000",
            "timeZone": "UTC",
        }
        assert own["publishedDateTime"] == "2026-03-10T09:30:00.0000000Z"
    other = await graph.get(f"/users/{ANNA}/presence", token=graph.token(BEN))
    assert other.json["statusMessage"] == {"message": {"content": "x", "contentType": "text"}}


async def test_17_the_end_of_a_message_is_kept_as_an_instant(house: House) -> None:
    graph = await house.open(now=datetime(2022, 10, 18, 22, tzinfo=UTC))
    text = "Hey I'm currently in a meeting."
    end = ("2022-10-18T17:05:33.2079781", "Pacific Standard Time")
    assert (await graph.say(text, *end)).status == 200
    message = (await graph.get()).json["statusMessage"]
    assert message["message"]["content"] == text
    assert message["expiryDateTime"]["timeZone"] == "UTC"
    assert message["expiryDateTime"]["dateTime"].startswith("2022-10-19T00:05:33.20797")
    graph.clock.move_to(datetime(2022, 10, 19, 0, 5, 33, tzinfo=UTC))
    assert (await graph.get()).json["statusMessage"] is not None
    graph.clock.move(seconds=1)
    assert (await graph.get()).json["statusMessage"] is None


@pytest.mark.parametrize("content", ["", None])
async def test_18_an_empty_message_clears_and_leaves_the_availability(
    graph: Graph, content: str | None
) -> None:
    await graph.prefer("Busy", "Busy")
    await graph.say("x")
    body = {"statusMessage": {"message": {"content": content, "contentType": "text"}}}
    assert (await graph.post("setStatusMessage", body)).status == 200
    presence = await graph.get()
    assert presence.json["statusMessage"] is None
    assert presence.pair == ("Busy", "Busy")


async def test_19_writing_needs_its_scope(graph: Graph) -> None:
    refused = await graph.post(
        "setUserPreferredPresence",
        {"availability": "Busy", "activity": "Busy"},
        token=graph.token(ANNA, "Presence.Read", "Presence.Read.All"),
    )
    assert refused.status == 403
    assert refused.json["error"]["code"] == "Forbidden"
    assert refused.json["error"]["message"] == ""
    assert await graph.pair() == AVAILABLE


async def test_20_nobody_writes_for_somebody_else(graph: Graph) -> None:
    refused = await graph.post(
        "setStatusMessage",
        {"statusMessage": {"message": {"content": "x", "contentType": "text"}}},
        to=f"/users/{BEN}",
    )
    assert refused.status == 401
    assert refused.json["error"]["message"] == "Cannot set the presence of another user"
    assert (await graph.get(f"/users/{BEN}/presence")).json["statusMessage"] is None


async def test_21_many_are_at_most_650(graph: Graph) -> None:
    path = "/communications/getPresencesByUserId"
    assert (await graph.call("POST", path, {"ids": list(ids(651))})).status == 400
    assert (await graph.call("POST", path, {"ids": []})).status == 400
    answer = await graph.call("POST", path, {"ids": [BEN, *ids(648), ANNA]})
    assert [presence["id"] for presence in answer.json["value"]] == [BEN, ANNA]


async def test_22_the_1501st_read_in_30_seconds_is_throttled(graph: Graph) -> None:
    token = graph.token()
    for _ in range(1_499):
        assert (await graph.get(token=token)).status == 200
    graph.clock.move(seconds=10.5)
    many = {"ids": [ANNA]}
    path = "/communications/getPresencesByUserId"
    assert (await graph.call("POST", path, many, token=token)).status == 200
    refused = await graph.get(token=token)
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "20"
    assert (await graph.get(token=graph.token(app=OTHER_APP))).status == 200
    assert (await graph.prefer("Busy", "Busy")).status == 200
    graph.clock.move(seconds=19)
    assert (await graph.get(token=token)).status == 429
    graph.clock.move(seconds=1)
    assert (await graph.get(token=token)).status == 200


async def test_23_every_visible_change_raises_the_sequence_number(graph: Graph) -> None:
    numbers = [(await graph.get()).json["sequenceNumber"]]

    async def raised() -> bool:
        numbers.append((await graph.get()).json["sequenceNumber"])
        assert isinstance(numbers[-1], str)
        return bool(numbers[-1] > numbers[-2])

    await graph.prefer("Busy", "Busy", "PT1H")
    assert await raised()
    await graph.prefer("Busy", "Busy", "PT2H")
    assert not await raised()  # nothing looks different
    await graph.say("x", "2026-03-10T10:00:00")
    assert await raised()
    graph.clock.move(minutes=31)
    assert await raised()  # the message ended
    graph.clock.move(hours=2)
    assert await raised()  # the preference ended
    await graph.stand_in.control(ANNA, in_call=True)
    assert await raised()
    await graph.post("setManualLocation", {"workLocationType": "remote"})
    assert await raised()
    assert len({len(number) for number in numbers}) == 1
