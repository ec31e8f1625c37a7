"""The bot as it serves a tenant, with stand-ins where Microsoft's services would be."""

from __future__ import annotations

import asyncio
import datetime
import logging
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.clock import Clock
from bot.keyring import Keyring
from bot.playground.connector import PREFIX as CONNECTOR
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.entra.service import PREFIX as ENTRA
from bot.playground.graph.service import PREFIX as GRAPH
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.standins import StandIns
from bot.playground.tokens import APP_ID
from bot.service.errors import ConfigurationError
from bot.settings import read_settings
from bot.wiring_core import Core
from bot.wiring_tenant import tenant_bot
from tests.databases import sqlite_url
from tests.security.openid import claims, made_at, openid, sign
from tests.teams import activities

ANNA = RESIDENTS[0].oid
CHAT = f"a:{ANNA}"
CANARY_TEXT = "canary words of Anna"
KEYS = Keyring.generate("canary")


@dataclass
class Tenant:
    url: str
    core: Core
    stand_ins: StandIns
    service_url: str
    http: aiohttp.ClientSession
    environment: dict[str, str]

    async def post(self, activity: dict[str, Any]) -> tuple[int, Any]:
        made_at.set(datetime.datetime.now(datetime.UTC))
        token = sign(claims(aud=APP_ID, serviceurl=self.service_url))
        async with self.http.post(
            f"{self.url}/api/messages",
            json=activity,
            headers={"Authorization": f"Bearer {token}"},
        ) as answer:
            return answer.status, await answer.json() if await answer.read() else None

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

    async def sent(self, count: int) -> list[dict[str, Any]]:
        """Return what the bot has sent, once there are so many messages."""
        async with asyncio.timeout(20):
            while True:
                chat = next(
                    (c for c in self.stand_ins.chats.seen_by(ANNA) if c["id"] == CHAT), None
                )
                items: list[dict[str, Any]] = chat["items"] if chat else []
                if len(items) >= count:
                    return [item["attachments"][0] for item in items]
                await asyncio.sleep(0.02)

    def calls(self, service: str) -> list[dict[str, Any]]:
        return [c for c in self.stand_ins.calls.recent() if c["service"] == service]


@asynccontextmanager
async def tenant(folder: Path, **settings: str) -> AsyncIterator[Tenant]:
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
        core = await stack.enter_async_context(tenant_bot(read_settings(environment), listener))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        yield Tenant(url, core, stand_ins, f"{base}{CONNECTOR}/", http, environment)


async def test_a_person_of_a_tenant_signs_in_silently_and_is_served(tmp_path: Path) -> None:
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        await bot.say("busy for 1 hour")
        (card,) = await bot.sent(1)
        request = card["content"]["tokenExchangeResource"]["id"]
        token = bot.stand_ins.entra.endpoint.sso_token(ANNA)
        value = {"id": request, "connectionName": "x", "token": token}
        status, body = await bot.post(
            bot.activity(type="invoke", name="signin/tokenExchange", value=value)
        )
        assert (status, body["id"]) == (200, request)
        sent = await bot.sent(2)
        assert sent[1]["content"]["fallbackText"].startswith("Busy until")
        tokens = [c["body"]["grant_type"] for c in bot.calls("entra") if c["body"]]
        assert tokens.count("client_credentials") == 1  # the connector's, for every message
        await bot.say("dnd for 1 hour")
        await bot.sent(3)
        assert len([c for c in bot.calls("entra") if c["body"]]) == len(tokens)


def certificate(folder: Path) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "presence bot")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "app.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


@asynccontextmanager
async def identity_endpoint(
    monkeypatch: pytest.MonkeyPatch, sign_assertion: list[Any]
) -> AsyncIterator[None]:
    """The endpoint of a managed identity, as App Service has it."""

    async def answer(request: web.Request) -> web.Response:
        assert request.headers["X-IDENTITY-HEADER"] == "header"
        assert request.query["resource"] == "api://AzureADTokenExchange"
        token = sign_assertion[0]({"aud": request.query["resource"], "sub": "identity"})
        return web.json_response(
            {
                "access_token": token,
                "expires_on": str(int(time.time()) + 3600),
                "resource": request.query["resource"],
                "token_type": "Bearer",
            }
        )

    app = web.Application()
    app.add_routes([web.get("/msi/token", answer)])
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/msi/token")))
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    yield
    await server.close()


