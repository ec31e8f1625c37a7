"""SQLite: one writer thread that commits in groups, and one reader thread.

A second writer would only wait for the first, so all units of work go through one thread; those
that wait together share one commit, which is what costs (one fsync). Write-ahead logging lets
the reader see the last commit without waiting for the writer.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.store.runner import P, T, Unit

LARGEST_GROUP = 64
BUSY_TIMEOUT = 30_000  # milliseconds that a write waits for another process, such as a backup


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Callable[[sa.Connection], Any]
    outcome: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    future: asyncio.Future[Any]
    value: Any = None
    error: Exception | None = None


class SqliteRunner:
    """Runs units of work on one SQLite file (`path`), which this process has for itself."""

    shared = False

    def __init__(self, path: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._writes: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._engine = file_engine(path, begin="BEGIN IMMEDIATE")
        self._writer = threading.Thread(target=self._write, name="store-writer", daemon=True)
        self._read_engine = file_engine(path, begin="BEGIN")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-reader")
        self._closing: asyncio.Task[None] | None = None
        self._writer.start()

    async def run(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in the next group of the writer."""
        if self._closing is not None:
            raise RuntimeError("the store is closed")
        outcome: asyncio.Future[T] = self._loop.create_future()
        self._writes.put(_Waiting(partial(_call, unit, args, kwargs), outcome))
        return await outcome

    async def run_alone(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in the next group of the writer, which costs it no commit of its own."""
        return await self.run(unit, *args, **kwargs)

    async def read(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in the reader."""
        if self._closing is not None:
            raise RuntimeError("the store is closed")
        return await self._loop.run_in_executor(
            self._reader, self._read, partial(_call, unit, args, kwargs)
        )

    async def leads(self) -> bool:
        """Return true: no other process has this file."""
        return True

    async def resign(self) -> None:
        """Do nothing: there is no other process."""

    async def close(self) -> None:
        """Commit what is queued and stop both threads."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        self._writes.put(None)
        await self._loop.run_in_executor(self._reader, self._writer.join)
        self._reader.shutdown()
        self._read_engine.dispose()
        self._engine.dispose()

    def _read(self, work: Callable[[sa.Connection], T]) -> T:
        with self._read_engine.begin() as connection:
            return work(connection)

    def _write(self) -> None:
        while (group := self._next_group()) is not None:
            self._commit(group)

    def _next_group(self) -> list[_Waiting] | None:
        first = self._writes.get()
        if first is None:
            return None
        group = [first]
        with suppress(queue.Empty):
            while len(group) < LARGEST_GROUP:
                following = self._writes.get_nowait()
                if following is None:
                    self._writes.put(None)  # for the next round: this group comes first
                    break
                group.append(following)
        return group

    def _commit(self, group: list[_Waiting]) -> None:
        outcomes: list[_Outcome] = []
        try:
            with self._engine.begin() as connection:
                outcomes.extend(_carry_out(waiting, connection) for waiting in group)
        except Exception as error:  # the commit failed: nobody succeeded
            outcomes = [_Outcome(waiting.outcome, error=error) for waiting in group]
        self._loop.call_soon_threadsafe(_tell, outcomes)


def _carry_out(waiting: _Waiting, connection: sa.Connection) -> _Outcome:
    """Run one unit so that its failure undoes it alone.

    The savepoint is the driver's: SQLAlchemy's own costs as much as the rest of a small unit.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT unit")
    try:
        outcome = _Outcome(waiting.outcome, value=waiting.work(connection))
    except Exception as error:  # it is the waiting caller's to handle
        driver.execute("ROLLBACK TO unit")
        outcome = _Outcome(waiting.outcome, error=error)
    driver.execute("RELEASE unit")
    return outcome


def _tell(outcomes: list[_Outcome]) -> None:
    for outcome in outcomes:
        if outcome.future.done():
            continue  # the caller was cancelled
        if outcome.error is not None:
            outcome.future.set_exception(outcome.error)
        else:
            outcome.future.set_result(outcome.value)


def _call(unit: Any, args: Any, kwargs: Any, connection: sa.Connection) -> Any:
    return unit(connection, *args, **kwargs)


def file_engine(path: str, *, begin: str) -> sa.Engine:
    """Return an engine with one connection to a SQLite file; `begin` starts its transactions."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=path),
        poolclass=StaticPool,  # one connection, used by one thread
        hide_parameters=True,  # an error must not bring what people say into the log
        connect_args={"check_same_thread": False},
    )

    @sa.event.listens_for(engine, "connect")
    def settle(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT}",
            "journal_mode=wal",
            "synchronous=full",
            "foreign_keys=on",
            "secure_delete=on",  # deleted rows are gone from the file, in every build
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        # The driver's own BEGIN is a deferred one: upgrading it later fails with "locked".
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
