"""The bots that are measured: `python -m tests.bench.edge_bots KIND`, one in each process.

KIND is `stock no-op`, `stock echo`, `no-op`, `inbox` or `whole`. It prints a line when it serves.
Orders on standard input are answered in JSON: `lag` with the delays of the loop since the last
time; `begin` likewise, and begins what `--profile FILE` or `--stages` counts; `stages` with the
CPU of each stage since then. The port and everything else is in the environment.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import cProfile
import gc
import json
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.reply import Reply
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.net import Net
from bot.observability import set_up_logging
from bot.service.traffic import Incoming
from bot.settings import Settings, read_settings
from bot.store.opening import open_store
from bot.store.store import SqlStore
from bot.teams.auth import ISSUER, ConnectorCheck, fetch_json
from bot.teams.hosts import ServiceHosts
from bot.teams.inbound import Inbound
from bot.teams.signature import CardSigner
from bot.tokens import SigningKeys, TokenChecker
from bot.wiring_tenant import tenant_bot
from tests.bench.edge_stages import Stages

KINDS = ("stock no-op", "stock echo", "no-op", "inbox", "whole")
_PROBE = 0.005  # seconds


class NoTurns:
    """Turns that do nothing; with a store, each is kept and finished as a real one is."""

    full = False

    def __init__(self, store: SqlStore | None) -> None:
        self._store = store
        self._tasks: set[asyncio.Task[Any]] = set()

    async def message(self, incoming: Incoming) -> None:
        if self._store is not None and await self._store.receive(incoming):
            task = asyncio.create_task(self._store.finish_turn(incoming, ()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        raise NotImplementedError

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        raise NotImplementedError

    async def welcome(self, incoming: Incoming) -> None:
        raise NotImplementedError

    async def removed(self, incoming: Incoming) -> None:
        raise NotImplementedError


@asynccontextmanager
async def _listening(app: web.Application, listener: socket.socket) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    yield
    await runner.cleanup()


@asynccontextmanager
async def _part(
    settings: Settings, listener: socket.socket, *, inbox: bool
) -> AsyncIterator[None]:
    """Serve the edge alone: its check, its reading and its dispatch, without what comes after."""
    tenant = settings.tenant
    assert tenant is not None
    async with AsyncExitStack() as stack:
        clock = Clock()
        net = await stack.enter_async_context(Net())
        store = None
        if inbox:
            store = await open_store(settings.database_url, mode="tenant", clock=clock)
            stack.push_async_callback(store.close)
        assert tenant.openid_metadata_url is not None
        keys = SigningKeys(tenant.openid_metadata_url, fetch=fetch_json(net))
        hosts = ServiceHosts(tenant.service_hosts)
        inbound = Inbound(
            check=ConnectorCheck(
                tokens=TokenChecker(keys=keys, issuer=ISSUER, audience=tenant.app_id, clock=clock),
                hosts=hosts,
                tenants=tenant.allowed_tenants,
            ),
            turns=NoTurns(store),
            clock=clock,
            books=Phrasebooks(),
            signer=CardSigner(keyring=Keyring.parse(tenant.token_keys), clock=clock),
        )
        app = web.Application()
        app.add_routes(inbound.routes())
        await stack.enter_async_context(_listening(app, listener))
        yield


@asynccontextmanager
async def _stock(
    settings: Settings, listener: socket.socket, *, echo: bool
) -> AsyncIterator[None]:
    """Serve stock botbuilder; its token for the connector costs it nothing here."""
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import (
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )
    from botframework.connector.auth import (
        AppCredentials,
        AuthenticationConfiguration,
        PasswordServiceClientCredentialFactory,
    )

    tenant = settings.tenant
    assert tenant is not None

    app_id, metadata_url = tenant.app_id, tenant.openid_metadata_url

    class FreeToken(AppCredentials):  # type: ignore[misc]  # botbuilder ships no types
        def get_access_token(self, force_refresh: bool = False) -> str:
            return "x" * 1500

    class Credentials(PasswordServiceClientCredentialFactory):  # type: ignore[misc]  # the same
        async def create_credentials(self, app_id: str, *_: Any, **__: Any) -> FreeToken:
            return FreeToken(app_id)

    class Configuration:
        APP_ID = app_id
        APP_PASSWORD = "not used"
        APP_TYPE = "MultiTenant"
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = metadata_url
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = metadata_url
        TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = ISSUER
        OAUTH_URL = ISSUER

    class Echo(ActivityHandler):  # type: ignore[misc]  # the same
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(f"Echo: {turn_context.activity.text}")

    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(
            Configuration(),
            credentials_factory=Credentials(app_id, "not used"),
            auth_configuration=AuthenticationConfiguration(),
        )
    )
    bot = Echo() if echo else ActivityHandler()

    async def messages(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await adapter.process(request, bot)
        return answer

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    async with _listening(app, listener):
        yield


def _serving(
    kind: str, settings: Settings, listener: socket.socket
) -> contextlib.AbstractAsyncContextManager[object]:
    match kind:
        case "stock no-op" | "stock echo":
            return _stock(settings, listener, echo=kind.endswith("echo"))
        case "whole":
            return tenant_bot(settings, listener)
        case _:
            return _part(settings, listener, inbox=kind == "inbox")


async def _probe(late: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(_PROBE)
        late.append(time.perf_counter() - before - _PROBE)


async def main(kind: str, profile: str | None, stages: Stages | None) -> None:
    settings = read_settings()
    set_up_logging(settings.log_level, settings.log_format)
    listener = socket.create_server((settings.host, settings.port), backlog=1024)
    late: list[float] = []
    if stages is not None:
        stages.install()
    profiler = cProfile.Profile()
    async with _serving(kind, settings, listener):
        gc.collect()
        gc.freeze()
        print("ready", flush=True)  # noqa: T201  # read by the bench
        watching = asyncio.create_task(_probe(late))
        orders = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
        )
        while order := (await orders.readline()).decode().strip():
            if order == "stages" and stages is not None:
                print(json.dumps(stages.spent()), flush=True)  # noqa: T201  # read by the bench
                continue
            if order == "begin" and stages is not None:
                stages.begin()
            if order == "begin" and profile:
                profiler.enable()
            print(json.dumps(sorted(late)), flush=True)  # noqa: T201  # read by the bench
            late.clear()
        if profile:
            profiler.disable()
            profiler.dump_stats(profile)
        watching.cancel()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--profile")
    parser.add_argument("--stages", action="store_true")
    given = parser.parse_args()
    asyncio.run(main(given.kind, given.profile, Stages() if given.stages else None))
