"""Which job of the engine a timer was handed over with, and at which version."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the job and the version, and find timers by their job."""
    op.add_column("pb_timers", sa.Column("job", sa.Text))
    op.add_column("pb_timers", sa.Column("taken", sa.Integer))
    has_job = sa.text("job IS NOT NULL")
    op.create_index(
        "pb_timers_job", "pb_timers", ["job"], sqlite_where=has_job, postgresql_where=has_job
    )
