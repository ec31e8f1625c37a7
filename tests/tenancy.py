"""A tenant of stand-ins around a bot that serves it, in this process or in one of its own."""

from __future__ import annotations

import asyncio
import datetime
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.keyring import Keyring
from bot.playground.connector import PREFIX as CONNECTOR
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.entra.service import PREFIX as ENTRA
from bot.playground.graph.service import PREFIX as GRAPH
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.standins import StandIns
from bot.playground.tokens import APP_ID
from tests.databases import sqlite_url
from tests.running import ROOT
from tests.security.openid import OpenId, claims, made_at, openid, sign
from tests.teams import activities

ANNA = RESIDENTS[0].oid
CHAT = f"a:{ANNA}"
KEYS = Keyring.generate("canary")


async def soon(look: Callable[[], Awaitable[Any]]) -> Any:
    """Return the first true answer of `look`; fail where there is none in 20 seconds."""
    async with asyncio.timeout(20):
        while not (found := await look()):  # noqa: ASYNC110  # HTTP sets no event
            await asyncio.sleep(0.02)
    return found


@dataclass
class World:
    """The stand-ins of a tenant, and `environment` that points a bot at them."""

    url: str
    stand_ins: StandIns
    provider: OpenId
    service_url: str
    http: aiohttp.ClientSession
    environment: dict[str, str]
    listener: socket.socket

    async def post(self, activity: dict[str, Any]) -> tuple[int, Any]:
        made_at.set(datetime.datetime.now(datetime.UTC))
        token = sign(claims(aud=APP_ID, serviceurl=self.service_url))
        async with self.http.post(
            f"{self.url}/api/messages",
            json=activity,
            headers={"Authorization": f"Bearer {token}"},
        ) as answer:
            return answer.status, await answer.json() if await answer.read() else None

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.http.get(self.url + path) as answer:
            if answer.content_type == "application/json":
                return answer.status, await answer.json()
            return answer.status, await answer.text()

    async def status(self, path: str, wanted: int) -> Any:
        """Return the body at `path` once it is answered with this status."""

        async def answered() -> Any:
            status, body = await self.get(path)
            return body if status == wanted else None

        return await soon(answered)

    async def called(self, service: str) -> None:
        """Wait until a stand-in was called."""

        async def was() -> bool:
            return bool(self.calls(service))

        await soon(was)

    def activity(self, **fields: Any) -> dict[str, Any]:
        now = datetime.datetime.now(datetime.UTC).isoformat()
        return activities.activity(
            **{
                "id": uuid4().hex,
                "timestamp": now,
                "serviceUrl": self.service_url,
                "from": {"id": f"29:{ANNA}", "name": "Anna", "aadObjectId": ANNA},
                "conversation": {"id": CHAT, "conversationType": "personal", "tenantId": TENANT},
                "channelData": {"tenant": {"id": TENANT}},
                "locale": "en-GB",
                **fields,
            }
        )

    async def say(self, text: str) -> None:
        assert (await self.post(self.activity(text=text)))[0] == 202

    async def sign_in(self) -> None:
        """Say something, and answer the card that asks for a sign-in as a Teams client does."""
        await self.say("busy for 1 hour")
        (card,) = await self.sent(1)
        value = {
            "id": card["content"]["tokenExchangeResource"]["id"],
            "token": self.stand_ins.entra.endpoint.sso_token(ANNA),
        }
        invoke = self.activity(type="invoke", name="signin/tokenExchange", value=value)
        assert (await self.post(invoke))[0] == 200
        await self.sent(2)

    async def sent(self, count: int) -> list[dict[str, Any]]:
        """Return what the bot has sent after its greeting, once there are so many messages."""
        async with asyncio.timeout(20):
            while True:
                chat = next(
                    (c for c in self.stand_ins.chats.seen_by(ANNA) if c["id"] == CHAT), None
                )
                items: list[dict[str, Any]] = chat["items"] if chat else []
                sent = [item["attachments"][0] for item in items]
                found = [one for one in sent if not _greets(one)]
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.02)

    def calls(self, service: str) -> list[dict[str, Any]]:
        return [c for c in self.stand_ins.calls.recent() if c["service"] == service]


def _greets(attachment: dict[str, Any]) -> bool:
    return str(attachment["content"].get("fallbackText", "")).startswith("Hello!")


@asynccontextmanager
async def world(folder: Path, **settings: str) -> AsyncIterator[World]:
    """Serve the stand-ins; the bot is to take the listener, or its port."""
    async with AsyncExitStack() as stack:
        stand_ins = StandIns(Clock())
        stack.push_async_callback(stand_ins.close)
        await stand_ins.load()
        app = web.Application()
        stand_ins.add_to(app)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        stack.push_async_callback(server.close)
        base = str(server.make_url("")).rstrip("/")
        provider = await stack.enter_async_context(openid())
        listener = socket.create_server(("127.0.0.1", 0))
        stack.callback(listener.close)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        environment = {
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppTenantId": TENANT,
            "TOKEN_KEYS": KEYS,
            "PUBLIC_URL": url,
            "DATABASE_URL": sqlite_url(folder),
            "AUTHORITY_URL": f"{base}{ENTRA}",
            "GRAPH_URL": f"{base}{GRAPH}",
            "BOT_OPENID_METADATA_URL": provider.url,
            "SERVICE_HOSTS": "127.0.0.1",
            **settings,
        }
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield World(url, stand_ins, provider, f"{base}{CONNECTOR}/", http, environment, listener)


class BotProcess:
    """A bot for that tenant in a process of its own, which acts with its own permission."""

    def __init__(self, around: World, process: asyncio.subprocess.Process) -> None:
        self.around = around
        self.process = process

    async def ends(self) -> int:
        """Return the exit code."""
        async with asyncio.timeout(40):
            return await self.process.wait()

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)


async def process_of(
    environment: dict[str, str], folder: Path
) -> tuple[asyncio.subprocess.Process, str]:
    """Start `app.py` and return it as soon as it serves, with where; its log goes to a file."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (folder / "stderr.txt").open("a") as errors:  # before it starts
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "app.py"),
            cwd=ROOT,
            env={**kept, "LOG_LEVEL": "WARNING", **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdout is not None
    async with asyncio.timeout(120):  # also where all cores are busy
        line = (await process.stdout.readline()).decode()
    found = re.search(r":(\d+)/ \(ready in [0-9.]+ s", line)
    assert found, line
    return process, f"http://127.0.0.1:{found[1]}"


@asynccontextmanager
async def bot_process(folder: Path, **settings: str) -> AsyncIterator[BotProcess]:
    """Start `app.py` for a tenant of stand-ins."""
    application = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}
    async with world(folder, **{**application, **settings}) as around:
        around.listener.close()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {
            **kept,
            "LOG_LEVEL": "INFO",
            "LOG_FORMAT": "json",
            **around.environment,
            "PORT": around.url.rpartition(":")[2],
        }
        with (folder / "stderr.txt").open("a") as errors:  # before it starts
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "app.py",
                cwd=ROOT,
                env=environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(30):
                line = (await process.stdout.readline()).decode()
            assert re.search(r"ready in [0-9.]+ s", line), line
            yield BotProcess(around, process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
