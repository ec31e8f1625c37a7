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
from bot.store.tables import JOURNAL, JSON, PEOPLE, TIMERS
from bot.store.upsert import Insert, for_each_database

NEWEST_ENTRIES = 20


def _replacing(column: str) -> Callable[[Insert], Insert]:
    return lambda insert: insert.on_conflict_do_update(
        index_elements=["tenant", "oid"], set_={column: insert.excluded[column]}
    )


# Statements are built once: building one costs more than running it.
_SETTINGS, _ENTRY, _TIMER = range(3)


def _kept(kind: int, table: sa.Table, **columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return a select of a person's rows in a table, in the columns that all kinds share."""
    shared: dict[str, sa.types.TypeEngine[Any]] = {
        "value": JSON,
        "address": JSON,
        "flag": sa.Boolean(),
        "id": sa.Text(),
        "seq": sa.BigInteger(),
        "due": TIMERS.c.due.type,
        "version": sa.Integer(),
        "attempts": sa.Integer(),
        "waiting": sa.Integer(),
    }
    return sa.select(
        sa.literal_column(str(kind), sa.Integer()).label("kind"),
        *(
            columns.get(name, sa.cast(sa.null(), type_)).label(name)
            for name, type_ in shared.items()
        ),
    ).where(table.c.tenant == sa.bindparam("tenant_"), table.c.oid == sa.bindparam("oid_"))


# One statement, for it is read in every turn, and each is a way to the server and back.
_LOAD = sa.union_all(
    _kept(
        _SETTINGS,
        PEOPLE,
        value=PEOPLE.c.settings,
        address=PEOPLE.c.address,
        flag=PEOPLE.c.welcomed,
    ),
    sa.select(
        _kept(_ENTRY, JOURNAL, value=JOURNAL.c.entry, flag=JOURNAL.c.undone, seq=JOURNAL.c.seq)
        .order_by(JOURNAL.c.seq.desc())
        .limit(NEWEST_ENTRIES)
        .subquery()
    ),
    _kept(
        _TIMER,
        TIMERS,
        value=TIMERS.c.task,
        id=TIMERS.c.id,
        due=TIMERS.c.due,
        version=TIMERS.c.version,
        attempts=TIMERS.c.attempts,
        waiting=TIMERS.c.waiting,
    ).where(TIMERS.c.armed),
)
_SAVE_ADDRESS = for_each_database(PEOPLE, _replacing("address"))
_SAVE_SETTINGS = for_each_database(PEOPLE, _replacing("settings"))
_WELCOMED = for_each_database(PEOPLE, _replacing("welcomed"))
_RECORD = sa.insert(JOURNAL).inline()  # nobody asks for the number that it gets


def load(connection: sa.Connection, person: Person) -> PersonRecord:
    """Return what is known of a person."""
    settings, address, welcomed = None, None, False
    entries, armed = [], []
    for row in connection.execute(_LOAD, {"tenant_": person.tenant, "oid_": person.oid}):
        if row.kind == _SETTINGS:
            settings, address, welcomed = row.value, row.address, row.flag
        elif row.kind == _ENTRY:
            entries.append(row)
        else:
            armed.append(row)
    entries.sort(key=lambda row: -row.seq)
    armed.sort(key=lambda row: row.due)
    return PersonRecord(
        settings=Settings() if settings is None else codec.load_settings(settings),
        entries=[replace(codec.load_entry(row.value), undone=row.flag) for row in entries],
        timers=[timers.read_row(row, person, row.value) for row in armed],
        address=address,
        welcomed=welcomed,
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
