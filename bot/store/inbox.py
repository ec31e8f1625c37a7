"""Units of work over what arrived and what is on its way out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.domain.person import Person
from bot.service.traffic import Incoming, Outbound, Place
from bot.store import instances
from bot.store.people import save_address
from bot.store.tables import INBOX, OUTBOX
from bot.store.upsert import Insert, for_each_database

_LOOKED_AT = 2_000

_MARK = sa.bindparam("mark", type_=sa.Text)
_COLUMNS = ("key", "tenant", "oid", "body", "inline", "attempts", "received", "holder")
_KNOWN = INBOX.alias()


def _unless_known(insert: Insert) -> Insert:
    """Insert a delivery whose key is not known, nor the mark of one whose person was forgotten."""
    row = sa.select(*(sa.bindparam(name, type_=INBOX.c[name].type) for name in _COLUMNS))
    new = row.where(~sa.exists().where(_KNOWN.c.key == _MARK))
    return insert.from_select(_COLUMNS, new).on_conflict_do_nothing(index_elements=["key"])


# Statements are built once: building one costs more than running it.
_RECEIVE = for_each_database(INBOX, lambda insert: _unless_known(insert).returning(INBOX.c.seq))
# As soon as the row is there, its person's line is this transaction's.
_RECEIVE_IN_LINE = _unless_known(postgresql.insert(INBOX)).returning(instances.ONE_AT_A_TIME)
_ASKED_FOR = INBOX.c.key.in_([sa.bindparam("key_", type_=sa.Text), _MARK])
_ANSWER = sa.select(INBOX.c.answer).where(_ASKED_FOR)
_FINISHED = sa.select(INBOX.c.finished).where(_ASKED_FOR)
_FINISH = (
    sa.update(INBOX)
    .where(INBOX.c.key == sa.bindparam("key_"), INBOX.c.finished.is_(None))
    .values(finished=sa.bindparam("now"), did=sa.bindparam("done"), body=sa.null())
)
# What was promised is the answer: another one comes too late.
_FINISH_WITH_ANSWER = _FINISH.where(INBOX.c.answer.is_(None)).values(answer=sa.bindparam("given"))
_FORGET = (
    sa.update(INBOX)
    .where(INBOX.c.seq == sa.bindparam("seq_"))
    .values(
        key=_MARK,
        tenant="",
        oid="",
        body=sa.null(),
        did=sa.null(),
        answer=sa.null(),
        holder=sa.null(),
        parked=False,
        finished=sa.func.coalesce(INBOX.c.finished, INBOX.c.received),
    )
)
_KEEP = sa.insert(OUTBOX).inline()  # nobody asks for the number that it gets
_SENT = (
    sa.update(OUTBOX)
    .where(OUTBOX.c.id == sa.bindparam("id_"))
    .values(sent=sa.bindparam("now"), request=sa.null())
)
_SENT_AND_LEFT = _SENT.add_cte(instances.STEP_OUT.cte("left_line"))


def receive(connection: sa.Connection, incoming: Incoming, now: datetime, me: str) -> bool:
    """Keep what arrived; return false, and change nothing, where its key is known.

    Only a private conversation becomes the person's address: reminders are not for a group.
    """
    row = _row(incoming, now, me)
    if connection.execute(_RECEIVE[connection.dialect.name], row).first() is None:
        return False
    if incoming.private:
        save_address(connection, incoming.person, incoming.address)
    return True


def mark(key: str) -> str:
    """Return what is kept of the key of a delivery whose person was forgotten."""
    return f"forgotten|{hashlib.sha256(key.encode()).hexdigest()}"


def forget(connection: sa.Connection, person: Person) -> None:
    """Keep of what a person sent only that it came: it must not be carried out once more.

    What arrived meanwhile and waits to be carried out stays: it was said after this. A greeting
    and a sign-in are nothing that could be done twice: whoever comes back needs them again.
    """
    own = sa.and_(
        INBOX.c.tenant == person.tenant,
        INBOX.c.oid == person.oid,
        sa.or_(INBOX.c.finished.is_not(None), INBOX.c.parked),
    )
    again = sa.or_(INBOX.c.key.like("%|welcome"), INBOX.c.key.like("%|signin|%"))
    connection.execute(sa.delete(INBOX).where(own, again))
    marks = [
        {"seq_": row.seq, "mark": mark(row.key)}
        for row in connection.execute(sa.select(INBOX.c.seq, INBOX.c.key).where(own))
    ]
    if marks:
        connection.execute(_FORGET, marks)


def answer_forgotten(connection: sa.Connection, key: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer to the delivery that had its person forgotten."""
    connection.execute(
        sa.update(INBOX).where(INBOX.c.key == mark(key)).values(answer=dict(answer))
    )


