"""10,000 random histories of deliveries against the model; with an argument, that many."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.chaos import redelivery

BATCH = 100  # histories between two kills


def main(arguments: list[str]) -> int:
    histories = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(
            redelivery.run(Path(folder), histories=histories, batch=BATCH, seed=2026)
        )
    sys.stdout.write(
        f"redelivery: {played} histories, every effect exactly once, every answer the same\n"
    )
    return 0
