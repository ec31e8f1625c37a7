"""The bot as it serves a tenant, with stand-ins where Microsoft's services would be."""

from __future__ import annotations

import asyncio
import datetime
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.service.errors import ConfigurationError
from bot.settings import read_settings
from bot.wiring_core import Core
from bot.wiring_tenant import tenant_bot
from tests.tenancy import ANNA, CHAT, World, world


@dataclass
class Tenant(World):
    core: Core


@asynccontextmanager
async def tenant(folder: Path, **settings: str) -> AsyncIterator[Tenant]:
    async with (
        world(folder, **settings) as around,
        tenant_bot(read_settings(around.environment), around.listener) as core,
    ):
        yield Tenant(**vars(around), core=core)


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


async def test_a_token_that_cannot_be_exchanged_in_time_is_answered_and_taken_later(
    tmp_path: Path,
) -> None:
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        await bot.say("busy for 1 hour")
        (card,) = await bot.sent(1)
        bot.stand_ins.faults._slow = 7.0
        bot.stand_ins.faults.replace([{"service": "entra", "kind": "slow", "match": "/token"}])
        value = {
            "id": card["content"]["tokenExchangeResource"]["id"],
            "token": bot.stand_ins.entra.endpoint.sso_token(ANNA),
        }
        invoke = bot.activity(type="invoke", name="signin/tokenExchange", value=value)
        first, _ = await asyncio.gather(bot.post(invoke), bot.called("entra"))
        assert first[0] == 412
        assert len(await bot.sent(1)) == 1  # Entra has not answered yet
        assert await bot.post(invoke) == first
        sent = await bot.sent(2)
        assert sent[1]["content"]["fallbackText"].startswith("Busy until")
        assert await bot.post(invoke) == first


async def _request(bot: Tenant) -> tuple[Any, str, str]:
    from bot.domain.person import Person

    person = Person(tenant=TENANT, oid=ANNA)
    signing_in = bot.core.turns.signing_in
    assert signing_in is not None
    asked = await signing_in._sign_ins.ask(person, CHAT, claims=None, colleagues=False)
    return person, CHAT, asked.id


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
