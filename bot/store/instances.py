"""Units of work over the processes that share a database: who lives, and who holds what.

On SQLite there is one process, and whatever another one held is free. On PostgreSQL a process is
gone when it has not been seen for a while, by the server's own clock; it may be called gone only
by one that was itself seen all that time, for the server may have been what was away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.domain.person import Person
from bot.store.tables import INBOX, INSTANCES, LINE

GONE_AFTER = timedelta(seconds=15)
_GAP = timedelta(seconds=6)  # a longer one may be the server's own absence

_NOW = sa.cast(sa.extract("epoch", sa.func.clock_timestamp()) * 1_000_000, sa.BigInteger)


def _micros(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def show_up(connection: sa.Connection, me: str) -> int:
    """Note that this process lives, and return how many do."""
    if connection.dialect.name != "postgresql":
        return 1
    insert = postgresql.insert(INSTANCES).values(id=me, since=_NOW, seen=_NOW)
    steady = INSTANCES.c.seen > insert.excluded.seen - _micros(_GAP)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "since": sa.case((steady, INSTANCES.c.since), else_=insert.excluded.since),
                "seen": insert.excluded.seen,
            },
        )
    )
    connection.execute(sa.delete(LINE).where(~_stands(me)))
    gone = INSTANCES.c.id.not_in(_present(me))
    connection.execute(sa.delete(INSTANCES).where(gone, INSTANCES.c.id != me))
    return connection.scalar(sa.select(sa.func.count()).select_from(INSTANCES)) or 1


def leave(connection: sa.Connection, me: str) -> None:
    """Give back whatever this process holds: it ends."""
    connection.execute(sa.delete(LINE).where(LINE.c.holder == me, ~_to_be_taken_up()))
    connection.execute(sa.delete(INSTANCES).where(INSTANCES.c.id == me))


def free(connection: sa.Connection, holder: sa.Column[Any], me: str) -> sa.ColumnElement[bool]:
    """Return the condition that nobody holds a row, or a process that is gone."""
    if connection.dialect.name != "postgresql":
        return sa.or_(holder.is_(None), holder != me)
    return sa.or_(holder.is_(None), sa.and_(holder != me, holder.not_in(_present(me))))


def stand(connection: sa.Connection, person: Person, key: str | None, me: str) -> int:
    """Queue up for a person's next turn and return the place in the line.

    What is taken up of a process that is gone keeps the place that its delivery `key` had.
    """
    # Places are handed out one at a time: a lower one that comes to light later would be passed.
    whose = sa.func.hashtextextended(str(person), 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(whose)))
    if key is not None:
        kept: int | None = connection.scalar(
            sa.select(LINE.c.seq).where(LINE.c.key == key, LINE.c.holder == me)
        )
        if kept is not None:
            return kept
    place: int = connection.execute(
        sa.insert(LINE)
        .values(tenant=person.tenant, oid=person.oid, holder=me, key=key)
        .returning(LINE.c.seq)
    ).scalar_one()
    return place


def adopt(connection: sa.Connection, keys: Sequence[str], me: str) -> None:
    """Take over the places of deliveries that are taken up."""
    if connection.dialect.name == "postgresql" and keys:
        connection.execute(sa.update(LINE).where(LINE.c.key.in_(keys)).values(holder=me))


def is_first(connection: sa.Connection, person: Person, place: int, me: str) -> bool:
    """Return whether nobody who lives stands before this place.

    Raises LookupError where the place was given away, for this process seemed to be gone.
    """
    ahead = (LINE.c.tenant == person.tenant, LINE.c.oid == person.oid, LINE.c.seq <= place)
    line = connection.scalars(
        sa.select(LINE.c.seq).where(*ahead, _stands(me)).order_by(LINE.c.seq)
    ).all()
    if place not in line:
        raise LookupError("this place in the line was given away")
    return bool(line[0] == place)


def _stands(me: str) -> sa.ColumnElement[bool]:
    """Return the condition that a place in a line counts: somebody lives, or it is inherited."""
    return sa.or_(LINE.c.holder == me, LINE.c.holder.in_(_present(me)), _to_be_taken_up())


def _to_be_taken_up() -> sa.ColumnElement[bool]:
    kept = sa.select(INBOX.c.key).where(
        INBOX.c.finished.is_(None), INBOX.c.inline.is_(sa.false()), INBOX.c.parked.is_(sa.false())
    )
    return sa.and_(LINE.c.key.is_not(None), LINE.c.key.in_(kept))


def step_out(connection: sa.Connection, place: int) -> None:
    """Leave the line."""
    connection.execute(sa.delete(LINE).where(LINE.c.seq == place))


def _present(me: str) -> sa.Select[Any]:
    """Return the ids of the processes that live, and of all where nobody can know."""
    mine = INSTANCES.alias("mine")
    long_ago = _NOW - _micros(GONE_AFTER)
    steady = sa.exists().where(mine.c.id == me, mine.c.since < long_ago)
    return sa.select(INSTANCES.c.id).where(sa.or_(INSTANCES.c.seen > long_ago, ~steady))
