"""What signing in needs: the token vault, tickets, and work that waits for a sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the vault and the tickets, and mark what waits."""
    op.create_table(
        "pb_vault",
        sa.Column("tenant", sa.Text, primary_key=True),
        sa.Column("oid", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("pb_vault_key", "pb_vault", ["key"])
    op.create_table(
        "pb_tickets",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("tenant", sa.Text, nullable=False),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_index("pb_tickets_person", "pb_tickets", ["tenant", "oid"])
    op.create_index("pb_tickets_expires", "pb_tickets", ["expires"])
    op.add_column(
        "pb_inbox", sa.Column("parked", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column(
        "pb_timers", sa.Column("waiting", sa.Integer, nullable=False, server_default="0")
    )
