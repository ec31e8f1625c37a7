"""INSERT ... ON CONFLICT, which both databases have and SQLAlchemy names twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def for_each_database(
    table: sa.Table, finish: Callable[[Insert], sa.Executable]
) -> Mapping[str, sa.Executable]:
    """Return, by dialect, an insert into `table` that `finish` has told what a conflict does."""
    return {
        "sqlite": finish(sqlite.insert(table)),
        "postgresql": finish(postgresql.insert(table)),
    }
