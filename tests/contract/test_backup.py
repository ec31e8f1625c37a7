"""A backup is taken while the store is written to, and made into either kind of database."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.person import Settings
from bot.service.changes import Arm, Record, SaveSettings
from bot.service.errors import ConfigurationError
from bot.service.secrets import Sealed
from bot.store import backup
from bot.store.backup import Damaged, back_up, restore
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.contract.conftest import NOW, StandingClock
from tests.contract.test_store import ADELE, ALEX, arm, entry, outbound, said
from tests.databases import postgres_url, sqlite_url


@pytest.fixture
def new_database(database: str, tmp_path: Path) -> Iterator[str]:
    """Give a new database of the other kind."""
    if database.startswith("sqlite"):
        with postgres_url() as url:
            yield url
    else:
        folder = tmp_path / "new"
        folder.mkdir()
        yield sqlite_url(folder)


async def filled(store: SqlStore) -> None:
    incoming = said("c;1", zone="Europe/Berlin")
    await store.receive(incoming)
    settings = SaveSettings(settings=Settings(zone="Europe/Berlin", locale="de-DE"))
    changes = (settings, Record(entry=entry()), arm(text="Tee, „heiß“\n"))
    await store.finish_turn(incoming, changes, outbound=outbound())
    await store.receive(said("c;2", person=ALEX, text="busy"))
    assert await store.seal(ADELE, Sealed(version=1, key="k", sealed=b"\x00\xff secret"))


async def test_all_comes_back_in_the_other_kind_of_database(
    store: SqlStore, database: str, new_database: str, clock: StandingClock, tmp_path: Path
) -> None:
    await filled(store)
    file = tmp_path / "backup.gz"
    written = await asyncio.to_thread(back_up, database, file, mode="playground", now=NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {one.table: one.rows for one in written}["pb_inbox"] == 2
    assert await asyncio.to_thread(restore, new_database, file, mode="playground") == written

    other = await open_store(new_database, mode="playground", clock=clock)
    try:
        assert await other.person(ADELE) == await store.person(ADELE)
        assert [one.key for one in await other.unfinished()] == ["c;2"]
        assert [(one.id, one.request) for one in await other.unsent()] == [
            (outbound().id, outbound().request)
        ]
        assert await other.sealed(ADELE) == await store.sealed(ADELE)
        assert not await other.receive(said("c;1"))  # what was seen is known
        assert await other.receive(said("c;3", person=ALEX))  # and the counters go on
    finally:
        await other.close()
    with pytest.raises(ConfigurationError, match="used before"):
        restore(new_database, file, mode="playground")
    with pytest.raises(ConfigurationError, match="there already"):
        back_up(database, file, mode="playground", now=NOW)


async def test_a_backup_is_one_instant_while_the_bot_goes_on_writing(
    store: SqlStore, database: str, tmp_path: Path
) -> None:
    over = asyncio.Event()

    async def write() -> None:
        number = 0
        while not over.is_set() or number < 50:
            number += 1
            incoming = said(f"w;{number}")
            await store.receive(incoming)
            changes = (Record(entry=entry(f"e{number}")), _arm(number))
            await store.finish_turn(incoming, changes)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    file = tmp_path / "backup.gz"
    written = await asyncio.to_thread(back_up, database, file, mode="playground", now=NOW)
    over.set()
    await writing
    rows = {one.table: one.rows for one in written}
    assert 0 < rows["pb_journal"] == rows["pb_timers"] <= rows["pb_inbox"]


def _arm(number: int) -> Arm:
    return arm(f"t{number}")


async def test_a_file_that_does_not_fit_or_is_not_whole_makes_no_database(
    store: SqlStore,
    database: str,
    new_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await filled(store)
    file = tmp_path / "backup.gz"
    await asyncio.to_thread(back_up, database, file, mode="playground", now=NOW)
    with pytest.raises(ConfigurationError, match="belongs to the playground mode"):
        restore(new_database, file, mode="tenant")
    with pytest.raises(ConfigurationError, match="belongs to the playground mode"):
        back_up(database, tmp_path / "other", mode="tenant", now=NOW)
    monkeypatch.setattr(backup, "CURRENT", "0001")
    with pytest.raises(ConfigurationError, match="newer version"):
        restore(new_database, file, mode="playground")
    monkeypatch.undo()

    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    at = next(n for n, line in enumerate(lines) if "heiß" in line)
    changed = lines[at].replace("heiß", "kalt")
    harm: dict[str, list[str]] = {
        "not as it was written": [*lines[:at], changed, *lines[at + 1 :]],
        "something unexpected": [line for line in lines if '"pb_timers"' not in line],
        "the end of the file is missing": lines[:-1],
        "no backup of the bot": lines[1:],
    }
    for said_of_it, left in harm.items():
        broken = tmp_path / "broken.gz"
        broken.write_bytes(gzip.compress("\n".join(left).encode()))
        with pytest.raises(Damaged, match=said_of_it):
            restore(new_database, broken, mode="playground")
    broken.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(Damaged, match="cannot be read"):
        restore(new_database, broken, mode="playground")
    assert restore(new_database, file, mode="playground")  # nothing was left behind before


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    new_database: str, clock: StandingClock, tmp_path: Path
) -> None:
    columns = ["tenant", "oid", "settings", "address"]
    rows: list[list[Any]] = [["contoso", "adele", {"zone": "Asia/Tokyo"}, None]]
    file = tmp_path / "old.gz"
    file.write_bytes(gzip.compress("\n".join(_old("pb_people", columns, rows)).encode()))
    restore(new_database, file, mode="playground")
    store = await open_store(new_database, mode="playground", clock=clock)
    assert (await store.person(ADELE)).settings.zone == "Asia/Tokyo"
    await store.close()


def _old(table: str, columns: list[str], rows: list[list[Any]]) -> Iterator[str]:
    lines = [json.dumps(row, separators=(",", ":")) for row in rows]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    head = {"format": "presence-bot backup 1", "mode": "playground", "schema": "0001"}
    yield json.dumps(head)
    yield json.dumps({"table": table, "columns": columns})
    yield from lines
    yield json.dumps({"end": table, "rows": len(rows), "sha256": digest})
    yield json.dumps({"tables": 1})
