"""The edge behind a real HTTP server on loopback, with turns that note what they were given."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.commands import Undo
from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.reply import Reply
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.service.traffic import Incoming
from bot.teams.inbound import Inbound, InboundCheck
from bot.teams.refusal import Refused
from bot.teams.signature import CardSigner
from tests.teams.activities import OID, TENANT

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
Client = TestClient[web.Request, web.Application]


class StoppedClock:
    """Tells the reference instant."""

    def now(self) -> datetime:
        return NOW


class NotedTurns:
    """Turns that are kept in lists; `failing` makes every one of them fail."""

    def __init__(self) -> None:
        self.messages: list[Incoming] = []
        self.presses: list[Incoming] = []
        self.welcomes: list[Incoming] = []
        self.removals: list[Incoming] = []
        self.failing = False
        self.full = False
        self.answer: dict[str, Any] = {
            "statusCode": 200,
            "type": "application/vnd.microsoft.card.adaptive",
            "value": {"type": "AdaptiveCard", "version": "1.5"},
        }

    def _fail(self) -> None:
        if self.failing:
            raise OSError("disk full")

    @property
    def total(self) -> int:
        return len(self.messages) + len(self.presses) + len(self.welcomes)

    async def message(self, incoming: Incoming) -> None:
        self._fail()
        self.messages.append(incoming)

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        self._fail()
        self.presses.append(incoming)
        return self.answer

    async def removed(self, incoming: Incoming) -> None:
        self._fail()
        self.removals.append(incoming)

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        raise NotImplementedError

    async def welcome(self, incoming: Incoming) -> None:
        self._fail()
        self.welcomes.append(incoming)


class HeaderCheck:
    """Believes a request by one header, and corrects the locale of those with another."""

    async def admit(self, headers: Mapping[str, str]) -> None:
        if "Authorization" not in headers:
            raise Refused(401, "There is no token.")
        if headers["Authorization"] != "Bearer good":
            raise Refused(403, "The token is not good.")

    async def check(self, headers: Mapping[str, str], activity: dict[str, Any]) -> None:
        if "X-Locale" in headers:
            activity["locale"] = headers["X-Locale"]


class Edge:
    """A running edge and what reached the turns; `signer` is the one of its cards."""

    def __init__(self, client: Client, turns: NotedTurns, signer: CardSigner) -> None:
        self.client = client
        self.turns = turns
        self.signer = signer
        self.undo = signer.data(Undo(), Person(tenant=TENANT, oid=OID))

    async def post(self, json: Any, **more: Any) -> tuple[int, Any]:
        headers = {"Authorization": "Bearer good", **more.pop("headers", {})}
        async with self.client.post(
            "/api/messages", json=json, headers=headers, **more
        ) as response:
            body = await response.json() if await response.read() else None
            return response.status, body

    async def post_bytes(
        self, data: bytes, content_type: str = "application/json"
    ) -> tuple[int, str]:
        headers = {"Authorization": "Bearer good", "Content-Type": content_type}
        async with self.client.post("/api/messages", data=data, headers=headers) as response:
            return response.status, await response.text()


async def serve(
    check: InboundCheck, *, most_at_once: int = 100, body_timeout: float = 10.0
) -> Edge:
    turns = NotedTurns()
    signer = CardSigner(keyring=Keyring([("k1", b"1" * 32)]), clock=StoppedClock())
    inbound = Inbound(
        check=check,
        turns=turns,
        clock=StoppedClock(),
        books=Phrasebooks(),
        signer=signer,
        most_at_once=most_at_once,
        body_timeout=body_timeout,
    )
    app = web.Application()
    app.add_routes(inbound.routes())
    client: Client = TestClient(TestServer(app))
    await client.start_server()
    return Edge(client, turns, signer)


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    running = await serve(HeaderCheck())
    yield running
    await running.client.close()
