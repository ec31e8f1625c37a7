"""Rotation under load with 10,000 rows: every read before, during and after it is good."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from bot.clock import Clock
from bot.store.opening import open_store
from tests.databases import sqlite_url
from tests.identity.test_vault import rotation_under_load

_PEOPLE = 10_000


async def _rotate() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(sqlite_url(Path(folder)), mode="tenant", clock=Clock())
        started = time.perf_counter()
        reads = await rotation_under_load(store, people=_PEOPLE)
        await store.close()
    seconds = time.perf_counter() - started
    print(f"{_PEOPLE} rows, {reads} reads, none failed; {seconds:.1f} s")  # noqa: T201  # a report


def main(arguments: list[str]) -> int:
    """Run it; a read that fails is an error."""
    del arguments
    asyncio.run(_rotate())
    return 0
