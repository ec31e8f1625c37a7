"""Figures of the store: `python -m tests.bench.store [sqlite|postgresql]`.

A turn is what a command costs: the inbox row, the person, and the commit of everything that the
turn did. Beside it stands one commit for every unit, as a store without group commit would do.
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from datetime import timedelta

from bot.clock import Clock
from bot.domain.journal import Entry
from bot.domain.person import Person
from bot.domain.timers import FreeReminder
from bot.service.changes import Arm, Record
from bot.service.traffic import Incoming, Outbound
from bot.store import sqlite
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.bench.timers import database

TURNS = 1_500


async def turn(store: SqlStore, clock: Clock, number: int) -> None:
    person = Person(tenant="contoso", oid=f"p{number % 50}")
    incoming = Incoming(
        key=uuid.uuid4().hex,
        person=person,
        address={"conversation": {"id": "a"}, "serviceUrl": "http://127.0.0.1"},
        at=clock.now(),
        text="busy for 2 hours, say I'm in a meeting",
    )
    await store.receive(incoming)
    await store.person(person)
    await store.finish_turn(
        incoming,
        [
            Record(entry=Entry(id=uuid.uuid4().hex, at=clock.now(), command="SetStatus")),
            Arm(
                timer=f"end:{person.oid}",
                task=FreeReminder(text="tea"),
                due=clock.now() + timedelta(hours=2),
            ),
        ],
        outbound=Outbound(id=uuid.uuid4().hex, person=person, request={"text": "Busy until"}),
    )


async def measure(name: str, url: str, *, at_once: int) -> None:
    clock = Clock()
    store = await open_store(url, mode="tenant", clock=clock)
    took: list[float] = []

    async def one_after_the_other(first: int) -> None:
        for number in range(first, TURNS, at_once):
            began = time.perf_counter()
            await turn(store, clock, number)
            took.append(1000 * (time.perf_counter() - began))

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(one_after_the_other(first) for first in range(at_once)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    took.sort()
    sys.stdout.write(
        f"{name:<28}{at_once:>4} at once{TURNS / seconds:>8.0f} turns/s"
        f"   p50 {took[len(took) // 2]:>6.1f} ms   p99 {took[int(len(took) * 0.99)]:>6.1f} ms"
        f"   CPU {1000 * cpu / TURNS:.2f} ms a turn\n"
    )
    sys.stdout.flush()
    await store.close()


if __name__ == "__main__":
    for kind in sys.argv[1:] or ["sqlite", "postgresql"]:
        for at_once in (1, 16, 64):
            with database(kind) as url:
                asyncio.run(measure(kind, url, at_once=at_once))
    if "postgresql" not in sys.argv[1:]:
        sqlite.LARGEST_GROUP = 1
        with database("sqlite") as url:
            asyncio.run(measure("sqlite, no group commit", url, at_once=16))
