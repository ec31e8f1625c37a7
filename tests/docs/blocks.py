"""The commands that the documentation tells people to type, run in a clone of the repository.

Fresh: nothing is there but Python, as for somebody who just cloned it. Not fresh: the environment
of the tests stands in for the one that the commands would make, so that it takes seconds.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.docs.sentences import ROOT

_BLOCK = re.compile(r"^```(sh|powershell)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MAKES_AN_ENVIRONMENT = re.compile(
    r"(?:python3 -m venv|uv venv|\.venv/bin/pip install|uv pip install)[^;&\n]*"
)
# `.ci/run` runs the whole of it with the same words; a clone that ran them would run itself.
_TESTS = re.compile(r"\.venv/bin/pytest\b[^\n;&]*")
_ONE_TEST = ".venv/bin/pytest -q tests/domain/test_moment.py"
_PATIENCE = 180.0  # seconds; a bound, also where all cores are busy
_FRESH_PATIENCE = 540.0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of commands: as it is written, and as a shell of this machine runs it."""

    written: str
    script: str

    def here(self, *, fresh: bool) -> str:
        """Return the script; without what makes an environment where there is one already."""
        return self.script if fresh else _MAKES_AN_ENVIRONMENT.sub("true", self.script)

    @property
    def serves(self) -> bool:
        """Return whether its last command goes on until it is ended."""
        return "app.py" in self.script


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page of the repository in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = []
    for shell, written in _BLOCK.findall(text):
        script = written
        if shell == "powershell":
            script = script.replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/")
            script = re.sub(r"^py ", "python3 ", script)
            script = re.sub(r"-e \.\[(\w+)\]", r"-e '.[\1]'", script)
        found.append(Block(written, _TESTS.sub(_ONE_TEST, script)))
    return found


def clone(folder: Path, *, fresh: bool) -> Path:
    """Clone the repository's newest commit; its environment is the tests' unless `fresh`."""
    target = folder / "presence-bot"
    git = shutil.which("git")
    assert git is not None, "git is missing"
    subprocess.run(
        [git, "clone", "--quiet", "--no-hardlinks", "--depth", "1", f"file://{ROOT}", target],
        check=True,
        timeout=60,
    )
    if not fresh:
        (target / ".venv").symlink_to(sys.prefix)
    return target


async def run(
    block: Block, place: Path, environment: Mapping[str, str], *, url: str, fresh: bool
) -> str:
    """Run a block and return what is wrong: "" where it did what it is there for.

    What serves has to answer at `url`, and to end in order when Ctrl-C is pressed.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG"} or name.startswith(("PIP_", "UV_"))
    }
    process = await asyncio.create_subprocess_exec(
        *("/bin/bash", "-euo", "pipefail", "-c", block.here(fresh=fresh)),
        cwd=place,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    patience = _FRESH_PATIENCE if fresh else _PATIENCE
    answered = not block.serves
    try:
        if block.serves:
            answered = await _answers(url, process, patience)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
        async with asyncio.timeout(patience):
            said, _ = await process.communicate()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if answered and process.returncode in {0, -signal.SIGINT, 128 + signal.SIGINT}:
        return ""
    return f"{block.written}\nexit code {process.returncode}\n{said.decode()[-2000:]}"


async def _answers(url: str, process: asyncio.subprocess.Process, patience: float) -> bool:
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    async with aiohttp.ClientSession() as http:
        while loop.time() < until and process.returncode is None:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with http.get(f"{url}/healthz", timeout=aiohttp.ClientTimeout(2)) as answer:
                    if answer.status == 200:
                        return True
            await asyncio.sleep(0.2)
    return False
