"""The stand-ins alone, without bot and page: `python -m bot stand-ins --port N`.

A bot with an app id whose GRAPH_URL points here runs as it does in a tenant.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

from aiohttp import web

from bot.clock import Clock
from bot.playground.calls import CallLog
from bot.playground.faults import Faults
from bot.playground.graph.service import PREFIX, GraphStandIn
from bot.playground.hub import Hub
from bot.playground.shelf import Shelf
from bot.playground.tokens import PlaygroundTokens

_PORT_IN_USE = 1


@asynccontextmanager
async def stand_ins(shelf_path: Path | None = None) -> AsyncIterator[web.Application]:
    """Build all stand-ins around one clock and one shelf; without a path, in memory."""
    clock, hub, shelf = Clock(), Hub(), Shelf(shelf_path)
    try:
        calls, faults, tokens = CallLog(hub), Faults(), PlaygroundTokens(clock, shelf)
        graph = GraphStandIn(
            clock=clock, shelf=shelf, hub=hub, calls=calls, faults=faults, tokens=tokens
        )
        await tokens.load()
        await graph.load()
        app = web.Application()
        graph.add_to(app)
        yield app
    finally:
        await shelf.close()


async def serve(
    port: int,
    host: str = "127.0.0.1",
    *,
    shelf_path: Path | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve until `stop` is set, or for ever; port 0 takes a free one.

    Writes one line with the address to standard output once it listens. Raises OSError where the
    port cannot be had.
    """
    async with stand_ins(shelf_path) as app:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            bound = runner.addresses[0][1]
            sys.stdout.write(f"Stand-ins listen: Graph at http://{host}:{bound}{PREFIX}\n")
            sys.stdout.flush()
            await (stop or asyncio.Event()).wait()
        finally:
            await runner.cleanup()


def run(port: int) -> int:
    """Serve on loopback until SIGINT or SIGTERM; return the process's exit code."""
    try:
        asyncio.run(_until_signal(port))
    except OSError as error:
        sys.stderr.write(f"The stand-ins cannot listen on port {port}: {error.strerror}.\n")
        return _PORT_IN_USE
    return 0


async def _until_signal(port: int) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)

    # Not loop.add_signal_handler: Windows has none.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    await serve(port, stop=stop)
