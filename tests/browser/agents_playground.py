"""Microsoft's own test client for bots, installed when it is needed and never kept here.

Its licence is for evaluation: it is run beside the bot, and no part of either is in the other.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.required import missing

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
_FOLDER = Path(__file__).parents[2] / "node_modules"  # ignored by git
_PROGRAM = _FOLDER / ".bin" / "agentsplayground"
_PATIENCE = 60.0  # seconds

# "users" needs five; the names of the keys are theirs. Schema errors end it after "Listening".
_PEOPLE = "".join(
    f"""
  - id: 29:p{number}
    name: {name}
    userPrincipleName: p{number}@contoso.test
    aadObjectId: aaaaaaaa-0000-4000-8000-00000000001{number}
    givenName: {name.split()[0]}
    surname: {name.split()[1]}
    email: p{number}@contoso.test"""
    for number, name in enumerate(("Bob Ray", "Chen Li", "Dora Diaz", "Emil Berg", "Fay Gray"))
)
_SETTING = f"""version: "0.1.0"
tenantId: 8c0de6b1-0000-4000-8000-000000000001
bot:
  id: 8c0de6b1-0000-4000-8000-0000000000b0
  name: Presence Bot
currentUser:
  id: 29:alice
  name: Alice Nguyen
  userPrincipleName: alice@contoso.test
  aadObjectId: aaaaaaaa-0000-4000-8000-000000000001
  givenName: Alice
  surname: Nguyen
  email: alice@contoso.test
users:{_PEOPLE}
personalChat:
  id: personal-alice
groupChat:
  id: group-1
  name: Ops group
team:
  id: team-1
  name: Platform
  aadGroupId: cccccccc-0000-4000-8000-000000000003
  channels:
    - id: ch-2
      name: Incidents
"""


def installed() -> Path:
    """Return the program; install it where it is missing and npm is there."""
    place = os.open(_FOLDER.parent, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)  # tests that run beside this one may want it too
        if not _PROGRAM.exists():
            _install()
    finally:
        os.close(place)
    return _PROGRAM


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        missing("npm is not installed")
    try:
        subprocess.run(
            [str(npm), "install", "--no-save", "--no-audit", "--no-fund", PACKAGE],
            cwd=_FOLDER.parent,
            check=True,
            capture_output=True,
            timeout=180,
        )
    except (subprocess.SubprocessError, OSError) as error:
        missing(f"Agents Playground cannot be installed ({type(error).__name__})")


@asynccontextmanager
async def agents_playground(folder: Path, endpoint: str) -> AsyncIterator[str]:
    """Run it for a bot and give its address. It listens on every interface while it runs."""
    program = await asyncio.to_thread(installed)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / ".m365agentsplayground.yml").write_text(_SETTING)
    command = ["-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry"]
    process = await asyncio.create_subprocess_exec(
        str(program),
        *command,
        cwd=folder,
        env={**os.environ, "TZ": "Europe/Berlin"},  # the time zone that it sends is its own
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(_PATIENCE):
            while b"Listening" not in (line := await process.stdout.readline()):
                assert line, "Agents Playground has ended"
        yield f"http://127.0.0.1:{port}/"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