def newcomers(connection: sa.Connection, tenant: str, since: datetime, most: int) -> int:
    """Return for how many people of a tenant the bot was installed since, at most `most`.

    Only the newest 2,000 deliveries are looked at: this is asked in the thick of it.
    """
    newest = sa.select(sa.func.max(INBOX.c.seq) - _LOOKED_AT).scalar_subquery()
    people = (
        sa.select(INBOX.c.oid)
        .where(
            INBOX.c.seq > newest,
            INBOX.c.tenant == tenant,
            INBOX.c.received > since,
            INBOX.c.key.like("%|welcome"),
        )
        .distinct()
        .limit(most)
        .subquery()
    )
    return connection.scalar(sa.select(sa.func.count()).select_from(people)) or 0


def receive_in_line(
    connection: sa.Connection, incoming: Incoming, now: datetime, me: str
) -> Place | None:
    """Keep what arrived, and queue up for its person's next turn; none where its key is known."""
    if connection.dialect.name != "postgresql":  # the process that has the file keeps the lines
        return Place(number=0) if receive(connection, incoming, now, me) else None
    row = {**_row(incoming, now, me), "whose": str(incoming.person)}
    if connection.execute(_RECEIVE_IN_LINE, row).first() is None:
        return None
    if incoming.private:
        save_address(connection, incoming.person, incoming.address)
    return instances.stand_behind(connection, incoming.person, incoming.key, me)


def answer(connection: sa.Connection, key: str) -> Mapping[str, Any] | None:
    """Return the kept answer to the delivery `key`."""
    found: Mapping[str, Any] | None = connection.execute(
        _ANSWER, {"key_": key, "mark": mark(key)}
    ).scalar_one_or_none()
    return found


