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
from bot.service.traffic import Place
from bot.store.tables import INBOX, INSTANCES, LINE

GONE_AFTER = timedelta(seconds=15)
_GAP = timedelta(seconds=6)  # a longer one may be the server's own absence

_NOW = sa.cast(sa.extract("epoch", sa.func.clock_timestamp()) * 1_000_000, sa.BigInteger)


def _micros(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def _present() -> sa.Select[Any]:
    """Return the ids of the processes that live, and of all where nobody can know."""
    mine = INSTANCES.alias("mine")
    long_ago = _NOW - _micros(GONE_AFTER)
    steady = sa.exists().where(mine.c.id == sa.bindparam("me"), mine.c.since < long_ago)
    return sa.select(INSTANCES.c.id).where(sa.or_(INSTANCES.c.seen > long_ago, ~steady))


# Statements are built once: building one costs more than running it.
_PRESENT = _present()
_TO_BE_TAKEN_UP = sa.and_(
    LINE.c.key.is_not(None),
    LINE.c.key.in_(
        sa.select(INBOX.c.key).where(
            INBOX.c.finished.is_(None),
            INBOX.c.inline.is_(sa.false()),
            INBOX.c.parked.is_(sa.false()),
        )
    ),
)
# A place in a line counts: somebody lives who holds it, or it is inherited.
_STANDS = sa.or_(LINE.c.holder == sa.bindparam("me"), LINE.c.holder.in_(_PRESENT), _TO_BE_TAKEN_UP)
_OTHER = LINE.alias("other")
_TENANT: sa.BindParameter[str] = sa.bindparam("tenant_")
_OID: sa.BindParameter[str] = sa.bindparam("oid_")

_SHOW = postgresql.insert(INSTANCES).values(id=sa.bindparam("me"), since=_NOW, seen=_NOW)
_SHOW_UP = _SHOW.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "since": sa.case(
            (INSTANCES.c.seen > _SHOW.excluded.seen - _micros(_GAP), INSTANCES.c.since),
            else_=_SHOW.excluded.since,
        ),
        "seen": _SHOW.excluded.seen,
    },
)
_CLEAR_LINES = sa.delete(LINE).where(~_STANDS)
_CLEAR_INSTANCES = sa.delete(INSTANCES).where(
    INSTANCES.c.id.not_in(_PRESENT), INSTANCES.c.id != sa.bindparam("me")
)
_COUNT = sa.select(sa.func.count()).select_from(INSTANCES)
# Places are handed out one at a time: a lower one that comes to light later would be passed.
ONE_AT_A_TIME = sa.func.pg_advisory_xact_lock(
    sa.func.hashtextextended(sa.bindparam("whose", type_=sa.Text), 0)
)
_LOCK = sa.select(ONE_AT_A_TIME)
_KEPT_PLACE = sa.select(LINE.c.seq).where(
    LINE.c.key == sa.bindparam("key_"), LINE.c.holder == sa.bindparam("me")
)
# The statement does not see its own row, and sees all that were there when the lock was had.
_STAND = (
    sa.insert(LINE)
    .values(tenant=_TENANT, oid=_OID, holder=sa.bindparam("me"), key=sa.bindparam("key_"))
    .returning(LINE.c.seq, ~sa.exists().where(_OTHER.c.tenant == _TENANT, _OTHER.c.oid == _OID))
)
_AHEAD = (
    sa.select(LINE.c.seq)
    .where(LINE.c.tenant == _TENANT, LINE.c.oid == _OID, LINE.c.seq <= sa.bindparam("place"))
    .where(_STANDS)
    .order_by(LINE.c.seq)
)
STEP_OUT = sa.delete(LINE).where(LINE.c.seq == sa.bindparam("place"))


def show_up(connection: sa.Connection, me: str) -> int:
    """Note that this process lives, and return how many do."""
    if connection.dialect.name != "postgresql":
        return 1
    connection.execute(_SHOW_UP, {"me": me})
    connection.execute(_CLEAR_LINES, {"me": me})
    connection.execute(_CLEAR_INSTANCES, {"me": me})
    return connection.scalar(_COUNT) or 1


def leave(connection: sa.Connection, me: str) -> None:
    """Give back whatever this process holds: it ends."""
    connection.execute(sa.delete(LINE).where(LINE.c.holder == me, ~_TO_BE_TAKEN_UP))
    connection.execute(sa.delete(INSTANCES).where(INSTANCES.c.id == me))


def free(connection: sa.Connection, holder: sa.Column[Any], me: str) -> sa.ColumnElement[bool]:
    """Return the condition that nobody holds a row, or a process that is gone."""
    if connection.dialect.name != "postgresql":
        return sa.or_(holder.is_(None), holder != me)
    others = sa.and_(holder != me, holder.not_in(_PRESENT.params(me=me)))
    return sa.or_(holder.is_(None), others)


def stand(connection: sa.Connection, person: Person, key: str | None, me: str) -> Place:
    """Queue up for a person's next turn and return the place in the line.

    What is taken up of a process that is gone keeps the place that its delivery `key` had.
    """
    connection.execute(_LOCK, {"whose": str(person)})
    if key is not None:
        kept: int | None = connection.scalar(_KEPT_PLACE, {"key_": key, "me": me})
        if kept is not None:
            return Place(number=kept)
    return stand_behind(connection, person, key, me)


def stand_behind(connection: sa.Connection, person: Person, key: str | None, me: str) -> Place:
    """Take the next place in a person's line, in a transaction that has the lock on it."""
    row = {"tenant_": person.tenant, "oid_": person.oid, "me": me, "key_": key}
    number, first = connection.execute(_STAND, row).one()
    return Place(number=number, first=first)


def adopt(connection: sa.Connection, keys: Sequence[str], me: str) -> None:
    """Take over the places of deliveries that are taken up."""
    if connection.dialect.name == "postgresql" and keys:
        connection.execute(sa.update(LINE).where(LINE.c.key.in_(keys)).values(holder=me))


def is_first(connection: sa.Connection, person: Person, place: int, me: str) -> bool:
    """Return whether nobody who lives stands before this place.

    Raises LookupError where the place was given away, for this process seemed to be gone.
    """
    line = connection.scalars(
        _AHEAD, {"tenant_": person.tenant, "oid_": person.oid, "place": place, "me": me}
    ).all()
    if place not in line:
        raise LookupError("this place in the line was given away")
    return bool(line[0] == place)


def step_out(connection: sa.Connection, place: int) -> None:
    """Leave the line."""
    connection.execute(STEP_OUT, {"place": place})
