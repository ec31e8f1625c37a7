"""The bot in its playground: all its parts, with stand-ins where Microsoft's services would be."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.domain.person import Person
from bot.grammar.understand import Grammar
from bot.identity.parts import Registration, delegated
from bot.keyring import Keyring
from bot.net import Net
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.entra.service import PREFIX as ENTRA_PREFIX
from bot.playground.graph.service import PREFIX as GRAPH_PREFIX
from bot.playground.insight import Insight
from bot.playground.people import TENANT
from bot.playground.sender import Sender
from bot.playground.site import Site
from bot.playground.standins import StandIns
from bot.playground.stepper import Stepper
from bot.playground.teams_client import TeamsClient
from bot.playground.tokens import APP_ID, DELEGATED_SCOPES, GRAPH
from bot.playground.unsigned import UnsignedActivities
from bot.service.permissions import delegated_scopes, scopes
from bot.service.ports import TokenProvider
from bot.settings import Settings
from bot.store.opening import open_store
from bot.store.store import SqlStore
from bot.teams.auth import fetch_json
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceHosts
from bot.teams.refusal import Refused
from bot.wiring_core import Core, Graph, build, end, serving
from bot.wiring_guests import SilentForGuests
from bot.wiring_inside import Inside

_TICK = 1.0  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Bot:
    """A bot that serves: where, and its parts for whoever must look inside."""

    url: str
    core: Core
    stand_ins: StandIns


@asynccontextmanager
async def playground(settings: Settings, listener: socket.socket) -> AsyncIterator[Bot]:
    """Serve the bot with all its stand-ins on a bound loopback socket.

    Raises ConfigurationError where the database cannot be used.
    """
    async with AsyncExitStack() as stack:
        host, port = listener.getsockname()[:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        clock = Clock()
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        store = await open_store(settings.database_url, mode="playground", clock=clock)
        stack.push_async_callback(store.close)
        stand_ins = StandIns(clock, settings.data_folder / "stand-ins.sqlite3")
        stack.push_async_callback(stand_ins.close)
        await stand_ins.load()

        # One for each service: here they share a host, and one that fails must not stop the other.
        to_graph = await stack.enter_async_context(Net())
        to_teams = await stack.enter_async_context(Net())
        grammar = Grammar()
        keys = _own_keys(settings.data_folder / "keys")
        identity = await stack.enter_async_context(
            delegated(
                Registration(
                    tenant=TENANT,
                    app_id=APP_ID,
                    credential=APP_SECRET,
                    authority_url=f"{url}{ENTRA_PREFIX}",
                ),
                scopes=delegated_scopes(GRAPH),
                keys=keys,
                store=store,
                clock=clock,
                fetch=fetch_json(to_graph),
                public_url=url,
            )
        )
        tokens = _tokens(stand_ins, settings, SilentForGuests(identity, stand_ins))
        connector = Connector(
            net=to_teams, hosts=ServiceHosts(["127.0.0.1", "localhost", "::1"]), token=_no_token
        )
        core = build(
            clock=clock,
            store=store,
            settings=settings,
            graph=Graph(
                net=to_graph,
                tokens=tokens,
                app_id=APP_ID,
                url=settings.graph_url or f"{url}{GRAPH_PREFIX}",
            ),
            connector=connector,
            keys=keys,
            grammar=grammar,
            check=UnsignedActivities(clock, lambda sentence: Refused(403, sentence)),
            sign_ins=identity.sign_ins,
            public_url=url,
        )

        async def settle() -> None:
            stand_ins.graph.tick(clock.now())
            for _ in range(2):  # a sign-in by itself may set free what waited for it
                await core.dispatcher.settle()
                await core.turns.idle()
                await client.idle()
            stand_ins.graph.tick(clock.now())

        stepper = Stepper(
            clock, [_GraphDue(stand_ins), _TimersDue(store)], settle, stand_ins.shelf
        )
        await stepper.restore()
        app = web.Application()
        app.add_routes([*core.inbound.routes(), *identity.pages.routes(), *core.pages])
        stand_ins.add_to(app)
        sender = Sender(clock=clock, chats=stand_ins.chats, roster=stand_ins.roster, base_url=url)
        client = TeamsClient(
            entra=stand_ins.entra, chats=stand_ins.chats, roster=stand_ins.roster, sender=sender
        )
        stand_ins.connector.client_takes = client.take
        Site(
            clock=clock,
            hub=stand_ins.hub,
            calls=stand_ins.calls,
            roster=stand_ins.roster,
            chats=stand_ins.chats,
            sender=sender,
            presences=stand_ins.graph,
            faults=stand_ins.faults,
            stepper=stepper,
            accounts=stand_ins.entra.accounts,
            token_for=lambda oid: stand_ins.tokens.issue(oid, TENANT, DELEGATED_SCOPES),
        ).add_to(app)
        Insight(
            clock=clock,
            roster=stand_ins.roster,
            inside=Inside(
                store=store,
                graph=stand_ins.graph,
                roster=stand_ins.roster,
                conversation=core.conversation,
                grammar=grammar,
            ),
        ).add_to(app)

        await stack.enter_async_context(serving(core, app, listener))
        stack.push_async_callback(client.stop)
        stack.push_async_callback(end, asyncio.create_task(_tick_for_ever(stand_ins)))
        yield Bot(url=url, core=core, stand_ins=stand_ins)


async def _tick_for_ever(stand_ins: StandIns) -> None:
    while True:  # so that the page sees a status end also while nobody asks
        stand_ins.graph.tick(stand_ins.clock.now())
        await asyncio.sleep(_TICK)


def _own_keys(path: Path) -> Keyring:
    """Return the playground's keys, made at its first start: its cards outlive the process."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(Keyring.generate("playground"), encoding="ascii")
    return Keyring.parse(path.read_text(encoding="ascii"))


async def _no_token(*, refresh: bool = False) -> str | None:
    """Return no token: the playground's connector asks nobody for one."""
    del refresh
    return None


def _tokens(
    stand_ins: StandIns, settings: Settings, delegated_tokens: TokenProvider
) -> TokenProvider:
    if settings.graph_permission == "delegated":
        return delegated_tokens
    return _ApplicationTokens(stand_ins, scopes("application", people=settings.people))


class _ApplicationTokens:
    """Gives the stand-in's tokens of the application itself, the same for every person."""

    def __init__(self, stand_ins: StandIns, scopes: Sequence[str]) -> None:
        self._tokens = stand_ins.tokens
        self._scopes = scopes
        self._given: str | None = None

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        del person, claims, colleagues
        if refresh or self._given is None:
            self._given = self._tokens.issue(None, TENANT, self._scopes)
        return self._given


class _GraphDue:
    """When the Graph stand-in changes by itself."""

    def __init__(self, stand_ins: StandIns) -> None:
        self._graph = stand_ins.graph

    async def next_due(self, now: datetime) -> datetime | None:
        return self._graph.next_change(now)


class _TimersDue:
    """When a timer of the bot is due."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def next_due(self, now: datetime) -> datetime | None:
        return await self._store.next_due(after=now)
