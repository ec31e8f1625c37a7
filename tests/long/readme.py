"""Every command of README and runbook, in fresh clones with new virtual environments.

Needs the network for what pip installs; uv is installed for itself.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs.commands import problems


def main(_arguments: list[str]) -> int:
    """Return how many blocks of commands do not work."""
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "tools"
        subprocess.run([sys.executable, "-m", "venv", tools], check=True, timeout=60)
        pip = tools / "bin" / "pip"
        subprocess.run([pip, "install", "--quiet", "uv>=0.9"], check=True, timeout=300)
        asked = [str(pip), "config", "get", "global.index-url"]
        index = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
        if index.stdout.strip():  # uv does not read where this machine's pip installs from
            os.environ.setdefault("UV_DEFAULT_INDEX", index.stdout.strip())
        os.environ.setdefault("UV_SYSTEM_CERTS", "true")
        os.environ["PATH"] += f"{os.pathsep}{tools / 'bin'}"
        wrong = asyncio.run(problems(Path(folder), fresh=True))
    print(*wrong or ["ok"], sep="\n")  # noqa: T201  # a report
    return len(wrong)
