"""The edge of a tenant on loopback, with its keys from a provider on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.net import Net
from bot.teams.auth import ConnectorCheck, fetch_json
from bot.teams.hosts import ServiceHosts
from bot.tokens import SigningKeys, TokenChecker
from tests.security.openid import APP_ID, ISSUER, OpenId, openid
from tests.teams.activities import TENANT
from tests.teams.conftest import Edge, StoppedClock, serve


class Seconds:
    """Monotonic time that passes when told."""

    def __init__(self) -> None:
        self.passed = 1_000.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
async def provider() -> AsyncIterator[OpenId]:
    async with openid() as running:
        yield running


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def keys(provider: OpenId, seconds: Seconds) -> AsyncIterator[SigningKeys]:
    async with Net() as net:
        made = SigningKeys(provider.url, fetch=fetch_json(net), monotonic=seconds)
        yield made
        await made.aclose()


@asynccontextmanager
async def running_edge(keys: SigningKeys) -> AsyncIterator[Edge]:
    """Serve the edge of a tenant."""
    tokens = TokenChecker(keys=keys, issuer=ISSUER, audience=APP_ID, clock=StoppedClock())
    running = await serve(
        ConnectorCheck(tokens=tokens, hosts=ServiceHosts(), tenants=[TENANT.upper()])
    )
    try:
        yield running
    finally:
        await running.client.close()


@pytest.fixture
async def tenant_edge(keys: SigningKeys) -> AsyncIterator[Edge]:
    async with running_edge(keys) as running:
        yield running
