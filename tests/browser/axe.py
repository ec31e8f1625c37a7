"""axe-core, the accessibility checker: taken from npm when a test needs it, never kept here."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Page

from tests.required import missing

PACKAGE = "axe-core@4.10.3"
# The rules of WCAG 2.2 A and AA, and what axe calls good practice.
_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(({impact}) => ["serious", "critical"].includes(impact))
  .map(({id, impact, nodes}) => `${impact} ${id}: ${nodes.map((one) => one.html).join(" | ")}`)"""


@cache
def _source() -> str:
    npm = shutil.which("npm")
    if npm is None:
        return ""
    with TemporaryDirectory() as folder:
        got = subprocess.run(
            [npm, "pack", PACKAGE, "--silent", "--pack-destination", folder],
            cwd=folder,
            timeout=120,
            check=False,
        )
        if got.returncode != 0:
            return ""
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as files:
            script = files.extractfile("package/axe.min.js")
            assert script is not None
            return script.read().decode("utf-8")


def axe() -> str:
    """Return axe-core; where it cannot be had the test is skipped, or fails with REQUIRE_ALL=1."""
    source = _source()
    if not source:
        missing(f"{PACKAGE} cannot be had from npm")
    return source


async def serious(page: Page) -> list[str]:
    """Return what axe finds serious or critical on a page."""
    await page.evaluate(axe())
    found: Any = await page.evaluate(_RUN)
    return [str(one) for one in found]
