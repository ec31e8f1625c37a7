"""The stand-ins, and how to serve them alone: `python -m bot stand-ins --port N`.

A bot with an app id whose GRAPH_URL points here runs as it does in a tenant.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from bot.clock import Clock
from bot.playground.calls import CallLog
from bot.playground.chats import Chats
from bot.playground.connector import PREFIX as CONNECTOR_PREFIX
from bot.playground.connector import ConnectorStandIn
from bot.playground.entra.service import PREFIX as ENTRA_PREFIX
from bot.playground.entra.service import EntraStandIn
from bot.playground.faults import Faults
from bot.playground.graph.service import PREFIX as GRAPH_PREFIX
from bot.playground.graph.service import GraphStandIn
from bot.playground.hub import Hub
from bot.playground.roster import Roster
from bot.playground.shelf import Shelf
from bot.playground.tokens import PlaygroundTokens
from bot.stopping import stop_on_signals

_PORT_IN_USE = 69  # EX_UNAVAILABLE


class StandIns:
    """All stand-ins, around one clock and one shelf; without a path the shelf is in memory."""

    def __init__(self, clock: Clock, shelf_path: Path | None = None) -> None:
        self.clock, self.hub, self.shelf = clock, Hub(), Shelf(shelf_path)
        self.calls, self.faults = CallLog(self.hub), Faults()
        self.tokens = PlaygroundTokens(clock, self.shelf)
        self.graph = GraphStandIn(
            clock=clock,
            shelf=self.shelf,
            hub=self.hub,
            calls=self.calls,
            faults=self.faults,
            tokens=self.tokens,
        )
        self.roster = Roster(self.shelf)
        self.entra = EntraStandIn(
            clock=clock,
            shelf=self.shelf,
            hub=self.hub,
            calls=self.calls,
            faults=self.faults,
            tokens=self.tokens,
            roster=self.roster,
        )
        self.chats = Chats(clock=clock, shelf=self.shelf, hub=self.hub)
        self.connector = ConnectorStandIn(
            clock=clock,
            chats=self.chats,
            roster=self.roster,
            calls=self.calls,
            faults=self.faults,
        )

    async def load(self) -> None:
        """Take from the shelf what was kept there."""
        await self.tokens.load()
        await self.entra.load()
        await self.graph.load()
        await self.roster.load()
        await self.chats.load()

    def add_to(self, app: web.Application) -> None:
        """Serve them below /playground."""
        self.entra.add_to(app)
        self.graph.add_to(app)
        self.connector.add_to(app)

    async def close(self) -> None:
        """Close the shelf: after this nothing is kept."""
        await self.shelf.close()


async def serve(
    port: int,
    host: str = "127.0.0.1",
    *,
    shelf_path: Path | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until `stop` is set, or for ever; port 0 takes a free one.

    Writes the addresses to standard output once it listens. Raises OSError where the port cannot
    be had.
    """
    stand_ins = StandIns(Clock(), shelf_path)
    await stand_ins.load()
    app = web.Application()
    stand_ins.add_to(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        base = f"http://{host}:{runner.addresses[0][1]}"
        sys.stdout.write(
            f"Stand-ins listen: Graph at {base}{GRAPH_PREFIX},"
            f" connector at {base}{CONNECTOR_PREFIX}/,"
            f" Entra at {base}{ENTRA_PREFIX}\n"
        )
        sys.stdout.flush()
        await (stop or asyncio.Event()).wait()
    finally:
        await runner.cleanup()
        await stand_ins.close()


def run(port: int) -> int:
    """Serve on loopback until SIGINT or SIGTERM; return the process's exit code."""
    try:
        asyncio.run(_until_signal(port))
    except OSError as error:
        sys.stderr.write(f"The stand-ins cannot listen on port {port}: {error.strerror}.\n")
        return _PORT_IN_USE
    return 0


async def _until_signal(port: int) -> None:
    await serve(port, stop=stop_on_signals(asyncio.get_running_loop()))
