"""Units of work over sealed token caches and over tickets. What is sealed is opaque here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.person import Person
from bot.service.secrets import Sealed, Ticket
from bot.store.tables import TICKETS, VAULT
from bot.store.upsert import Insert, for_each_database

MOST_MISSES = 5  # wrong codes; then a person's codes are worth nothing any more


def _first(insert: Insert) -> sa.Executable:
    return insert.on_conflict_do_nothing(index_elements=["tenant", "oid"]).returning(
        VAULT.c.version
    )


def _replace_own(insert: Insert) -> sa.Executable:
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["id"],
        set_={name: given[name] for name in ("kind", "conversation", "expires", "sealed")},
        where=sa.and_(TICKETS.c.tenant == given.tenant, TICKETS.c.oid == given.oid),
    )


_FIRST = for_each_database(VAULT, _first)
_KEEP = for_each_database(TICKETS, _replace_own)


def sealed(connection: sa.Connection, person: Person) -> Sealed | None:
    """Return what is sealed for a person."""
    row = connection.execute(
        sa.select(VAULT.c.version, VAULT.c.key, VAULT.c.sealed).where(_of(VAULT, person))
    ).one_or_none()
    return None if row is None else Sealed(version=row.version, key=row.key, sealed=row.sealed)


def seal(connection: sa.Connection, person: Person, content: Sealed) -> bool:
    """Keep `content` if its version follows the one that is kept; return whether it did."""
    values = {"version": content.version, "key": content.key, "sealed": content.sealed}
    if content.version == 1:
        row = {"tenant": person.tenant, "oid": person.oid, **values}
        done = connection.execute(_FIRST[connection.dialect.name], row)
        return done.first() is not None
    changed = connection.execute(
        sa.update(VAULT)
        .where(_of(VAULT, person), VAULT.c.version == content.version - 1)
        .values(values)
    )
    return changed.rowcount == 1


def reseal(connection: sa.Connection, person: Person, content: Sealed, old_key: str) -> bool:
    """Replace what is sealed by the same content under another key; return whether it was."""
    done = connection.execute(
        sa.update(VAULT)
        .where(_of(VAULT, person), VAULT.c.version == content.version, VAULT.c.key == old_key)
        .values(key=content.key, sealed=content.sealed)
    )
    return done.rowcount == 1


def sealed_otherwise(
    connection: sa.Connection, key: str, after: Person | None, limit: int
) -> Sequence[tuple[Person, Sealed]]:
    """Return what is sealed under other keys than `key`, in the order of persons."""
    query = sa.select(VAULT).where(VAULT.c.key != key)
    if after is not None:
        query = query.where(
            sa.tuple_(VAULT.c.tenant, VAULT.c.oid) > sa.tuple_(after.tenant, after.oid)
        )
    rows = connection.execute(query.order_by(VAULT.c.tenant, VAULT.c.oid).limit(limit))
    return [
        (
            Person(tenant=row.tenant, oid=row.oid),
            Sealed(version=row.version, key=row.key, sealed=row.sealed),
        )
        for row in rows
    ]


def forget(connection: sa.Connection, person: Person) -> None:
    """Delete everything that could act for a person."""
    connection.execute(sa.delete(VAULT).where(_of(VAULT, person)))
    connection.execute(sa.delete(TICKETS).where(_of(TICKETS, person)))


def keep_ticket(connection: sa.Connection, ticket: Ticket) -> None:
    """Keep a ticket; one with the same id is replaced where it is the same person's."""
    row = {
        "id": ticket.id,
        "kind": ticket.kind,
        "tenant": ticket.person.tenant,
        "oid": ticket.person.oid,
        "conversation": ticket.conversation,
        "expires": ticket.expires,
        "sealed": ticket.sealed,
        "attempts": 0,
    }
    connection.execute(_KEEP[connection.dialect.name], row)


def ticket(connection: sa.Connection, kind: str, id_: str, now: datetime) -> Ticket | None:
    """Return a ticket that has not expired."""
    row = connection.execute(sa.select(TICKETS).where(*_valid(kind, id_, now))).one_or_none()
    return None if row is None else _ticket(row)


def take_ticket(connection: sa.Connection, kind: str, id_: str, now: datetime) -> Ticket | None:
    """Return a ticket that has not expired and delete it: it is good once."""
    row = connection.execute(
        sa.delete(TICKETS).where(*_valid(kind, id_, now)).returning(*TICKETS.c)
    ).one_or_none()
    return None if row is None else _ticket(row)


def miss(connection: sa.Connection, kind: str, person: Person, now: datetime) -> bool:
    """Count a wrong guess at a person's tickets; return whether there was one to guess."""
    own = sa.and_(_of(TICKETS, person), TICKETS.c.kind == kind, TICKETS.c.expires > now)
    counted = connection.execute(
        sa.update(TICKETS).where(own).values(attempts=TICKETS.c.attempts + 1)
    )
    connection.execute(sa.delete(TICKETS).where(own, TICKETS.c.attempts >= MOST_MISSES))
    return counted.rowcount > 0


def prune(connection: sa.Connection, now: datetime) -> None:
    """Delete tickets that have expired."""
    connection.execute(sa.delete(TICKETS).where(TICKETS.c.expires <= now))


def _of(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.tenant == person.tenant, table.c.oid == person.oid)


def _valid(kind: str, id_: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (TICKETS.c.id == id_, TICKETS.c.kind == kind, TICKETS.c.expires > now)


def _ticket(row: sa.Row[tuple[object, ...]]) -> Ticket:
    return Ticket(
        id=row.id,
        kind=row.kind,
        person=Person(tenant=row.tenant, oid=row.oid),
        conversation=row.conversation,
        expires=row.expires,
        sealed=row.sealed,
    )
