"""Logging in to PostgreSQL without a password in the settings: it is fetched when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

Password = Callable[[], str]


@contextmanager
def logged_in(password: Password) -> Iterator[None]:
    """Have every connection to PostgreSQL that has no password of its own take that of `password`.

    For all of the process: the timer engine makes connections too. `password` may block and is
    called in any thread for each new connection; where it fails, the connection cannot be had.
    """

    def connecting(
        dialect: sa.Dialect, _record: object, _arguments: list[Any], named: dict[str, Any]
    ) -> None:
        if dialect.name != "postgresql" or named.get("password"):
            return
        try:
            named["password"] = password()
        except Exception as error:
            raise dialect.loaded_dbapi.OperationalError("no password could be had") from error

    event.listen(sa.Engine, "do_connect", connecting)
    try:
        yield
    finally:
        event.remove(sa.Engine, "do_connect", connecting)


def needs_password(url: str) -> bool:
    """Return whether `url` is a PostgreSQL server's, with a name and without a password."""
    try:
        where = sa.make_url(url)
    except sa.exc.ArgumentError:
        return False
    return where.get_backend_name() == "postgresql" and bool(where.username) and not where.password
