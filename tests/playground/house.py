"""The playground with an echo bot in one process, served on a free port of loopback."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from bot.playground.calls import CallLog
from bot.playground.chats import Chats
from bot.playground.connector import ConnectorStandIn
from bot.playground.entra.accounts import Accounts
from bot.playground.hub import Hub
from bot.playground.people import RESIDENTS, Resident
from bot.playground.roster import Roster
from bot.playground.sender import Sender
from bot.playground.shelf import Shelf
from bot.playground.site import Site
from bot.playground.stepper import NextDue, Stepper
from bot.playground.tokens import PlaygroundTokens
from tests.playground.echo_bot import EchoBot

ANNA, BEN = RESIDENTS[0], RESIDENTS[1]


class SeenPresences:
    """Presence as the page needs it: everybody Available, unless their client is signed out."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._signed_in = {person.oid: True for person in RESIDENTS}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.availability: dict[str, tuple[str, str]] = {}
        self.lag = timedelta(0)

    @property
    def people(self) -> Sequence[Resident]:
        return RESIDENTS

    def seen_by(self, token: str, oid: str) -> dict[str, Any]:
        shown = self.availability.get(oid, ("Available", "Available"))
        availability, activity = shown if self._signed_in[oid] else ("Offline", "Offline")
        return {
            "id": oid,
            "availability": availability,
            "activity": activity,
            "statusMessage": self.statuses.get(oid),
            "lookedAtBy": token,
        }

    def controls(self, oid: str) -> dict[str, Any]:
        return {"signed_in": self._signed_in[oid], "in_call": False}

    async def control(self, oid: str, **changes: Any) -> dict[str, Any]:
        if changes.keys() - {"signed_in"}:
            raise ValueError("a Teams client has no such switch")
        self._signed_in[oid] = changes["signed_in"]
        self._hub.publish("presence", {"oid": oid})
        return self.controls(oid)

    async def set_lag(self, lag: timedelta) -> None:
        self.lag = lag


class FaultList:
    """Keeps the list; a fault makes its service answer 503."""

    def __init__(self) -> None:
        self.faults: list[dict[str, Any]] = []

    def replace(self, faults: Any) -> None:
        if not isinstance(faults, list):
            raise ValueError("faults are a list")  # noqa: TRY004  # as the real one does
        self.faults = faults

    def as_json(self) -> list[dict[str, Any]]:
        return self.faults

    def middleware(self, service: str) -> Middleware:
        @web.middleware
        async def misbehave(request: web.Request, handler: Handler) -> web.StreamResponse:
            if any(fault["service"] == service for fault in self.faults):
                raise web.HTTPServiceUnavailable(headers={"Retry-After": "2"})
            return await handler(request)

        return misbehave


async def nothing_to_wait_for() -> None:
    pass


@dataclass
class House:
    url: str
    session: aiohttp.ClientSession
    bot: EchoBot
    clock: Clock
    calls: CallLog
    presences: SeenPresences
    faults: FaultList
    runner: web.AppRunner

    async def send(self, **body: Any) -> dict[str, Any]:
        async with self.session.post(
            f"{self.url}/playground/send",
            json={"as": ANNA.oid, "zone": "Europe/Berlin", **body},
        ) as answer:
            assert answer.status == 200, await answer.text()
            sent: dict[str, Any] = await answer.json()
            return sent

    async def items(self, chat: str | None = None, *, oid: str = ANNA.oid) -> list[dict[str, Any]]:
        state = (await self.events(1, oid=oid))[0][1]
        wanted = chat or f"a:{oid}"
        for one in state["chats"]:
            if one["id"] == wanted:
                items: list[dict[str, Any]] = one["items"]
                return items
        raise AssertionError(f"{oid} does not see {wanted}")

    async def events(
        self,
        count: int,
        *,
        oid: str = ANNA.oid,
        meanwhile: Callable[[], Awaitable[Any]] = nothing_to_wait_for,
    ) -> list[tuple[str, Any]]:
        """Return the first events of a stream; `meanwhile` runs after the first."""
        seen: list[tuple[str, Any]] = []
        url = f"{self.url}/playground/events?as={oid}"
        async with asyncio.timeout(10), self.session.get(url) as stream:
            kind = ""
            async for line in stream.content:
                if line.startswith(b"event: "):
                    kind = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    seen.append((kind, json.loads(line[6:])))
                    if len(seen) == count:
                        break
                    if len(seen) == 1:
                        await meanwhile()
        return seen


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def playground(
    path: Path | None = None,
    *,
    sources: Sequence[NextDue] = (),
    settle: Callable[[], Awaitable[None]] = nothing_to_wait_for,
    port: int | None = None,
    messages_url: str | None = None,
) -> AsyncIterator[House]:
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    clock = Clock()
    shelf, hub, faults, bot = Shelf(path), Hub(), FaultList(), EchoBot()
    calls, presences = CallLog(hub), SeenPresences(hub)
    roster, chats = Roster(shelf), Chats(clock=clock, shelf=shelf, hub=hub)
    stepper = Stepper(clock, sources, settle, shelf)
    await stepper.restore()
    await roster.load()
    await chats.load()
    app = web.Application()
    bot.add_to(app)
    ConnectorStandIn(clock=clock, chats=chats, roster=roster, calls=calls, faults=faults).add_to(
        app
    )
    Site(
        clock=clock,
        hub=hub,
        calls=calls,
        roster=roster,
        chats=chats,
        sender=Sender(
            clock=clock, chats=chats, roster=roster, base_url=url, messages_url=messages_url
        ),
        presences=presences,
        faults=faults,
        stepper=stepper,
        accounts=Accounts(shelf=shelf, hub=hub, tokens=PlaygroundTokens(clock, shelf)),
        token_for=lambda oid: f"token of {oid}",
    ).add_to(app)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        async with aiohttp.ClientSession() as session:
            yield House(url, session, bot, clock, calls, presences, faults, runner)
    finally:
        await runner.cleanup()
        await shelf.close()
