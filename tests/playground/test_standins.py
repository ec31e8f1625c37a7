"""The stand-ins alone: in this process, and as a process of their own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.clock import Clock
from bot.playground import standins
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.shelf import Shelf
from bot.playground.tokens import DELEGATED_SCOPES, PlaygroundTokens

PROGRAM = (
    "import sys; from bot.playground import standins; sys.exit(standins.run(int(sys.argv[1])))"
)
ON_A_SHELF = """
import asyncio, pathlib, sys
from bot.playground.standins import serve
asyncio.run(serve(0, shelf_path=pathlib.Path(sys.argv[1])))
"""


async def token_for(path: Path) -> str:
    """Return a token that the stand-ins on this shelf will take."""
    shelf = Shelf(path)
    tokens = PlaygroundTokens(Clock(), shelf)
    await tokens.load()
    await shelf.close()
    return tokens.issue(RESIDENTS[0].oid, TENANT, DELEGATED_SCOPES)


def address_in(line: str) -> str:
    told = re.fullmatch(
        r"Stand-ins listen: Graph at (http:\S+), connector at \S+/, Entra at \S+\n", line
    )
    assert told
    return told[1]


async def test_they_serve_graph_at_the_address_that_they_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, stop = tmp_path / "shelf", asyncio.Event()
    token = await token_for(path)
    serving = asyncio.create_task(standins.serve(0, shelf_path=path, stop=stop))
    told = ""
    async with asyncio.timeout(10):
        while not (told := capsys.readouterr().out):  # noqa: ASYNC110  # a line sets no event
            await asyncio.sleep(0.01)
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session,
        session.get(f"{address_in(told)}/me/presence") as response,
    ):
        assert response.status == 200
        assert (await response.json())["availability"] == "Available"
    stop.set()
    await asyncio.wait_for(serving, 5)


async def started(argument: object, program: str = PROGRAM) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        str(argument),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send these signals to one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_them_cleanly(number: signal.Signals) -> None:
    process = await started(0)
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), 20)
    assert line.startswith(b"Stand-ins listen")
    process.send_signal(number)
    _, errors = await asyncio.wait_for(process.communicate(), 5)
    assert (process.returncode, errors) == (0, b"")


async def test_a_port_in_use_is_one_line_and_an_exit_code() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = await started(port)
        out, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 69
    assert out == b""
    assert re.fullmatch(rb"The stand-ins cannot listen on port %d: .+\.\n" % port, errors)


async def test_what_was_answered_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    token = await token_for(path)
    busy = {"availability": "Busy", "activity": "Busy"}
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        for write in (True, False):
            process = await started(path, ON_A_SHELF)
            assert process.stdout
            line = await asyncio.wait_for(process.stdout.readline(), 20)
            presence = f"{address_in(line.decode())}/me/presence"
            if write:
                action = f"{presence}/setUserPreferredPresence"
                async with session.post(action, json=busy) as response:
                    assert response.status == 200
            else:
                async with session.get(presence) as response:
                    assert (await response.json())["activity"] == "Busy"
            process.kill()
            await asyncio.wait_for(process.communicate(), 5)
