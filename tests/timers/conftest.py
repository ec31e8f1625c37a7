from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.domain.person import Person
from bot.domain.timers import FreeReminder, Timer
from bot.service.changes import Arm, Change, Drop
from bot.service.ports import DueTimer
from bot.service.traffic import Incoming
from bot.store.opening import open_store
from bot.store.store import SqlStore
from bot.timers.dispatcher import Dispatcher
from tests.databases import postgres_url, sqlite_url

ADELE = Person(tenant="contoso", oid="adele")
HOUR = timedelta(hours=1)


class Bot:
    """A store and a dispatcher on it; `fired` is what was carried out, in order."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = Clock()
        self.fired: list[Timer] = []
        self.effect: Callable[[Timer], Awaitable[None]] | None = None
        self.given_up: Callable[[Timer], Awaitable[None]] | None = None
        self.store: SqlStore
        self.timers: Dispatcher
        self._commands = 0

    async def start(self) -> None:
        self.store = await open_store(self.url, mode="playground", clock=self.clock)
        self.timers = Dispatcher(
            self.store,
            clock=self.clock,
            url=self.url,
            instance="one",
            fire=self.fire,
            give_up=self.give_up,
        )
        await self.timers.start()

    async def stop(self) -> None:
        await self.timers.stop()
        await self.store.close()

    async def fire(self, timer: Timer) -> None:
        if self.effect is not None:
            await self.effect(timer)
        if await self.store.finish_timer(timer, ()):
            self.fired.append(timer)

    async def give_up(self, timer: Timer | DueTimer) -> None:
        armed = await self.store.armed(timer.id, timer.version)
        if armed is None:
            return
        if self.given_up is not None:
            await self.given_up(armed)
        await self.store.finish_timer(armed, ())

    async def do(self, *changes: Change) -> None:
        self._commands += 1
        incoming = Incoming(
            key=f"{id(self)}{self._commands}", person=ADELE, address={}, at=self.clock.now()
        )
        await self.store.receive(incoming)
        await self.store.finish_turn(incoming, changes)
        self.timers.wake()

    async def arm(self, id_: str, due: timedelta, text: str = "tea") -> None:
        await self.do(Arm(timer=id_, task=FreeReminder(text=text), due=self.clock.now() + due))

    async def drop(self, id_: str) -> None:
        await self.do(Drop(timer=id_))

    def names(self) -> list[str]:
        return [timer.id for timer in self.fired]

    async def until(self, condition: Callable[[], Any], seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  # what is awaited happens in the database
                await asyncio.sleep(0.01)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
    else:
        with postgres_url() as url:
            yield url


@pytest.fixture
async def bot(database: str) -> AsyncIterator[Bot]:
    bot = Bot(database)
    await bot.start()
    yield bot
    await bot.stop()
