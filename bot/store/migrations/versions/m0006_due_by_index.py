"""What is due is found by its index on SQLite, too."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the index again as the queries put it: to SQLite `armed` is not `armed = 1`."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_index("pb_timers_due", "pb_timers")
        op.create_index("pb_timers_due", "pb_timers", ["due"], sqlite_where=sa.text("armed = 1"))
