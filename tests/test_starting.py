"""Starting and ending: one clear line for what cannot be, and nothing lost."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import wiring
from tests.running import ROOT, environment, running_bot


def start(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"MicrosoftAppPassword": "x"}, ["MicrosoftAppId is missing"]),
        ({"PUBLIC_URL": "https://bot.example"}, ["MicrosoftAppId is missing"]),
        ({"HOST": "0.0.0.0"}, ["listens on 127.0.0.1 only"]),
        ({"HOST": "192.168.1.5"}, ["listens on 127.0.0.1 only"]),
        ({"PORT": "seventy"}, ["a number from 0 to 65535"]),
        ({"PORT": "70000"}, ["a number from 0 to 65535"]),
        ({"LOG_LEVEL": "LOUD"}, ["one of DEBUG"]),
        ({"GRAPH_URL": "https://graph.microsoft.com/v1.0"}, ["a host of Microsoft's"]),
        ({"DATABASE_URL": "mysql://localhost/x"}, ["SQLite and PostgreSQL"]),
        ({"PORT": "-1", "HOST": "::", "LOG_FORMAT": "xml"}, ["PORT", "HOST", "LOG_FORMAT"]),
    ],
    ids=str,
)
def test_a_wrong_setting_is_a_line_and_an_exit_code(
    tmp_path: Path, settings: dict[str, str], words: list[str]
) -> None:
    run = start(tmp_path, **settings)
    assert run.returncode == 78
    lines = run.stderr.splitlines()
    assert len(lines) == len(words)
    for line, word in zip(sorted(lines), sorted(words), strict=True):
        assert word in line
    assert run.stdout == ""


def test_a_busy_port_is_a_line_and_an_exit_code(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = start(tmp_path, PORT=str(taken.getsockname()[1]))
    assert run.returncode == 69
    (line,) = run.stderr.splitlines()
    assert "is taken by another program" in line


def test_a_second_process_on_the_same_database_is_refused(tmp_path: Path) -> None:
    with running_bot(tmp_path) as bot:
        bot.start()
        run = start(tmp_path)
    assert run.returncode == 78
    (line,) = run.stderr.splitlines()
    assert "Another process uses the database file" in line


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_on_a_signal_with_nothing_lost_and_nothing_said(
    tmp_path: Path, how: signal.Signals
) -> None:
    with running_bot(tmp_path) as bot:
        bot.start()
        bot.say("busy for 2 hours")
        chat = bot.answers()
        asked = time.monotonic()
        assert bot.stop(how) == 0
        # Two seconds are promised; this bound only tells an end from a hang on a loaded machine.
        assert time.monotonic() - asked < 20
        assert bot.errors() == ""
        bot.start()
        assert bot.answers() == chat


async def test_garbage_is_collected_from_when_the_bot_is_up() -> None:
    stop = asyncio.Event()
    stop.set()
    gc.disable()  # as app.py does before its imports
    try:
        await wiring._until(stop, "up", time.perf_counter())
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
