"""The container's steps without a container: the Dockerfile's own commands, one after another.

A clean virtual environment from the lock with hashes, the program in read-only files, the user of
the image, and a data folder as the only place to write. The bot that starts is the playground,
since there is no tenant here: it listens on this machine only.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.tenant.dockerfile import Dockerfile
from tests.tenant.package_files import ROOT

USER = 10001
READY_WITHIN = 30.0  # seconds


def _snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
        if not path.is_symlink()
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _answers(url: str, process: subprocess.Popen[str]) -> bool:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # loopback
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def _interpreter() -> str:
    """Return a Python that the image's user can reach: not one in somebody's home folder."""
    for found in (sys.executable, shutil.which("python3.11", path="/usr/local/bin:/usr/bin")):
        if found and all(path.stat().st_mode & 0o001 for path in Path(found).resolve().parents):
            return found
    raise SystemExit("no Python 3.11 that every user can run: install one for all users")


def _build(file: Dockerfile, folder: Path) -> None:
    """Do what the first stage does, with `folder` in place of /opt."""
    subprocess.run([_interpreter(), "-m", "venv", folder / "venv"], check=True, timeout=60)
    shutil.copy(ROOT / "requirements.lock", folder)
    program = folder / "presence-bot"
    program.mkdir()
    shutil.copy(ROOT / "app.py", program)
    ignored = shutil.ignore_patterns("__pycache__", "*.sqlite3*")
    shutil.copytree(ROOT / "bot", program / "bot", ignore=ignored)
    for command in [*file.commands("pip"), *file.commands("compileall")]:
        print("$", *command)  # noqa: T201  # a report
        here = [word.replace("/opt/", f"{folder}/") for word in command]
        subprocess.run(here, check=True, timeout=540, stderr=subprocess.DEVNULL)


def _run(file: Dockerfile, folder: Path, data: Path) -> list[str]:
    """Start the entry point as the image's user, and end it as a container runtime would."""
    port, root = _free_port(), os.geteuid() == 0
    settings = file.environment | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "HOME": str(data),
        "TMPDIR": str(data / "tmp"),
        "DATABASE_URL": file.environment["DATABASE_URL"].replace("/data", str(data)),
    }
    entry = [word.replace("/opt/", f"{folder}/") for word in file.entry_point]
    before = _snapshot(folder)
    with subprocess.Popen(
        entry,
        cwd=folder / "presence-bot",
        env=settings,
        user=USER if root else None,
        group=USER if root else None,
        extra_groups=[] if root else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        answered = _answers(f"http://127.0.0.1:{port}/", process)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    files = sorted(path.name for path in data.glob("*.sqlite3"))
    print(f"user {USER if root else os.geteuid()}, exit code {process.returncode}, wrote {files}")  # noqa: T201  # a report
    return [
        text
        for text, wrong in (
            (f"it did not answer: {said[-2000:]}", not answered),
            (
                f"SIGTERM ended it with {process.returncode}: {said[-2000:]}",
                process.returncode != 0,
            ),
            ("it wrote beside its data folder", _snapshot(folder) != before),
            ("it kept nothing in its data folder", not files),
        )
        if wrong
    ]


def main(_arguments: list[str]) -> int:
    """Run the steps and return how many promises did not hold."""
    file = Dockerfile.read()
    with tempfile.TemporaryDirectory() as top:
        folder, data = Path(top) / "opt", Path(top) / "data"
        Path(top).chmod(0o755)
        folder.mkdir()
        (data / "tmp").mkdir(parents=True)
        _build(file, folder)
        check = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "check"]
        subprocess.run(check, check=True, timeout=60)
        if os.geteuid() == 0:
            for path in (data, data / "tmp"):
                os.chown(path, USER, USER)
        else:  # without root, another user cannot be had: the files are read-only at least
            subprocess.run(["/bin/chmod", "-R", "a-w", folder], check=True, timeout=60)
        problems = _run(file, folder, data)
        if os.geteuid() != 0:
            subprocess.run(["/bin/chmod", "-R", "u+w", folder], check=True, timeout=60)
    print(*problems or ["ok"], sep="\n")  # noqa: T201  # a report
    return len(problems)
