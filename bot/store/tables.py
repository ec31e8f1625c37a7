"""The tables, as this version of the bot uses them. Migrations build them step by step.

Every name starts with `pb_`: the timer engine keeps its own tables in the same database.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

METADATA = sa.MetaData()

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(sa.TypeDecorator[datetime]):
    """An aware instant, kept as whole microseconds since 1970 UTC: the same on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        """Return the number that is kept."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        """Return the instant, in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


JSON = sa.JSON(none_as_null=True)
# SQLite counts up by itself only in a column of exactly this type.
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


FACTS = sa.Table(
    "pb_facts",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

PEOPLE = sa.Table(
    "pb_people",
    METADATA,
    sa.Column("tenant", sa.Text, primary_key=True),
    sa.Column("oid", sa.Text, primary_key=True),
    sa.Column("settings", JSON),
    sa.Column("address", JSON),
    sa.Column("welcomed", sa.Boolean, nullable=False, server_default=sa.false()),
)

INSTANCES = sa.Table(
    "pb_instances",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    # Microseconds since 1970 by the server's own clock: the bot's may be moved.
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),
)

LINE = sa.Table(
    "pb_line",
    METADATA,
    sa.Column("seq", COUNTER, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("key", sa.Text),
    sqlite_autoincrement=True,
)
sa.Index("pb_line_person", LINE.c.tenant, LINE.c.oid, LINE.c.seq)

INBOX = sa.Table(
    "pb_inbox",
    METADATA,
    sa.Column("seq", COUNTER, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("body", JSON),
    sa.Column("inline", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("answer", JSON),
    sa.Column("received", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Column("parked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("holder", sa.Text),
    sa.Column("did", JSON),
    sqlite_autoincrement=True,
)
sa.Index(
    "pb_inbox_open",
    INBOX.c.seq,
    sqlite_where=INBOX.c.finished.is_(None),
    postgresql_where=INBOX.c.finished.is_(None),
)
sa.Index("pb_inbox_finished", INBOX.c.finished)
sa.Index("pb_inbox_person", INBOX.c.tenant, INBOX.c.oid, INBOX.c.seq)

JOURNAL = sa.Table(
    "pb_journal",
    METADATA,
    sa.Column("seq", COUNTER, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("entry", JSON, nullable=False),
    sa.Column("undone", sa.Boolean, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.UniqueConstraint("tenant", "oid", "id", name="pb_journal_entry"),
    sqlite_autoincrement=True,
)
sa.Index("pb_journal_person", JOURNAL.c.tenant, JOURNAL.c.oid, JOURNAL.c.seq)
sa.Index("pb_journal_at", JOURNAL.c.at)

TIMERS = sa.Table(
    "pb_timers",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("task", JSON, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("armed", sa.Boolean, nullable=False),
    sa.Column("changed", Instant, nullable=False),
    sa.Column("waiting", sa.Integer, nullable=False, server_default="0"),
    sa.Column("job", sa.Text),
    sa.Column("taken", sa.Integer),
)
sa.Index(
    "pb_timers_job",
    TIMERS.c.job,
    sqlite_where=TIMERS.c.job.is_not(None),
    postgresql_where=TIMERS.c.job.is_not(None),
)
sa.Index(
    "pb_timers_due",
    TIMERS.c.due,
    sqlite_where=sa.text("armed = 1"),  # as its queries put it: SQLite takes it at its word
    postgresql_where=TIMERS.c.armed,
)
sa.Index("pb_timers_person", TIMERS.c.tenant, TIMERS.c.oid)

OUTBOX = sa.Table(
    "pb_outbox",
    METADATA,
    sa.Column("seq", COUNTER, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("request", JSON),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent", Instant),
    sa.Column("holder", sa.Text),
    sqlite_autoincrement=True,
)
sa.Index(
    "pb_outbox_open",
    OUTBOX.c.seq,
    sqlite_where=OUTBOX.c.sent.is_(None),
    postgresql_where=OUTBOX.c.sent.is_(None),
)

VAULT = sa.Table(
    "pb_vault",
    METADATA,
    sa.Column("tenant", sa.Text, primary_key=True),
    sa.Column("oid", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
)
sa.Index("pb_vault_key", VAULT.c.key)

TICKETS = sa.Table(
    "pb_tickets",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("tenant", sa.Text, nullable=False),
    sa.Column("oid", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("attempts", sa.Integer, nullable=False),
)
sa.Index("pb_tickets_person", TICKETS.c.tenant, TICKETS.c.oid)
sa.Index("pb_tickets_expires", TICKETS.c.expires)
