"""10,000 random histories of deliveries against the model; with an argument, that many.

`python -m tests.long redelivery N postgresql`: two processes on one PostgreSQL, and what is sent
goes to either.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests.chaos import redelivery
from tests.databases import postgres_url

AT_ONCE = 48  # histories
RESTARTS_AFTER = 250  # histories


def main(arguments: list[str]) -> int:
    histories = int(arguments[0]) if arguments else 10_000
    shared = "postgresql" in arguments[1:]
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres_url() if shared else nullcontext() as url,
    ):
        run = asyncio.run(
            redelivery.run(
                Path(folder),
                url=url,
                instances=2 if shared else 1,
                histories=histories,
                seed=2026,
                at_once=AT_ONCE,
                restarts_after=RESTARTS_AFTER,
            )
        )
    sys.stdout.write(
        f"redelivery: {run.played} histories, {run.commands} commands in {run.deliveries}"
        f" deliveries, {run.late} answered late, {run.restarts} restarts,"
        f" {time.monotonic() - started:.0f} s:"
        " every effect exactly once, every answer the same\n"
    )
    return 0
