from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.person import Person
from bot.domain.presence import (
    Availability,
    PreferredPresence,
    PresenceSession,
    SessionActivity,
    WorkLocation,
)
from bot.domain.status import StatusMessage
from bot.graph.client import GraphPresence
from bot.service.errors import (
    ConsentMissing,
    GatewayError,
    NotAllowedForOthers,
    NotOffered,
    Rejected,
    SignInRequired,
    Throttled,
    Unavailable,
    UnknownOutcome,
)
from bot.service.ports import PresenceGateway
from tests.graph.conftest import APP, MEGAN, NOW, Bench
from tests.graph.shapes import published
from tests.net.scripted import Answer, Received, json_answer

BUSY = PreferredPresence(availability=Availability.BUSY, end=NOW + timedelta(hours=2))
LUNCH = StatusMessage(text="At lunch", end=NOW + timedelta(hours=2))
SESSION = PresenceSession(activity=SessionActivity.PRESENTING, length=timedelta(hours=1))
LOST = Answer(reset="before")


def shows(
    availability: str = "Available", activity: str | None = None, message: str = ""
) -> Answer:
    status = {
        "message": {"content": message, "contentType": "text"},
        "expiryDateTime": {"dateTime": "2026-03-10T11:30:00.0000000", "timeZone": "UTC"},
    }
    return json_answer(
        {
            "id": MEGAN.oid,
            "availability": availability,
            "activity": activity or availability,
            "statusMessage": status if message else None,
            "workLocation": {"source": "manual", "workLocationType": "office"},
        }
    )


def error(status: int, code: str = "", message: str = "", **headers: str) -> Answer:
    return json_answer(
        {"error": {"code": code, "message": message}}, status, request_id="r-1", **headers
    )


Action = Callable[[PresenceGateway], Awaitable[object]]
WRITES: dict[str, Action] = {
    "setUserPreferredPresence": lambda c: c.set_preferred(MEGAN, BUSY, now=NOW),
    "clearUserPreferredPresence": lambda c: c.clear_preferred(MEGAN),
    "setStatusMessage": lambda c: c.set_message(MEGAN, LUNCH),
    "setPresence": lambda c: c.set_session(MEGAN, SESSION),
    "clearPresence": lambda c: c.clear_session(MEGAN),
    "setManualLocation": lambda c: c.set_work_location(MEGAN, WorkLocation.REMOTE),
    "clearLocation": lambda c: c.clear_work_location(MEGAN),
}
READS: dict[str, Action] = {
    "read": lambda c: c.read(MEGAN),
    "read_other": lambda c: c.read_other(MEGAN, "4ef3bd8a-7bf5-4b0a-9f0b-2d6b1a2f8f57"),
    "read_many": lambda c: c.read_many(MEGAN, ["4ef3bd8a-7bf5-4b0a-9f0b-2d6b1a2f8f57"]),
}
ANY = pytest.mark.parametrize("action", [*WRITES.values(), *READS.values()], ids=[*WRITES, *READS])
WRITE = pytest.mark.parametrize("action", WRITES.values(), ids=WRITES)


@pytest.mark.parametrize("name", WRITES)
async def test_a_write_is_one_request_about_the_person_who_signed_in(
    bench: Bench, name: str
) -> None:
    await WRITES[name](bench.client())
    assert bench.sent == [f"POST /me/presence/{name}"]
    assert bench.server.received[0].headers["Authorization"] == f"Bearer {MEGAN.oid}.0"


@pytest.mark.parametrize("name", [name for name in WRITES if "Location" not in name])
async def test_with_application_permission_the_person_is_named(bench: Bench, name: str) -> None:
    await WRITES[name](bench.client("application"))
    assert bench.sent == [f"POST /users/{MEGAN.oid}/presence/{name}"]


async def test_application_permission_has_no_locations(bench: Bench) -> None:
    client = bench.client("application")
    with pytest.raises(NotOffered):
        await client.set_work_location(MEGAN, WorkLocation.OFFICE)
    with pytest.raises(NotOffered):
        await client.clear_work_location(MEGAN)
    assert bench.sent == []


