"""Whole bots, spoken to over HTTP, killed while reminders and planned statuses fall due.

The stand-ins of Microsoft's services live in this process and see what really arrives: presence
writes and messages. Each person plans one thing, so that each effect has one name.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.playground.tokens import DELEGATED_SCOPES
from tests.chaos.proxy import Relay
from tests.chaos.storm import ROOT, rest
from tests.databases import sqlite_url
from tests.tenancy import World, world

WRITE = "/presence/setUserPreferredPresence"
LEAD = 12  # seconds from the last thing said to the first that is due; it takes one to say 40


@dataclass(kw_only=True)
class Seen:
    """What the outside saw: by person, presence writes and messages that say it is time."""

    timers: int
    kills: int = 0
    broken: list[str] = field(default_factory=list)
    writes: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    committed: Counter[str] = field(default_factory=Counter)
    left: int = 0
    complaints: str = ""

    @property
    def wanted(self) -> set[str]:
        return {oid_of(n) for n in range(self.timers)}

    @property
    def lost(self) -> set[str]:
        return self.wanted - set(self.messages)

    @property
    def doubled(self) -> int:
        return sum(self.messages.values()) - len(self.messages)

    def check(self) -> None:
        assert self.complaints == ""
        assert self.broken == []
        assert self.lost == set()
        assert self.left == 0
        statuses = {oid_of(n) for n in range(self.timers) if n % 2}
        assert set(self.writes) == statuses
        # A status takes over once: a write is repeated only where its commit was cut off.
        assert self.committed == Counter(statuses)
        assert sum(self.writes.values()) - len(statuses) <= self.kills
        assert self.doubled <= self.kills


def oid_of(number: int) -> str:
    return f"cccccccc-0000-4000-8000-{number:012d}"


def words(number: int, seconds: int) -> str:
    if number % 2:
        return f"busy in {seconds} seconds for 3 hours, say t{number}"
    return f"remind me in {seconds} seconds to call t{number}"


class Fleet:
    """Bots that share a database, each with a port of its own."""

    def __init__(self, around: World, folder: Path, count: int) -> None:
        self.around = around
        self._folder = folder
        self._bots: list[asyncio.subprocess.Process] = []
        self._ports = [_free_port() for _ in range(count)]

    async def start(self) -> None:
        for number in range(len(self._ports)):
            self._bots.append(await self._start(number))
        self.around.url = f"http://127.0.0.1:{self._ports[0]}"

    async def strike(self, number: int) -> None:
        """Kill a bot as a power cut does, and start it again."""
        self._bots[number].send_signal(signal.SIGKILL)
        await self._bots[number].wait()
        self._bots[number] = await self._start(number)

    async def stop(self) -> list[str]:
        """End all bots in order; return what went wrong."""
        for bot in self._bots:
            bot.send_signal(signal.SIGTERM)
        codes = [await asyncio.wait_for(bot.wait(), 40) for bot in self._bots]
        return [f"a bot ended with {code}" for code in codes if code != 0]

    async def end(self) -> None:
        for bot in self._bots:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()

    async def _start(self, number: int) -> asyncio.subprocess.Process:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {
            **kept,
            **self.around.environment,
            "PORT": f"{self._ports[number]}",
            "LOG_LEVEL": "ERROR",
        }
        with (self._folder / "stderr.txt").open("a") as errors:
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "app.py"),
                cwd=ROOT,
                env=environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        assert bot.stdout is not None
        line = (await asyncio.wait_for(bot.stdout.readline(), 60)).decode()
        assert re.search(r"ready in", line), line
        return bot


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@asynccontextmanager
async def _fleet(folder: Path, count: int, url: str) -> AsyncIterator[Fleet]:
    settings = {
        "GRAPH_PERMISSION": "application",
        "MicrosoftAppPassword": APP_SECRET,
        "DATABASE_URL": url,
    }
    async with AsyncExitStack() as stack:
        around = await stack.enter_async_context(world(folder, **settings))
        fleet = Fleet(around, folder, count)
        stack.push_async_callback(fleet.end)
        await fleet.start()
        yield fleet


async def on_sqlite(folder: Path, *, cycles: int, timers: int, limit: float) -> Seen:
    """One bot on a SQLite file, killed and started again `cycles` times."""
    rng = random.Random(cycles)  # noqa: S311  # the same storm every time
    url, seen = sqlite_url(folder), Seen(timers=timers)
    async with _fleet(folder, 1, url) as fleet:
        watching = asyncio.create_task(_watch(fleet.around, seen))
        await _plan(fleet.around, timers, over=4 * cycles)
        for _ in range(cycles):
            await rest(rng)
            await fleet.strike(0)
            seen.kills += 1
            with closing(sqlite3.connect(folder / "bot.db")) as file:
                found = [r for (r,) in file.execute("PRAGMA integrity_check") if r != "ok"]
                seen.broken += found
        await _finish(fleet, url, seen, limit)
        watching.cancel()
    return seen


async def on_postgresql(
    url: str, folder: Path, *, cycles: int, timers: int, outage: float, limit: float
) -> Seen:
    """Two bots on PostgreSQL, one of them killed each time; the server goes away in between."""
    rng = random.Random(cycles)  # noqa: S311  # the same storm every time
    seen, server = Seen(timers=timers), sa.make_url(url)
    relay = Relay(server.host or "", server.port or 5432)
    await relay.start()
    through = server.set(port=relay.port).render_as_string(hide_password=False)
    async with _fleet(folder, 2, through) as fleet:
        watching = asyncio.create_task(_watch(fleet.around, seen))
        await _plan(fleet.around, timers, over=4 * cycles)
        for cycle in range(cycles):
            await rest(rng)
            if cycle == cycles // 2:
                relay.cut()
                await asyncio.sleep(outage)
                relay.mend()
            await fleet.strike(rng.randrange(2))
            seen.kills += 1
        await _finish(fleet, url, seen, limit)
        watching.cancel()
    await relay.stop()
    return seen


async def _plan(around: World, timers: int, *, over: float) -> None:
    lead = LEAD + timers / 40
    for number in range(timers):
        oid, seconds = oid_of(number), round(lead + over * number / timers)
        await _move_in(around, oid)
        activity = around.activity(
            **{
                "text": words(number, seconds),
                "from": {"id": f"29:{oid}", "name": "C", "aadObjectId": oid},
                "conversation": {
                    "id": f"a:{oid}",
                    "conversationType": "personal",
                    "tenantId": TENANT,
                },
            }
        )
        status, _ = await around.post(activity)
        assert status == 202, status


async def _move_in(around: World, oid: str) -> None:
    """Make a person known to Microsoft: somebody who was never there cannot be shown busy."""
    token = around.stand_ins.tokens.issue(oid, TENANT, DELEGATED_SCOPES)
    async with around.http.post(
        f"{around.environment['GRAPH_URL']}/me/presence/clearUserPreferredPresence",
        json={},
        headers={"Authorization": f"Bearer {token}"},
    ) as answer:
        assert answer.status == 200, await answer.text()


async def _watch(around: World, seen: Seen) -> None:
    """Count presence writes by person: the stand-ins keep only the newest calls."""
    known: set[str] = set()
    while True:
        calls = around.calls("graph")
        for call in calls:
            if call["method"] == "POST" and call["path"].endswith(WRITE) and call["status"] < 300:
                name = repr(call)
                if name not in known:
                    known.add(name)
                    seen.writes[call["path"].split("/")[-3]] += 1
        await asyncio.sleep(0.1)


def _told(around: World, seen: Seen) -> None:
    seen.messages.clear()
    for number in range(seen.timers):
        oid = oid_of(number)
        for chat in around.stand_ins.chats.seen_by(oid):
            for item in chat["items"]:
                titles = [one["content"].get("fallbackText", "") for one in item["attachments"]]
                # What was planned is told before it is due; the rest is that it is time.
                if chat["id"] == f"a:{oid}" and any(_is_time(title) for title in titles):
                    seen.messages[oid] += 1


def _is_time(title: str) -> bool:
    return title.startswith(("Reminder:", "As planned:"))


async def _finish(fleet: Fleet, url: str, seen: Seen, limit: float) -> None:
    try:
        async with asyncio.timeout(limit):
            while True:
                await asyncio.sleep(0.5)
                _told(fleet.around, seen)
                if not seen.lost:
                    break
    except TimeoutError:
        seen.complaints += f"not finished in time: {sorted(seen.lost)[:5]}; "
    await asyncio.sleep(2)  # what was begun twice would be told now
    seen.broken += await fleet.stop()
    _told(fleet.around, seen)
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT oid, entry FROM pb_journal"))
        seen.committed.update(oid for oid, entry in rows if '"Schedule"' in _text(entry))
        due = sa.text("SELECT task FROM pb_timers WHERE armed")
        tasks = [_text(task) for task in connection.execute(due).scalars()]
        # End reminders stay armed for hours; nothing that was planned may.
        seen.left = sum("PlannedStart" in task or "FreeReminder" in task for task in tasks)
    engine.dispose()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value).replace("'", '"')
