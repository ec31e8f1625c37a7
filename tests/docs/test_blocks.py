"""The commands of README and runbook work. `python -m tests.long readme` runs them all afresh."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import blocks
from tests.docs.commands import problems


def test_readme_and_runbook_have_commands_for_all_three_readers() -> None:
    scripts = "\n".join(block.script for block in blocks("README.md"))
    for command in ("app.py", "-m bot doctor", "-m bot package", "pytest"):
        assert command in scripts
    assert any("backup" in block.script for block in blocks("docs/runbook.md"))


@pytest.mark.timeout(900)  # five starts of the bot, also where all cores are busy
async def test_every_command_of_readme_and_runbook_works_in_a_clone(tmp_path: Path) -> None:
    assert await problems(tmp_path, fresh=False) == []
