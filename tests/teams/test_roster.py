"""Who is in a conversation, against a connector on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.net import Net
from bot.service.errors import Unavailable
from bot.service.traffic import Colleague
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceHosts
from bot.teams.roster import ConnectorRoster

ANNA = {
    "id": "29:anna",
    "name": "Anna Berger",
    "aadObjectId": "oid-anna",
    "userPrincipalName": "anna@lighthouse.example",
}
BEN = {"id": "29:ben", "name": "Ben Carter", "objectId": "oid-ben", "email": "ben@x.example"}
A_BOT = {"id": "28:bot", "name": "Presence Bot"}


class Members:
    """Answers with `pages`, and then with `status`; notes the paths."""

    def __init__(self) -> None:
        self.pages: list[Any] = []
        self.status = 200
        self.paths: list[str] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.paths.append(request.raw_path)
        if self.status != 200:
            return web.json_response({"error": {}}, status=self.status)
        return web.json_response(self.pages.pop(0))


@pytest.fixture
def members() -> Members:
    return Members()


@pytest.fixture
async def address(members: Members) -> AsyncIterator[dict[str, str]]:
    app = web.Application()
    app.router.add_get("/{path:.*}", members.handle)
    async with TestServer(app) as server:
        yield {
            "service_url": f"http://{server.host}:{server.port}/",
            "conversation": "19:general@thread.tacv2;messageid=17",
        }


@pytest.fixture
async def roster() -> AsyncIterator[ConnectorRoster]:
    async def no_token(*, refresh: bool = False) -> str | None:
        return None

    async with Net() as net:
        hosts = ServiceHosts(["127.0.0.1"])
        yield ConnectorRoster(connector=Connector(net=net, hosts=hosts, token=no_token))


async def test_people_of_all_pages_are_told_without_the_bot(
    members: Members, address: dict[str, str], roster: ConnectorRoster
) -> None:
    members.pages = [
        {"members": [ANNA, A_BOT], "continuationToken": "a&b"},
        {"members": [BEN], "continuationToken": ""},
    ]
    assert await roster.members(address) == [
        Colleague(oid="oid-anna", name="Anna Berger", mail="anna@lighthouse.example"),
        Colleague(oid="oid-ben", name="Ben Carter", mail="ben@x.example"),
    ]
    conversation = "/v3/conversations/19:general@thread.tacv2/pagedmembers?pageSize=500"
    assert members.paths == [conversation, f"{conversation}&continuationToken=a%26b"]


async def test_a_conversation_without_end_is_read_to_a_bound(
    members: Members, address: dict[str, str], roster: ConnectorRoster
) -> None:
    members.pages = [{"members": [ANNA], "continuationToken": "on"}] * 5
    assert len(await roster.members(address)) == 2


async def test_members_that_cannot_be_had_are_an_error(
    members: Members, address: dict[str, str], roster: ConnectorRoster
) -> None:
    members.status = 404
    with pytest.raises(Unavailable):
        await roster.members(address)


async def test_a_mention_is_somebody_or_nobody(
    members: Members, address: dict[str, str], roster: ConnectorRoster
) -> None:
    members.pages = [BEN, A_BOT]
    found = await roster.member(address, "29:ben")
    assert found == Colleague(oid="oid-ben", name="Ben Carter", mail="ben@x.example")
    assert await roster.member(address, "28:bot") is None
    members.status = 404
    assert await roster.member(address, "29:gone") is None
