"""One bot for all conversations of a test module: each test is somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.running import RunningBot, running_bot

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """Give a bot that is up."""
    with running_bot(tmp_path_factory.mktemp("bot")) as running:
        running.start()
        yield running


@pytest.fixture
def oid() -> str:
    """Give the object id of somebody whom the bot has never met."""
    return f"aaaaaaaa-0000-4000-8000-{next(_NUMBERS):012d}"


@pytest.fixture
def own_bot(tmp_path: Path) -> Iterator[RunningBot]:
    """Give a bot for one test alone, not started yet."""
    with running_bot(tmp_path) as running:
        yield running
