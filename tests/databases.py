"""Fresh databases for tests: a SQLite file, or a database of its own on the local PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.required import missing

SERVER = "postgresql://postgres@127.0.0.1:5432"


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'bot.db'}"


@contextmanager
def postgres_url() -> Iterator[str]:
    """A new, empty database; the test is skipped where there is no server."""
    name = f"pb_test_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3) as server:
            server.execute(f"CREATE DATABASE {name}".encode())
    except psycopg.OperationalError as error:
        missing(f"no PostgreSQL on 127.0.0.1:5432 ({error.__class__.__name__})")
    try:
        yield f"{SERVER}/{name}"
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
