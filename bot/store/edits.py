"""Units of work over edited messages: which one was the newest, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.person import Person
from bot.service.changes import Arm, Change, Record, Withdraw
from bot.service.traffic import DoneBefore, Incoming
from bot.store.tables import INBOX

_EDIT = "|edit|"


def did(changes: Sequence[Change]) -> dict[str, Any] | None:
    """Return what an edit would have to take back of a turn's changes."""
    entries = [change.entry.id for change in changes if isinstance(change, Record)]
    timers = [change.timer for change in changes if isinstance(change, Arm)]
    return {"entries": entries, "timers": timers} if entries or timers else None


def done_before(connection: sa.Connection, incoming: Incoming) -> DoneBefore | None:
    """Return what the message did that `incoming` edits.

    None where it was not the person's newest command when the edit arrived.
    """
    edited = incoming.edits or ""
    own = (INBOX.c.tenant == incoming.person.tenant, INBOX.c.oid == incoming.person.oid)
    arrived = sa.select(INBOX.c.seq).where(INBOX.c.key == incoming.key).scalar_subquery()
    received = connection.scalar(sa.select(INBOX.c.received).where(*own, INBOX.c.key == edited))
    newest = connection.execute(
        sa.select(INBOX.c.key, INBOX.c.did)
        .where(
            *own,
            INBOX.c.seq < arrived,
            INBOX.c.key.not_like("%|welcome"),
            INBOX.c.key.not_like("%|signin|%"),
        )
        .order_by(INBOX.c.seq.desc())
        .limit(1)
    ).one_or_none()
    if received is None or newest is None:
        return None
    if newest.key != edited and not newest.key.startswith(f"{edited}{_EDIT}"):
        return None
    found = newest.did or {}
    return DoneBefore(
        at=received,
        entries=tuple(found.get("entries", ())),
        timers=tuple(found.get("timers", ())),
    )


def withdraw(connection: sa.Connection, person: Person, change: Withdraw, now: datetime) -> None:
    """Close what an edit takes the place of, and erase what it said.

    Its person may be signing in just now: what waited is open again then, and is closed, too.
    """
    connection.execute(
        sa.update(INBOX)
        .where(
            INBOX.c.tenant == person.tenant,
            INBOX.c.oid == person.oid,
            sa.or_(
                INBOX.c.key == change.key,
                INBOX.c.key.startswith(f"{change.key}{_EDIT}", autoescape=True),
            ),
            INBOX.c.key != change.by,
            INBOX.c.finished.is_(None),
        )
        .values(finished=now, body=sa.null(), parked=False)
    )
