"""Figures of the edge and their goals, beside stock botbuilder: `python -m tests.bench.edge`.

The stock bot and ours are driven in one run: 64 tenants, 5,000 people, limits on, 16 connections.
Connector, Graph, Entra and OpenID stand in another process. A command counts when its reply has
reached the connector, and only after each tenant has been served once: its tokens, which live for
an hour, are then known. `--seconds N` for each figure, `--small` for a look, `--profile` for where
our CPU goes. `--python` names the interpreter of an environment that has the bot alone: where the
tools of the tests are installed, httpx loads some of them, which a start then pays for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pstats
import socket
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.person import Person
from bot.domain.timers import FreeReminder
from bot.keyring import Keyring
from bot.playground.tokens import APP_ID
from bot.service.changes import Arm
from bot.store import people, timers
from bot.store.opening import open_beside, open_store
from tests.bench.edge_load import (
    PEOPLE,
    TENANTS,
    Crowd,
    Figures,
    Stubs,
    closed,
    connect,
    flood,
    oid_of,
    open_loop,
    percentile,
    probing,
    published_keys,
    request,
)
from tests.databases import postgres_url, sqlite_url
from tests.running import ROOT

CONNECTIONS = 16
PER_SECOND = 50
CALLS_OF_A_COMMAND = 5
HANGS = 30.0
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@asynccontextmanager
async def stubs() -> AsyncIterator[Stubs]:
    """Run the services in a process of their own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.edge_stubs",
        published_keys(),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    port, control = map(int, (await process.stdout.readline()).split())
    reader, writer = await asyncio.open_connection("127.0.0.1", control)
    found = Stubs(port, writer)
    listening = asyncio.create_task(found.listen(reader))
    try:
        yield found
    finally:
        writer.close()
        process.stdin.close()
        await process.wait()
        await listening


@dataclass
class Bot:
    """One of the bots that are measured, in a process of its own."""

    kind: str
    port: int
    process: asyncio.subprocess.Process
    errors: Path
    service_url: str

    def cpu(self) -> float:
        """Return the seconds of CPU that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    async def settled(self) -> None:
        """Wait until what the start has left to do is done: languages are loaded behind it."""
        for _ in range(60):
            before = self.cpu()
            await asyncio.sleep(0.5)
            if self.cpu() - before < 0.05:
                return

    def memory(self) -> float:
        """Return how many MB of it are in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    async def lag(self, order: str = "lag") -> list[float]:
        """Return the delays of its loop since the last time, in milliseconds."""
        return [seconds * 1000 for seconds in await self._ask(order)]

    async def stages(self) -> dict[str, float]:
        """Return the seconds of CPU of each stage since the order `begin`."""
        return dict(await self._ask("stages"))

    async def _ask(self, order: str) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(order.encode() + b"\n")
        return json.loads(await self.process.stdout.readline())

    def locked(self) -> int:
        return self.errors.read_text(encoding="utf-8").count("database is locked")


async def _acquaint(url: str) -> None:
    """Let the bot know everybody already: who is new is greeted by a second message."""
    store = await open_store(url, mode="tenant", clock=Clock())

    def everybody(connection: sa.Connection) -> None:
        for number in range(PEOPLE):
            person = Person(tenant=TENANTS[number % len(TENANTS)], oid=oid_of(number))
            people.welcomed(connection, person)

    await store._runner.run(everybody)
    await store.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def settings_for(port: int, services: int, url: str) -> dict[str, str]:
    """Return the environment of a bot on `port`, with the services' port and a database."""
    at = f"http://127.0.0.1:{services}"
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppTenantId": TENANTS[0],
        "MicrosoftAppPassword": "not used",
        "GRAPH_PERMISSION": "application",
        "TOKEN_KEYS": Keyring.generate("bench"),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": url,
        "AUTHORITY_URL": f"{at}/entra",
        "GRAPH_URL": f"{at}/graph",
        "BOT_OPENID_METADATA_URL": f"{at}/openid/metadata",
        "SERVICE_HOSTS": "127.0.0.1",
        "ALLOWED_TENANTS": ",".join(TENANTS),
    }


