"""What several instances on one database need, what a delivery did, and who was greeted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the instances and the line of each person, and say who holds what."""
    op.create_table(
        "pb_instances",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "pb_line",
        sa.Column("seq", _COUNTER, primary_key=True, autoincrement=True),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("pb_line_person", "pb_line", ["tenant", "oid", "seq"])
    op.add_column("pb_inbox", sa.Column("holder", sa.Text))
    op.add_column("pb_inbox", sa.Column("did", sa.JSON))
    op.create_index("pb_inbox_person", "pb_inbox", ["tenant", "oid", "seq"])
    op.add_column("pb_outbox", sa.Column("holder", sa.Text))
    op.add_column(
        "pb_people", sa.Column("welcomed", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE pb_people SET welcomed = true")  # they have been talking for long
