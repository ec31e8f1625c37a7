from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.person import Person
from bot.identity.rotation import rotate
from bot.identity.vault import Vault
from bot.keyring import Keyring
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.databases import sqlite_url

ANNA = Person(tenant="t1", oid="anna")
BEN = Person(tenant="t1", oid="ben")
ANNA_ELSEWHERE = Person(tenant="t2", oid="anna")
CACHE = '{"RefreshToken": "canary-refresh-token"}'
OLD, NEW = Keyring.generate("old"), Keyring.generate("new")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(sqlite_url(tmp_path), mode="tenant", clock=Clock())
    yield store
    await store.close()


def vault(store: SqlStore, *keys: str) -> Vault:
    return Vault(keys=Keyring.parse(",".join(keys or (OLD,))), store=store)


async def test_what_is_kept_is_read_again_and_is_nobody_elses(store: SqlStore) -> None:
    kept = vault(store)
    assert await kept.write(ANNA, CACHE, after=0)
    opened = await kept.read(ANNA)
    assert opened is not None
    assert (opened.cache, opened.version) == (CACHE, 1)
    assert await kept.read(BEN) is None
    assert await kept.read(ANNA_ELSEWHERE) is None


async def test_the_database_holds_nothing_in_clear(store: SqlStore, tmp_path: Path) -> None:
    await vault(store).write(ANNA, CACHE, after=0)
    contents = await asyncio.to_thread(lambda: [p.read_bytes() for p in tmp_path.iterdir()])
    assert contents
    assert not any(b"canary-refresh-token" in content for content in contents)


async def test_a_change_needs_the_version_that_stands(store: SqlStore) -> None:
    kept = vault(store)
    assert await kept.write(ANNA, "one", after=0)
    assert not await kept.write(ANNA, "two", after=0)
    assert await kept.write(ANNA, "two", after=1)
    assert not await kept.write(ANNA, "late", after=1)
    await kept.forget(ANNA)
    assert not await kept.write(ANNA, "after sign-out", after=2)
    assert await kept.read(ANNA) is None


async def test_a_new_sign_in_takes_the_place_of_whatever_there_was(store: SqlStore) -> None:
    kept = vault(store)
    await kept.write(ANNA, "one", after=0)
    await kept.replace(ANNA, "two")
    opened = await kept.read(ANNA)
    assert opened is not None
    assert opened.cache == "two"


@pytest.mark.parametrize("change", ["a bit", "another person", "another tenant", "another key"])
async def test_a_row_that_was_changed_or_moved_does_not_open(
    store: SqlStore, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept = vault(store, OLD, NEW)
    await kept.write(ANNA, CACHE, after=0)
    row = await store.sealed(ANNA)
    assert row is not None
    victim = {"another person": BEN, "another tenant": ANNA_ELSEWHERE}.get(change, ANNA)
    if change == "a bit":
        row = replace(row, sealed=row.sealed[:-1] + bytes([row.sealed[-1] ^ 1]), version=2)
    elif change == "another key":
        row = replace(row, key="new", version=2)
    assert await store.seal(victim, row)
    with caplog.at_level(logging.DEBUG):
        opened = await kept.read(victim)
    assert opened is not None
    assert opened.cache is None
    assert "cannot be read" in caplog.text
    assert "canary" not in caplog.text


async def test_rotation_reads_every_row_before_during_and_after(store: SqlStore) -> None:
    await rotation_under_load(store, people=300)


async def rotation_under_load(store: SqlStore, *, people: int) -> int:
    """Rotate while readers and writers work; return how many reads there were, all good."""
    everybody = [Person(tenant="t1", oid=f"{n:05d}") for n in range(people)]
    before, both, after = vault(store, OLD), vault(store, NEW, OLD), vault(store, NEW)
    await asyncio.gather(*(before.write(person, CACHE, after=0) for person in everybody))
    reads, running = 0, True

    async def load(turn: int) -> None:
        nonlocal reads
        while running:
            person = everybody[(turn * 7919 + reads) % people]
            opened = await both.read(person)
            assert opened is not None
            assert opened.cache == CACHE
            reads += 1
            if reads % 5 == 0:  # a refresh writes, also with the older key's instance
                writer = both if reads % 10 else vault(store, OLD, NEW)
                await writer.write(person, CACHE, after=opened.version)

    work = [asyncio.create_task(load(turn)) for turn in range(8)]
    outcome = await rotate(both, store)
    running = False
    await asyncio.gather(*work)
    assert outcome.unreadable == 0
    assert outcome.resealed > 0
    await rotate(both, store)  # what the older instance wrote after the first
    assert (await rotate(both, store)).resealed == 0
    for person in everybody:
        opened = await after.read(person)
        assert opened is not None
        assert opened.cache == CACHE
    return reads + people


async def test_rotation_counts_what_it_cannot_read(store: SqlStore) -> None:
    await vault(store, Keyring.generate("lost")).write(ANNA, CACHE, after=0)
    await vault(store, OLD).write(BEN, CACHE, after=0)
    outcome = await rotate(vault(store, NEW, OLD), store)
    assert (outcome.resealed, outcome.unreadable) == (1, 1)