async def test_every_request_is_valid_by_the_published_description(bench: Bench) -> None:
    schema = published()
    bench.server.otherwise = lambda received: (
        json_answer({"value": []}) if "getPresences" in received.path else json_answer({})
    )
    for permission in ("delegated", "application"):
        client = bench.client("delegated" if permission == "delegated" else "application")
        for name, action in {**WRITES, **READS}.items():
            if permission == "delegated" or "Location" not in name:
                await action(client)
    assert len(bench.sent) == 18
    for received in bench.server.received:
        schema.check(received.method, received.path.removeprefix("/v1.0"), received.json)


async def test_the_bodies_say_what_was_asked_for(bench: Bench) -> None:
    for action in WRITES.values():
        await action(bench.client())
    assert [received.json for received in bench.server.received] == [
        {"availability": "Busy", "activity": "Busy", "expirationDuration": "PT2H"},
        {},
        {
            "statusMessage": {
                "message": {"content": "At lunch", "contentType": "text"},
                "expiryDateTime": {"dateTime": "2026-03-10T11:30:00.0000000", "timeZone": "UTC"},
            }
        },
        {
            "sessionId": APP,
            "availability": "DoNotDisturb",
            "activity": "Presenting",
            "expirationDuration": "PT1H",
        },
        {"sessionId": APP},
        {"workLocationType": "remote"},
        None,
    ]


async def test_a_read_tells_presence_and_message(bench: Bench) -> None:
    bench.server.script = [shows("Busy", "InACall", "At lunch")]
    presence = await bench.client().read(MEGAN)
    assert bench.sent == ["GET /me/presence"]
    assert (presence.availability, presence.activity, presence.message) == (
        "Busy",
        "InACall",
        LUNCH,
    )


@pytest.mark.parametrize("status", [200, 201, 202, 204])
@WRITE
async def test_any_2xx_is_success_and_its_body_is_not_read(
    bench: Bench, action: Action, status: int
) -> None:
    body = b"" if status == 204 else b"{not json"
    bench.server.script = [Answer(status=status, body=body)]
    await action(bench.client())
    assert len(bench.sent) == 1


async def test_a_write_whose_answer_is_cut_after_its_status_is_done(bench: Bench) -> None:
    bench.server.script = [Answer(reset="body")]
    await bench.client().set_message(MEGAN, LUNCH)
    assert len(bench.sent) == 1


async def test_ending_a_session_that_is_not_there_is_fine(bench: Bench) -> None:
    bench.server.script = [error(404, "NotFound")]
    await bench.client().clear_session(MEGAN)


LOCATION = ("setManualLocation", "clearLocation")


@pytest.mark.parametrize("name", LOCATION)
@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_cloud_without_locations_does_not_offer_them(
    bench: Bench, name: str, status: int
) -> None:
    bench.server.script = [error(status, "NotFound")]
    with pytest.raises(NotOffered):
        await WRITES[name](bench.client())


@ANY
@pytest.mark.parametrize("status", [400, 404])
async def test_a_cloud_without_presence_does_not_offer_it(
    bench: Bench, action: Action, status: int, request: pytest.FixtureRequest
) -> None:
    """The China cloud has no presence at all: every path ends in the same sentence."""
    message = "Resource not found for the segment 'presence'."
    bench.server.script = [error(status, "BadRequest", message)]
    if request.node.callspec.id == "404-clearPresence":
        await action(bench.client())  # nothing is shown there that could be cleared
        return
    with pytest.raises(NotOffered):
        await action(bench.client())


@pytest.mark.parametrize("name", sorted(set(WRITES) - {"clearPresence", *LOCATION}))
async def test_for_every_other_write_404_is_our_bug(bench: Bench, name: str) -> None:
    bench.server.script = [error(404, "NotFound")]
    with pytest.raises(Rejected):
        await WRITES[name](bench.client())


@ANY
async def test_an_old_token_is_renewed_once(bench: Bench, action: Action) -> None:
    bench.server.script = [error(401, "InvalidAuthenticationToken"), json_answer({"value": []})]
    await action(bench.client())
    tokens = [received.headers["Authorization"] for received in bench.server.received]
    assert tokens == [f"Bearer {MEGAN.oid}.0", f"Bearer {MEGAN.oid}.1"]