@asynccontextmanager
async def bot(
    kind: str, services: Stubs, url: str, folder: Path, *more: str
) -> AsyncIterator[Bot]:
    """Run a bot until the end of the context."""
    port = free_port()
    if kind == "whole":
        await _acquaint(url)
    errors = folder / "stderr.txt"
    with errors.open("a") as stream:  # before it starts
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.edge_bots",
            kind,
            *more,
            cwd=ROOT,
            env=settings_for(port, services.port, url),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=stream,
        )
    assert process.stdout is not None
    assert process.stdin is not None
    async with asyncio.timeout(30):
        line = await process.stdout.readline()
    if line.strip() != b"ready":
        raise RuntimeError(errors.read_text(encoding="utf-8")[-2000:])
    running = Bot(kind, port, process, errors, f"http://127.0.0.1:{services.port}/connector/")
    await running.settled()
    try:
        yield running
    finally:
        process.stdin.close()
        async with asyncio.timeout(40):
            await process.wait()


@contextmanager
def database(kind: str) -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with nullcontext(sqlite_url(folder)) if kind == "sqlite" else postgres_url() as url:
            yield url, folder


async def turns(
    kind: str, services: Stubs, store: str, seconds: float, profile: str | None = None
) -> Figures:
    """Return what a bot does on 16 connections, each sending as soon as it may."""
    with database(store) as (url, folder):
        more = ["--profile", profile] if profile else []
        async with bot(kind, services, url, folder, *more) as running:
            return await _driven(running, services, seconds)


async def _driven(running: Bot, services: Stubs, seconds: float) -> Figures:
    crowd = Crowd(running.port, running.service_url)

    async def run(length: float) -> Figures:
        cpu = running.cpu()
        done, took, lengths, acks, statuses = await closed(
            crowd,
            running.port,
            services,
            connections=CONNECTIONS,
            seconds=length,
            wait=running.kind == "whole",
        )
        used = (running.cpu() - cpu) / max(1, done) * 1000
        return Figures(done, took, lengths, acks, used, statuses)

    served = 0
    while served < len(TENANTS):  # the crowd goes from tenant to tenant
        served += (await run(max(1.0, seconds / 4))).turns
    await running.lag("begin")
    figures = await run(seconds)
    if running.locked():
        say(f"   'database is locked': {running.locked()} times")
    return figures


async def by_stage(services: Stubs, store: str, seconds: float) -> None:
    """Print what each stage of a whole command costs."""
    with database(store) as (url, folder):
        async with bot("whole", services, url, folder, "--stages") as running:
            figures = await _driven(running, services, seconds)
            spent = await running.stages()
    total = sum(spent.values())
    say(f"CPU of a whole command by stage, {store}: ms, of the main thread where not said")
    for stage, used in spent.items():
        say(f"    {stage:<28}{used / figures.turns * 1000:>8.2f}{used / total * 100:>7.1f} %")
    say(f"    {'all':<28}{total / figures.turns * 1000:>8.2f}")


def row(name: str, figures: Figures, base: float | None, goal: str) -> None:
    times = f"{figures.rate / base:6.1f} x" if base else " " * 8
    good = sum(n for status, n in figures.statuses.items() if status < 300)
    bad = figures.turns - good
    say(
        f"{name:<32}{figures.rate:>8.0f}{times:>9}{percentile(figures.took, 0.5):>9.1f}"
        f"{percentile(figures.took, 0.99):>8.1f}{figures.cpu:>9.2f}   {goal}"
        + (f"   {bad} NOT TAKEN: {dict(figures.statuses)}" if bad else "")
    )


async def side_by_side(services: Stubs, seconds: float, stores: list[str]) -> None:
    alone = await flood(services.port, connections=CONNECTIONS, seconds=min(3.0, seconds))
    say(f"closed loop, {CONNECTIONS} connections, {seconds:.0f} s each; x = times the stock no-op")
    say(f"{'':<32}{'turns/s':>8}{'x':>9}{'p50 ms':>9}{'p99':>8}{'CPU ms':>9}   goal")
    stock = await turns("stock no-op", services, "sqlite", seconds)
    row("stock botbuilder, no-op", stock, None, "")
    row("stock botbuilder, echo", await turns("stock echo", services, "sqlite", seconds), None, "")
    no_op = await turns("no-op", services, "sqlite", seconds)
    row("(a) no-op", no_op, stock.rate, "15 x")
    for store in stores:
        inbox = await turns("inbox", services, store, seconds)
        row(f"(b) no-op with inbox, {store}", inbox, stock.rate, "8 x" * (store == "sqlite"))
        whole = await turns("whole", services, store, seconds)
        goal = "3 x, 2 ms of CPU" if store == "sqlite" else "1.5 x"
        row(f"(c) whole command, {store}", whole, stock.rate, goal)
        say(
            f"    its HTTP answer p50 {percentile(whole.acks, 0.5):.1f},"
            f" p99 {percentile(whole.acks, 0.99):.1f} ms"
        )
        need = whole.rate * CALLS_OF_A_COMMAND
        say(
            f"    the services alone: {alone:.0f} answers a second, {alone / need:.1f} times what"
            f" that took (4 at least)"
        )
        await by_stage(services, store, seconds)


