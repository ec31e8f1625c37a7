"""The attack table on stock botbuilder: its own adapter and handler, with our provider's keys.

`python -m tests.security.stock` prints both columns. It needs botbuilder-integration-aiohttp.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from botbuilder.core import ActivityHandler
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.auth import AuthenticationConfiguration
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.net import Net
from bot.teams.auth import fetch_json
from bot.tokens import SigningKeys
from tests.security.attacks import ATTACKS, Attack
from tests.security.conftest import running_edge
from tests.security.openid import APP_ID, ISSUER, OpenId, made_at, openid
from tests.teams.conftest import NOW, Client


@contextmanager
def provider_in_a_thread() -> Iterator[OpenId]:
    """Run the provider beside the loop: stock botbuilder stops its own while it fetches keys."""
    ready, done, found = threading.Event(), threading.Event(), []

    async def run() -> None:
        async with openid() as provider:
            found.append(provider)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    ready.wait()
    try:
        yield found[0]
    finally:
        done.set()
        thread.join()


def _configuration(metadata_url: str) -> object:
    class Configuration:
        APP_ID = APP_ID
        APP_PASSWORD = "not used"
        APP_TYPE = "MultiTenant"
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = metadata_url
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = metadata_url
        TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = ISSUER
        OAUTH_URL = ISSUER

    return Configuration()


@asynccontextmanager
async def stock_edge(metadata_url: str) -> AsyncIterator[Client]:
    """Serve a bot that does nothing behind the stock adapter."""
    # Its keys are kept by address for the whole process, and ports come round again.
    JwtTokenExtractor.metadataCache.clear()
    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(
            _configuration(metadata_url), auth_configuration=AuthenticationConfiguration()
        )
    )
    bot = ActivityHandler()

    async def messages(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await adapter.process(request, bot)
        return answer

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    client: Client = TestClient(TestServer(app))
    await client.start_server()
    try:
        yield client
    finally:
        await client.close()


@dataclass(frozen=True, slots=True)
class Row:
    """What stock botbuilder and our edge answered to an attack."""

    attack: Attack
    stock: int
    ours: int

    @property
    def stock_is_right(self) -> bool:
        """Return whether stock's answer is right: its 201 is our 202, its 401 counts for 403."""
        known = {201: 202, 401: 403}
        return self.stock in self.attack.right or known.get(self.stock) in self.attack.right

    @property
    def ours_is_right(self) -> bool:
        """Return whether our answer is right."""
        return self.ours in self.attack.right


async def compare() -> list[Row]:
    """Return both answers to each attack that is one request."""
    rows = []
    for attack in ATTACKS:
        with provider_in_a_thread() as provider:
            provider.keys = attack.keys
            made_at.set(datetime.now(UTC))
            async with stock_edge(provider.url) as client:
                stock = await _attack(client, attack, provider)
            provider.keys = attack.keys
            made_at.set(NOW)
            async with Net() as net:
                keys = SigningKeys(provider.url, fetch=fetch_json(net))
                async with running_edge(keys) as edge:
                    ours = await _attack(edge.client, attack, provider)
                await keys.aclose()
        rows.append(Row(attack, stock, ours))
    return rows


async def _attack(client: Client, attack: Attack, provider: OpenId) -> int:
    if attack.roll_over is not None:
        await _post(client, ATTACKS[0])
        provider.keys = attack.roll_over
    return await _post(client, attack)


async def _post(client: Client, attack: Attack) -> int:
    headers = {"Content-Type": attack.content_type}
    authorization = attack.authorization()
    if authorization is not None:
        headers["Authorization"] = authorization
    body = io.BytesIO(attack.body)
    async with client.post("/api/messages", data=body, headers=headers) as response:
        return response.status


def table(rows: list[Row]) -> str:
    """Return both columns for people to read."""
    lines = [f"{'':>3}  {'attack':<50} {'right':>8} {'stock':>6} {'ours':>6}"]
    for row in rows:
        right = "/".join(map(str, sorted(row.attack.right)))
        marks = " " * 8 if row.stock_is_right else " stock ✗"
        marks += "" if row.ours_is_right else " ours ✗"
        lines.append(
            f"{row.attack.row:>3}  {row.attack.what:<50} {right:>8} {row.stock:>6} {row.ours:>6}"
            f"{marks}".rstrip()
        )
    stock, ours = (
        sum(not right for right in column)
        for column in ([r.stock_is_right for r in rows], [r.ours_is_right for r in rows])
    )
    return "\n".join([*lines, f"wrong of {len(rows)}: stock {stock}, ours {ours}"])


def main() -> None:
    """Print the table."""
    logging.disable()
    sys.stdout.write(table(asyncio.run(compare())) + "\n")


if __name__ == "__main__":
    main()
