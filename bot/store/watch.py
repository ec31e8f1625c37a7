"""Units of work for those who watch: whether the store can be written, and how much waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.observability.health import Depths
from bot.store.tables import FACTS, INBOX, OUTBOX, TIMERS
from bot.store.timers import WAITING
from bot.store.upsert import for_each_database

OVERDUE_AFTER = timedelta(seconds=5)

_BEAT = for_each_database(
    FACTS,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["key"], set_={"value": insert.excluded.value}
    ),
)
_ARMED = sa.select(sa.func.count()).select_from(TIMERS).where(TIMERS.c.armed)
_DEPTHS = sa.select(
    sa.select(sa.func.count())
    .select_from(INBOX)
    .where(INBOX.c.finished.is_(None), INBOX.c.parked.is_(sa.false()))
    .scalar_subquery()
    .label("inbox"),
    sa.select(sa.func.count())
    .select_from(OUTBOX)
    .where(OUTBOX.c.sent.is_(None))
    .scalar_subquery()
    .label("outbox"),
    _ARMED.scalar_subquery().label("armed"),
    _ARMED.where(TIMERS.c.waiting != WAITING, TIMERS.c.due < sa.bindparam("before"))
    .scalar_subquery()
    .label("overdue"),
)


def beat(connection: sa.Connection, now: datetime) -> None:
    """Write something: a disk that is full, or read-only, is found out."""
    connection.execute(_BEAT[connection.dialect.name], {"key": "beat", "value": now.isoformat()})


def depths(connection: sa.Connection, now: datetime) -> Depths:
    """Return how much waits at `now`."""
    row = connection.execute(_DEPTHS, {"before": now - OVERDUE_AFTER}).one()
    return Depths(
        inbox=row.inbox,
        outbox=row.outbox,
        timers_armed=row.armed,
        timers_overdue=row.overdue,
    )
