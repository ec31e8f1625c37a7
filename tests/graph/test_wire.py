from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.presence import (
    LONGEST_STATUS,
    Availability,
    PreferredPresence,
    PresenceSession,
    SessionActivity,
    WorkLocation,
)
from bot.domain.status import StatusMessage
from bot.graph import wire
from tests.graph.shapes import check_shape, published, seconds

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
OID = "fa8bf3dc-eca7-46b7-bad1-db199b62afc3"
APP = "22553876-f5ab-4529-bffb-cfe50aa89f87"
OWNERS = [wire.ME, wire.user(OID), wire.presence_of(OID)]


def calls(owner: str) -> list[wire.Call]:
    """Every call that the module can make, in every form."""
    return [
        wire.get_presence(owner),
        wire.get_presences_by_user_id([OID]),
        wire.get_presences_by_user_id([OID] * 650),
        *(
            wire.set_user_preferred_presence(
                owner, PreferredPresence(availability=availability, end=end), now=NOW
            )
            for availability in Availability
            for end in (None, NOW + timedelta(minutes=1), NOW + LONGEST_STATUS)
        ),
        wire.clear_user_preferred_presence(owner),
        *(
            wire.set_presence(
                owner,
                PresenceSession(activity=activity, length=timedelta(minutes=minutes)),
                session_id=APP,
            )
            for activity in SessionActivity
            for minutes in (5, 240)
        ),
        wire.clear_presence(owner, session_id=APP),
        wire.set_status_message(owner, None),
        wire.set_status_message(owner, StatusMessage(text="At lunch")),
        wire.set_status_message(owner, StatusMessage(text="At lunch", end=NOW, pinned=True)),
        *(wire.set_manual_location(owner, location) for location in WorkLocation),
        wire.set_manual_location(owner, WorkLocation.OFFICE, place_id="building-7"),
        wire.set_automatic_location(owner, WorkLocation.REMOTE),
        wire.clear_location(owner),
        wire.clear_automatic_location(owner),
    ]


@pytest.mark.parametrize("owner", OWNERS)
def test_every_call_has_the_shape_of_the_reference_pages(owner: str) -> None:
    for call in calls(owner):
        check_shape(call.method, call.path, call.body)


@pytest.mark.parametrize("owner", OWNERS)
def test_every_call_is_valid_by_the_published_description(owner: str) -> None:
    schema = published()
    for call in calls(owner):
        schema.check(call.method, call.path, call.body)


def test_do_not_disturb_for_eight_hours_is_as_on_the_page_of_setuserpreferredpresence() -> None:
    preferred = PreferredPresence(
        availability=Availability.DO_NOT_DISTURB, end=NOW + timedelta(hours=8)
    )
    call = wire.set_user_preferred_presence(wire.user(OID), preferred, now=NOW)
    assert (call.method, call.path) == ("POST", f"/users/{OID}/presence/setUserPreferredPresence")
    assert call.body == {
        "availability": "DoNotDisturb",
        "activity": "DoNotDisturb",
        "expirationDuration": "PT8H",
    }


def test_available_for_an_hour_is_as_on_the_page_of_setpresence() -> None:
    session = PresenceSession(activity=SessionActivity.AVAILABLE, length=timedelta(hours=1))
    call = wire.set_presence(wire.user(OID), session, session_id=APP)
    assert (call.method, call.path) == ("POST", f"/users/{OID}/presence/setPresence")
    assert call.body == {
        "sessionId": APP,
        "availability": "Available",
        "activity": "Available",
        "expirationDuration": "PT1H",
    }


