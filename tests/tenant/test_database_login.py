"""A managed identity logs in to PostgreSQL with its token, and no password is set anywhere."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.clock import Clock
from bot.service.errors import ConfigurationError
from bot.settings import Settings, read_settings
from bot.store import backup
from bot.store.login import needs_password
from bot.store.opening import open_store
from bot.wiring_tenant import database_login
from tests.databases import postgres_url
from tests.tenant.test_operation import GIVEN

TOKEN = "the token of the identity"


@asynccontextmanager
async def identity(monkeypatch: pytest.MonkeyPatch, status: int = 200) -> AsyncIterator[list[str]]:
    """The endpoint of a managed identity in a container app; yields what it was asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.query["resource"])
        body = {
            "access_token": TOKEN,
            "expires_on": str(int(time.time()) + 3600),
            "resource": request.query["resource"],
            "token_type": "Bearer",
        }
        return web.json_response(body if status == 200 else {"error": "no"}, status=status)

    app = web.Application()
    app.add_routes([web.get("/msi/token", answer)])
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/msi/token")))
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    yield asked
    await server.close()


@asynccontextmanager
async def server_that_asks() -> AsyncIterator[tuple[int, list[str]]]:
    """A PostgreSQL server as far as its question for a password; yields what it was told."""
    told: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            (length, code) = struct.unpack("!ii", await reader.readexactly(8))
            await reader.readexactly(length - 8)
            if code == 196608:  # protocol 3.0; before it come questions for TLS
                break
            writer.write(b"N")
        writer.write(b"R" + struct.pack("!ii", 8, 3))  # AuthenticationCleartextPassword
        await reader.readexactly(1)
        (length,) = struct.unpack("!i", await reader.readexactly(4))
        told.append((await reader.readexactly(length - 4)).rstrip(b"\0").decode())
        fields = b"SFATAL\0C28P01\0Mno\0\0"
        writer.write(b"E" + struct.pack("!i", len(fields) + 4) + fields)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], told


def settings(url: str) -> Settings:
    given = {name: GIVEN[name] for name in GIVEN if name != "MicrosoftAppPassword"}
    return read_settings({**given, "DATABASE_URL": url})


async def test_the_token_is_the_password_of_the_store_and_of_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with identity(monkeypatch) as asked, server_that_asks() as (port, told):
        url = f"postgresql://bot@127.0.0.1:{port}/bot"
        with database_login(settings(url)):
            with pytest.raises(ConfigurationError, match="does not answer"):
                await open_store(url, mode="tenant", clock=Clock())
            assert set(told) == {TOKEN}
            told.clear()
            with pytest.raises(ConfigurationError, match="cannot be used"):
                await asyncio.to_thread(
                    backup.back_up, url, tmp_path / "file", mode="tenant", now=Clock().now()
                )
            assert set(told) == {TOKEN}
        assert set(asked) == {"https://ossrdbms-aad.database.windows.net"}


async def test_without_a_token_the_database_cannot_be_had_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with identity(monkeypatch, status=400), server_that_asks() as (port, told):
        url = f"postgresql://bot@127.0.0.1:{port}/bot"
        with (
            database_login(settings(url)),
            pytest.raises(ConfigurationError, match="does not answer"),
        ):
            await open_store(url, mode="tenant", clock=Clock())
        assert told == []


async def test_afterwards_connections_are_made_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    async with identity(monkeypatch) as asked:
        with postgres_url() as url, database_login(settings(url)):
            store = await open_store(url, mode="tenant", clock=Clock())
            await store.close()
            assert asked
        asked.clear()
        with postgres_url() as url:
            engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
            with engine.connect() as connection:
                assert connection.scalar(sa.text("SELECT 1")) == 1
            engine.dispose()
        assert asked == []


@pytest.mark.parametrize(
    ("url", "needed"),
    [
        ("postgresql://id@host/db?sslmode=require", True),
        ("postgresql+psycopg://id@host/db", True),
        ("postgresql://id:secret@host/db", False),
        ("postgresql://host/db", False),
        ("sqlite:////data/bot.sqlite3", False),
        ("no address", False),
    ],
)
def test_a_password_is_needed_where_a_name_has_none(url: str, needed: bool) -> None:
    assert needs_password(url) is needed
