from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.presence import Presence
from bot.domain.status import StatusMessage
from bot.graph import answers

# The documented example of presence-get with a status message, and its end as others saw it live.
EXAMPLE = {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users('x')/presence/$entity",
    "id": "fa8bf3dc-eca7-46b7-bad1-db199b62afc3",
    "availability": "Busy",
    "activity": "InAMeeting",
    "sequenceNumber": "A0000001",
    "outOfOfficeSettings": {"message": "Back on Monday", "isOutOfOffice": True},
    "statusMessage": {
        "message": {"content": "In a meeting", "contentType": "text"},
        "publishedDateTime": "2026-08-22T07:00:00.1234567Z",
        "expiryDateTime": {"dateTime": "2026-08-22T09:00:00.0000000", "timeZone": "UTC"},
    },
    "workLocation": {"placeId": None, "source": "manual", "workLocationType": "remote"},
}


def read(**changes: Any) -> Presence:
    return answers.presence(json.dumps({**EXAMPLE, **changes}).encode())


def message(content: object, **expiry: object) -> StatusMessage | None:
    status: dict[str, Any] = {"message": {"content": content, "contentType": "text"}}
    if expiry:
        status["expiryDateTime"] = expiry
    return read(statusMessage=status).message


def test_the_example_is_read_whole() -> None:
    assert read() == Presence(
        oid="fa8bf3dc-eca7-46b7-bad1-db199b62afc3",
        availability="Busy",
        activity="InAMeeting",
        message=StatusMessage(text="In a meeting", end=datetime(2026, 8, 22, 9, tzinfo=UTC)),
        out_of_office=True,
        out_of_office_text="Back on Monday",
        work_location="remote",
        sequence="A0000001",
    )


def test_every_property_may_be_missing() -> None:
    presence = answers.presence(b"{}")
    assert (presence.availability, presence.activity) == ("PresenceUnknown", "PresenceUnknown")
    assert (presence.message, presence.out_of_office, presence.work_location) == (
        None,
        False,
        None,
    )


@pytest.mark.parametrize("nothing", [None, 7, [], "text", {"message": None}])
def test_every_property_may_be_something_else(nothing: object) -> None:
    presence = read(
        statusMessage=nothing, outOfOfficeSettings=nothing, workLocation=nothing, activity=7
    )
    assert (presence.message, presence.out_of_office_text, presence.work_location) == (
        None,
        None,
        None,
    )
    assert presence.activity == "PresenceUnknown"


@pytest.mark.parametrize("activity", ["inACall", "INACALL", "InACall", " inacall "])
def test_known_values_are_read_in_any_letter_case(activity: str) -> None:
    assert read(activity=activity).activity == "InACall"


def test_unknown_values_stay_as_they_are() -> None:
    assert read(activity="inOrbit").activity == "inOrbit"
    assert read(activity="availableInactive").activity == "AvailableInactive"


def test_an_offline_person_shows_nothing_in_any_letter_case() -> None:
    assert read(availability="offline", activity="offline").shows_nothing
    assert not read(availability="offline", activity="offWork").shows_nothing


@pytest.mark.parametrize("wall", ["9999-12-31T00:00:00.0000000", "9999-12-31T23:59:59.9999999"])
def test_the_year_9999_is_no_end(wall: str) -> None:
    assert message("x", dateTime=wall, timeZone="UTC") == StatusMessage(text="x")


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2022-10-18T17:05:33.2079780", "Pacific Standard Time"),
        ("2022-10-18T17:05:33.2079780", "America/Los_Angeles"),
        ("2022-10-19T00:05:33.2079780", "UTC"),
        ("2022-10-19T00:05:33.2079780", "utc"),
        ("2022-10-19T00:05:33.2079780", ""),
        ("2022-10-19T00:05:33.2079780", "Mars Standard Time"),
        ("2022-10-19T00:05:33.207978Z", "UTC"),
        ("2022-10-19T02:05:33.207978+02:00", "UTC"),
    ],
)
def test_the_end_is_read_in_any_zone(wall: str, zone: str) -> None:
    end = datetime(2022, 10, 19, 0, 5, 33, 207978, tzinfo=UTC)
    assert message("x", dateTime=wall, timeZone=zone) == StatusMessage(text="x", end=end)


@pytest.mark.parametrize("wall", ["soon", "2022-13-01T00:00:00", "", None, 5])
def test_an_end_that_is_not_readable_is_none(wall: object) -> None:
    assert message("x", dateTime=wall, timeZone="UTC") == StatusMessage(text="x")


@pytest.mark.parametrize("content", ["", "  ", None, "<pinnednote></pinnednote>"])
def test_an_empty_message_is_none(content: object) -> None:
    assert message(content) is None


def test_a_trailing_marker_means_pinned() -> None:
    assert message("Focus<pinnednote></pinnednote>") == StatusMessage(text="Focus", pinned=True)
    assert message("<pinnednote></pinnednote> Focus") == StatusMessage(
        text="<pinnednote></pinnednote> Focus"
    )


@pytest.mark.parametrize("location", ["unspecified", "Unspecified", None])
def test_an_unspecified_location_is_none(location: object) -> None:
    assert read(workLocation={"workLocationType": location}).work_location is None


def test_a_list_is_read_in_order() -> None:
    body = json.dumps({"value": [EXAMPLE, {**EXAMPLE, "id": "b"}]}).encode()
    assert [presence.oid for presence in answers.presences(body)] == [EXAMPLE["id"], "b"]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b"{", b'"x"'])
def test_what_is_no_presence_is_refused(body: bytes) -> None:
    with pytest.raises(answers.NotReadable):
        answers.presence(body)
    with pytest.raises(answers.NotReadable):
        answers.presences(body)
    assert answers.problem(body) == answers.Problem()


def test_the_error_envelope_is_read() -> None:
    body = {
        "error": {
            "code": "InvalidArgument",
            "message": "[SessionId]: The SessionId field is required.",
            "innerError": {"date": "2021-07-01T12:01:56", "request-id": "r"},
        }
    }
    assert answers.problem(json.dumps(body).encode()) == answers.Problem(
        code="InvalidArgument", message="[SessionId]: The SessionId field is required."
    )


def test_claims_are_read_from_a_challenge() -> None:
    wanted = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    encoded = base64.b64encode(wanted.encode()).decode()
    challenge = f'Bearer realm="", error="insufficient_claims", claims="{encoded}"'
    assert answers.claims(challenge) == wanted


def test_claims_are_read_without_padding() -> None:
    encoded = base64.b64encode(b'{"a":1}').decode()
    assert encoded.endswith("=")
    assert answers.claims(f'Bearer claims="{encoded.rstrip("=")}"') == '{"a":1}'


@pytest.mark.parametrize("challenge", [None, "", "Bearer", 'Bearer claims="%%%"'])
def test_no_claims_where_there_are_none(challenge: str | None) -> None:
    assert answers.claims(challenge) is None