def promise(
    connection: sa.Connection, key: str, answer: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Keep the answer to a delivery that is still open, which need not be inline any more.

    Returns the answer that was kept first, and none where the delivery is closed.
    """
    opened = sa.and_(INBOX.c.key == key, INBOX.c.finished.is_(None))
    connection.execute(
        sa.update(INBOX).where(opened, INBOX.c.answer.is_(None)).values(answer=dict(answer))
    )
    kept: Mapping[str, Any] | None = connection.execute(
        sa.update(INBOX).where(opened).values(inline=False).returning(INBOX.c.answer)
    ).scalar_one_or_none()
    return kept


def turn_away(connection: sa.Connection, key: str) -> bool:
    """Forget a delivery that is open; return false where an answer was promised before."""
    connection.execute(
        sa.delete(INBOX).where(
            INBOX.c.key == key, INBOX.c.finished.is_(None), INBOX.c.answer.is_(None)
        )
    )
    return answer(connection, key) is None


def finished(connection: sa.Connection, key: str, before: datetime | None = None) -> bool:
    """Return whether the delivery `key` was carried out, where asked before an instant."""
    found: datetime | None = connection.execute(
        _FINISHED, {"key_": key, "mark": mark(key)}
    ).scalar_one_or_none()
    return found is not None and (before is None or found < before)


def unfinished(connection: sa.Connection, me: str) -> Sequence[Incoming]:
    """Return, in order of arrival, what a process left undone that is gone; now it is ours."""
    waits = (
        INBOX.c.finished.is_(None),
        INBOX.c.inline.is_(sa.false()),
        INBOX.c.parked.is_(sa.false()),
        instances.free(connection, INBOX.c.holder, me),
    )
    rows = connection.execute(
        sa.update(INBOX).where(*waits).values(holder=me).returning(*INBOX.c)
    ).all()
    instances.adopt(connection, [row.key for row in rows], me)
    return [read_row(row) for row in sorted(rows, key=lambda row: row.seq)]


def attempt(connection: sa.Connection, key: str) -> int:
    """Count an attempt at the delivery `key` and return the count; LookupError if unknown."""
    counted: int | None = connection.execute(
        sa.update(INBOX)
        .where(INBOX.c.key == key)
        .values(attempts=INBOX.c.attempts + 1)
        .returning(INBOX.c.attempts)
    ).scalar_one_or_none()
    if counted is None:
        raise LookupError("this delivery was never received")
    return counted


def finish(
    connection: sa.Connection,
    key: str,
    answer: Mapping[str, Any] | None,
    did: Mapping[str, Any] | None,
    now: datetime,
) -> bool:
    """Close a delivery, erase what it said and note what it did; return false where it was closed.

    With an answer it is false, too, where another one was promised.

    Raises LookupError where the key was never received: what the turn did must not vanish.
    """
    if answer is None:
        closed = connection.execute(_FINISH, {"key_": key, "done": did, "now": now})
    else:
        closed = connection.execute(
            _FINISH_WITH_ANSWER, {"key_": key, "done": did, "given": answer, "now": now}
        )
    if closed.rowcount == 1:
        return True
    known = connection.execute(sa.select(INBOX.c.seq).where(INBOX.c.key == key)).first()
    if known is None:
        raise LookupError("this delivery was never received")
    return False


def keep(connection: sa.Connection, outbound: Outbound, me: str) -> None:
    """Keep a message that this process is to send."""
    connection.execute(
        _KEEP,
        {
            "id": outbound.id,
            "tenant": outbound.person.tenant,
            "oid": outbound.person.oid,
            "request": dict(outbound.request),
            "attempts": outbound.attempts,
            "holder": me,
        },
    )


def unsent(connection: sa.Connection, me: str) -> Sequence[Outbound]:
    """Return, oldest first, what a process left unsent that is gone; now it is ours."""
    waits = (OUTBOX.c.sent.is_(None), instances.free(connection, OUTBOX.c.holder, me))
    rows = connection.execute(
        sa.update(OUTBOX).where(*waits).values(holder=me).returning(*OUTBOX.c)
    ).all()
    return [
        Outbound(
            id=row.id,
            person=Person(tenant=row.tenant, oid=row.oid),
            request=row.request,
            attempts=row.attempts,
        )
        for row in sorted(rows, key=lambda row: row.seq)
    ]


def sent(connection: sa.Connection, id_: str, place: int | None, now: datetime) -> None:
    """Mark a message as sent and erase what it said; leave the line at `place` with it."""
    if place is None:
        connection.execute(_SENT, {"id_": id_, "now": now})
    else:
        connection.execute(_SENT_AND_LEFT, {"id_": id_, "now": now, "place": place})


def _row(incoming: Incoming, now: datetime, me: str) -> dict[str, Any]:
    return {
        "key": incoming.key,
        "mark": mark(incoming.key),
        "tenant": incoming.person.tenant,
        "oid": incoming.person.oid,
        "body": _body(incoming),
        "inline": incoming.inline,
        "attempts": incoming.attempts,
        "received": now,
        "holder": me,
    }


def _body(incoming: Incoming) -> dict[str, Any]:
    return {
        "address": dict(incoming.address),
        "at": incoming.at.isoformat(),
        "zone": incoming.zone,
        "locale": incoming.locale,
        "text": incoming.text,
        "pressed": None if incoming.pressed is None else dict(incoming.pressed),
        "card": incoming.card,
        "private": incoming.private,
        "composed": incoming.composed,
        "mentions": dict(incoming.mentions),
        "edits": incoming.edits,
        "trace": incoming.trace,
    }


def read_row(row: sa.Row[Any]) -> Incoming:
    """Return the delivery that a row holds."""
    body = dict(row.body)
    return Incoming(
        key=row.key,
        person=Person(tenant=row.tenant, oid=row.oid),
        inline=row.inline,
        attempts=row.attempts,
        at=datetime.fromisoformat(body.pop("at")),
        **body,
    )
