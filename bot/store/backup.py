"""A whole database as one file, taken while the bot runs, and a new database made of it.

The file is compressed lines of JSON, the same for SQLite and PostgreSQL: a head, then each table
with its columns, its rows, their number and their checksum, then a foot. What the timer engine
keeps is not in it: the timers table is the truth, and the engine is given anew what is due.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.service.errors import ConfigurationError
from bot.store.migrate import CURRENT, bring_up_to_date, version_of
from bot.store.sqlite import file_engine
from bot.store.tables import FACTS

_FORMAT = "presence-bot backup 1"
_PREFIX = "pb_"
_SCHEMA = "pb_schema"  # alembic's own table: the head of the file says its version
_ROWS_AT_ONCE = 500


class Damaged(Exception):
    """The file is not a whole backup; the text says what is wrong with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """One table that was written to a file or read from it: its rows and their SHA-256."""

    table: str
    rows: int
    sha256: str


def back_up(url: str, file: Path, *, mode: str, now: datetime) -> Sequence[Copied]:
    """Write the database at `url` to a new file, as it is at one instant; the bot may run.

    Raises ConfigurationError where there is no database of this mode and version, or the file
    is there already.
    """
    if file.exists():
        raise ConfigurationError([f"{file} is there already."])
    if sa.make_url(url).get_backend_name() == "sqlite" and not Path(_file_of(url)).is_file():
        raise ConfigurationError([f"There is no database file {_file_of(url)}."])
    part = file.with_name(f"{file.name}.part")
    with _connected(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(
                sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            )
        _check_database(connection, mode)
        head = {
            "format": _FORMAT,
            "mode": mode,
            "schema": CURRENT,
            "made": now.isoformat(timespec="seconds"),
        }
        # What people say is in it: nobody else on this machine may read it.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8") as out:
                _write(out, head)
                copied = [_write_table(out, connection, table) for table in _tables(connection)]
                _write(out, {"tables": len(copied)})
            raw.flush()
            os.fsync(raw.fileno())
    part.rename(file)
    return copied


def restore(url: str, file: Path, *, mode: str) -> Sequence[Copied]:
    """Make a new database at `url` of a file: all of it, or nothing.

    Raises ConfigurationError where the database was used before or the file is of the other mode
    or of a newer version, and Damaged where a checksum or a count is wrong.
    """
    try:
        _make_private(url)
        with gzip.open(file, "rt", encoding="utf-8") as lines, _connected(url) as connection:
            records = _records(lines)
            head = next(records, None)
            schema = _check_head(head, mode)
            if sa.inspect(connection).has_table(_SCHEMA):
                raise ConfigurationError(
                    ["The database was used before: give DATABASE_URL a new one."]
                )
            bring_up_to_date(connection, to=schema)
            copied = _read_tables(records, connection)
            bring_up_to_date(connection)
            return copied
    except (OSError, EOFError, ValueError) as error:
        raise Damaged(f"{file} cannot be read: {error}") from error


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    try:
        where = sa.make_url(url)
        if where.get_backend_name() == "sqlite":
            engine = file_engine(_file_of(url), begin="BEGIN")
        else:
            engine = sa.create_engine(
                where.set(drivername="postgresql+psycopg"), hide_parameters=True
            )
    except ArgumentError as error:
        raise ConfigurationError(["DATABASE_URL is not a database address."]) from error
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise ConfigurationError([f"The database cannot be used: {error.orig}"]) from error
    finally:
        engine.dispose()


def _make_private(url: str) -> None:
    if sa.make_url(url).get_backend_name() == "sqlite":
        os.close(os.open(_file_of(url), os.O_RDWR | os.O_CREAT, 0o600))


def _file_of(url: str) -> str:
    return sa.make_url(url).database or ""


def _check_database(connection: sa.Connection, mode: str) -> None:
    version = version_of(connection)
    if version != CURRENT:
        raise ConfigurationError(
            ["The database is of another version: start the bot once, or use that version."]
        )
    known = connection.scalar(sa.select(FACTS.c.value).where(FACTS.c.key == "mode"))
    if known != mode:
        raise ConfigurationError([f"The database belongs to the {known} mode."])


def _check_head(head: Mapping[str, Any] | None, mode: str) -> str:
    if head is None or head.get("format") != _FORMAT:
        raise Damaged("this is no backup of the bot")
    if head["mode"] != mode:
        raise ConfigurationError(
            [f"The backup belongs to the {head['mode']} mode, the settings to the {mode} mode."]
        )
    schema = str(head["schema"])
    if schema > CURRENT:
        raise ConfigurationError(
            ["The backup was written by a newer version of the bot: restore it with that one."]
        )
    return schema


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """Return our tables as the database has them: their columns may be those of an older time."""
    known = sa.MetaData()
    known.reflect(connection, only=lambda name, _: name.startswith(_PREFIX) and name != _SCHEMA)
    for table in known.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type = sa.JSON(none_as_null=True)
    return known.sorted_tables


def _write(out: TextIO, value: object) -> bytes:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    out.write(f"{line}\n")
    return line.encode()


def _write_table(out: TextIO, connection: sa.Connection, table: sa.Table) -> Copied:
    columns = [column.name for column in table.columns]
    _write(out, {"table": table.name, "columns": columns})
    digest, rows = hashlib.sha256(), 0
    found = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
        sa.select(table).order_by(*table.primary_key.columns)
    )
    for row in found:
        digest.update(_write(out, [_plain(value) for value in row]))
        rows += 1
    done = Copied(table=table.name, rows=rows, sha256=digest.hexdigest())
    _write(out, {"end": done.table, "rows": done.rows, "sha256": done.sha256})
    return done


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(value).decode()}
    return value


