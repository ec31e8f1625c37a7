"""Units of work over people: their settings, where to reach them, and their journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.domain.journal import Entry
from bot.domain.person import Person, Settings
from bot.service import codec
from bot.service.ports import PersonRecord
from bot.store import timers
from bot.store.tables import JOURNAL, PEOPLE
from bot.store.upsert import Insert, for_each_database

NEWEST_ENTRIES = 20


def _replacing(column: str) -> Callable[[Insert], Insert]:
    return lambda insert: insert.on_conflict_do_update(
        index_elements=["tenant", "oid"], set_={column: insert.excluded[column]}
    )


# Statements are built once: building one costs more than running it.
_PERSON = sa.select(PEOPLE.c.settings, PEOPLE.c.address, PEOPLE.c.welcomed).where(
    PEOPLE.c.tenant == sa.bindparam("tenant_"), PEOPLE.c.oid == sa.bindparam("oid_")
)
_ENTRIES = (
    sa.select(JOURNAL.c.entry, JOURNAL.c.undone)
    .where(JOURNAL.c.tenant == sa.bindparam("tenant_"), JOURNAL.c.oid == sa.bindparam("oid_"))
    .order_by(JOURNAL.c.seq.desc())
    .limit(NEWEST_ENTRIES)
)
_SAVE_ADDRESS = for_each_database(PEOPLE, _replacing("address"))
_SAVE_SETTINGS = for_each_database(PEOPLE, _replacing("settings"))
_WELCOMED = for_each_database(PEOPLE, _replacing("welcomed"))
_RECORD = sa.insert(JOURNAL)


def load(connection: sa.Connection, person: Person) -> PersonRecord:
    """Return what is known of a person."""
    whose = {"tenant_": person.tenant, "oid_": person.oid}
    row = connection.execute(_PERSON, whose).one_or_none()
    journal = connection.execute(_ENTRIES, whose)
    settings = None if row is None else row.settings
    return PersonRecord(
        settings=Settings() if settings is None else codec.load_settings(settings),
        entries=[replace(codec.load_entry(e.entry), undone=e.undone) for e in journal],
        timers=timers.of_person(connection, person),
        address=None if row is None else row.address,
        welcomed=row is not None and row.welcomed,
    )


def save_address(connection: sa.Connection, person: Person, address: Mapping[str, Any]) -> None:
    """Remember where a person can be reached."""
    row = {"tenant": person.tenant, "oid": person.oid, "address": dict(address)}
    connection.execute(_SAVE_ADDRESS[connection.dialect.name], row)


def welcomed(connection: sa.Connection, person: Person) -> None:
    """Note that a person was greeted."""
    row = {"tenant": person.tenant, "oid": person.oid, "welcomed": True}
    connection.execute(_WELCOMED[connection.dialect.name], row)


def forget_address(connection: sa.Connection, person: Person) -> None:
    """Forget where a person was to be reached, and that they were greeted there."""
    connection.execute(
        sa.update(PEOPLE)
        .where(PEOPLE.c.tenant == person.tenant, PEOPLE.c.oid == person.oid)
        .values(address=None, welcomed=False)
    )


def save_settings(connection: sa.Connection, person: Person, settings: Settings) -> None:
    """Replace a person's settings."""
    kept = codec.dump_settings(settings)
    row = {"tenant": person.tenant, "oid": person.oid, "settings": kept}
    connection.execute(_SAVE_SETTINGS[connection.dialect.name], row)


def record(connection: sa.Connection, person: Person, entry: Entry) -> None:
    """Append to a person's journal."""
    connection.execute(
        _RECORD,
        {
            "tenant": person.tenant,
            "oid": person.oid,
            "id": entry.id,
            "entry": codec.dump_entry(replace(entry, undone=False)),
            "undone": entry.undone,
            "at": entry.at,
            "until": entry.until,
        },
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
