"""Units of work over the timers table.

A timer that is disarmed keeps its row for a while, so that its version goes on growing: the
engine runs a version of a timer once and never again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.person import Person
from bot.domain.timers import Timer
from bot.service import codec
from bot.service.changes import Arm, KeepArmed, Nudge
from bot.service.ports import DueTimer
from bot.store.tables import TIMERS
from bot.store.upsert import Insert, for_each_database

# What the column `waiting` says: for a sign-in now, or before this version of the timer.
WAITING, WAITED = 1, 2

_CHANGED = ("task", "due", "attempts", "armed", "changed", "waiting")


def _rearm(insert: Insert) -> Any:
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["id"],
        set_={
            "version": TIMERS.c.version + 1,
            **{name: given[name] for name in _CHANGED},
        },
        where=sa.and_(TIMERS.c.tenant == given.tenant, TIMERS.c.oid == given.oid),
    ).execution_options(preserve_rowcount=True)


# Statements are built once: building one costs more than running it.
_ARM = for_each_database(TIMERS, _rearm)
_OF_TENANT = ""  # the object id of a timer that belongs to no person


def _keep(insert: Insert) -> Any:
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["id"],
        set_={
            "version": TIMERS.c.version + 1,
            "due": sa.case((TIMERS.c.armed, TIMERS.c.due), else_=given.due),
            "armed": True,
            "changed": given.changed,
        },
    )


_KEEP_ARMED = for_each_database(TIMERS, _keep)
_WATCHERS = sa.select(TIMERS).where(
    TIMERS.c.armed,
    TIMERS.c.tenant == sa.bindparam("tenant_"),
    TIMERS.c.oid != _OF_TENANT,
    TIMERS.c.id.like("watch:%"),
)
_ARMED_AT = sa.and_(
    TIMERS.c.id == sa.bindparam("id_"), TIMERS.c.version == sa.bindparam("at"), TIMERS.c.armed
)
_ARMED = sa.select(TIMERS).where(_ARMED_AT)
_DISARM = sa.update(TIMERS).where(_ARMED_AT).values(armed=False, changed=sa.bindparam("now"))
_DROP = (
    sa.update(TIMERS)
    .where(
        TIMERS.c.id == sa.bindparam("id_"),
        TIMERS.c.tenant == sa.bindparam("tenant_"),
        TIMERS.c.oid == sa.bindparam("oid_"),
        TIMERS.c.armed,
    )
    .values(armed=False, changed=sa.bindparam("now"))
)
_DUE = (
    sa.select(TIMERS)
    .where(TIMERS.c.armed, TIMERS.c.waiting != WAITING, TIMERS.c.due <= sa.bindparam("now"))
    .order_by(TIMERS.c.due)
    .limit(sa.bindparam("most"))
)
# The sweep reads the same rows again and again while they are under way: without their tasks.
_SWEPT = (
    sa.select(
        TIMERS.c.id,
        TIMERS.c.version,
        TIMERS.c.attempts,
        sa.case((TIMERS.c.taken == TIMERS.c.version, TIMERS.c.job)).label("job"),
    )
    .where(TIMERS.c.armed, TIMERS.c.waiting != WAITING, TIMERS.c.due <= sa.bindparam("now"))
    .order_by(TIMERS.c.due)
    .limit(sa.bindparam("most"))
)
_TAKE = (
    sa.update(TIMERS).where(_ARMED_AT).values(job=sa.bindparam("job_"), taken=sa.bindparam("at"))
)
_OF_JOB = (
    sa.select(TIMERS)
    .where(TIMERS.c.job == sa.bindparam("job_"), TIMERS.c.taken == TIMERS.c.version)
    .where(TIMERS.c.armed)
    .order_by(TIMERS.c.due)
)
_NEXT_DUE = (
    sa.select(TIMERS.c.due)
    .where(TIMERS.c.armed, TIMERS.c.waiting != WAITING, TIMERS.c.due > sa.bindparam("after"))
    .order_by(TIMERS.c.due)
    .limit(1)
)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def arm(connection: sa.Connection, person: Person, change: Arm, now: datetime) -> None:
    """Arm a timer of a person, or change it; raise ValueError where it is somebody else's."""
    row = _row(change.timer, person, change, now)
    armed = connection.execute(_ARM[connection.dialect.name], row)
    if armed.rowcount == 0:
        raise ValueError("the timer belongs to another person")


def _row(timer: str, person: Person, change: Arm | KeepArmed, now: datetime) -> dict[str, Any]:
    return {
        "id": timer,
        "tenant": person.tenant,
        "oid": person.oid,
        "task": codec.dump_task(change.task),
        "due": change.due,
        "version": 1,
        "attempts": 0,
        "armed": True,
        "changed": now,
        "waiting": 0,
    }


def drop(connection: sa.Connection, person: Person, timer: str, now: datetime) -> None:
    """Disarm a timer of a person; one that is not armed is fine."""
    connection.execute(
        _DROP, {"id_": timer, "tenant_": person.tenant, "oid_": person.oid, "now": now}
    )


