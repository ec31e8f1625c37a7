"""Units of work over everything that is kept of one person: to show it, and to delete it.

Whatever table has the columns `tenant` and `oid` belongs here by itself; a table of people's data
without them must not be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.journal import Entry
from bot.domain.person import Person
from bot.service import codec
from bot.store import inbox
from bot.store.tables import INBOX, JOURNAL, LINE, METADATA

HISTORY_KEPT = timedelta(days=30)
_SEALED = "encrypted"  # what stands for content that only the vault can read


def history(
    connection: sa.Connection,
    person: Person,
    start: datetime | None,
    end: datetime | None,
    limit: int,
) -> tuple[Sequence[Entry], int]:
    """Return a person's newest changes between two instants, and how many there are."""
    own = [JOURNAL.c.tenant == person.tenant, JOURNAL.c.oid == person.oid]
    if start is not None:
        own.append(JOURNAL.c.at >= start)
    if end is not None:
        own.append(JOURNAL.c.at < end)
    count = connection.execute(sa.select(sa.func.count()).select_from(JOURNAL).where(*own))
    rows = connection.execute(
        sa.select(JOURNAL.c.entry, JOURNAL.c.undone)
        .where(*own)
        .order_by(JOURNAL.c.seq.desc())
        .limit(limit)
    )
    entries = [replace(codec.load_entry(row.entry), undone=row.undone) for row in rows]
    return entries, int(count.scalar_one())


def erase_history(connection: sa.Connection, person: Person, now: datetime) -> None:
    """Delete a person's changes, but for what still stands."""
    connection.execute(
        sa.delete(JOURNAL).where(
            JOURNAL.c.tenant == person.tenant, JOURNAL.c.oid == person.oid, JOURNAL.c.until <= now
        )
    )


def prune_history(connection: sa.Connection, now: datetime) -> None:
    """Delete changes that are older than thirty days, but for what still stands."""
    connection.execute(
        sa.delete(JOURNAL).where(JOURNAL.c.at < now - HISTORY_KEPT, JOURNAL.c.until <= now)
    )


def everything(connection: sa.Connection, person: Person) -> Mapping[str, Any]:
    """Return every row of a person, by table, as JSON values."""
    found: dict[str, Any] = {}
    for table in _of_people():
        rows = connection.execute(sa.select(table).where(_own(table, person)))
        found[table.name.removeprefix("pb_")] = [
            {name: _as_json(value) for name, value in row._mapping.items()} for row in rows
        ]
    return found


def forget(connection: sa.Connection, person: Person) -> None:
    """Delete every row of a person.

    The places in line of turns that are under way stay: each turn gives up its own at its end.
    """
    inbox.forget(connection, person)
    for table in _of_people():
        if table not in (LINE, INBOX):
            connection.execute(sa.delete(table).where(_own(table, person)))


def _of_people() -> list[sa.Table]:
    return [table for table in METADATA.sorted_tables if {"tenant", "oid"} <= set(table.c.keys())]


def _own(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.tenant == person.tenant, table.c.oid == person.oid)


def _as_json(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case bytes():
            return _SEALED
        case _:
            return value
