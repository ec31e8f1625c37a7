"""Bringing a database to the shape that this version of the bot uses."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from bot.service.errors import ConfigurationError

CURRENT = "0006"  # the newest step under migrations/versions


def bring_up_to_date(connection: sa.Connection, *, to: str = CURRENT) -> None:
    """Run the steps that this database lacks up to `to`, in the caller's transaction.

    The caller sees to it that no other process does the same at the same time. Raises
    ConfigurationError where the database was written by a newer version of the bot.
    """
    if version_of(connection) == to:
        return
    # alembic costs 50 ms and 6 MB, and most starts have nothing to do.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise ConfigurationError(
            ["The database was written by a newer version of the bot; start that one."]
        ) from error


def version_of(connection: sa.Connection) -> str | None:
    """Return the newest step that this database has, or none where it is new."""
    if not sa.inspect(connection).has_table("pb_schema"):
        return None
    found: str | None = connection.execute(
        sa.text("SELECT version_num FROM pb_schema")
    ).scalar_one_or_none()
    return found