def keep_armed(connection: sa.Connection, change: KeepArmed, now: datetime) -> None:
    """Arm a timer of a tenant; one that is armed stays due when it is, under a new version."""
    row = _row(change.timer, Person(tenant=change.tenant, oid=_OF_TENANT), change, now)
    connection.execute(_KEEP_ARMED[connection.dialect.name], row)


def nudge(connection: sa.Connection, change: Nudge, now: datetime) -> None:
    """Make a timer due with another task, if it is armed at the version that was read."""
    connection.execute(
        sa.update(TIMERS)
        .where(_ARMED_AT)
        .values(
            task=codec.dump_task(change.task), due=now, version=TIMERS.c.version + 1, changed=now
        ),
        {"id_": change.timer.id, "at": change.timer.version},
    )


def watchers(connection: sa.Connection, tenant: str) -> Sequence[Timer]:
    """Return the armed timers with which the people of a tenant watch others."""
    return [_timer(row) for row in connection.execute(_WATCHERS, {"tenant_": tenant})]


def disarmed(connection: sa.Connection, person: Person, ids: Sequence[str]) -> Sequence[Timer]:
    """Return those of a person's timers with these ids that are not armed any more."""
    rows = connection.execute(
        sa.select(TIMERS)
        .where(TIMERS.c.tenant == person.tenant, TIMERS.c.oid == person.oid)
        .where(TIMERS.c.id.in_(ids), TIMERS.c.armed.is_(sa.false()))
        .order_by(TIMERS.c.due)
    )
    return [_timer(row) for row in rows]


def drop_all(connection: sa.Connection, person: Person, now: datetime) -> None:
    """Disarm all timers of a person."""
    connection.execute(
        sa.update(TIMERS)
        .where(TIMERS.c.tenant == person.tenant, TIMERS.c.oid == person.oid, TIMERS.c.armed)
        .values(armed=False, changed=now)
    )


def disarm(connection: sa.Connection, timer: Timer | DueTimer, now: datetime) -> bool:
    """Disarm a timer if it is armed at this very version; return whether it was."""
    done = connection.execute(_DISARM, {"id_": timer.id, "at": timer.version, "now": now})
    return done.rowcount == 1


def postpone(
    connection: sa.Connection, timer: Timer | DueTimer, due: datetime, now: datetime
) -> bool:
    """Arm a timer for another attempt if it is armed at this version; return whether it was."""
    done = connection.execute(
        sa.update(TIMERS)
        .where(_ARMED_AT)
        .values(
            due=due,
            version=TIMERS.c.version + 1,
            attempts=TIMERS.c.attempts + 1,
            changed=now,
        ),
        {"id_": timer.id, "at": timer.version},
    )
    return done.rowcount == 1


def swept(connection: sa.Connection, now: datetime, limit: int) -> Sequence[DueTimer]:
    """Return what is due at `now`, earliest first, with the job that has it."""
    rows = connection.execute(_SWEPT, {"now": now, "most": limit})
    return [
        DueTimer(id=row.id, version=row.version, attempts=row.attempts, job=row.job)
        for row in rows
    ]


def take(connection: sa.Connection, jobs: Mapping[str, Sequence[DueTimer]]) -> None:
    """Note with which job each timer is handed over, where it is armed at its version."""
    rows = [
        {"job_": job, "id_": timer.id, "at": timer.version}
        for job, timers in jobs.items()
        for timer in timers
    ]
    connection.execute(_TAKE, rows)


def of_job(connection: sa.Connection, job: str) -> Sequence[Timer]:
    """Return the timers of a job that are armed still, at the version that it has."""
    return [_timer(row) for row in connection.execute(_OF_JOB, {"job_": job})]


def armed(connection: sa.Connection, timer: str, version: int) -> Timer | None:
    """Return the timer if it is armed at this version."""
    row = connection.execute(_ARMED, {"id_": timer, "at": version}).one_or_none()
    return None if row is None else _timer(row)


def due(connection: sa.Connection, now: datetime, limit: int) -> Sequence[Timer]:
    """Return what is due at `now`, earliest first."""
    rows = connection.execute(_DUE, {"now": now, "most": limit})
    return [_timer(row) for row in rows]


def next_due(connection: sa.Connection, after: datetime | None) -> datetime | None:
    """Return the earliest instant, later than `after`, at which something is due."""
    found: datetime | None = connection.execute(
        _NEXT_DUE, {"after": after or _EVER}
    ).scalar_one_or_none()
    return found


def read_row(row: sa.Row[Any], person: Person, task: Mapping[str, Any]) -> Timer:
    """Return the timer of a person that a row holds, with its task."""
    return Timer(
        id=row.id,
        person=person,
        task=codec.load_task(task),
        due=row.due,
        version=row.version,
        attempts=row.attempts,
        waited=row.waiting == WAITED,
    )


def _timer(row: sa.Row[Any]) -> Timer:
    return read_row(row, Person(tenant=row.tenant, oid=row.oid), row.task)
