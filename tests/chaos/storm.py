"""Timers that must all be fired once, although the processes that fire them are killed."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.person import Person
from bot.domain.timers import FreeReminder
from bot.service.changes import Arm
from bot.service.traffic import Incoming
from bot.store.opening import open_store
from tests.chaos import nest, worker
from tests.chaos.proxy import Relay

REPEATS = 5  # of a recurring timer
RECURRING = 4
A_ROUND = (0.8, 1.6)  # seconds between two kills, after the worker has started

Tell = Callable[[str], None]


def silent(_line: str) -> None:
    """Tell nobody."""


@dataclass(kw_only=True)
class Storm:
    """What happened: what should have been committed, what was, and which effects repeated."""

    wanted: set[str]
    kills: int = 0
    broken: list[str] = field(default_factory=list)
    committed: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    effects: Counter[str] = field(default_factory=Counter)
    in_one_life: Counter[tuple[str, str]] = field(default_factory=Counter)
    instances: set[str] = field(default_factory=set)
    still_armed: int = 0
    complaints: str = ""

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {sum(self.committed.values())} of {len(self.wanted)}"
            f" committed, {len(self.lost)} lost, {len(self.committed_twice)} committed twice,"
            f" {self.effects_repeated} effects begun again"
        )

    @property
    def lost(self) -> set[str]:
        return self.wanted - set(self.committed)

    @property
    def committed_twice(self) -> list[str]:
        return [name for name, times in self.committed.items() if times > 1]

    @property
    def effects_repeated(self) -> int:
        return sum(times - 1 for times in self.effects.values())

    @property
    def repeated_without_a_kill(self) -> list[str]:
        return [name for (name, _process), times in self.in_one_life.items() if times > 1]

    def strike(self, tell: Tell) -> None:
        """Count a kill, and tell of every tenth."""
        self.kills += 1
        if self.kills % 10 == 0:
            tell(f"{self.kills} kills")

    def check(self) -> None:
        assert self.lost == set()
        assert self.committed_twice == []
        assert set(self.committed) == set(self.effects) == self.wanted
        assert self.messages == len(self.wanted)
        assert self.still_armed == 0
        assert self.broken == []
        assert "Warning" not in self.complaints


async def arm(url: str, *, timers: int, over: float) -> set[str]:
    """Arm timers due over the next `over` seconds; return the names of all that must happen."""
    clock = Clock()
    store = await open_store(url, mode="tenant", clock=clock)
    start = clock.now() + timedelta(seconds=1)
    changes = [
        Arm(
            timer=f"t{n}",
            task=FreeReminder(text=f"{REPEATS - 1 if n < RECURRING else 0}"),
            due=start + timedelta(seconds=over * n / timers),
        )
        for n in range(timers)
    ]
    for first in range(0, timers, 100):
        person = Person(tenant="contoso", oid=f"p{first}")
        incoming = Incoming(key=f"arm{first}", person=person, address={}, at=clock.now())
        await store.receive(incoming)
        await store.finish_turn(incoming, changes[first : first + 100])
    await store.close()
    once = {f"t{n}/0" for n in range(timers)}
    return once | {f"t{n}/{left}" for n in range(RECURRING) for left in range(REPEATS)}


async def start(url: str, instance: str, folder: Path, lost_after: float) -> nest.Hatched:
    hatched = await nest.hatch(
        *(nest.strict, worker.run, url, instance, str(folder / "effects"), lost_after),
        environment={},
        errors=folder / "complaints",
    )
    assert await hatched.line(30) == "started\n"
    return hatched


async def rest(rng: random.Random) -> None:
    await asyncio.sleep(rng.uniform(*A_ROUND))


async def on_sqlite(
    folder: Path, *, cycles: int, timers: int, limit: float, tell: Tell = silent
) -> Storm:
    """One process on a SQLite file, killed and started again `cycles` times."""
    rng = random.Random(cycles)  # noqa: S311  # the same storm every time
    url = f"sqlite:///{folder / 'bot.db'}"
    storm = Storm(wanted=await arm(url, timers=timers, over=1.5 * cycles))
    for _ in range(cycles):
        hatched = await start(url, "one", folder, 25)
        await rest(rng)
        await hatched.kill()
        storm.strike(tell)
        with closing(sqlite3.connect(folder / "bot.db")) as file:
            storm.broken += [r for (r,) in file.execute("PRAGMA integrity_check") if r != "ok"]
    hatched = await start(url, "one", folder, 25)
    await finish(url, storm, folder, [hatched], limit)
    return storm


async def on_postgresql(
    url: str,
    folder: Path,
    *,
    cycles: int,
    timers: int,
    outage: float,
    lost_after: float,
    limit: float,
    tell: Tell = silent,
) -> Storm:
    """Two processes, one of them killed each time; the server goes away for `outage` seconds.

    A process comes back under its old name, but for every third, which never comes back.
    """
    rng = random.Random(cycles)  # noqa: S311  # the same storm every time
    storm = Storm(wanted=await arm(url, timers=timers, over=1.5 * cycles))
    server = sa.make_url(url)
    relay = Relay(server.host or "", server.port or 5432)
    await relay.start()
    through = server.set(port=relay.port).render_as_string(hide_password=False)
    names = ["one", "two"]
    workers = [await start(through, name, folder, lost_after) for name in names]
    for cycle in range(cycles):
        await rest(rng)
        if cycle == cycles // 2:
            relay.cut()
            await asyncio.sleep(outage)
            relay.mend()
        hit = rng.randrange(2)
        await workers[hit].kill()
        storm.strike(tell)
        if cycle % 3 == 2:
            names[hit] = f"after-{cycle}"
        workers[hit] = await start(through, names[hit], folder, lost_after)
    await finish(url, storm, folder, workers, limit)
    await relay.stop()
    return storm


async def finish(
    url: str, storm: Storm, folder: Path, workers: list[nest.Hatched], limit: float
) -> None:
    """Wait until everything has happened, stop the processes, and read what was left behind."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    armed = sa.text("SELECT count(*) FROM pb_timers WHERE armed")
    try:
        async with asyncio.timeout(limit):
            while await asyncio.to_thread(_scalar, engine, armed):  # noqa: ASYNC110  # a database
                await asyncio.sleep(0.2)
    except TimeoutError:
        storm.complaints += "not finished in time; "
    for one in workers:
        one.terminate()
        if (code := await one.ends(30)) != 0:
            storm.broken.append(f"a worker ended with {code}")
    with engine.connect() as connection:
        storm.still_armed = connection.execute(armed).scalar_one()
        entries = connection.execute(sa.text("SELECT entry FROM pb_journal")).scalars()
        storm.committed.update(_name(entry) for entry in entries)
        storm.messages = connection.execute(sa.text("SELECT count(*) FROM pb_outbox")).scalar_one()
    engine.dispose()
    for line in (folder / "effects").read_text().splitlines():
        timer, left, instance, process = line.split()
        storm.effects[f"{timer}/{left}"] += 1
        storm.in_one_life[f"{timer}/{left}", process] += 1
        storm.instances.add(instance)
    storm.complaints += (folder / "complaints").read_text()


def _scalar(engine: sa.Engine, query: sa.TextClause) -> Any:
    with engine.connect() as connection:
        return connection.execute(query).scalar_one()


def _name(entry: Any) -> str:
    value = json.loads(entry) if isinstance(entry, str) else entry
    return str(value["command"])
