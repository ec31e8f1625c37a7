"""The bill of materials, made as docs/supply-chain.md says, in an environment of its own."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.tenant.lock import read_lock
from tests.tenant.package_files import ROOT


def main(_arguments: list[str]) -> int:
    """Return how many distributions of the lock the bill does not name in their version."""
    text = (ROOT / "docs" / "supply-chain.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"`uvx --from cyclonedx-bom (cyclonedx-py [^`]+)`", text)
    with tempfile.TemporaryDirectory() as top:
        venv, bill = Path(top) / "venv", Path(top) / "sbom.cdx.json"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=60)
        subprocess.run(
            [venv / "bin" / "pip", "install", "--quiet", "cyclonedx-bom>=7,<8"],
            check=True,
            timeout=300,
            stderr=subprocess.DEVNULL,
        )
        words = shlex.split(command.replace("sbom.cdx.json", str(bill)))
        subprocess.run([venv / "bin" / words[0], *words[1:]], check=True, timeout=120, cwd=ROOT)
        found = json.loads(bill.read_bytes())
    named = {(canonicalize_name(each["name"]), each["version"]) for each in found["components"]}
    missing = {(locked.name, locked.version) for locked in read_lock()} - named
    said = f"CycloneDX {found['specVersion']}: {len(named)} components, missing {len(missing)}"
    print(said, *sorted(missing))  # noqa: T201  # a report
    return len(missing)
