"""Every command of README and runbook, in fresh clones with new virtual environments.

Needs the network for what pip installs, and `uv` for the commands that use it.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.docs.commands import problems


def main(_arguments: list[str]) -> int:
    """Return how many blocks of commands do not work."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = asyncio.run(problems(Path(folder), fresh=True))
    print(*wrong or ["ok"], sep="\n")  # noqa: T201  # a report
    return len(wrong)
