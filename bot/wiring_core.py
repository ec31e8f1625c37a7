"""What is the same in every mode: from verified activities to turns, timers and messages."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from bot.clock import Clock
from bot.grammar.understand import Grammar
from bot.graph.client import GraphPresence
from bot.graph.directory import GraphDirectory
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.net import Net
from bot.observability.health import Health
from bot.service.conversation import Conversation
from bot.service.instances import Instances
from bot.service.lanes import Lanes, OwnLanes, SharedLanes
from bot.service.outbox import Outbox
from bot.service.ports import SignIns, TokenProvider
from bot.service.rates import Rates
from bot.service.turn import Tools
from bot.service.turns import Turns
from bot.settings import Settings
from bot.store.store import SqlStore
from bot.teams.about import AboutPages
from bot.teams.connector import Connector
from bot.teams.inbound import Inbound, InboundCheck
from bot.teams.messenger import CardMessenger
from bot.teams.own_data import OwnDataPages
from bot.teams.roster import ConnectorRoster
from bot.teams.signature import CardSigner
from bot.teams.signin import SignInInvokes
from bot.timers.dispatcher import Dispatcher

logger = logging.getLogger(__name__)

DRAIN = 20.0  # seconds that what is under way gets to end; the rest is taken up at next start
_GOODBYE = 1.0  # seconds for connections that are still open after that, such as event streams
_ALONE = "presence-bot"  # on a SQLite file: the engine takes up what this name left
_PRUNE_EVERY = 60.0  # seconds
_SWITCH = 0.001  # seconds; 0.005 otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Core:
    """The parts between what comes in and what goes out."""

    clock: Clock
    store: SqlStore
    grammar: Grammar
    books: Phrasebooks
    turns: Turns
    outbox: Outbox
    instances: Instances
    dispatcher: Dispatcher
    inbound: Inbound
    pages: Sequence[web.RouteDef]
    health: Health
    conversation: Conversation


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """Microsoft Graph: by which connections, with whose tokens, as which application, where."""

    net: Net
    tokens: TokenProvider
    app_id: str
    url: str


def build(
    *,
    clock: Clock,
    store: SqlStore,
    settings: Settings,
    graph: Graph,
    connector: Connector,
    keys: Keyring,
    grammar: Grammar,
    check: InboundCheck,
    sign_ins: SignIns | None,
    public_url: str,
    keys_ready: Callable[[], bool] = lambda: True,
) -> Core:
    """Return the parts, not started yet.

    `public_url` is where people's browsers reach them; `keys_ready` whether activities can be
    checked.
    """
    books = Phrasebooks()
    own_data = OwnDataPages(store=store, clock=clock, books=books, public_url=public_url)
    signer = CardSigner(keyring=keys, clock=clock)
    messenger = CardMessenger(connector=connector, books=books, signer=signer)
    outbox = Outbox(store=store, messenger=messenger, gone=lambda person: turns.part(person))
    lanes: Lanes = SharedLanes(store) if store.shared else OwnLanes()
    gateway = GraphPresence(
        net=graph.net,
        tokens=graph.tokens,
        clock=clock,
        app_id=graph.app_id,
        base_url=graph.url,
        permission=settings.graph_permission,
    )
    directory = GraphDirectory(net=graph.net, tokens=graph.tokens, base_url=graph.url)

    rates = Rates(clock=clock, a_minute=settings.commands_a_minute)

    def told(instances: int) -> None:
        for one in (connector, gateway, directory, rates):
            one.share(instances)

    conversation = Conversation(
        grammar,
        Tools(
            gateway=gateway,
            directory=directory,
            roster=ConnectorRoster(connector=connector),
            people=settings.people,
            signs_in=sign_ins is not None,
            own_data=store,
            exports=own_data,
            clock=clock,
            new_id=lambda: uuid4().hex,
            sleep=asyncio.sleep,
            watchers=store if settings.graph_permission == "application" else None,
        ),
    )
    turns = Turns(
        conversation=conversation,
        store=store,
        messenger=messenger,
        outbox=outbox,
        clock=clock,
        lanes=lanes,
        rates=rates,
        wake_timers=lambda: dispatcher.wake(),
        sign_ins=sign_ins,
    )
    dispatcher = Dispatcher(
        store,
        clock=clock,
        url=settings.database_url,
        # On PostgreSQL others may run: what one left is taken over by the sweep, not by name.
        instance=_ALONE if settings.database_url.startswith("sqlite") else uuid4().hex,
        fire=turns.due,
        give_up=turns.give_up,
        crowded=lambda: outbox.full,
    )
    inbound = Inbound(
        check=check,
        turns=turns,
        clock=clock,
        books=books,
        signer=signer,
        sign_in=SignInInvokes(turns.signing_in, clock) if turns.signing_in else None,
    )
    pages = [*AboutPages(books).routes(), *own_data.routes()]
    return Core(
        clock=clock,
        store=store,
        grammar=grammar,
        books=books,
        turns=turns,
        outbox=outbox,
        instances=Instances(register=store, lanes=lanes, turns=turns, outbox=outbox, told=told),
        dispatcher=dispatcher,
        inbound=inbound,
        pages=pages,
        conversation=conversation,
        health=Health(
            began=time.monotonic(),
            swept=lambda: dispatcher.swept,
            store=store.beat,
            keys=keys_ready,
            closing=lambda: inbound.closing,
            depths=store.depths,
            under_way=lambda: turns.under_way,
        ),
    )


@asynccontextmanager
async def serving(
    core: Core, app: web.Application, listener: socket.socket
) -> AsyncIterator[None]:
    """Take up what was left undone and serve the application; end it all in reverse."""
    # The loop needs the interpreter back sooner than the store's threads would give it: beside
    # firing timers the slowest answers take half as long; throughput is the same (tests/bench).
    sys.setswitchinterval(_SWITCH)
    async with AsyncExitStack() as stack:
        await core.instances.show_up()
        stack.push_async_callback(core.instances.leave)
        app.add_routes(core.health.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        stack.push_async_callback(core.outbox.stop)
        stack.push_async_callback(end, asyncio.create_task(core.health.lag.watch()))
        stack.push_async_callback(_drain, core)
        # Before anything new can arrive: what was said first is carried out first. Who is spoken
        # to meanwhile, our own stand-ins perhaps, answers as soon as the port is served.
        await core.instances.take_up()
        await web.SockSite(runner, listener).start()
        await core.dispatcher.start()
        core.instances.start()
        stack.push_async_callback(core.instances.retire)
        stack.push_async_callback(end, asyncio.create_task(_prune_for_ever(core)))
        # A daemon: the process may end before the last language is loaded.
        threading.Thread(target=_warm_up, args=(core,), name="warm-up", daemon=True).start()
        yield


def _warm_up(core: Core) -> None:
    core.books.warm_up()
    core.grammar.warm_up()
    gc.freeze()  # all of this stays: each full collection would walk through it, for 70 ms


async def _drain(core: Core) -> None:
    """Take nothing more, say so, and let what is under way end and be answered."""
    loop = asyncio.get_running_loop()
    until = loop.time() + DRAIN
    core.inbound.close()
    await core.dispatcher.stop(DRAIN)
    with suppress(TimeoutError):
        async with asyncio.timeout_at(until):
            await core.inbound.idle()
    await core.turns.stop(max(0.0, until - loop.time()))


async def _prune_for_ever(core: Core) -> None:
    while True:
        try:
            await core.store.prune(core.clock.now())
        except Exception:
            logger.exception("Pruning failed", extra={"action": "store.prune"})
        await asyncio.sleep(_PRUNE_EVERY)


async def end(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has ended."""
    task.cancel()
    await asyncio.wait([task])
