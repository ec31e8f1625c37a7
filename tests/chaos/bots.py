"""Whole bots, spoken to over HTTP, killed while reminders and planned statuses fall due.

The stand-ins of Microsoft's services live in this process and see what really arrives: presence
writes and messages. Each person plans one status and some reminders, so that each effect has one
name. All is planned before the first is due; from then on each life of a bot ends after a random
number of effects, in the middle of firing.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.service.rates import OF_A_TENANT_A_MINUTE
from tests.chaos import nest
from tests.chaos.proxy import Relay
from tests.chaos.seen import EACH, Break, Seen, is_status, oid_of
from tests.chaos.storm import Tell, silent
from tests.databases import sqlite_url
from tests.tenancy import World, world

AT_ONCE = 16  # people who talk to the bots at the same time
WARM_UP = range(900_000, 900_032)  # who show how long planning takes: what they plan is not due
# What all people of a tenant may say: at once, and then a second; see `bot.service.rates`.
AT_FIRST = 300
A_SECOND = 0.95 * OF_A_TENANT_A_MINUTE / 60
LEAD = 4  # seconds from the last thing said to the first that is due
A_LIFE = 4  # seconds within which as much falls due as one life is to fire
LONGEST_LIFE = 8.0  # seconds without the effects that a kill waits for


def words(number: int, seconds: int) -> str:
    if is_status(number):
        return f"busy in {seconds} seconds for 3 hours, say t{number}"
    return f"remind me in {seconds} seconds to call t{number}"


class Fleet:
    """Bots that share a database, each with a port of its own."""

    def __init__(self, around: World, folder: Path, count: int) -> None:
        self.around = around
        self._folder = folder
        self._bots: list[nest.Hatched] = []
        self._ports = [_free_port() for _ in range(count)]

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self._ports]

    async def start(self) -> None:
        for number in range(len(self._ports)):
            self._bots.append(await self._start(number))

    async def kill(self, number: int) -> None:
        await self._bots[number].kill()

    async def start_again(self, number: int) -> None:
        self._bots[number] = await self._start(number)

    async def stop(self) -> list[str]:
        """End all bots in order; return what went wrong."""
        for bot in self._bots:
            bot.terminate()
        codes = [await bot.ends(60) for bot in self._bots]
        return [f"a bot ended with {code}" for code in codes if code != 0]

    async def end(self) -> None:
        for bot in self._bots:
            if bot.alive:
                await bot.kill()

    async def _start(self, number: int) -> nest.Hatched:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {
            **kept,
            **self.around.environment,
            "PORT": f"{self._ports[number]}",
            "LOG_LEVEL": "ERROR",
        }
        bot = await nest.hatch(
            nest.bot, environment=environment, errors=self._folder / "stderr.txt"
        )
        line = await bot.line(300)
        assert re.search(r"ready in", line), line
        return bot


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@asynccontextmanager
async def _fleet(folder: Path, count: int, url: str, seen: Seen) -> AsyncIterator[Fleet]:
    settings = {
        "GRAPH_PERMISSION": "application",
        "MicrosoftAppPassword": APP_SECRET,
        "DATABASE_URL": url,
        "COMMANDS_A_MINUTE": "1000",
    }
    async with AsyncExitStack() as stack:
        around = await stack.enter_async_context(world(folder, **settings))
        # The log of the stand-ins keeps the newest calls only.
        around.stand_ins.calls.add = seen.add  # type: ignore[method-assign]  # it is told all
        fleet = Fleet(around, folder, count)
        stack.push_async_callback(fleet.end)
        await fleet.start()
        yield fleet


async def on_sqlite(
    folder: Path, *, cycles: int, timers: int, limit: float, tell: Tell = silent
) -> Seen:
    """One bot on a SQLite file, killed and started again `cycles` times."""
    url, seen = sqlite_url(folder), Seen(timers=timers)
    async with _fleet(folder, 1, url, seen) as fleet:
        storm = Storm(fleet, seen, cycles, tell)
        await storm.plan()
        for _ in range(cycles):
            await storm.live()
            await storm.strike(0)
            with closing(sqlite3.connect(folder / "bot.db")) as file:
                found = [r for (r,) in file.execute("PRAGMA integrity_check") if r != "ok"]
                seen.broken += found
            await fleet.start_again(0)
        await _finish(fleet, url, seen, limit)
    return seen


async def on_postgresql(
    url: str,
    folder: Path,
    *,
    cycles: int,
    timers: int,
    outage: float,
    limit: float,
    tell: Tell = silent,
) -> Seen:
    """Two bots on PostgreSQL, one of them killed each time; the server goes away in between."""
    seen, server = Seen(timers=timers), sa.make_url(url)
    relay = Relay(server.host or "", server.port or 5432)
    await relay.start()
    through = server.set(port=relay.port).render_as_string(hide_password=False)
    async with _fleet(folder, 2, through, seen) as fleet:
        storm = Storm(fleet, seen, cycles, tell)
        await storm.plan()
        for cycle in range(cycles):
            await storm.live()
            if cycle == cycles // 2:
                begin = time.monotonic()
                relay.cut()
                await asyncio.sleep(outage)
                relay.mend()
                seen.breaks.append(Break(begin=begin, end=time.monotonic()))
                tell(f"the server was away for {outage} s")
            hit = storm.dice.randrange(2)
            await storm.strike(hit)
            await fleet.start_again(hit)
        await _finish(fleet, url, seen, limit)
    await relay.stop()
    return seen


class Storm:
    """What people plan, and the kills."""

    def __init__(self, fleet: Fleet, seen: Seen, cycles: int, tell: Tell) -> None:
        self.dice = random.Random(cycles)  # noqa: S311  # the same storm every time
        self._fleet = fleet
        self._seen = seen
        self._cycles = cycles
        self._tell = tell
        self._began = time.monotonic()
        self._said = 0

    async def plan(self) -> None:
        """Have everybody plan things, and wait until the first of them is due."""
        await self._say_all(WARM_UP, lambda number: words(number, 86_400))
        spent = time.monotonic() - self._began
        timers = self._seen.timers
        taking = max(1.3 * spent * timers / len(WARM_UP), (timers - AT_FIRST) / A_SECOND)
        first = time.monotonic() + LEAD + taking
        turns = self.dice.sample(range(timers), timers)  # when each is due

        def planned(number: int) -> str:
            due = first + A_LIFE * self._cycles * turns[number] / timers
            return words(number, max(1, round(due - time.monotonic())))

        await self._say_all(range(timers), planned)
        taken = time.monotonic() - self._began
        self._tell(f"{timers} things were planned in {taken:.0f} s")
        await asyncio.sleep(first - time.monotonic())

    async def _say_all(self, numbers: range, thing: Callable[[int], str]) -> None:
        """Have people say things, each the next when the one before has been answered."""
        people = iter([numbers[first : first + EACH] for first in range(0, len(numbers), EACH)])
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._say(people, thing))

    async def live(self) -> None:
        """Wait until a random number of effects have come since the last kill, or long enough."""
        timers = self._seen.timers
        most = round(2 * (1 + 1 / EACH) * timers / self._cycles)  # a status makes two effects
        wanted = self._seen.effects + self.dice.randint(1, most)
        end = time.monotonic() + LONGEST_LIFE
        while self._seen.effects < wanted and time.monotonic() < end:  # noqa: ASYNC110  # HTTP
            await asyncio.sleep(0.005)
        await asyncio.sleep(self.dice.uniform(0, 0.02))

    async def strike(self, number: int) -> None:
        """Kill a bot as a power cut does."""
        seen = self._seen
        begin = time.monotonic()
        await self._fleet.kill(number)
        seen.breaks.append(Break(begin=begin, end=time.monotonic()))
        seen.kills += 1
        if seen.kills % 10 == 0:
            passed = time.monotonic() - self._began
            self._tell(f"after {passed:.0f} s: {seen}")

    async def _say(self, people: Iterator[range], thing: Callable[[int], str]) -> None:
        around, urls = self._fleet.around, self._fleet.urls
        for numbers in people:
            oid = oid_of(numbers[0])
            await _move_in(around, oid)
            answered = self._seen.answered[oid]
            for number in numbers:
                await self._may_speak()
                answered.clear()
                said = _said(around, oid, thing(number))
                around.url = urls[number % len(urls)]
                while (await around.post(said))[0] != 202:  # noqa: ASYNC110  # HTTP
                    await asyncio.sleep(1)  # it is delivered again, as Teams does
                await asyncio.wait_for(answered.wait(), 300)

    async def _may_speak(self) -> None:
        """Wait until one more thing said is no more than a tenant may say."""
        self._said += 1
        allowed = self._began + (self._said - AT_FIRST) / A_SECOND
        await asyncio.sleep(allowed - time.monotonic())


def _said(around: World, oid: str, text: str) -> dict[str, Any]:
    return around.activity(
        **{
            "text": text,
            "from": {"id": f"29:{oid}", "name": "C", "aadObjectId": oid},
            "conversation": {
                "id": f"a:{oid}",
                "conversationType": "personal",
                "tenantId": TENANT,
            },
        }
    )


async def _move_in(around: World, oid: str) -> None:
    """Make a person known to Microsoft: somebody who was never there cannot be shown busy."""
    token = around.stand_ins.tokens.issue(None, TENANT, ["Presence.ReadWrite.All"])
    async with around.http.post(
        f"{around.environment['GRAPH_URL']}/users/{oid}/presence/clearUserPreferredPresence",
        json={},
        headers={"Authorization": f"Bearer {token}"},
    ) as answer:
        assert answer.status == 200, await answer.text()


async def _finish(fleet: Fleet, url: str, seen: Seen, limit: float) -> None:
    try:
        async with asyncio.timeout(limit):
            while seen.lost:  # noqa: ASYNC110  # HTTP sets no event
                await asyncio.sleep(0.5)
    except TimeoutError:
        seen.complaints += f"not finished in time: {sorted(seen.lost)[:5]}; "
    await asyncio.sleep(2)  # what was begun twice would be told now
    seen.broken += await fleet.stop()
    people = {oid_of(number) for number in range(seen.timers)}
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT oid, entry FROM pb_journal"))
        seen.committed.update(oid for oid, entry in rows if '"Schedule"' in _text(entry))
        due = connection.execute(sa.text("SELECT oid, task FROM pb_timers WHERE armed"))
        tasks = [_text(task) for oid, task in due if oid in people]
        # End reminders stay armed for hours; nothing that was planned may.
        seen.left = sum("PlannedStart" in task or "FreeReminder" in task for task in tasks)
    engine.dispose()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value).replace("'", '"')
