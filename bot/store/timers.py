"""Units of work over the timers table.

A timer that is disarmed keeps its row for a while, so that its version goes on growing: the
engine runs a version of a timer once and never again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.person import Person
from bot.domain.timers import Timer
from bot.service import codec
from bot.service.ports import Arm
from bot.store.tables import TIMERS
from bot.store.upsert import insert


def arm(connection: sa.Connection, person: Person, change: Arm, now: datetime) -> None:
    """Arm a timer of a person, or change it; raise ValueError where it is somebody else's."""
    values = {
        "task": codec.dump_task(change.task),
        "due": change.due,
        "attempts": 0,
        "armed": True,
        "changed": now,
    }
    armed = connection.execute(
        insert(connection, TIMERS)
        .values(id=change.timer, tenant=person.tenant, oid=person.oid, version=1, **values)
        .on_conflict_do_update(
            index_elements=["id"],
            set_={"version": TIMERS.c.version + 1, **values},
            where=_belongs_to(person),
        )
        .returning(TIMERS.c.version)
    )
    if armed.first() is None:
        raise ValueError("the timer belongs to another person")


def drop(connection: sa.Connection, person: Person, timer: str, now: datetime) -> None:
    """Disarm a timer of a person; one that is not armed is fine."""
    connection.execute(
        sa.update(TIMERS)
        .where(TIMERS.c.id == timer, TIMERS.c.armed, _belongs_to(person))
        .values(armed=False, changed=now)
    )


def disarm(connection: sa.Connection, timer: Timer, now: datetime) -> bool:
    """Disarm a timer if it is armed at this very version; return whether it was."""
    done = connection.execute(_armed_at(timer.id, timer.version).values(armed=False, changed=now))
    return done.rowcount == 1


def postpone(connection: sa.Connection, timer: Timer, due: datetime, now: datetime) -> bool:
    """Arm a timer for another attempt if it is armed at this version; return whether it was."""
    done = connection.execute(
        _armed_at(timer.id, timer.version).values(
            due=due,
            version=TIMERS.c.version + 1,
            attempts=TIMERS.c.attempts + 1,
            changed=now,
        )
    )
    return done.rowcount == 1


def armed(connection: sa.Connection, timer: str, version: int) -> Timer | None:
    """Return the timer if it is armed at this version."""
    row = connection.execute(
        sa.select(TIMERS).where(TIMERS.c.id == timer, TIMERS.c.version == version, TIMERS.c.armed)
    ).one_or_none()
    return None if row is None else _timer(row)


def due(connection: sa.Connection, now: datetime, limit: int) -> Sequence[Timer]:
    """Return what is due at `now`, earliest first."""
    rows = connection.execute(
        sa.select(TIMERS)
        .where(TIMERS.c.armed, TIMERS.c.due <= now)
        .order_by(TIMERS.c.due)
        .limit(limit)
    )
    return [_timer(row) for row in rows]


def next_due(connection: sa.Connection, after: datetime | None) -> datetime | None:
    """Return the earliest instant, later than `after`, at which something is due."""
    earliest = sa.select(TIMERS.c.due).where(TIMERS.c.armed).order_by(TIMERS.c.due).limit(1)
    if after is not None:
        earliest = earliest.where(TIMERS.c.due > after)
    found: datetime | None = connection.execute(earliest).scalar_one_or_none()
    return found


def of_person(connection: sa.Connection, person: Person) -> Sequence[Timer]:
    """Return the armed timers of a person, next due first."""
    rows = connection.execute(
        sa.select(TIMERS).where(TIMERS.c.armed, _belongs_to(person)).order_by(TIMERS.c.due)
    )
    return [_timer(row) for row in rows]


def _belongs_to(person: Person) -> sa.ColumnElement[bool]:
    return sa.and_(TIMERS.c.tenant == person.tenant, TIMERS.c.oid == person.oid)


def _armed_at(timer: str, version: int) -> sa.Update:
    return sa.update(TIMERS).where(
        TIMERS.c.id == timer, TIMERS.c.version == version, TIMERS.c.armed
    )


def _timer(row: sa.Row[Any]) -> Timer:
    return Timer(
        id=row.id,
        person=Person(tenant=row.tenant, oid=row.oid),
        task=codec.load_task(row.task),
        due=row.due,
        version=row.version,
        attempts=row.attempts,
    )
