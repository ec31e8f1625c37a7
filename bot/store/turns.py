"""Units of work that commit what a turn or a due timer did, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

import sqlalchemy as sa

from bot.domain.person import Person
from bot.domain.timers import Timer
from bot.service.changes import (
    Arm,
    Change,
    Drop,
    DropHistory,
    DropTokens,
    ForgetPerson,
    KeepArmed,
    MarkUndone,
    Nudge,
    Reach,
    Record,
    SaveSettings,
    Tell,
    Welcomed,
    Withdraw,
)
from bot.service.traffic import ANSWERS_KEPT, Incoming, Outbound
from bot.store import edits, inbox, own_data, people, timers, vault, waiting
from bot.store.tables import INBOX, OUTBOX, TIMERS

KEYS_KEPT = timedelta(hours=24)
TIMERS_KEPT = timedelta(days=7)  # longer than the engine remembers what it has run


def finish_turn(
    connection: sa.Connection,
    incoming: Incoming,
    changes: Sequence[Change],
    answer: Mapping[str, Any] | None,
    outbound: Outbound | None,
    now: datetime,
    me: str,
) -> bool:
    """Commit what a turn did; return false, and do nothing, where it was finished already."""
    kept = None if answer is None else dict(answer)
    if not inbox.finish(connection, incoming.key, kept, edits.did(changes), now):
        return False
    forgotten = any(isinstance(change, ForgetPerson) for change in changes)
    given = inbox.answer(connection, incoming.key) if forgotten else None
    _apply(connection, incoming.person, changes, now, me)
    if given is not None:
        inbox.answer_forgotten(connection, incoming.key, given)
    if outbound is not None:
        inbox.keep(connection, _nobodys(outbound) if forgotten else outbound, me)
    return True


def _nobodys(outbound: Outbound) -> Outbound:
    """Return the last message to a person, kept without saying whose it is."""
    return replace(outbound, person=Person(tenant=outbound.person.tenant, oid=""))


def commit(
    connection: sa.Connection, person: Person, changes: Sequence[Change], now: datetime, me: str
) -> None:
    """Commit what was done for a person before their turn is finished."""
    _apply(connection, person, changes, now, me)


def finish_timer(
    connection: sa.Connection,
    timer: Timer,
    changes: Sequence[Change],
    outbound: Outbound | None,
    now: datetime,
    me: str,
) -> bool:
    """Commit what a due timer did; return false, and do nothing, where it has been changed."""
    if not timers.disarm(connection, timer, now):
        return False
    _apply(connection, timer.person, changes, now, me)
    if outbound is not None:
        inbox.keep(connection, outbound, me)
    return True


def part(connection: sa.Connection, person: Person, now: datetime) -> None:
    """Leave nothing that would be done for a person who cannot be reached."""
    timers.drop_all(connection, person, now)
    people.forget_address(connection, person)
    vault.forget(connection, person)
    own = (INBOX.c.tenant == person.tenant, INBOX.c.oid == person.oid)
    # Whoever installs the bot again is greeted again.
    connection.execute(sa.delete(INBOX).where(*own, INBOX.c.key.like("%|welcome")))
    connection.execute(sa.delete(INBOX).where(*own, INBOX.c.parked))


def prune(connection: sa.Connection, now: datetime) -> None:
    """Forget what has been kept long enough."""
    connection.execute(
        sa.update(INBOX)
        .where(INBOX.c.finished < now - ANSWERS_KEPT, INBOX.c.answer.is_not(None))
        .values(answer=None)
    )
    connection.execute(sa.delete(INBOX).where(INBOX.c.finished < now - KEYS_KEPT))
    # Whoever waited for the answer to an invoke has long gone.
    connection.execute(
        sa.delete(INBOX).where(
            INBOX.c.inline, INBOX.c.finished.is_(None), INBOX.c.received < now - KEYS_KEPT
        )
    )
    waiting.prune(connection, now)
    vault.prune(connection, now)
    own_data.prune_history(connection, now)
    connection.execute(sa.delete(OUTBOX).where(OUTBOX.c.sent < now - KEYS_KEPT))
    connection.execute(
        sa.delete(TIMERS).where(
            TIMERS.c.armed.is_(sa.false()), TIMERS.c.changed < now - TIMERS_KEPT
        )
    )


def _apply(
    connection: sa.Connection,
    person: Person,
    changes: Sequence[Change],
    now: datetime,
    me: str,
) -> None:
    for change in changes:
        match change:
            case Record():
                people.record(connection, person, change.entry)
            case MarkUndone():
                people.mark_undone(connection, person, change.entry)
            case Arm():
                timers.arm(connection, person, change, now)
            case Drop():
                timers.drop(connection, person, change.timer, now)
            case KeepArmed():
                timers.keep_armed(connection, change, now)
            case Nudge():
                timers.nudge(connection, change, now)
            case SaveSettings():
                people.save_settings(connection, person, change.settings)
            case DropTokens():
                vault.forget(connection, person)
            case DropHistory():
                own_data.erase_history(connection, person, now)
            case ForgetPerson():
                own_data.forget(connection, person)
            case Tell():
                inbox.keep(connection, change.outbound, me)
            case Reach():
                people.save_address(connection, person, change.address)
            case Welcomed():
                people.welcomed(connection, person)
            case Withdraw():
                edits.withdraw(connection, person, change, now)
            case _:
                assert_never(change)
