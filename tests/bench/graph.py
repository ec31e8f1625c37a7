"""What the Graph client costs for a command, beside bare httpx: `python -m tests.bench.graph`.

A command is what "busy for 2 hours, say ..." needs: read, both writes at the same time, read
back. The stand-in is another process, so the figures are the client's own.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta

import httpx
from httpx_aiohttp import HttpxAiohttpClient

from bot.clock import Clock
from bot.domain.person import Person
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage
from bot.graph.client import GraphPresence
from bot.net import Net

COMMANDS = 500
AT_ONCE = 16
DELAY_MS = 25
END = timedelta(hours=2)
APP = "22553876-f5ab-4529-bffb-cfe50aa89f87"

Command = Callable[[int], Awaitable[None]]


class Tokens:
    """Gives one token, free of cost."""

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        return "x" * 1500  # about as long as a real one


@contextmanager
def stub(delay_ms: float) -> Iterator[str]:
    """Run the stand-in and yield its address."""
    command = [sys.executable, "-m", "tests.bench.graph_stub", str(delay_ms)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.communicate(timeout=10)


@asynccontextmanager
async def ours(url: str) -> AsyncIterator[Command]:
    """Yield the command on our client; each command is another tenant's (pacing is per tenant)."""
    async with Net() as net:
        client = GraphPresence(
            net=net, tokens=Tokens(), clock=Clock(), app_id=APP, base_url=url + "/v1.0"
        )

        async def command(number: int) -> None:
            person = Person(tenant=str(number % 64), oid="fa8bf3dc-eca7-46b7-bad1-db199b62afc3")
            await client.read(person)
            now = datetime.now(UTC).replace(microsecond=0)
            state = PreferredPresence(availability=Availability.BUSY, end=now + END)
            message = StatusMessage(text="In a meeting", end=now + END)
            await asyncio.gather(
                client.set_preferred(person, state, now=now), client.set_message(person, message)
            )
            await client.read(person)

        yield command


@asynccontextmanager
async def bare(url: str, kind: type[httpx.AsyncClient]) -> AsyncIterator[Command]:
    """Yield the command as the obvious code does it: no retry, no pace, no checks."""
    presence = url + "/v1.0/me/presence"
    headers = {"Authorization": "Bearer " + "x" * 1500}
    async with kind(trust_env=False, headers=headers) as client:

        async def read() -> None:
            (await client.get(presence)).json()

        async def command(number: int) -> None:
            await read()
            end = datetime.now(UTC) + END
            await asyncio.gather(
                client.post(
                    presence + "/setUserPreferredPresence",
                    json={
                        "availability": "Busy",
                        "activity": "Busy",
                        "expirationDuration": "PT2H",
                    },
                ),
                client.post(
                    presence + "/setStatusMessage",
                    json={
                        "statusMessage": {
                            "message": {"content": "In a meeting", "contentType": "text"},
                            "expiryDateTime": {
                                "dateTime": f"{end:%Y-%m-%dT%H:%M:%S.%f}0",
                                "timeZone": "UTC",
                            },
                        }
                    },
                ),
            )
            await read()

        yield command


async def measure(command: Command, count: int) -> tuple[float, float, float]:
    """Return seconds for the whole run, the median command, and CPU for each, `AT_ONCE` deep."""
    numbers = iter(range(count))
    lengths: list[float] = []

    async def worker() -> None:
        for number in numbers:
            started = time.perf_counter()
            await command(number)
            lengths.append(time.perf_counter() - started)

    started, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return (
        time.perf_counter() - started,
        statistics.median(lengths),
        (time.process_time() - cpu) / count,
    )


async def calls(url: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        return int((await client.get(url + "/calls")).text)


async def report(name: str, make: Callable[[str], object], fast: str, slow: str) -> float:
    """Print one row and return the CPU of a command in seconds."""
    async with make(fast) as command:  # type: ignore[attr-defined]  # ours or bare
        await measure(command, 100)
        gc.collect()
        gc.freeze()
        before = await calls(fast)
        total, _, cpu = await measure(command, COMMANDS)
        made = await calls(fast) - before
        alone = []
        for number in range(50):
            started = time.perf_counter()
            await command(number)
            alone.append(time.perf_counter() - started)
    async with make(slow) as command:  # type: ignore[attr-defined]  # ours or bare
        for number in range(5):
            await command(number)
        trips = []
        for number in range(10):
            started = time.perf_counter()
            await command(number)
            trips.append((time.perf_counter() - started) * 1000 / DELAY_MS)
    print(  # noqa: T201  # a report
        f"{name:32} {made / COMMANDS:5.2f} {int(statistics.median(trips)):11d} "
        f"{statistics.median(alone) * 1000:10.2f} {COMMANDS / total:12.0f} {cpu * 1000:10.2f} "
        f"{cpu * COMMANDS / made * 1000:12.3f}"
    )
    return cpu


async def main() -> None:
    with stub(0) as fast, stub(DELAY_MS) as slow:
        print(  # noqa: T201  # a report
            f"{'':32} {'calls':>5} {'round trips':>11} {'ms alone':>10} {'commands/s':>12} "
            f"{'CPU ms':>10} {'CPU ms/call':>12}"
        )
        rows = [
            ("GraphPresence", ours),
            ("bare httpx, its own transport", lambda url: bare(url, httpx.AsyncClient)),
            ("bare httpx, aiohttp transport", lambda url: bare(url, HttpxAiohttpClient)),
        ]
        costs = [await report(name, make, fast, slow) for name, make in rows]
        print(f"httpx's own transport costs {costs[1] / costs[0]:.1f} times our CPU")  # noqa: T201  # a report


if __name__ == "__main__":
    asyncio.run(main())
