"""Processes that start at once: forked from one that has imported the bot and done nothing else.

The imports take seconds, and a storm starts hundreds of processes. A forked one is a process like
any other: it opens the database, the engine and its port itself, and SIGKILL leaves nothing of it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from bot import wiring

_NEST = multiprocessing.get_context("forkserver")
_NEST.set_forkserver_preload(["bot.wiring", "tests.chaos.worker"])


class Hatched:
    """A process, and what it writes to standard output; its standard error goes to a file."""

    def __init__(self, process: ForkServerProcess, output: TextIOWrapper) -> None:
        self._process = process
        self._output = output

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    async def line(self, limit: float) -> str:
        return await asyncio.wait_for(asyncio.to_thread(self._output.readline), limit)

    async def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        await self.ends(10)

    def terminate(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGTERM)

    async def ends(self, limit: float) -> int:
        """Return the exit code, negative where a signal ended it."""
        await asyncio.to_thread(self._process.join, limit)
        code = self._process.exitcode
        assert code is not None, f"it runs on after {limit} s"
        self._output.close()
        return code


async def hatch(
    run: Callable[..., Any], *args: Any, environment: Mapping[str, str], errors: Path
) -> Hatched:
    """Start a process that ends with what `run(*args)` returns, which must be pickled by name."""
    reads, writes = _NEST.Pipe(duplex=False)
    process = _NEST.Process(target=_live, args=(run, args, dict(environment), errors, writes))
    await asyncio.to_thread(process.start)
    writes.close()
    output = os.fdopen(os.dup(reads.fileno()))
    reads.close()
    return Hatched(process, output)


def _live(
    run: Callable[..., Any],
    args: tuple[Any, ...],
    environment: Mapping[str, str],
    errors: Path,
    output: Connection,
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output.fileno(), 1)
    os.dup2(os.open(errors, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), 2)
    sys.exit(run(*args))


def bot() -> int:
    """Do what `app.py` does."""
    return wiring.run(time.perf_counter())


def strict(run: Callable[..., None], *args: Any) -> None:
    """Run with every warning an error."""
    warnings.simplefilter("error")
    run(*args)
