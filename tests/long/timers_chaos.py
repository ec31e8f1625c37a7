"""100 kills and 5,000 timers on each store; with a number, that many kills.

    python -m tests.long timers_chaos [KILLS] [PART]...

The parts: `bots-sqlite` and `bots-postgresql`, whole bots over HTTP, and `sqlite` and
`postgresql`, the dispatcher alone. Each tells how it goes on every tenth kill.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from tests.chaos import bots, storm
from tests.databases import postgres_url

TIMERS_PER_KILL = 50
OUTAGE = 20  # seconds


class Outcome(Protocol):
    """What a part has seen; its string has the figures."""

    def check(self) -> None: ...


Tell = Callable[[str], None]
Part = Callable[[Path, int, Tell], Awaitable[Outcome]]


def main(arguments: list[str]) -> int:
    cycles = next((int(one) for one in arguments if one.isdecimal()), 100)
    named = [one for one in arguments if not one.isdecimal()]
    for name in named or PARTS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            outcome = asyncio.run(_run(PARTS[name], Path(folder), cycles, name))
        _tell(f"{name}: {outcome}, in {time.monotonic() - began:.0f} s")
        outcome.check()
    return 0


async def _run(part: Part, folder: Path, cycles: int, name: str) -> Outcome:
    return await part(folder, cycles, lambda line: _tell(f"{name}, {line}"))


async def _bots_sqlite(folder: Path, cycles: int, tell: Tell) -> Outcome:
    timers = TIMERS_PER_KILL * cycles
    return await bots.on_sqlite(folder, cycles=cycles, timers=timers, limit=600, tell=tell)


async def _bots_postgresql(folder: Path, cycles: int, tell: Tell) -> Outcome:
    timers = TIMERS_PER_KILL * cycles
    with postgres_url() as url:
        return await bots.on_postgresql(
            url, folder, cycles=cycles, timers=timers, outage=OUTAGE, limit=600, tell=tell
        )


async def _sqlite(folder: Path, cycles: int, tell: Tell) -> Outcome:
    timers = TIMERS_PER_KILL * cycles
    return await storm.on_sqlite(folder, cycles=cycles, timers=timers, limit=300, tell=tell)


async def _postgresql(folder: Path, cycles: int, tell: Tell) -> Outcome:
    timers = TIMERS_PER_KILL * cycles
    with postgres_url() as url:
        return await storm.on_postgresql(
            url,
            folder,
            cycles=cycles,
            timers=timers,
            outage=OUTAGE,
            lost_after=25,
            limit=300,
            tell=tell,
        )


PARTS: dict[str, Part] = {
    "bots-sqlite": _bots_sqlite,
    "bots-postgresql": _bots_postgresql,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
