"""Figures of the timers and their goals: `python -m tests.bench.timers [NAME ...]`.

A NAME is sqlite, postgresql, or reminders (in model time: see timers_reminders.py beside this
file); without one, all three.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.domain.person import Person
from bot.domain.timers import FreeReminder, Timer
from bot.service.changes import Arm, Change
from bot.service.traffic import Incoming
from bot.store.opening import open_store
from bot.store.store import SqlStore
from bot.timers.dispatcher import Dispatcher
from tests.bench import edge
from tests.bench import timers_reminders as reminders
from tests.databases import postgres_url, sqlite_url
from tests.running import ROOT

PENDING = 100_000
TENANTS = 64
IDLE = 20.0
SINGLE = 60
BURST = 1_000
REMINDERS = 10_000
COMMANDS = 600


class Bench:
    """A store with a dispatcher whose effects cost nothing; notes how late each one started."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        self.url = url
        self.clock = Clock()
        self.late: list[float] = []
        self.turns = 0
        self.store: SqlStore

    async def run(self) -> None:
        self.store = await open_store(self.url, mode="tenant", clock=self.clock)
        timers = Dispatcher(
            self.store, clock=self.clock, url=self.url, instance="bench", fire=self.fire
        )
        await timers.start()
        far = self.clock.now() + timedelta(days=30)
        for first in range(0, PENDING, 1000):
            await self.turn([_arm(f"far{n}", far) for n in range(first, first + 1000)])
        pending = (await self.store.depths()).timers_armed
        if pending != PENDING:
            raise SystemExit(f"{pending:,} timers are pending, not {PENDING:,}")
        await self.single(timers)
        await self.burst(timers)
        await self.arming()
        await timers.stop()
        await self.store.close()
        await self.idle()

    async def fire(self, timer: Timer) -> None:
        self.late.append((self.clock.now() - timer.due).total_seconds())
        await self.store.finish_timer(timer, ())

    async def turn(self, changes: Sequence[Change]) -> None:
        self.turns += 1
        incoming = Incoming(
            key=f"{self.turns}",
            person=Person(tenant=f"tenant{self.turns % TENANTS}", oid=f"p{self.turns}"),
            address={},
            at=self.clock.now(),
        )
        await self.store.receive(incoming)
        await self.store.finish_turn(incoming, changes)

    async def single(self, timers: Dispatcher) -> None:
        self.late.clear()
        for n in range(SINGLE):
            due = self.clock.now() + timedelta(seconds=0.3 + (n % 10) / 30)
            await self.turn([_arm(f"single{n}", due)])
            timers.wake()
            await asyncio.sleep(0.65)
        await self.fired(SINGLE)
        self.tell("one timer due: lateness p50, s", _quantile(self.late, 0.5))
        self.tell("one timer due: lateness p99, s", _quantile(self.late, 0.99), 0.2)

    async def burst(self, timers: Dispatcher) -> None:
        self.late.clear()
        start = self.clock.now() + timedelta(seconds=4)
        for first in range(0, BURST, 10):
            await self.turn(
                [
                    _arm(f"burst{n}", start + timedelta(seconds=n / BURST))
                    for n in range(first, first + 10)
                ]
            )
        timers.wake()
        before = time.process_time()
        await self.fired(BURST)
        used = time.process_time() - before
        self.tell("1,000 due in one second: due to start p50, s", _quantile(self.late, 0.5), 1.5)
        self.tell("1,000 due in one second: due to start p99, s", _quantile(self.late, 0.99), 3)
        self.tell("CPU for each fired timer, ms", 1000 * used / BURST)

    async def arming(self) -> None:
        used = {False: 0.0, True: 0.0}
        due = self.clock.now() + timedelta(days=1)
        for n in range(2 * COMMANDS):
            with_timer = n % 2 == 0
            before = time.process_time()
            await self.turn([_arm(f"armed{n}", due)] if with_timer else [])
            used[with_timer] += time.process_time() - before
        added = 1000 * (used[True] - used[False]) / COMMANDS
        self.tell("arming adds to a command: CPU, ms", added, 0.1)

    async def idle(self) -> None:
        """Start the whole bot on the database, as `app.py` does, and let nobody speak to it."""
        async with edge.stubs() as services:
            port = edge.free_port()
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "app.py",
                cwd=ROOT,
                env=edge.settings_for(port, services.port, self.url),
                stdout=asyncio.subprocess.PIPE,
            )
            assert process.stdout is not None
            await process.stdout.readline()
            bot = edge.Bot("app.py", port, process, Path(os.devnull), "")
            await bot.settled()
            before = bot.cpu()
            await asyncio.sleep(IDLE)
            used = (bot.cpu() - before) / IDLE
            self.tell(f"{PENDING:,} pending, the whole bot idle: CPU of a core", used, 0.03)
            self.tell("its memory, MB", bot.memory(), 250)
            process.terminate()
            await process.wait()

    async def fired(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.late) < count:  # noqa: ASYNC110  # a figure, not a test
                await asyncio.sleep(0.05)

    def tell(self, what: str, figure: float, goal: float | None = None) -> None:
        tell(self.name, what, figure, goal)


def tell(name: str, what: str, figure: float, goal: float | None = None) -> None:
    beside = "" if goal is None else f"   goal {goal:g}{'' if figure <= goal else '  MISSED'}"
    sys.stdout.write(f"{name:<11}{what:<48}{figure:>9.3f}{beside}\n")
    sys.stdout.flush()


def one_minute() -> None:
    for tenants, of_each, where in (
        (TENANTS, 1, f"{TENANTS} tenants"),
        (1, 1, "one tenant"),
        (TENANTS, 5, f"{TENANTS} tenants, 5 a person"),
    ):
        told = reminders.run(REMINDERS, tenants=tenants, each=of_each)
        tell("reminders", f"{REMINDERS:,}, {where}: computed minimum, s", told.least)
        tell("reminders", "  delivered after, s of model time", told.last, told.least * 1.1)
        tell("reminders", "  not delivered", REMINDERS - told.arrived, 0)
        tell("reminders", "  429 seen", told.refused, 0)
        tell("reminders", "  people told in another order", told.disordered, 0)


def _arm(id_: str, due: datetime) -> Arm:
    return Arm(timer=id_, task=FreeReminder(text="tea"), due=due)


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


@contextmanager
def database(name: str) -> Iterator[str]:
    if name == "postgresql":
        with postgres_url() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield sqlite_url(Path(folder))


if __name__ == "__main__":
    for name in sys.argv[1:] or ["reminders", "sqlite", "postgresql"]:
        if name == "reminders":
            one_minute()
            continue
        with database(name) as url:
            asyncio.run(Bench(name, url).run())
