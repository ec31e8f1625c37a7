"""Two real processes on one PostgreSQL: one order for each person, and nobody's work is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.playground.entra.endpoints import APP_SECRET
from tests.databases import postgres_url
from tests.tenancy import World, process_of, soon, world

ROUNDS = 12


class Instances:
    """Two processes of the bot beside the stand-ins of their tenant."""

    def __init__(self, around: World) -> None:
        self.around = around
        self.urls: list[str] = []
        self.processes: list[asyncio.subprocess.Process] = []

    async def start(self, folder: Path) -> None:
        process, url = await process_of({**self.around.environment, "PORT": "0"}, folder)
        self.processes.append(process)
        self.urls.append(url)

    async def say(self, which: int, words: str) -> None:
        self.around.url = self.urls[which]
        await self.around.say(words)

    def written(self) -> list[int]:
        """Return for how many hours each status was to be, in the order of Graph's calls."""
        return [
            _hours(call["body"]["expirationDuration"])
            for call in self.around.calls("graph")
            if call["path"].endswith("setUserPreferredPresence")
        ]

    async def close(self) -> None:
        for process in self.processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _hours(length: str) -> int:
    """Return a length such as "PT2H59M57S" in hours, rounded: a turn that waited sets the rest."""
    parts = {unit: int(number) for number, unit in re.findall(r"(\d+)([HMS])", length)}
    return round(parts.get("H", 0) + parts.get("M", 0) / 60)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Instances]:
    with postgres_url() as url:
        async with AsyncExitStack() as stack:
            application = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}
            around = await stack.enter_async_context(
                world(tmp_path, DATABASE_URL=url, COMMANDS_A_MINUTE="1000", **application)
            )
            around.listener.close()
            instances = Instances(around)
            stack.push_async_callback(instances.close)
            await asyncio.gather(instances.start(tmp_path), instances.start(tmp_path))
            yield instances


async def test_one_persons_commands_keep_their_order_and_a_dead_ones_work_is_taken_up(
    two: Instances,
) -> None:
    for number in range(ROUNDS):
        await two.say(number % 2, f"busy for {number + 1} hours")

    async def all_written() -> bool:
        return len(two.written()) == ROUNDS

    await soon(all_written)
    assert two.written() == [number + 1 for number in range(ROUNDS)]

    # One is killed in the middle of a command, with another one behind it.
    two.around.stand_ins.faults.replace([{"service": "graph", "kind": "nothing"}])
    await two.say(0, "away for 20 hours")
    await asyncio.sleep(1)
    two.processes[0].kill()
    two.around.stand_ins.faults.replace([])
    await two.say(1, "dnd for 21 hours")
    async with asyncio.timeout(40):
        while len(two.written()) < ROUNDS + 2:  # noqa: ASYNC110  # HTTP sets no event
            await asyncio.sleep(0.1)
    assert two.written()[ROUNDS:] == [20, 21]
