"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table of the first version."""
    op.create_table(
        "pb_facts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "pb_people",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("oid", sa.Text, primary_key=True),
        sa.Column("settings", sa.JSON),
        sa.Column("address", sa.JSON),
    )
    op.create_table(
        "pb_inbox",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("body", sa.JSON),
        sa.Column("inline", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("answer", sa.JSON),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("finished", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _partial_index("pb_inbox_open", "pb_inbox", "seq", "finished IS NULL")
    op.create_index("pb_inbox_finished", "pb_inbox", ["finished"])
    op.create_table(
        "pb_journal",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("entry", sa.JSON, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sa.UniqueConstraint("tenant", "oid", "id", name="pb_journal_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("pb_journal_person", "pb_journal", ["tenant", "oid", "seq"])
    op.create_table(
        "pb_timers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("task", sa.JSON, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("armed", sa.Boolean, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    _partial_index("pb_timers_due", "pb_timers", "due", "armed")
    op.create_index("pb_timers_person", "pb_timers", ["tenant", "oid"])
    op.create_table(
        "pb_outbox",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("request", sa.JSON),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    _partial_index("pb_outbox_open", "pb_outbox", "seq", "sent IS NULL")


def _partial_index(name: str, table: str, column: str, where: str) -> None:
    rule = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=rule, postgresql_where=rule)
