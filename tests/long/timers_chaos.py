"""100 kills and 5,000 timers on each store; with an argument, that many kills.

Whole bots over HTTP first, then the dispatcher alone.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.chaos import bots, storm
from tests.databases import postgres_url

TIMERS_PER_KILL = 50


def main(arguments: list[str]) -> int:
    cycles = int(arguments[0]) if arguments else 100
    timers = TIMERS_PER_KILL * cycles
    with tempfile.TemporaryDirectory() as folder:
        _tell_bots("bots, sqlite", asyncio.run(_bots_on_sqlite(Path(folder), cycles, timers)))
    with tempfile.TemporaryDirectory() as folder, postgres_url() as url:
        seen = asyncio.run(_bots_on_postgresql(url, Path(folder), cycles, timers))
        _tell_bots("bots, postgresql", seen)
    with tempfile.TemporaryDirectory() as folder:
        _tell("sqlite", asyncio.run(_sqlite(Path(folder), cycles, timers)))
    with tempfile.TemporaryDirectory() as folder, postgres_url() as url:
        _tell("postgresql", asyncio.run(_postgresql(url, Path(folder), cycles, timers)))
    return 0


async def _sqlite(folder: Path, cycles: int, timers: int) -> storm.Storm:
    return await storm.on_sqlite(folder, cycles=cycles, timers=timers, limit=300)


async def _postgresql(url: str, folder: Path, cycles: int, timers: int) -> storm.Storm:
    return await storm.on_postgresql(
        url, folder, cycles=cycles, timers=timers, outage=20, lost_after=25, limit=300
    )


async def _bots_on_sqlite(folder: Path, cycles: int, timers: int) -> bots.Seen:
    return await bots.on_sqlite(folder, cycles=cycles, timers=timers, limit=600)


async def _bots_on_postgresql(url: str, folder: Path, cycles: int, timers: int) -> bots.Seen:
    return await bots.on_postgresql(
        url, folder, cycles=cycles, timers=timers, outage=20, limit=600
    )


def _tell_bots(name: str, seen: bots.Seen) -> None:
    sys.stdout.write(
        f"{name}: {seen.kills} kills, {seen.timers} timers, {len(seen.lost)} lost,"
        f" {sum(seen.committed.values()) - len(seen.committed)} statuses committed twice,"
        f" {sum(seen.writes.values()) - len(seen.writes)} presence writes repeated,"
        f" {seen.doubled} messages doubled\n"
    )
    sys.stdout.flush()
    seen.check()


def _tell(name: str, seen: storm.Storm) -> None:
    sys.stdout.write(
        f"{name}: {seen.kills} kills, {sum(seen.committed.values())} of {len(seen.wanted)}"
        f" committed, {len(seen.lost)} lost, {len(seen.committed_twice)} committed twice,"
        f" {seen.effects_repeated} effects begun again\n"
    )
    sys.stdout.flush()
    seen.check()
