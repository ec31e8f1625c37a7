from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import bots, storm
from tests.databases import postgres_url

pytestmark = pytest.mark.timeout(300)


async def test_nothing_is_lost_or_done_twice_when_the_process_is_killed(tmp_path: Path) -> None:
    seen = await storm.on_sqlite(tmp_path, cycles=5, timers=100, limit=60)
    seen.check()
    assert seen.kills == 5
    assert seen.repeated_without_a_kill == []


async def test_nothing_is_lost_or_done_twice_when_one_of_two_processes_is_killed(
    tmp_path: Path,
) -> None:
    with postgres_url() as url:
        seen = await storm.on_postgresql(
            url, tmp_path, cycles=5, timers=100, outage=3, lost_after=4, limit=90
        )
    seen.check()
    assert seen.kills == 5
    assert {"one", "two"} <= seen.instances  # both work, though one sweeps


async def test_whole_bots_lose_nothing_when_one_is_killed_on_a_file(tmp_path: Path) -> None:
    seen = await bots.on_sqlite(tmp_path, cycles=5, timers=50, limit=90)
    seen.check()
    assert seen.kills == 5


async def test_whole_bots_lose_nothing_when_one_of_two_is_killed(tmp_path: Path) -> None:
    with postgres_url() as url:
        seen = await bots.on_postgresql(url, tmp_path, cycles=5, timers=50, outage=5, limit=120)
    seen.check()
    assert seen.kills == 5