@pytest.mark.parametrize("how", ["secret", "certificate", "managed identity"])
async def test_with_application_permission_nobody_signs_in(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing: list[Any] = []
    async with identity_endpoint(monkeypatch, signing):
        setting = {
            "secret": {"MicrosoftAppPassword": APP_SECRET},
            "certificate": {"MicrosoftAppCertificatePath": certificate(tmp_path)},
            "managed identity": {"MANAGED_IDENTITY_CLIENT_ID": str(uuid4())},
        }[how]
        async with tenant(tmp_path, GRAPH_PERMISSION="application", **setting) as bot:
            signing.append(bot.stand_ins.tokens.sign)
            await bot.say("busy for 1 hour")
            (card,) = await bot.sent(1)
            assert card["content"]["fallbackText"].startswith("Busy until")
            assert {c["path"].split("/")[1] for c in bot.calls("graph")} == {"users"}
            grants = [c["body"]["grant_type"] for c in bot.calls("entra") if c["body"]]
            assert grants == ["client_credentials"] * 2  # Graph's and the connector's


async def test_a_wrong_secret_is_said_without_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "canary-wrong-secret"
    async with tenant(
        tmp_path, GRAPH_PERMISSION="application", MicrosoftAppPassword=secret
    ) as bot:
        with caplog.at_level(logging.DEBUG):
            await bot.say("busy for 1 hour")
            async with asyncio.timeout(20):
                while "7000215" not in caplog.text:  # noqa: ASYNC110  # a log sets no event
                    await asyncio.sleep(0.02)
    assert secret not in caplog.text


async def lag(seconds: float) -> float:
    """Return the longest time that the loop was late within some seconds."""
    worst, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        before = time.monotonic()
        await asyncio.sleep(0.01)
        worst = max(worst, time.monotonic() - before - 0.01)
    return worst


async def test_the_loop_goes_on_while_the_token_endpoint_is_slow(tmp_path: Path) -> None:
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        await bot.say("busy for 1 hour")
        await bot.sent(1)
        bot.stand_ins.faults._slow = 5.0
        bot.stand_ins.faults.replace([{"service": "entra", "kind": "slow", "match": "/token"}])
        waiting = asyncio.create_task(
            bot.core.turns.signing_in._sign_ins.exchange(  # type: ignore[union-attr]  # delegated
                *await _request(bot), bot.stand_ins.entra.endpoint.sso_token(ANNA)
            )
        )
        await asyncio.sleep(0.3)  # until it waits for the endpoint
        quickest = min([await lag(1.0) for _ in range(4)])
        assert not waiting.done()
        await waiting
        # The quickest of four seconds: the machine may be busy, a call on the loop blocks all.
        assert quickest < 0.05


async def _request(bot: Tenant) -> tuple[Any, str, str]:
    from bot.domain.person import Person

    person = Person(tenant=TENANT, oid=ANNA)
    signing_in = bot.core.turns.signing_in
    assert signing_in is not None
    asked = await signing_in._sign_ins.ask(person, CHAT, claims=None)
    return person, CHAT, asked.id


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING])
async def test_no_secret_and_nobodys_words_are_in_logs_pages_or_the_database(
    tmp_path: Path, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(level)
    canaries: set[str] = {APP_SECRET, KEYS.partition(":")[2], CANARY_TEXT}
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        made = bot.stand_ins.entra._grants.new_refresh_token

        async def noted(oid: str, app: str) -> str:
            token = await made(oid, app)
            canaries.add(token)
            return token

        bot.stand_ins.entra._grants.new_refresh_token = noted  # type: ignore[method-assign]
        issue = bot.stand_ins.tokens.sign

        def signed(claims: dict[str, Any]) -> str:
            token = issue(claims)
            canaries.add(token)
            return token

        bot.stand_ins.tokens.sign = signed  # type: ignore[method-assign]
        await bot.say(f"busy for 1 hour, say {CANARY_TEXT}")
        (card,) = await bot.sent(1)
        value = {
            "id": card["content"]["tokenExchangeResource"]["id"],
            "token": bot.stand_ins.entra.endpoint.sso_token(ANNA),
        }
        answers = [
            await bot.post(bot.activity(type="invoke", name="signin/tokenExchange", value=value))
        ]
        await bot.sent(2)
        await bot.say(f"remind me in 1 hour to {CANARY_TEXT}")
        await bot.sent(3)
        page = await bot.http.get(f"{bot.url}/auth/callback?code={APP_SECRET}&state=x")
        text = await page.text()
        assert len(canaries) > 5
        await asyncio.sleep(0.1)
    database = b"".join(
        [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]  # noqa: ASYNC240
    )
    secrets = canaries - {CANARY_TEXT}
    assert not [one for one in canaries if one in caplog.text]
    assert not [one for one in secrets if one in text or one in str(answers)]
    assert not [one for one in secrets if one.encode() in database]


def test_a_tenants_settings_are_checked_all_at_once() -> None:
    with pytest.raises(ConfigurationError) as wrong:
        read_settings(
            {"MicrosoftAppId": "x", "TOKEN_KEYS": "k1:canary", "AUTHORITY_URL": "http://a"}
        )
    said = "\n".join(wrong.value.problems)
    for name in (
        "MicrosoftAppId is 'x'",
        "MicrosoftAppTenantId is missing",
        "exactly one of MicrosoftAppPassword",
        "PUBLIC_URL is missing",
        "TOKEN_KEYS cannot be read",
        "AUTHORITY_URL must be an https address",
    ):
        assert name in said
    assert "canary" not in said
