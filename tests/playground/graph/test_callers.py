"""Who may do what, and how a request is refused."""

from __future__ import annotations

import io
import json

import pytest

from bot.playground.graph.errors import Refusal
from tests.playground.graph import shape
from tests.playground.graph.conftest import ANNA, BEN, NOBODY, Graph
from tests.required import missing

MANY = "/communications/getPresencesByUserId"
BUSY = {"availability": "Busy", "activity": "Busy"}


@pytest.mark.parametrize(
    ("oid", "scope", "own", "other", "many"),
    [
        (ANNA, "Presence.Read", 200, 403, 403),
        (ANNA, "Presence.Read.All", 200, 200, 200),
        (ANNA, "Presence.ReadWrite", 403, 403, 403),
        (ANNA, "Presence.ReadWrite.All", 403, 403, 403),
        (ANNA, "User.Read", 403, 403, 403),
        (None, "Presence.Read.All", 200, 200, 200),
        (None, "Presence.ReadWrite.All", 200, 200, 200),
        (None, "Presence.Read", 403, 403, 403),
    ],
)
async def test_reading_needs_the_scope_for_own_or_for_others(
    graph: Graph, oid: str | None, scope: str, own: int, other: int, many: int
) -> None:
    token = graph.token(oid, scope)
    for path in ("/users/{}/presence", "/communications/presences/{}"):
        assert (await graph.get(path.format(ANNA), token=token)).status == own
        assert (await graph.get(path.format(BEN), token=token)).status == other
    assert (await graph.call("POST", MANY, {"ids": [BEN]}, token=token)).status == many


async def test_an_application_has_no_me(graph: Graph) -> None:
    token = graph.token(None, "Presence.ReadWrite.All")
    assert (await graph.get(token=token)).status == 400
    refused = await graph.post("setUserPreferredPresence", BUSY, token=token)
    assert refused.status == 400


async def test_an_application_writes_for_everybody_but_no_locations(graph: Graph) -> None:
    token = graph.token(None, "Presence.ReadWrite.All")
    for to in (f"/users/{BEN}/presence", f"/communications/presences/{ANNA}"):
        path = f"{to}/setUserPreferredPresence"
        assert (await graph.call("POST", path, BUSY, token=token)).status == 200
        assert (await graph.get(to, token=token)).pair == ("Busy", "Busy")
        where = {"workLocationType": "remote"}
        path = f"{to}/setManualLocation"
        assert (await graph.call("POST", path, where, token=token)).status == 403
        assert (await graph.call("POST", f"{to}/clearLocation", token=token)).status == 403
    reader = graph.token(None, "Presence.Read.All")
    path = f"/users/{BEN}/presence/setUserPreferredPresence"
    assert (await graph.call("POST", path, BUSY, token=reader)).status == 403


async def test_an_application_is_not_told_when_a_message_ends(graph: Graph) -> None:
    await graph.say("x", "2026-03-10T17:00:00")
    token = graph.token(None, "Presence.Read.All")
    answer = await graph.get(f"/users/{ANNA}/presence", token=token)
    assert answer.json["statusMessage"].keys() == {"message"}


async def test_every_address_of_oneself_is_the_same(graph: Graph) -> None:
    paths = (
        "/me/presence",
        f"/users/{ANNA}/presence",
        f"/communications/presences/{ANNA}",
        f"/users/{ANNA.upper()}/presence",
    )
    for path in paths:
        written = {"statusMessage": {"message": {"content": path, "contentType": "text"}}}
        assert (await graph.call("POST", f"{path}/setStatusMessage", written)).status == 200
        for same in paths:
            shown = (await graph.get(same)).json["statusMessage"]
            assert shown["message"]["content"] == path
            assert "expiryDateTime" in shown


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer made.up", "Basic YTpi"])
async def test_without_a_token_that_counts_nobody_gets_in(
    graph: Graph, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/me/presence", "/nowhere"):
        async with graph.session.get(graph.url + path, headers=headers) as answer:
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert (await answer.json())["error"]["code"] == "InvalidAuthenticationToken"


async def test_a_token_ends_with_its_hour_on_the_clock(graph: Graph) -> None:
    token = graph.token()
    graph.clock.move(minutes=59)
    assert (await graph.get(token=token)).status == 200
    graph.clock.move(minutes=1)
    assert (await graph.get(token=token)).status == 401


@pytest.mark.parametrize("who", [NOBODY, "anna@lighthouse.example", "not-an-id"])
async def test_an_unknown_user_is_not_found(graph: Graph, who: str) -> None:
    for path in (f"/users/{who}/presence", f"/communications/presences/{who}"):
        refused = await graph.get(path)
        assert (refused.status, refused.json["error"]["code"]) == (404, "NotFound")


async def test_a_name_in_place_of_an_object_id_writes_nothing(graph: Graph) -> None:
    token = graph.token(None, "Presence.ReadWrite.All")
    path = "/users/anna@lighthouse.example/presence/setUserPreferredPresence"
    assert (await graph.call("POST", path, BUSY, token=token)).status == 404


async def test_somebody_unknown_moves_in_with_their_first_write(graph: Graph) -> None:
    token = graph.token(NOBODY)
    assert (await graph.get(token=token)).pair == ("Available", "Available")
    assert (await graph.get(f"/users/{NOBODY}/presence")).status == 404
    assert len(graph.stand_in.people) == 5
    written = await graph.post("setUserPreferredPresence", BUSY, token=token)
    assert written.status == 200
    assert (await graph.get(f"/users/{NOBODY}/presence")).pair == ("Busy", "Busy")
    assert graph.stand_in.people[-1].oid == NOBODY


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/me/presence"),
        ("PATCH", "/me/presence"),
        ("PUT", f"/users/{ANNA}/presence"),
        ("DELETE", f"/communications/presences/{ANNA}"),
        ("GET", "/me/presence/setPresence"),
        ("GET", MANY),
        ("POST", "/communications/presences"),
        ("GET", "/communications/presences"),
        ("GET", "/communications/presences/$count"),
        ("POST", "/users"),
    ],
)
async def test_what_no_page_describes_is_not_allowed(graph: Graph, method: str, path: str) -> None:
    refused = await graph.call(method, path)
    assert (refused.status, refused.json["error"]["code"]) == (405, "MethodNotAllowed")


