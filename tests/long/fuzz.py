"""100,000 requests from three sources, and flat memory.

`python -m tests.long fuzz [N]`: a tenth goes by the OpenAPI document, two tenths are hostile
contents, which go through the whole bot, and the rest are altered activities.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.security.fuzzing import Target, target

REQUESTS = 100_000
_GROWTH = 1.15  # of what is in memory after the first fifth
_OPERATIONS = 14


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _told(bot: Target) -> None:
    for (name, status), count in sorted(bot.answers.items()):
        _say(f"    {name:<28}{status:>5}{count:>9}")


def main(arguments: list[str]) -> int:
    """Run it; an answer that nobody thought of, or growing memory, is an error."""
    count = int(arguments[0]) if arguments else REQUESTS
    with (
        tempfile.TemporaryDirectory() as folder,
        target(Path(folder), GRAPH_PERMISSION="delegated") as bot,
    ):
        bot.by_document(max(1, count // 10 // _OPERATIONS))
        _told(bot)
    with (
        tempfile.TemporaryDirectory() as folder,
        target(Path(folder), COMMANDS_A_MINUTE="1000") as bot,
    ):
        bot.by_content(max(1, count * 2 // 10))
        _told(bot)
        part = max(1, count * 7 // 10 // 5)
        bot.by_alteration(part)
        before = bot.memory()
        for _ in range(4):
            bot.by_alteration(part)
            _say(f"    {bot.memory():.0f} MB")
        _told(bot)
        after = bot.memory()
    _say(f"memory: {before:.0f} MB after a fifth, {after:.0f} MB in the end")
    return 0 if after <= before * _GROWTH else 1