def test_the_message_of_the_page_of_setstatusmessage_ends_at_the_same_instant_in_utc() -> None:
    # The page says 2022-10-18T17:05:33.2079781 Pacific Standard Time.
    end = datetime(2022, 10, 19, 0, 5, 33, 207978, tzinfo=UTC)
    message = StatusMessage(text="Hey I'm currently in a meeting.", end=end)
    call = wire.set_status_message(wire.user(OID), message)
    assert call.path == f"/users/{OID}/presence/setStatusMessage"
    assert call.body == {
        "statusMessage": {
            "message": {"content": "Hey I'm currently in a meeting.", "contentType": "text"},
            "expiryDateTime": {"dateTime": "2022-10-19T00:05:33.2079780", "timeZone": "UTC"},
        }
    }


def test_clearing_is_as_on_the_pages() -> None:
    assert wire.clear_presence(wire.ME, session_id=APP).body == {"sessionId": APP}
    assert wire.clear_user_preferred_presence(wire.ME).content == b"{}"
    assert wire.clear_location(wire.ME).content is None


def test_an_empty_message_clears() -> None:
    assert wire.set_status_message(wire.ME, None).body == {
        "statusMessage": {"message": {"content": "", "contentType": "text"}}
    }


def test_a_message_is_sent_in_the_letters_it_was_written_in() -> None:
    content = wire.set_status_message(wire.ME, StatusMessage(text="Zurück um 5 ☕ 会议")).content
    assert content is not None
    assert "Zurück um 5 ☕ 会议".encode() in content


def test_only_a_pinned_message_carries_the_marker() -> None:
    pinned = wire.set_status_message(wire.ME, StatusMessage(text="Focus", pinned=True)).body
    assert pinned is not None
    assert pinned["statusMessage"]["message"]["content"] == "Focus<pinnednote></pinnednote>"


@pytest.mark.parametrize(
    "text",
    [
        "a<pinnednote></pinnednote>b",
        "a< PinnedNote ></ pinnednote>b",
        "a<pinned<pinnednote>note></pinned<pinnednote/>note>b",
    ],
)
def test_a_marker_in_a_persons_words_is_taken_out(text: str) -> None:
    body = wire.set_status_message(wire.ME, StatusMessage(text=text)).body
    assert body is not None
    assert body["statusMessage"]["message"]["content"] == "ab"


def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    assert wire.user("../me?x=/") == "/users/..%2Fme%3Fx%3D%2F/presence"


@pytest.mark.parametrize("number", [0, 651])
def test_more_or_fewer_people_than_graph_takes_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="650"):
        wire.get_presences_by_user_id([OID] * number)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(minutes=1), "PT1M"),
        (timedelta(hours=2), "PT2H"),
        (timedelta(minutes=90), "PT1H30M"),
        (timedelta(days=1, seconds=1), "PT24H1S"),
        (timedelta(seconds=59, microseconds=1), "PT1M"),
        (timedelta(seconds=-5), "PT1S"),
    ],
)
def test_a_length_is_whole_seconds(length: timedelta, text: str) -> None:
    assert wire.duration(length) == text


@given(st.integers(min_value=60, max_value=366 * 86_400))
def test_state_and_message_end_at_the_same_instant(length: int) -> None:
    end = NOW + timedelta(seconds=length)
    preferred = PreferredPresence(availability=Availability.BUSY, end=end)
    state = wire.set_user_preferred_presence(wire.ME, preferred, now=NOW).body
    message = wire.set_status_message(wire.ME, StatusMessage(text="x", end=end)).body
    assert state is not None
    assert message is not None
    told = message["statusMessage"]["expiryDateTime"]["dateTime"]
    assert NOW + timedelta(seconds=seconds(state["expirationDuration"])) == end
    assert datetime.fromisoformat(told[:-1]).replace(tzinfo=UTC) == end


@given(st.text(max_size=280))
def test_any_text_makes_a_body_that_is_json(text: str) -> None:
    encodable = text.encode("utf-8", "ignore").decode()
    content = wire.set_status_message(wire.ME, StatusMessage(text=encodable)).content
    assert content is not None
    assert json.loads(content)["statusMessage"]["message"]["content"] == wire.plain_text(encodable)
