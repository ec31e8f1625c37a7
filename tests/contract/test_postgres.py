"""PostgreSQL alone: sessions that end, whoever ends them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.domain.person import Person, Settings
from bot.service.changes import SaveSettings
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.contract.conftest import StandingClock
from tests.databases import postgres_url

AT_ONCE = 20  # more than there are connections
PEOPLE = [Person(tenant="contoso", oid=f"person{number}") for number in range(AT_ONCE)]
CHANGED = SaveSettings(settings=Settings(zone="Europe/Berlin"))


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_url() as url:
        yield url


@pytest.fixture
async def store(url: str, clock: StandingClock) -> AsyncIterator[SqlStore]:
    store = await open_store(url, mode="tenant", clock=clock)
    yield store
    await store.close()


def end_all_sessions(url: str) -> None:
    """Do to them what a restart of the server does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_what_comes_after_the_sessions_have_ended_is_carried_out(
    store: SqlStore, url: str
) -> None:
    for _ in range(2):
        await asyncio.gather(
            *(store.commit(person, [CHANGED]) for person in PEOPLE),
            *(store.person(person) for person in PEOPLE),
        )
        await asyncio.to_thread(end_all_sessions, url)
    await asyncio.gather(*(store.person(person) for person in PEOPLE))
    await asyncio.to_thread(end_all_sessions, url)
    await asyncio.gather(*(store.commit(person, [CHANGED]) for person in PEOPLE))
    known = await asyncio.gather(*(store.person(person) for person in PEOPLE))
    assert {one.settings for one in known} == {CHANGED.settings}


async def test_a_unit_whose_session_ends_is_tried_twice_and_leaves_nothing(
    store: SqlStore,
) -> None:
    tried = 0

    def unit(connection: sa.Connection) -> None:
        nonlocal tried
        tried += 1
        connection.execute(sa.text("INSERT INTO pb_facts VALUES ('one', 'two')"))
        connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DBAPIError):
        await store._runner.run(unit)
    assert tried == 2

    def facts(connection: sa.Connection) -> list[str]:
        return list(connection.scalars(sa.text("SELECT key FROM pb_facts")))

    assert await store._runner.read(facts) == ["mode"]


async def test_who_stops_waiting_does_not_stop_the_unit(
    store: SqlStore, url: str, clock: StandingClock
) -> None:
    waiting = [asyncio.create_task(store.commit(person, [CHANGED])) for person in PEOPLE]
    await asyncio.sleep(0)  # each is handed over
    for task in waiting:
        task.cancel()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {asyncio.CancelledError}
    await store.close()
    again = await open_store(url, mode="tenant", clock=clock)
    known = [(await again.person(person)).settings for person in PEOPLE]
    assert set(known) == {CHANGED.settings}
    await again.close()
