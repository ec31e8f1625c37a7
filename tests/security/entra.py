"""Signing in against the Entra stand-in, in one process, with every part open to attacks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.domain.person import Person
from bot.identity.parts import Delegated, Registration, delegated
from bot.keyring import Keyring
from bot.net import Net
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.entra.service import PREFIX
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.standins import StandIns
from bot.playground.tokens import APP_ID, GRAPH, issuer
from bot.service.permissions import delegated_scopes
from bot.store.opening import open_store
from bot.store.store import SqlStore
from bot.teams.auth import fetch_json
from tests.databases import sqlite_url

ANNA = Person(tenant=TENANT, oid=RESIDENTS[0].oid)
BEN = Person(tenant=TENANT, oid=RESIDENTS[1].oid)
ELSEWHERE = "99999999-7e57-4000-8000-000000000099"
CHAT = f"a:{ANNA.oid}"
KEYS = Keyring.generate("k1")


@dataclass
class Entra:
    """A bot's identity, the stand-in behind it, and a browser in front of its pages."""

    url: str
    clock: Clock
    store: SqlStore
    stand_ins: StandIns
    identity: Delegated
    browser: aiohttp.ClientSession
    entra_url: str

    def sso(self, person: Person = ANNA, **changes: Any) -> str:
        """Return what a Teams client would hand over; `changes` alter its claims."""
        claims = {
            "aud": APP_ID,
            "iss": issuer(TENANT),
            "tid": person.tenant,
            "oid": person.oid,
            "scp": "access_as_user",
            **changes,
        }
        return self.stand_ins.tokens.sign(
            {name: value for name, value in claims.items() if value is not None}
        )

    async def ask(self, person: Person = ANNA, conversation: str = CHAT) -> str:
        """Return the id of a new request."""
        return (
            await self.identity.sign_ins.ask(person, conversation, claims=None, colleagues=False)
        ).id

    async def exchange(
        self,
        token: str,
        *,
        person: Person = ANNA,
        conversation: str = CHAT,
        request: str | None = None,
    ) -> None:
        await self.identity.sign_ins.exchange(
            person, conversation, request or await self.ask(), token
        )

    async def authorize_address(self, request: str | None = None) -> str:
        """Begin on the page and return where it sends the browser."""
        async with self.browser.get(
            f"{self.url}/auth/start",
            params={"request": request or await self.ask()},
            allow_redirects=False,
        ) as answer:
            assert answer.status == 302, await answer.text()
            return str(answer.headers["Location"])

    async def come_back(self, address: str, person: Person = ANNA, **said: str) -> str:
        """Sign in as somebody at Entra and return the address to which it sends back."""
        async with self.browser.post(
            address, data={"oid": person.oid, **said}, allow_redirects=False
        ) as answer:
            assert answer.status == 302, await answer.text()
            return str(answer.headers["Location"])

    async def end(self, address: str) -> tuple[int, str]:
        """Open the address to which Entra sent back."""
        async with self.browser.get(address, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def code(self) -> str:
        """Sign Anna in on the pages and return her code."""
        status, page = await self.end(await self.come_back(await self.authorize_address()))
        assert status == 200, page
        return page.partition("<output>")[2].partition("</output>")[0]

    def later(self, length: timedelta) -> None:
        self.clock.move_to(self.clock.now() + length)


@asynccontextmanager
async def entra(folder: Path) -> AsyncIterator[Entra]:
    clock = Clock()
    store = await open_store(sqlite_url(folder), mode="tenant", clock=clock)
    stand_ins = StandIns(clock)
    await stand_ins.load()
    app = web.Application()
    stand_ins.add_to(app)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    url = str(server.make_url("")).rstrip("/")
    pages_app = web.Application()
    try:
        async with (
            Net() as net,
            delegated(
                Registration(
                    tenant=TENANT,
                    app_id=APP_ID,
                    credential=APP_SECRET,
                    authority_url=f"{url}{PREFIX}",
                ),
                scopes=delegated_scopes(GRAPH),
                keys=Keyring.parse(KEYS),
                store=store,
                clock=clock,
                fetch=fetch_json(net),
                public_url="http://127.0.0.1:0",
            ) as first,
        ):
            # The pages need a port of their own before they know their address.
            pages_server = TestServer(pages_app, host="127.0.0.1")
            sign_ins = first.sign_ins
            pages_app.add_routes(first.pages.routes())
            await pages_server.start_server()
            public = str(pages_server.make_url("")).rstrip("/")
            sign_ins._public_url = public
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
                yield Entra(public, clock, store, stand_ins, first, browser, f"{url}{PREFIX}")
            await pages_server.close()
    finally:
        await server.close()
        await stand_ins.close()
        await store.close()
