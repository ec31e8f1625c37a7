"""PostgreSQL: every unit of work in a transaction of its own, on psycopg's asyncio connections."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.runner import P, T, Unit

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
        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=8,
            max_overflow=0,
            pool_pre_ping=True,  # the first call after the server was away must not fail
            hide_parameters=True,  # an error must not bring what people say into the log
            connect_args=dict(_CONNECT),
        )
        self._running: set[asyncio.Task[Any]] = set()
        self._leadership: AsyncConnection | None = None
        self._leading = asyncio.Lock()
        self._closed = False

    async def run(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit in a transaction that goes on even when the caller is cancelled."""
        if self._closed:
            raise RuntimeError("the store is closed")
        task = asyncio.create_task(self._transact(unit, *args, **kwargs))
        self._running.add(task)
        task.add_done_callback(self._done)
        return await asyncio.shield(task)

    async def read(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a unit that reads; one transaction is one consistent state only per statement."""
        return await self.run(unit, *args, **kwargs)

    async def leads(self) -> bool:
        """Return whether this process holds the lock; whoever holds it keeps it until it ends."""
        async with self._leading:
            if self._closed:
                return False
            if self._leadership is not None:
                with suppress(DBAPIError):
                    await self._leadership.execute(sa.text("SELECT 1"))
                    return True
                await self._resign()  # the session is gone, and the lock with it
            return await self._stand()

    async def close(self) -> None:
        """Wait for the transactions under way and close every connection."""
        self._closed = True
        if self._running:
            await asyncio.wait(self._running)
        async with self._leading:
            await self._resign()
        await self._engine.dispose()

    async def _transact(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(unit, *args, **kwargs)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # a caller that was cancelled no longer asks for it

    async def _stand(self) -> bool:
        connection = await self._engine.connect()
        try:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            won = await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LEADER)))
        except BaseException:
            await connection.invalidate()
            await connection.close()
            raise
        if won:
            self._leadership = connection
            return True
        await connection.close()
        return False

    async def _resign(self) -> None:
        connection, self._leadership = self._leadership, None
        if connection is not None:
            await connection.invalidate()  # ending the session is what gives the lock back
            await connection.close()
