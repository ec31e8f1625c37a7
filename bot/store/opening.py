"""Opening a database: who may have it, which mode it is for, and its shape."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.service.errors import ConfigurationError
from bot.service.ports import Clock
from bot.store.migrate import bring_up_to_date
from bot.store.postgres import PostgresRunner
from bot.store.runner import Runner
from bot.store.sqlite import SqliteRunner
from bot.store.store import SqlStore
from bot.store.tables import FACTS

Mode = Literal["playground", "tenant"]

_MIGRATING = 0x70625F6D  # any number that nothing else in this database locks


async def open_store(url: str, *, mode: Mode, clock: Clock) -> SqlStore:
    """Open the database at `url` (sqlite:///FILE or postgresql://...) and bring it up to date.

    A new database remembers `mode` and is never opened in the other one. Raises
    ConfigurationError where the URL, the file, the server or the mode does not fit, and where
    another process has the SQLite file.
    """
    try:
        where = sa.make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            ["DATABASE_URL is not a database address: sqlite:///FILE or postgresql://..."]
        ) from error
    match where.get_backend_name():
        case "sqlite":
            return await _open_file(where.database or "", mode, clock)
        case "postgresql":
            return await _open_server(where.set(drivername="postgresql+psycopg"), mode, clock)
        case other:
            raise ConfigurationError(
                [f"DATABASE_URL names {other}; SQLite and PostgreSQL are supported."]
            )


async def open_beside(url: str, *, mode: Mode, clock: Clock) -> SqlStore:
    """Open the database of a bot that may be running, for work that goes on beside it.

    Raises ConfigurationError where there is no such database of this mode, or one of another
    version.
    """
    where = sa.make_url(url)
    runner: Runner
    if where.get_backend_name() == "sqlite":
        if not await asyncio.to_thread(Path(where.database or "").is_file):
            raise ConfigurationError([f"There is no database file {where.database}."])
        runner = SqliteRunner(where.database or "")
    else:
        runner = PostgresRunner(where.set(drivername="postgresql+psycopg"))
    try:
        known = await runner.read(_known_mode)
    except DBAPIError as error:
        await runner.close()
        raise ConfigurationError(["The database cannot be used, or has never been."]) from error
    if known != mode:
        await runner.close()
        raise ConfigurationError([f"The database belongs to the {known} mode."])
    return SqlStore(runner, clock=clock)


async def _open_file(name: str, mode: Mode, clock: Clock) -> SqlStore:
    if name in {"", ":memory:"}:
        raise ConfigurationError(["DATABASE_URL needs a file: sqlite:///FILE."])
    lock = await asyncio.to_thread(_lock_file, Path(name))
    runner = SqliteRunner(name)
    try:
        await _prepare(runner, mode)
    except DBAPIError as error:
        await runner.close()
        lock.release()
        raise ConfigurationError([f"The database file {name} cannot be used."]) from error
    except BaseException:
        await runner.close()
        lock.release()
        raise
    return SqlStore(runner, clock=clock, release=lock.release)


def _lock_file(path: Path) -> FileLock:
    # The file's own lock, by whichever name it is opened: links must not lead past it.
    lock = FileLock(f"{path.resolve()}.lock", thread_local=False, mode=0o600)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What people say is in it: nobody else on this machine may read it.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        lock.acquire(blocking=False)
    except Timeout as error:
        raise ConfigurationError(
            [f"Another process uses the database file {path}; stop it, or use PostgreSQL."]
        ) from error
    except OSError as error:
        raise ConfigurationError(
            [f"The database file {path} cannot be written: {error.strerror}."]
        ) from error
    return lock


async def _open_server(url: sa.URL, mode: Mode, clock: Clock) -> SqlStore:
    runner = PostgresRunner(url)
    try:
        await _prepare(runner, mode)
    except DBAPIError as error:
        await runner.close()
        raise ConfigurationError(
            [f"The database {url.render_as_string(hide_password=True)} does not answer."]
        ) from error
    except BaseException:
        await runner.close()
        raise
    return SqlStore(runner, clock=clock)


async def _prepare(runner: Runner, mode: Mode) -> None:
    remembered = await runner.run(_bring_up_to_date, mode)
    if remembered != mode:
        raise ConfigurationError(
            [
                f"This database belongs to the {remembered} mode and the bot was started in the"
                f" {mode} mode; give DATABASE_URL another database."
            ]
        )


def _bring_up_to_date(connection: sa.Connection, mode: Mode) -> str:
    # The lock covers the mode too: several instances may start on a new database at once.
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
    bring_up_to_date(connection)
    return _remember_mode(connection, mode)


def _known_mode(connection: sa.Connection) -> str | None:
    known: str | None = connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.key == "mode"))
    return known


def _remember_mode(connection: sa.Connection, mode: Mode) -> str:
    known = _known_mode(connection)
    if known is None:
        connection.execute(sa.insert(FACTS).values(key="mode", value=mode))
        return mode
    return known
