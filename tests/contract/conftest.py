from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.databases import postgres_url, sqlite_url

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


class StandingClock(Clock):
    """Stands where it is put."""

    def __init__(self) -> None:
        super().__init__()
        self.instant = NOW

    def now(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
    else:
        with postgres_url() as url:
            yield url


@pytest.fixture
async def store(database: str, clock: StandingClock) -> AsyncIterator[SqlStore]:
    store = await open_store(database, mode="playground", clock=clock)
    yield store
    await store.close()


def after(store: SqlStore) -> SqlStore:
    """Return the store as a process has it that comes after the one of `store`."""
    return SqlStore(store._runner, clock=store._clock)