async def test_what_is_not_there_is_not_found(graph: Graph) -> None:
    for path in ("/me/messages", "/me/presence/clearStatusMessage"):
        assert (await graph.call("POST", path, {})).status == 404


async def test_a_presence_takes_no_query_options(graph: Graph) -> None:
    assert (await graph.get("/me/presence?$select=availability")).status == 400
    assert (await graph.get("/me/presence?$expand=x")).status == 400


async def test_a_refusal_carries_the_ids_of_the_request(graph: Graph) -> None:
    given = "0f0e0d0c-0000-4000-8000-000000000000"
    refused = await graph.get(f"/users/{NOBODY}/presence", headers={"client-request-id": given})
    inner = refused.json["error"]["innerError"]
    assert inner["request-id"] == refused.headers["request-id"] != given
    assert inner["client-request-id"] == refused.headers["client-request-id"] == given
    assert inner["date"] == "2026-03-10T09:30:00"


async def test_too_large_a_body_is_refused_in_graphs_form(graph: Graph) -> None:
    data = io.BytesIO(b'{"x": "' + b"x" * 2**21 + b'"}')
    refused = await graph.post(
        "setPresence", data=data, headers={"Content-Type": "application/json"}
    )
    assert refused.status == 413


async def test_every_request_is_in_the_log_as_it_came(graph: Graph) -> None:
    await graph.post("setUserPreferredPresence", BUSY)
    await graph.post("setPresence", data=b"{", headers={"Content-Type": "application/json"})
    await graph.get(f"/users/{NOBODY}/presence")
    await graph.get("/me/presence", token="made.up")
    application = graph.token(None, "User.ReadBasic.All")
    await graph.get("/users?$top=1", token=application)
    logged = [
        (call["method"], call["path"], call["body"], call["status"], call["oid"])
        for call in graph.calls.recent()
    ]
    assert logged == [
        ("POST", "/me/presence/setUserPreferredPresence", BUSY, 200, ANNA),
        ("POST", "/me/presence/setPresence", "{", 400, ANNA),
        ("GET", f"/users/{NOBODY}/presence", None, 404, ANNA),
        ("GET", "/me/presence", None, 401, None),
        ("GET", "/users?$top=1", None, 200, None),
    ]
    call = graph.calls.recent()[0]
    assert call["service"] == "graph"
    assert call["at"] == "2026-03-10T09:30:00+00:00"


async def test_the_panel_sees_what_the_looking_person_may_see(graph: Graph) -> None:
    await graph.say("x")
    own = graph.stand_in.seen_by(graph.token(ANNA), ANNA)
    assert "expiryDateTime" in own["statusMessage"]
    assert own.items() <= (await graph.get()).json.items()
    other = graph.stand_in.seen_by(graph.token(BEN), ANNA)
    assert other["statusMessage"] == {"message": {"content": "x", "contentType": "text"}}
    for token, oid, status in (
        (graph.token(BEN, "Presence.Read"), ANNA, 403),
        (graph.token(BEN), NOBODY, 404),
        ("made.up", ANNA, 401),
    ):
        with pytest.raises(Refusal) as refused:
            graph.stand_in.seen_by(token, oid)
        assert refused.value.status == status


def test_the_published_schema_is_here_where_it_is_required() -> None:
    if not shape.schema_is_here():
        missing(f"{shape.SCHEMA.name} is not here: answers are held to our own shapes only")
    assert "/me/presence" in json.loads(shape.SCHEMA.read_text(encoding="utf-8"))["paths"]
