from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.service.errors import ConfigurationError
from bot.store import migrate, timers
from bot.store.opening import open_store
from bot.store.tables import METADATA
from tests.contract.conftest import StandingClock
from tests.databases import postgres_url, sqlite_url

ROOT = Path(__file__).parents[2]


def engine_of(url: str) -> sa.Engine:
    return sa.create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), poolclass=sa.pool.NullPool
    )


async def test_a_database_refuses_the_other_mode(database: str, clock: StandingClock) -> None:
    store = await open_store(database, mode="playground", clock=clock)
    await store.close()
    with pytest.raises(ConfigurationError, match="belongs to the playground mode"):
        await open_store(database, mode="tenant", clock=clock)
    again = await open_store(database, mode="playground", clock=clock)
    await again.close()


async def test_an_empty_database_gets_the_tables_that_the_code_uses(
    database: str, clock: StandingClock
) -> None:
    store = await open_store(database, mode="playground", clock=clock)
    await store.close()
    engine = engine_of(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "pb_schema"})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


async def test_what_is_due_is_found_by_an_index(database: str, clock: StandingClock) -> None:
    store = await open_store(database, mode="playground", clock=clock)
    await store.close()
    engine = engine_of(database)
    asked: list[tuple[str, Any]] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((sql, values))

    with engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if engine.dialect.name == "postgresql":
            explain = "EXPLAIN"
            connection.execute(sa.text("SET enable_seqscan = off"))  # the table is empty
        asked.clear()
        timers.due(connection, clock.now(), 10)
        timers.swept(connection, clock.now(), 10)
        timers.next_due(connection, clock.now())
        for sql, values in tuple(asked):
            plan = str(connection.exec_driver_sql(f"{explain} {sql}", values).all())
            assert "pb_timers_due" in plan, plan
    assert len(asked) == 6
    engine.dispose()


def test_a_database_that_is_up_to_date_does_not_need_alembic(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from bot.clock import Clock\n"
        "from bot.store.opening import open_store\n"
        "async def main():\n"
        "    store = await open_store(sys.argv[1], mode='tenant', clock=Clock())\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
        "print('alembic' in sys.modules)\n"
    )
    seen = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", script, sqlite_url(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert seen == ["True", "False"]


def test_the_newest_step_is_the_one_that_the_code_asks_for() -> None:
    config = Config()
    folder = ROOT / "bot" / "store" / "migrations"
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.CURRENT]


async def test_a_database_of_a_newer_version_is_refused(
    database: str, clock: StandingClock
) -> None:
    store = await open_store(database, mode="playground", clock=clock)
    await store.close()
    engine = engine_of(database)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE pb_schema SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(ConfigurationError, match="newer version"):
        await open_store(database, mode="playground", clock=clock)


async def test_several_starts_at_once_build_the_tables_once(clock: StandingClock) -> None:
    with postgres_url() as url:
        stores = await asyncio.gather(
            *(open_store(url, mode="tenant", clock=clock) for _ in range(4))
        )
        assert [await store.next_due() for store in stores] == [None] * 4
        for store in stores:
            await store.close()


async def test_a_second_process_on_the_same_file_is_refused(
    tmp_path: Path, clock: StandingClock
) -> None:
    store = await open_store(sqlite_url(tmp_path), mode="playground", clock=clock)
    script = (
        "import asyncio, sys\n"
        "from bot.clock import Clock\n"
        "from bot.store.opening import open_store\n"
        "from bot.service.errors import ConfigurationError\n"
        "try: asyncio.run(open_store(sys.argv[1], mode='playground', clock=Clock()))\n"
        "except ConfigurationError as error: print(error)\n"
    )
    other = subprocess.run(  # noqa: ASYNC221  # the point is what the other process does
        [sys.executable, "-c", script, sqlite_url(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "Another process uses the database file" in other.stdout
    await store.close()
    again = await open_store(sqlite_url(tmp_path), mode="playground", clock=clock)
    await again.close()


async def test_the_file_is_durable_and_for_its_owner_alone(
    tmp_path: Path, clock: StandingClock
) -> None:
    store = await open_store(sqlite_url(tmp_path / "new" / "folder"), mode="tenant", clock=clock)

    def pragmas(connection: sa.Connection) -> list[object]:
        return [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert await store._runner.run(pragmas) == ["wal", 2, 1, 30_000]
    assert (tmp_path / "new" / "folder" / "bot.db").stat().st_mode & 0o077 == 0
    await store.close()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "not a database address"),
        ("mysql://localhost/x", "SQLite and PostgreSQL"),
        ("sqlite://", "needs a file"),
        ("sqlite:////dev/null/bot.db", "cannot be written"),
        ("postgresql://postgres:hunter2@127.0.0.1:9/bot", "does not answer"),
    ],
)
async def test_a_database_that_cannot_be_used_is_explained_in_a_sentence(
    url: str, sentence: str, clock: StandingClock
) -> None:
    with pytest.raises(ConfigurationError, match=sentence) as caught:
        await open_store(url, mode="playground", clock=clock)
    assert "hunter2" not in str(caught.value)


async def test_a_file_that_is_no_database_is_explained(
    tmp_path: Path, clock: StandingClock
) -> None:
    (tmp_path / "bot.db").write_text("this is a letter, not a database " * 100)
    with pytest.raises(ConfigurationError, match="cannot be used"):
        await open_store(sqlite_url(tmp_path), mode="playground", clock=clock)


async def test_a_link_to_the_file_does_not_lead_past_its_lock(
    tmp_path: Path, clock: StandingClock
) -> None:
    store = await open_store(sqlite_url(tmp_path), mode="playground", clock=clock)
    (tmp_path / "link.db").symlink_to(tmp_path / "bot.db")
    (tmp_path / "folder").symlink_to(tmp_path)
    for other in ("link.db", "folder/bot.db"):
        with pytest.raises(ConfigurationError, match="Another process uses"):
            await open_store(f"sqlite:///{tmp_path}/{other}", mode="playground", clock=clock)
    await store.close()


async def test_one_process_at_a_time_leads(database: str, clock: StandingClock) -> None:
    first = await open_store(database, mode="tenant", clock=clock)
    assert [await first.leads(), await first.leads()] == [True, True]
    if database.startswith("postgresql"):
        second = await open_store(database, mode="tenant", clock=clock)
        assert not await second.leads()
        assert await first.leads()
        await first.resign()  # it is about to end, but has work to finish
        assert await second.leads()
        assert not await first.leads()
        await second.close()
    await first.close()


async def test_a_leader_whose_session_ended_stands_again(clock: StandingClock) -> None:
    with postgres_url() as url:
        store = await open_store(url, mode="tenant", clock=clock)
        assert await store.leads()
        engine = engine_of(url)
        with engine.begin() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND database ="
                    " (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        engine.dispose()
        assert await store.leads()
        await store.close()
