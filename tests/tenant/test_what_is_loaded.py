"""What a tenant's bot keeps in memory: not what it seldom needs, or never."""

from __future__ import annotations

from pathlib import Path

from tests.tenancy import bot_process

# Each was in the memory of every bot once. Of another part: the playground and the command line.
# Needed at the first start alone, for other settings, or for what hardly anybody says: the rest.
NOT_LOADED = {
    "bot.playground", "bot.gallery", "bot.explain", "bot.wiring_playground", "bot.wiring_commands",
    "bot.package", "alembic", "mako", "opentelemetry", "dateparser", "regex",
}  # fmt: skip


async def test_a_bot_that_has_answered_has_loaded_nothing_that_it_did_not_need(
    tmp_path: Path,
) -> None:
    async with bot_process(tmp_path) as bot:  # makes the tables
        bot.terminate()
        assert await bot.ends() == 0
    (tmp_path / "stderr.txt").unlink()
    async with bot_process(tmp_path, PYTHONPROFILEIMPORTTIME="1") as bot:
        await bot.around.say("busy for 1 hour")
        await bot.around.sent(1)
        bot.terminate()
        assert await bot.ends() == 0
    lines = (tmp_path / "stderr.txt").read_text(encoding="utf-8").splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time")}
    assert {"bot.wiring_tenant", "bot.grammar.understand", "dbos._client"} <= loaded
    assert {name for name in loaded if any(part_of(name, one) for one in NOT_LOADED)} == set()


def part_of(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
