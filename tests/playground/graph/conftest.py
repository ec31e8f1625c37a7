"""A served stand-in, a clock moved by hand, and a caller whose every answer is checked."""

from __future__ import annotations

import io
import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.playground.calls import CallLog
from bot.playground.faults import Faults
from bot.playground.graph.service import PREFIX, GraphStandIn
from bot.playground.hub import Hub
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.shelf import Shelf
from bot.playground.tokens import DELEGATED_SCOPES, PlaygroundTokens
from tests.playground.graph.shape import check_answer
from tests.playground.hand_clock import START, HandClock

ANNA, BEN = RESIDENTS[0].oid, RESIDENTS[1].oid
NOBODY = "99999999-7e57-4000-8000-999999999999"
APP = "7e57ab1e-0000-4000-8000-0000000000a0"
OTHER_APP = "7e57ab1e-0000-4000-8000-0000000000a1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: Any
    json: Any

    @property
    def pair(self) -> tuple[str, str]:
        return self.json["availability"], self.json["activity"]


@dataclass(kw_only=True)
class Graph:
    """One served stand-in, and requests to it as Anna unless another token is given."""

    clock: HandClock
    hub: Hub
    calls: CallLog
    faults: Faults
    tokens: PlaygroundTokens
    stand_in: GraphStandIn
    url: str
    session: aiohttp.ClientSession

    def token(
        self, oid: str | None = ANNA, *scopes: str, tenant: str = TENANT, app: str = APP
    ) -> str:
        return self.tokens.issue(oid, tenant, scopes or DELEGATED_SCOPES, app=app)

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
        data: bytes | io.BytesIO | None = None,
    ) -> Answer:
        """Send one request; every answer is held against Graph's published shapes."""
        sent = {"Authorization": f"Bearer {token or self.token()}", **(headers or {})}
        async with self.session.request(
            method,
            self.url + path,
            json=body,
            data=data,
            headers=sent,
            params=params,
            timeout=aiohttp.ClientTimeout(total=10),
        ) as response:
            raw = await response.read()
            value = await response.json() if raw else None
            check_answer(method, path, response.status, value)
            assert response.headers["request-id"]
            return Answer(status=response.status, headers=response.headers, json=value)

    async def get(self, path: str = "/me/presence", **how: Any) -> Answer:
        return await self.call("GET", path, **how)

    async def post(self, action: str, body: Any = None, *, to: str = "/me", **how: Any) -> Answer:
        return await self.call("POST", f"{to}/presence/{action}", body, **how)

    async def pair(self, path: str = "/me/presence") -> tuple[str, str]:
        return (await self.get(path)).pair

    async def prefer(self, availability: str, activity: str, length: str | None = None) -> Answer:
        body = {"availability": availability, "activity": activity}
        return await self.post(
            "setUserPreferredPresence", body | ({"expirationDuration": length} if length else {})
        )

    async def open_session(
        self, availability: str, activity: str, length: str | None = None, *, id: str = APP
    ) -> Answer:
        body = {"sessionId": id, "availability": availability, "activity": activity}
        return await self.post(
            "setPresence", body | ({"expirationDuration": length} if length else {})
        )

    async def say(self, text: str, end: str | None = None, zone: str = "UTC") -> Answer:
        status: dict[str, Any] = {"message": {"content": text, "contentType": "text"}}
        if end is not None:
            status["expiryDateTime"] = {"dateTime": end, "timeZone": zone}
        return await self.post("setStatusMessage", {"statusMessage": status})

    async def sign_out(self, *oids: str) -> None:
        for oid in oids or (ANNA,):
            await self.stand_in.control(oid, signed_in=False)


class House:
    """Opens stand-ins, on a shelf file where one is named, and closes them at the end."""

    def __init__(self) -> None:
        self._open: list[tuple[TestServer, aiohttp.ClientSession, Shelf]] = []

    async def open(
        self, path: Path | None = None, *, now: datetime = START, slow: float = 0.01
    ) -> Graph:
        clock, hub, shelf = HandClock(now), Hub(), Shelf(path)
        calls, faults = CallLog(hub), Faults(random.Random(7), slow=slow)  # noqa: S311  # dice
        tokens = PlaygroundTokens(clock, shelf)
        stand_in = GraphStandIn(
            clock=clock, shelf=shelf, hub=hub, calls=calls, faults=faults, tokens=tokens
        )
        await tokens.load()
        await stand_in.load()
        app = web.Application()
        stand_in.add_to(app)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        session = aiohttp.ClientSession()
        self._open.append((server, session, shelf))
        return Graph(
            clock=clock,
            hub=hub,
            calls=calls,
            faults=faults,
            tokens=tokens,
            stand_in=stand_in,
            url=str(server.make_url(PREFIX)),
            session=session,
        )

    async def close(self) -> None:
        for server, session, shelf in self._open:
            await session.close()
            await server.close()
            await shelf.close()
        self._open.clear()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    await house.close()


@pytest.fixture
async def graph(house: House) -> Graph:
    return await house.open()


def ids(count: int) -> Iterable[str]:
    return (f"{n:08x}-7e57-4000-8000-000000000000" for n in range(count))
