"""Looking people up by name and by address."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.people import RESIDENTS
from tests.playground.graph.conftest import ANNA, BEN, NOBODY, Graph

EVENTUAL = {"ConsistencyLevel": "eventual"}
NAMES = [person.name for person in RESIDENTS]


async def names(graph: Graph, **options: str) -> list[str]:
    answer = await graph.get(
        "/users", params={f"${k}": v for k, v in options.items()}, headers=EVENTUAL
    )
    assert answer.status == 200, answer.json
    assert answer.json["@odata.context"].endswith("$metadata#users")
    return [user["displayName"] for user in answer.json["value"]]


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("displayName eq 'Anna Berger'", ["Anna Berger"]),
        ("displayName eq 'anna berger'", ["Anna Berger"]),
        ("displayName eq 'Anna'", []),
        ("mail eq 'ben@lighthouse.example'", ["Ben Carter"]),
        ("userPrincipalName eq 'Chen@lighthouse.example'", ["Chen Li"]),
        ("startswith(displayName,'El')", ["Elena Fischer"]),
        ("startsWith(surname, 'B') or startswith(mail,'chen')", ["Anna Berger", "Chen Li"]),
        ("startswith(mail,'a') and surname eq 'Carter'", []),
        (
            "givenName eq 'Ben' and surname eq 'Carter' or givenName eq 'Anna'",
            ["Anna Berger", "Ben Carter"],
        ),
        ("displayName eq 'O''Hara or displayName eq ''x'", []),
        (f"id eq '{BEN}'", ["Ben Carter"]),
    ],
)
async def test_a_filter_finds_people(graph: Graph, test: str, found: list[str]) -> None:
    assert await names(graph, filter=test) == found


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ('"displayName:anna"', ["Anna Berger"]),
        ('"displayName:berg"', ["Anna Berger"]),
        ('"displayName:ann ber"', ["Anna Berger"]),
        ('"displayName:nna"', []),
        ('"mail:ben@"', ["Ben Carter"]),
        ('"displayName:c" OR "mail:daria"', ["Ben Carter", "Chen Li", "Daria Sokolova"]),
        ('"displayName:c" AND "mail:ben"', ["Ben Carter"]),
    ],
)
async def test_a_search_finds_words_by_their_beginning(
    graph: Graph, term: str, found: list[str]
) -> None:
    assert await names(graph, search=term) == found


async def test_without_a_question_everybody_is_there_up_to_the_top(graph: Graph) -> None:
    assert await names(graph) == NAMES
    assert await names(graph, top="2") == NAMES[:2]
    assert await names(graph, filter="endswith(mail,'example')", count="true") == NAMES


async def test_only_the_selected_properties_are_told(graph: Graph) -> None:
    answer = await graph.get(f"/users/{BEN}", params={"$select": "id, mail"})
    assert answer.json == {"id": BEN, "mail": "ben@lighthouse.example"}


@pytest.mark.parametrize(
    ("options", "headers"),
    [
        ({"$search": '"displayName:a"'}, {}),
        ({"$search": "anna"}, EVENTUAL),
        ({"$search": '"displayName:a" XOR "mail:b"'}, EVENTUAL),
        ({"$search": ""}, EVENTUAL),
        ({"$filter": ""}, EVENTUAL),
        ({"$filter": "displayName eq 'a' or"}, EVENTUAL),
        ({"$filter": "displayName eq Anna"}, EVENTUAL),
        ({"$filter": "displayName eq 'Anna' x"}, EVENTUAL),
        ({"$filter": "shoeSize eq '9'"}, EVENTUAL),
        ({"$filter": "endswith(mail,'x')"}, EVENTUAL),
        ({"$filter": "endswith(mail,'x')", "$count": "true"}, {}),
        ({"$select": "shoeSize"}, {}),
        ({"$top": "0"}, {}),
        ({"$top": "many"}, {}),
        ({"$skip": "1"}, {}),
    ],
)
async def test_a_question_that_graph_does_not_take_is_refused(
    graph: Graph, options: dict[str, str], headers: dict[str, str]
) -> None:
    refused = await graph.get("/users", params=options, headers=headers)
    assert refused.status == 400
    assert refused.json["error"]["code"] == "Request_UnsupportedQuery"


@pytest.mark.parametrize(
    ("scope", "me", "other", "find"),
    [
        ("User.Read", 200, 403, 403),
        ("User.ReadBasic.All", 200, 200, 200),
        ("Presence.Read.All", 403, 403, 403),
    ],
)
async def test_looking_up_needs_its_scope(
    graph: Graph, scope: str, me: int, other: int, find: int
) -> None:
    token = graph.token(ANNA, scope)
    assert (await graph.get("/me", token=token)).status == me
    assert (await graph.get(f"/users/{ANNA}", token=token)).status == me
    assert (await graph.get(f"/users/{BEN}", token=token)).status == other
    assert (await graph.get("/users", token=token)).status == find


async def test_one_person_is_found_by_id_and_by_address(graph: Graph) -> None:
    expected: dict[str, Any] = {
        "id": BEN,
        "displayName": "Ben Carter",
        "givenName": "Ben",
        "surname": "Carter",
        "mail": "ben@lighthouse.example",
        "userPrincipalName": "ben@lighthouse.example",
    }
    for who in (BEN, "ben@lighthouse.example", "Ben@Lighthouse.example"):
        assert (await graph.get(f"/users/{who}")).json == expected
    assert (await graph.get(f"/users/{NOBODY}")).status == 404
    assert (await graph.get("/me", token=graph.token(NOBODY))).status == 404
