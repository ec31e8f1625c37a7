"""What history needs: when each change was made, and until when what it set stands."""

import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def upgrade() -> None:
    """Add the two instants and read them from the entries."""
    for name in ("at", "until"):
        op.add_column(
            "pb_journal", sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
        )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT seq, entry FROM pb_journal")).all()
    for seq, entry in rows:
        kept = json.loads(entry) if isinstance(entry, str) else entry
        at = _number(kept["at"])
        ends = [
            _number(part["after"]["end"])
            for part in (kept.get("presence"), kept.get("message"))
            if part and part.get("after") and part["after"].get("end")
        ]
        connection.execute(
            sa.text('UPDATE pb_journal SET "at" = :at, "until" = :until WHERE seq = :seq'),
            {"seq": seq, "at": at, "until": max([at, *ends])},
        )
    op.create_index("pb_journal_at", "pb_journal", ["at"])


def _number(instant: str) -> int:
    return (datetime.fromisoformat(instant) - _EPOCH) // _MICROSECOND
