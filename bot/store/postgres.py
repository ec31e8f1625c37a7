"""PostgreSQL: every unit of work in a transaction of its own, in one of a few threads.

A thread that waits for the server costs less than an asyncio connection does: the driver then has
no loop to ask for each answer. What only reads, and what is one statement, is not wrapped in a
transaction: BEGIN and COMMIT would be most of what is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store.runner import P, T, Unit

THREADS = 6  # as many transactions at a time; what is more waits for a thread
_LEADER = 0x70625F73  # any number that nothing else in this database locks
_CONNECT = {
    "connect_timeout": 5,
    # A server that vanished without a word is noticed on both sides within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "options": "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2",
}


class PostgresRunner:
    """Runs units of work on a PostgreSQL database that many processes may share."""

    shared = True

    def __init__(self, url: sa.URL) -> None:
        self._engine = _engine(url, THREADS)
        self._single = _engine(url, THREADS, isolation_level="AUTOCOMMIT")
        # Its session is the lock, so it is one that is kept.
        self._lead_engine = _engine(url, 1, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")
        self._leadership: sa.Connection | None = None
        self._leading = asyncio.Lock()
        self._resigned = False
        self._closed = False

    async def run(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in a transaction that goes on even when the caller is cancelled."""
        return await self._in_thread(_transact, self._engine, partial(_call, unit, args, kwargs))

    async def run_alone(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit of one statement, which the server commits by itself."""
        return await self._in_thread(_alone, self._single, partial(_call, unit, args, kwargs))

    async def read(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit that reads; each of its statements sees one consistent state."""
        return await self._in_thread(_alone, self._single, partial(_call, unit, args, kwargs))

    async def leads(self) -> bool:
        """Return whether this process holds the lock; whoever holds it keeps it until it ends."""
        async with self._leading:
            if self._closed or self._resigned:
                return False
            return await self._in_thread(self._lead)

    async def resign(self) -> None:
        """Give the lock back, and ask for it no more."""
        async with self._leading:
            self._resigned = True
            await self._in_thread(self._resign)

    async def close(self) -> None:
        """Wait for the transactions under way and close every connection."""
        self._closed = True
        async with self._leading:
            await asyncio.to_thread(self._end)

    async def _in_thread(self, work: Callable[..., T], *args: Any) -> T:
        if self._closed:
            raise RuntimeError("the store is closed")
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
        return await asyncio.shield(running)

    def _lead(self) -> bool:
        if self._leadership is not None:
            with suppress(DBAPIError):
                self._leadership.execute(sa.text("SELECT 1"))
                return True
            self._resign()  # the session is gone, and the lock with it
        return self._stand()

    def _stand(self) -> bool:
        connection = self._lead_engine.connect()
        try:
            won = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LEADER)))
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        if won:
            self._leadership = connection
            return True
        connection.close()
        return False

    def _resign(self) -> None:
        connection, self._leadership = self._leadership, None
        if connection is not None:
            with suppress(
                SQLAlchemyError
            ):  # a server may take its time to notice the end of a session
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LEADER)))
            connection.invalidate()
            connection.close()

    def _end(self) -> None:
        self._threads.shutdown()
        self._resign()
        for engine in (self._engine, self._single, self._lead_engine):
            engine.dispose()


def _engine(url: sa.URL, connections: int, **options: Any) -> sa.Engine:
    return sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error must not bring what people say into the log
        connect_args=dict(_CONNECT),
        **options,
    )


def _transact(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    """Run work in a transaction, again where the connection turns out to be dead before COMMIT.

    That is how a server that was away is noticed: to ask each connection first whether it lives
    would cost every unit one more round trip.
    """
    with engine.connect() as connection:
        try:
            value = work(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        else:
            connection.commit()
            return value
    with engine.begin() as connection:  # a new one: all that were open before have been discarded
        return work(connection)


def _alone(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    """Run work without BEGIN and COMMIT, again where the connection turns out to be dead."""
    try:
        with engine.connect() as connection:
            return work(connection)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    with engine.connect() as connection:
        return work(connection)


def _call(unit: Any, args: Any, kwargs: Any, connection: sa.Connection) -> Any:
    return unit(connection, *args, **kwargs)
