"""Where the playground keeps what must outlive the process: JSON values by kind and key."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


class Shelf:
    """A SQLite file of JSON values, written by one thread; without a path, in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="shelf")
        self._connection = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self._connection.execute("PRAGMA journal_mode=wal")
        self._connection.execute("PRAGMA synchronous=normal")  # survives kill -9
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS shelf"
            " (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )

    async def _run(self, sql: str, *values: str) -> list[tuple[str, str]]:
        def work() -> list[tuple[str, str]]:
            return self._connection.execute(sql, values).fetchall()

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a JSON value; return when it is on disk."""
        await self._run(
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", kind, key, json.dumps(value)
        )

    async def drop(self, kind: str, key: str) -> None:
        """Forget a value; one that is not there is fine."""
        await self._run("DELETE FROM shelf WHERE kind = ? AND key = ?", kind, key)

    async def all(self, kind: str) -> dict[str, Any]:
        """Return the values of a kind by key, in the order of their keys."""
        rows = await self._run("SELECT key, value FROM shelf WHERE kind = ? ORDER BY key", kind)
        return {key: json.loads(value) for key, value in rows}

    async def close(self) -> None:
        """Write what is on its way and close the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connection.close)
        self._thread.shutdown()
