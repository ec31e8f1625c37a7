"""checkov on the Bicep templates and the Dockerfile, in an environment of its own, offline.

checkov pins an older Bicep parser that does not know extensions: `entra.bicep` is left out, and
held by `tests/tenant/test_bicep.py` alone.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tenant.bicep import FILES, INFRA

WANTED = "checkov>=3.3,<4"


def main(_arguments: list[str]) -> int:
    """Return how many checks fail or files do not parse; a skipped check has its reason there."""
    with tempfile.TemporaryDirectory() as top:
        venv, files = Path(top) / "venv", Path(top) / "files"
        files.mkdir()
        for path in [*FILES, INFRA / "Dockerfile"]:
            if path.name != "entra.bicep":
                shutil.copy(path, files)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True, timeout=60)
        subprocess.run(
            [venv / "bin" / "pip", "install", "--quiet", WANTED],
            check=True,
            timeout=540,
            stderr=subprocess.DEVNULL,
        )
        said = subprocess.run(
            [
                *(venv / "bin" / "checkov", "--directory", files, "--skip-download", "--quiet"),
                *("--framework", "bicep", "dockerfile", "--output", "json"),
            ],
            capture_output=True,
            text=True,
            timeout=300,
        )
    reports = json.loads(said.stdout)
    for report in reports:
        print(report["check_type"], report["summary"])  # noqa: T201  # a report
        for failed in report["results"]["failed_checks"]:
            print(failed["check_id"], failed["resource"], failed["check_name"])  # noqa: T201  # same
    kinds = {report["check_type"] for report in reports}
    wrong = len({"bicep", "dockerfile"} - kinds)
    for report in reports:
        wrong += int(report["summary"]["failed"]) + int(report["summary"]["parsing_errors"])
    return wrong
