"""Units of work over people: their settings, where to reach them, and their journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.domain.journal import Entry
from bot.domain.person import Person, Settings
from bot.service import codec
from bot.service.ports import PersonRecord
from bot.store import timers
from bot.store.tables import JOURNAL, PEOPLE
from bot.store.upsert import insert

NEWEST_ENTRIES = 20


def load(connection: sa.Connection, person: Person) -> PersonRecord:
    """Return what is known of a person."""
    row = connection.execute(
        sa.select(PEOPLE.c.settings, PEOPLE.c.address).where(
            PEOPLE.c.tenant == person.tenant, PEOPLE.c.oid == person.oid
        )
    ).one_or_none()
    settings = None if row is None else row.settings
    return PersonRecord(
        settings=Settings() if settings is None else codec.load_settings(settings),
        entries=_entries(connection, person),
        timers=timers.of_person(connection, person),
        address=None if row is None else row.address,
    )


def save_address(connection: sa.Connection, person: Person, address: Mapping[str, Any]) -> None:
    """Remember where a person can be reached."""
    _save(connection, person, address=dict(address))


def save_settings(connection: sa.Connection, person: Person, settings: Settings) -> None:
    """Replace a person's settings."""
    _save(connection, person, settings=codec.dump_settings(settings))


def record(connection: sa.Connection, person: Person, entry: Entry) -> None:
    """Append to a person's journal."""
    connection.execute(
        sa.insert(JOURNAL).values(
            tenant=person.tenant,
            oid=person.oid,
            id=entry.id,
            entry=codec.dump_entry(replace(entry, undone=False)),
            undone=entry.undone,
        )
    )


def mark_undone(connection: sa.Connection, person: Person, entry: str) -> None:
    """Note that a person's journal entry was taken back."""
    connection.execute(
        sa.update(JOURNAL)
        .where(
            JOURNAL.c.tenant == person.tenant,
            JOURNAL.c.oid == person.oid,
            JOURNAL.c.id == entry,
        )
        .values(undone=True)
    )


def _entries(connection: sa.Connection, person: Person) -> Sequence[Entry]:
    rows = connection.execute(
        sa.select(JOURNAL.c.entry, JOURNAL.c.undone)
        .where(JOURNAL.c.tenant == person.tenant, JOURNAL.c.oid == person.oid)
        .order_by(JOURNAL.c.seq.desc())
        .limit(NEWEST_ENTRIES)
    )
    return [replace(codec.load_entry(row.entry), undone=row.undone) for row in rows]


def _save(connection: sa.Connection, person: Person, **values: dict[str, Any]) -> None:
    connection.execute(
        insert(connection, PEOPLE)
        .values(tenant=person.tenant, oid=person.oid, **values)
        .on_conflict_do_update(index_elements=["tenant", "oid"], set_=values)
    )