async def steady(services: Stubs, seconds: float, store: str) -> None:
    with database(store) as (url, folder):
        async with bot("whole", services, url, folder) as running:
            crowd = Crowd(running.port, running.service_url)
            await open_loop(crowd, running.port, services, rate=PER_SECOND, seconds=2.0)
            await running.lag()
            cpu = running.cpu()
            acks, took, _ = await open_loop(
                crowd, running.port, services, rate=PER_SECOND, seconds=seconds
            )
            used = (running.cpu() - cpu) / len(took) * 1000
            lag = await running.lag()
            say(f"open loop, {PER_SECOND} commands a second, {seconds:.0f} s, {store}")
            _steady("    ", acks, took, lag, "answer p99 15, reply p50 10, p99 30, loop p99 25")
            say(f"    {used:.2f} ms of CPU a command, idle work included")
            await _arm(url, int(PER_SECOND * seconds), seconds)
            before = services.messages
            acks, took, _ = await open_loop(
                crowd, running.port, services, rate=PER_SECOND, seconds=seconds
            )
            lag = await running.lag()
            fired = services.messages - before - len(took)
            say(f"while timers fire: {fired / seconds:.0f} a second (of {PER_SECOND})")
            _steady("    ", acks, took, lag, "answer p99 100, loop p99 25")
            say(f"    'database is locked': {running.locked()} times (goal 0)")


def _steady(
    indent: str, acks: list[float], took: list[float], lag: list[float], goal: str
) -> None:
    say(
        f"{indent}answer p50 {percentile(acks, 0.5):.1f}, p99 {percentile(acks, 0.99):.1f};"
        f" reply p50 {percentile(took, 0.5):.1f}, p99 {percentile(took, 0.99):.1f};"
        f" loop late p99 {percentile(lag, 0.99):.1f}, worst {max(lag):.1f} ms   goal: {goal}"
    )


async def _arm(url: str, count: int, seconds: float) -> None:
    """Arm reminders that are due one after the other from now on, when all of them are armed."""
    clock = Clock()
    store = await open_beside(url, mode="tenant", clock=clock)

    def arm(connection: sa.Connection, first: datetime) -> None:
        for number in range(count):
            # Not those who speak meanwhile: a person's work waits for the same person's.
            oid = oid_of(4_999 - number % 1_000)
            tenant = TENANTS[(4_999 - number % 1_000) % len(TENANTS)]
            person = Person(tenant=tenant, oid=oid)
            people.save_address(connection, person, _address(oid, tenant))
            due = first + timedelta(seconds=number * seconds / count)
            armed = Arm(timer=f"bench{number}", task=FreeReminder(text="tea"), due=due)
            timers.arm(connection, person, armed, clock.now())

    # Armed one by one they would have fired before the last of them is there.
    first = clock.now() + timedelta(seconds=2 + count * 0.005)
    await store._runner.run(arm, first)
    await store.close()
    await asyncio.sleep((first - clock.now()).total_seconds())


_SERVICE = {"url": ""}


def _address(oid: str, tenant: str) -> dict[str, object]:
    return {
        "service_url": _SERVICE["url"],
        "channel": "msteams",
        "tenant": tenant,
        "conversation": f"a:timer{oid}",
        "type": "personal",
        "bot": {"id": f"28:{APP_ID}", "name": "Presence Bot"},
        "user": {"id": f"29:{oid}", "name": "A person", "aadObjectId": oid},
    }


async def hanging(services: Stubs, seconds: float) -> None:
    for what in ("openid", "graph"):
        with database("sqlite") as (url, folder):
            async with bot("whole", services, url, folder) as running:
                crowd = Crowd(running.port, running.service_url)
                await open_loop(crowd, running.port, services, rate=10, seconds=1.0)
                services.order(f"hang {what}")
                busy = asyncio.create_task(_send_on(crowd, running.port, what, seconds))
                took = await probing(running.port, "/healthz", rate=50, seconds=seconds)
                services.order("free")
                busy.cancel()
                await asyncio.wait([busy])
                say(
                    f"/healthz while {what} hangs for {seconds:.0f} s: p50"
                    f" {percentile(took, 0.5):.1f}, p99 {percentile(took, 0.99):.1f} ms"
                    f"   goal: p99 50"
                )