@ANY
async def test_a_second_401_means_sign_in_and_nothing_loops(bench: Bench, action: Action) -> None:
    bench.server.otherwise = lambda received: error(401, "Unauthorized", "Unauthorized")
    with pytest.raises(SignInRequired) as raised:
        await action(bench.client())
    assert (len(bench.sent), bench.tokens.refreshes) == (2, 1)
    assert raised.value.request_id == "r-1"


async def test_a_challenge_with_claims_reaches_the_sign_in(bench: Bench) -> None:
    claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    encoded = base64.b64encode(claims.encode()).decode()
    challenge = f'Bearer error="insufficient_claims", claims="{encoded}"'
    bench.server.otherwise = lambda received: error(401, WWW_Authenticate=challenge)
    with pytest.raises(SignInRequired) as raised:
        await bench.client().read(MEGAN)
    assert raised.value.claims == claims


async def test_a_person_without_a_token_must_sign_in(bench: Bench) -> None:
    bench.tokens.refuse_refresh = True
    bench.server.script = [error(401)]
    with pytest.raises(SignInRequired, match="no refresh token"):
        await bench.client().clear_preferred(MEGAN)
    assert len(bench.sent) == 1


@ANY
async def test_403_means_consent_is_missing_and_asks_for_no_token(
    bench: Bench, action: Action
) -> None:
    bench.server.script = [error(403, "Forbidden", "")]
    with pytest.raises(ConsentMissing):
        await action(bench.client())
    assert (len(bench.sent), bench.tokens.refreshes) == (1, 0)


@WRITE
async def test_a_401_about_another_user_is_no_old_token(bench: Bench, action: Action) -> None:
    bench.server.script = [error(401, "", "Cannot set the presence of another user.")]
    with pytest.raises(NotAllowedForOthers):
        await action(bench.client())
    assert (len(bench.sent), bench.tokens.refreshes) == (1, 0)


@ANY
async def test_400_is_our_bug_and_carries_graphs_words(bench: Bench, action: Action) -> None:
    text = "[SessionId]: The SessionId field is required."
    bench.server.script = [error(400, "InvalidArgument", text)]
    with pytest.raises(Rejected) as raised:
        await action(bench.client())
    assert str(raised.value) == f"400 InvalidArgument: {text}"
    assert len(bench.sent) == 1


@ANY
async def test_throttling_beyond_the_patience_says_when_again(
    bench: Bench, action: Action
) -> None:
    bench.server.script = [error(429, "TooManyRequests", Retry_After="120")]
    with pytest.raises(Throttled) as raised:
        await action(bench.client())
    assert raised.value.retry_after == timedelta(seconds=120)
    assert len(bench.sent) == 1


@ANY
async def test_throttling_within_the_patience_is_waited_for(bench: Bench, action: Action) -> None:
    bench.server.script = [error(429, Retry_After="2"), json_answer({"value": []})]
    await action(bench.client())
    first, second = bench.server.received
    assert second.at - first.at >= 2.0


@ANY
async def test_throttling_without_retry_after_ends_in_a_usual_pause(
    bench: Bench, action: Action
) -> None:
    bench.server.otherwise = lambda received: error(429)
    with pytest.raises(Throttled) as raised:
        await action(bench.client())
    assert raised.value.retry_after == timedelta(seconds=30)
    assert len(bench.sent) == 5


async def test_nothing_is_sent_while_graph_asked_for_a_pause(bench: Bench) -> None:
    client = bench.client()
    bench.server.script = [error(429, Retry_After="120")]
    with pytest.raises(Throttled):
        await client.read(MEGAN)
    with pytest.raises(Throttled) as raised:
        await client.read(MEGAN)
    assert raised.value.retry_after == timedelta(seconds=120)
    assert len(bench.sent) == 1


