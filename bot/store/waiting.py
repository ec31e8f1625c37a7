"""Units of work over what waits until its person has signed in: turns and timers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.person import Person
from bot.domain.timers import Timer
from bot.service.traffic import Incoming, Outbound
from bot.store import inbox
from bot.store.tables import INBOX, TIMERS
from bot.store.timers import WAITED, WAITING

WORDS_KEPT = timedelta(hours=24)
PARKED_KEPT = timedelta(days=7)  # as long as the card is good that asks for the sign-in
_TOO_LONG = {"refused": "waited"}  # stands for what was asked for: the person is told


def park(
    connection: sa.Connection,
    incoming: Incoming,
    answer: Mapping[str, Any] | None,
    outbound: Sequence[Outbound],
    me: str,
) -> None:
    """Set a delivery aside and keep what is said about it; nothing where it was closed."""
    parked = connection.execute(
        sa.update(INBOX)
        .where(INBOX.c.key == incoming.key, INBOX.c.finished.is_(None))
        .values(parked=True, inline=False, answer=answer, attempts=0)
    )
    if parked.rowcount == 1:
        for message in outbound:
            inbox.keep(connection, message, me)


def prune(connection: sa.Connection, now: datetime) -> None:
    """Erase what parked deliveries say after a day, and forget them after a week."""
    open_ones = sa.and_(INBOX.c.parked, INBOX.c.finished.is_(None))
    connection.execute(sa.delete(INBOX).where(open_ones, INBOX.c.received < now - PARKED_KEPT))
    old = sa.select(INBOX.c.seq, INBOX.c.body).where(
        open_ones, INBOX.c.received < now - WORDS_KEPT
    )
    for row in connection.execute(old).all():
        if row.body["pressed"] != _TOO_LONG:
            body = {**row.body, "text": None, "pressed": _TOO_LONG, "mentions": {}}
            connection.execute(
                sa.update(INBOX).where(INBOX.c.seq == row.seq).values(body=body, answer=None)
            )


def unpark(connection: sa.Connection, person: Person, me: str) -> Sequence[Incoming]:
    """Return the deliveries of a person that were set aside, as ones that are open again."""
    rows = connection.execute(
        sa.update(INBOX)
        .where(
            INBOX.c.tenant == person.tenant,
            INBOX.c.oid == person.oid,
            INBOX.c.parked,
            INBOX.c.finished.is_(None),
        )
        .values(parked=False, holder=me)
        .returning(*INBOX.c)
    ).all()
    return [inbox.read_row(row) for row in sorted(rows, key=lambda row: row.seq)]


def suspend(
    connection: sa.Connection, timer: Timer, outbound: Outbound | None, now: datetime, me: str
) -> bool:
    """Let a timer wait if it is armed at this version; keep `outbound` if it is the first."""
    own = sa.and_(
        TIMERS.c.tenant == timer.person.tenant, TIMERS.c.oid == timer.person.oid, TIMERS.c.armed
    )
    others = connection.execute(
        sa.select(TIMERS.c.id).where(own, TIMERS.c.waiting == WAITING).limit(1)
    ).first()
    done = connection.execute(
        sa.update(TIMERS)
        .where(own, TIMERS.c.id == timer.id, TIMERS.c.version == timer.version)
        .values(waiting=WAITING, version=TIMERS.c.version + 1, changed=now)
    )
    first = done.rowcount == 1 and others is None
    if first and outbound is not None:
        inbox.keep(connection, outbound, me)
    return first


def release(connection: sa.Connection, person: Person, now: datetime) -> int:
    """Let the waiting timers of a person be due again; return how many there were."""
    done = connection.execute(
        sa.update(TIMERS)
        .where(
            TIMERS.c.tenant == person.tenant,
            TIMERS.c.oid == person.oid,
            TIMERS.c.armed,
            TIMERS.c.waiting == WAITING,
        )
        .values(waiting=WAITED, version=TIMERS.c.version + 1, attempts=0, changed=now)
    )
    return done.rowcount