def _value(plain: Any, column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.LargeBinary) and plain is not None:
        return base64.b64decode(plain["bytes"])
    return plain


def _records(lines: TextIO) -> Iterator[Any]:
    for line in lines:
        yield json.loads(line)


def _read_tables(records: Iterator[Any], connection: sa.Connection) -> list[Copied]:
    tables = {table.name: table for table in _tables(connection)}
    copied: list[Copied] = []
    for record in records:
        match record:
            case {"table": name, "columns": columns} if name in tables:
                copied.append(_read_table(records, connection, tables[name], columns))
            case {"tables": count} if count == len(copied):
                return copied
            case _:
                raise Damaged("the file holds something unexpected")
    raise Damaged("the end of the file is missing")


def _read_table(
    records: Iterator[Any], connection: sa.Connection, table: sa.Table, names: Sequence[str]
) -> Copied:
    columns = [table.columns[name] for name in names]
    digest, rows = hashlib.sha256(), 0
    waiting: list[dict[str, Any]] = []
    for record in records:
        if not isinstance(record, list):
            break
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        digest.update(line.encode())
        rows += 1
        values = [_value(p, c) for p, c in zip(record, columns, strict=True)]
        waiting.append(dict(zip(names, values, strict=True)))
        if len(waiting) == _ROWS_AT_ONCE:
            connection.execute(sa.insert(table), waiting)
            waiting = []
    else:
        raise Damaged(f"the end of {table.name} is missing")
    if waiting:
        connection.execute(sa.insert(table), waiting)
    done = Copied(table=table.name, rows=rows, sha256=digest.hexdigest())
    if record != {"end": done.table, "rows": done.rows, "sha256": done.sha256}:
        raise Damaged(f"{table.name} is not as it was written")
    if connection.dialect.name == "postgresql" and "seq" in table.columns and rows:
        _count_on(connection, table)
    return done


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let the table's counter go on after the rows that were put in with their numbers."""
    sequence = sa.func.pg_get_serial_sequence(table.name, "seq")
    newest = sa.select(sa.func.max(table.columns["seq"])).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(sequence, newest)))