async def test_our_own_limit_is_kept_for_each_tenant(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.graph.sender.PACE_LIMIT", 3)
    client = bench.client()
    for _ in range(3):
        await client.clear_preferred(MEGAN)
    with pytest.raises(Throttled) as raised:
        await client.clear_preferred(MEGAN)
    assert raised.value.retry_after == timedelta(seconds=30)
    await client.clear_preferred(Person(tenant="t-2", oid=MEGAN.oid))
    assert len(bench.sent) == 4


async def test_processes_on_one_database_share_our_own_limit(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.graph.sender.PACE_LIMIT", 4)
    client = bench.client()
    assert isinstance(client, GraphPresence)
    client.share(2)
    for _ in range(2):
        await client.clear_preferred(MEGAN)
    with pytest.raises(Throttled):
        await client.clear_preferred(MEGAN)
    client.share(1)  # the other one has gone
    await client.clear_preferred(MEGAN)
    assert len(bench.sent) == 3


@ANY
async def test_a_service_that_is_down_is_unavailable(bench: Bench, action: Action) -> None:
    bench.server.otherwise = lambda received: error(503, "ServiceUnavailable")
    with pytest.raises(Unavailable):
        await action(bench.client())
    assert len(bench.sent) == 5


@ANY
async def test_a_refused_connection_is_unavailable(bench: Bench, action: Action) -> None:
    client = bench.client()
    await bench.server.stop()
    with pytest.raises(Unavailable):
        await action(client)


@pytest.mark.parametrize("action", READS.values(), ids=READS)
@pytest.mark.parametrize("answer", [Answer(stall=30.0), LOST, error(500)])
async def test_a_read_without_an_answer_is_unavailable(
    bench: Bench, action: Action, answer: Answer
) -> None:
    bench.server.otherwise = lambda received: answer
    async with asyncio.timeout(20):
        with pytest.raises(Unavailable):
            await action(bench.client(impatient=bool(answer.stall)))


@pytest.mark.parametrize("action", READS.values(), ids=READS)
async def test_an_answer_that_is_not_readable_is_unavailable(bench: Bench, action: Action) -> None:
    bench.server.script = [Answer(body=b"<html>")]
    with pytest.raises(Unavailable, match="unreadable"):
        await action(bench.client())


@pytest.mark.parametrize("failure", [LOST, Answer(stall=30.0), error(504), error(500)])
async def test_a_lost_write_that_shows_when_read_back_is_done(
    bench: Bench, failure: Answer
) -> None:
    client = bench.client(impatient=bool(failure.stall))
    bench.server.script = [shows("Available"), failure, shows("Busy")]
    await client.read(MEGAN)
    await client.set_preferred(MEGAN, BUSY, now=NOW)
    assert bench.sent[1:] == ["POST /me/presence/setUserPreferredPresence", "GET /me/presence"]


@WRITE
async def test_a_lost_write_that_does_not_show_is_written_again(
    bench: Bench, action: Action
) -> None:
    bench.server.script = [LOST, shows("Available", message="Something else")]
    await action(bench.client())
    write, read_back, again = bench.sent
    assert (read_back, again) == ("GET /me/presence", write)


async def test_a_lost_write_that_moves_an_end_is_written_again(bench: Bench) -> None:
    """Busy that was there before proves nothing: the longer end may be lost."""
    client = bench.client()
    bench.server.script = [shows("Busy"), LOST, shows("Busy")]
    await client.read(MEGAN)
    await client.set_preferred(MEGAN, BUSY, now=NOW)
    assert bench.sent.count("POST /me/presence/setUserPreferredPresence") == 2


async def test_a_lost_message_that_reads_the_same_is_done(bench: Bench) -> None:
    bench.server.script = [LOST, shows("Available", message="At lunch")]
    await bench.client().set_message(MEGAN, LUNCH)
    assert len(bench.sent) == 2


async def test_a_lost_message_with_another_end_is_written_again(bench: Bench) -> None:
    bench.server.script = [LOST, shows("Available", message="At lunch")]
    later = StatusMessage(text="At lunch", end=NOW + timedelta(hours=3))
    await bench.client().set_message(MEGAN, later)
    assert len(bench.sent) == 3


async def test_a_lost_clearing_of_the_message_that_reads_empty_is_done(bench: Bench) -> None:
    bench.server.script = [LOST, shows("Available")]
    await bench.client().set_message(MEGAN, None)
    assert len(bench.sent) == 2


@pytest.mark.parametrize("name", ["clearUserPreferredPresence", "clearPresence"])
async def test_a_lost_clearing_is_done_when_the_state_has_changed(bench: Bench, name: str) -> None:
    client = bench.client()
    bench.server.script = [shows("DoNotDisturb", "Presenting"), LOST, shows("Available")]
    await client.read(MEGAN)
    await WRITES[name](client)
    assert len(bench.sent) == 3


@WRITE
async def test_a_write_that_is_lost_three_times_and_does_not_show_has_an_unknown_outcome(
    bench: Bench, action: Action
) -> None:
    def answer(received: Received) -> Answer:
        return shows("Away", message="Else") if received.method == "GET" else LOST

    bench.server.otherwise = answer
    with pytest.raises(UnknownOutcome):
        await action(bench.client())
    assert [line.split()[0] for line in bench.sent] == ["POST", "GET"] * 3


@pytest.mark.parametrize("status", [500, 502, 504])
@WRITE
async def test_a_service_that_fails_at_every_write_is_unavailable(
    bench: Bench, action: Action, status: int
) -> None:
    def answer(received: Received) -> Answer:
        return shows("Away", message="Else") if received.method == "GET" else error(status)

    bench.server.otherwise = answer
    with pytest.raises(Unavailable):
        await action(bench.client())
    assert [line.split()[0] for line in bench.sent] == ["POST", "GET"] * 3


@WRITE
async def test_a_lost_write_that_cannot_be_read_back_is_not_repeated(
    bench: Bench, action: Action
) -> None:
    bench.server.otherwise = lambda received: error(403) if received.method == "GET" else LOST
    with pytest.raises(UnknownOutcome):
        await action(bench.client())
    assert [line.split()[0] for line in bench.sent] == ["POST", "GET"]


async def test_a_lost_write_whose_repeat_is_refused_has_an_unknown_outcome(bench: Bench) -> None:
    bench.server.script = [LOST, shows("Away"), error(429, Retry_After="60")]
    with pytest.raises(UnknownOutcome):
        await bench.client().set_preferred(MEGAN, BUSY, now=NOW)


async def test_a_state_that_had_to_wait_still_ends_at_its_instant(bench: Bench) -> None:
    bench.server.script = [error(429, Retry_After="8")]
    await bench.client().set_preferred(MEGAN, BUSY, now=NOW)
    durations = [received.json["expirationDuration"] for received in bench.server.received]
    assert durations == ["PT2H", "PT1H59M52S"]  # 8.5 s later, rounded up


async def test_nothing_waits_longer_than_ten_seconds(bench: Bench) -> None:
    bench.server.otherwise = lambda received: error(429, Retry_After="4")
    started = bench.time.now()
    with pytest.raises(Throttled):
        await bench.client().read(MEGAN)
    assert bench.time.now() - started <= 10.0


async def test_many_people_are_read_650_at_a_time(bench: Bench) -> None:
    ids = [f"00000000-0000-0000-0000-{number:012d}" for number in range(1301)]
    asked: list[list[str]] = []

    def answer(received: Received) -> Answer:
        asked.append(received.json["ids"])
        return json_answer(
            {"value": [{"id": oid.upper(), "availability": "Busy"} for oid in asked[-1][1:]]}
        )

    bench.server.otherwise = answer
    found = await bench.client().read_many(MEGAN, [*ids, ids[5].upper()])
    assert [len(chunk) for chunk in asked] == [650, 650, 1]
    assert len({oid.lower() for oid in found}) == 1301 - 3  # the first of each was left out
    assert found[ids[5].upper()].availability == "Busy"
    assert ids[0] not in found


async def test_nobody_to_read_is_no_request(bench: Bench) -> None:
    assert await bench.client().read_many(MEGAN, []) == {}
    assert bench.sent == []


async def test_the_log_tells_action_status_and_request_id_but_no_secret(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    bench.server.script = [error(400, "InvalidArgument", "At lunch is wrong")]
    with pytest.raises(GatewayError):
        await bench.client().set_message(MEGAN, LUNCH)
    (record,) = [record for record in caplog.records if record.name == "bot.graph.sender"]
    assert (vars(record)["action"], vars(record)["outcome"], vars(record)["request_id"]) == (
        "graph.setStatusMessage",
        "400",
        "r-1",
    )
    assert vars(record)["ms"] >= 0
    told = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert "lunch" not in told
    assert "Bearer" not in told