async def _send_on(crowd: Crowd, port: int, what: str, seconds: float) -> None:
    """Send what makes the bot ask the service that hangs, ten times a second."""
    tasks = set()
    for _ in range(int(seconds * 10)):
        connection = await connect(port)
        _, sent = crowd.next(crowd.unknown_key if what == "openid" else None)
        tasks.add(asyncio.create_task(connection.send(sent)))
        await asyncio.sleep(0.1)


async def starting(services: Stubs, python: str) -> None:
    """Print how long starts take, and what the bot needs when nobody speaks to it.

    The first start makes the tables, for which it loads alembic; the others are what every restart
    and update is.
    """
    took: list[float] = []
    cpus: list[float] = []
    memory: list[float] = []
    idle = 0.0
    with database("sqlite") as (url, _):
        for number in range(3):
            port = free_port()
            environment = settings_for(port, services.port, url)
            began = time.perf_counter()
            process = await asyncio.create_subprocess_exec(
                python,
                "app.py",
                cwd=ROOT,
                env=environment,
                stdout=asyncio.subprocess.DEVNULL,
            )
            while True:
                try:
                    connection = await connect(port)
                    await connection.send(request("GET", "/healthz", port))
                    break
                except OSError:
                    await asyncio.sleep(0.01)
            took.append(time.perf_counter() - began)
            running = Bot("app.py", port, process, Path(os.devnull), "")
            cpus.append(running.cpu())
            if number != 1:
                await running.settled()
                await asyncio.sleep(8.0)  # whatever is loaded behind the back of the first answer
                before = running.cpu()
                await asyncio.sleep(5.0)
                memory.append(running.memory())
                idle = (running.cpu() - before) / 5.0 * 100
            process.terminate()
            await process.wait()
    said = ", ".join(f"{one:.2f}" for one in took)
    say(f"start to first answer: {said} s ({min(cpus):.2f} s of CPU)   goal: 1.5 s")
    say(
        f"idle: {memory[-1]:.0f} MB ({memory[0]:.0f} MB after the first start, which makes the"
        f" tables), {idle:.1f} % of a core   goal: 140 MB"
    )


def profiled(path: str, count: int) -> None:
    """Print where our own CPU goes, by the part of the program that spends it."""
    parts: dict[str, float] = defaultdict(float)
    stats = pstats.Stats(path).stats  # type: ignore[attr-defined]  # there, and not in the types
    for (file, _, name), (_, _, own, _, _) in stats.items():
        parts[_part_of(file, name)] += own
    total = sum(spent for part, spent in parts.items() if part != "waiting")
    say(f"main thread under cProfile, {count} commands; its overhead makes all of it dearer")
    for part, spent in sorted(parts.items(), key=lambda item: -item[1])[:22]:
        if part != "waiting":
            say(f"    {part:<28}{spent / count * 1000:>8.3f} ms{spent / total * 100:>6.1f} %")


def _part_of(file: str, name: str) -> str:
    if "select.epoll" in name or "method 'poll'" in name:
        return "waiting"
    if "/site-packages/" in file:
        return file.rpartition("/site-packages/")[2].partition("/")[0].removesuffix(".py")
    if "/bot/" in file:
        return "bot." + file.rpartition("/bot/")[2].partition("/")[0].removesuffix(".py")
    if file == "~":
        return "built in"
    return Path(file).parent.name if "asyncio" in file or "json" in file else "standard library"


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--only", choices=["turns", "steady", "hanging", "starting"])
    parser.add_argument("--store", choices=["sqlite", "postgresql"])
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    seconds = 2.0 if given.small else given.seconds
    stores = [given.store] if given.store else ["sqlite", "postgresql"]
    async with stubs() as services:
        _SERVICE["url"] = f"http://127.0.0.1:{services.port}/connector/"
        if given.profile:
            await by_stage(services, stores[0], seconds)
            with tempfile.NamedTemporaryFile() as file:
                figures = await turns("whole", services, stores[0], seconds, file.name)
                profiled(file.name, figures.turns)
            return
        if given.only in (None, "turns"):
            await side_by_side(services, seconds, stores)
        if given.only in (None, "steady"):
            for store in stores:
                await steady(services, seconds, store)
        if given.only in (None, "hanging"):
            await hanging(services, 3.0 if given.small else HANGS)
        if given.only in (None, "starting"):
            await starting(services, given.python)


if __name__ == "__main__":
    asyncio.run(main())
