"""Every wish and every command of the command line is documented by an example that works."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.domain.commands import Command
from bot.domain.journal import Entry, PresenceChange, Running
from bot.domain.moment import Moment
from bot.domain.presence import Availability, PreferredPresence
from bot.grammar.reading import Understood
from bot.grammar.understand import Grammar
from tests.docs.sentences import ROOT

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
CHAT, LINE = PAGE.split("## On the command line")
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
MOMENT = Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"))
END = NOW + timedelta(hours=1)
RUNNING = Running(
    preferred=PreferredPresence(availability=Availability.BUSY, end=END),
    end=END,
    end_said=True,
    entry=Entry(
        id="1",
        at=NOW,
        command="SetStatus",
        presence=PresenceChange(before=None, after=None, end_said=True),
    ),
)
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \| [^|]+ \|$", CHAT, re.MULTILINE))
EXAMPLES = [
    (wish, words) for wish, cell in ROWS.items() for words in re.findall(r"`([^`]+)`", cell)
]
# What is only pressed, or depends on what the person has saved.
WITHOUT = {
    *("ChangeSettings", "Done", "FillInPlan", "LookAgain", "MoveRecurring", "PlanAgain"),
    *("ShowPlan", "UsePreset"),
}


def test_every_wish_is_there_with_an_example() -> None:
    assert ROWS.keys() == {one.__name__ for one in get_args(Command)}
    assert {wish for wish, _ in EXAMPLES} == ROWS.keys() - WITHOUT


@pytest.mark.parametrize(("wish", "words"), EXAMPLES)
def test_an_example_is_read_as_the_wish_that_it_stands_for(wish: str, words: str) -> None:
    grammar = Grammar(["en"])
    alone = grammar.understand(words, MOMENT)
    beside = grammar.understand(words, MOMENT, running=RUNNING)  # some need what they change
    reading = alone if isinstance(alone, Understood) else beside
    assert isinstance(reading, Understood), words
    assert type(reading.command).__name__ == wish


def test_every_command_of_the_command_line_is_there() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bot", "-h"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    known = re.search(r"\{([\w,-]+)\}", run.stdout)
    assert known is not None
    told = re.findall(r"^\| `([\w-]+)[^`]*` \|", LINE, re.MULTILINE)
    assert sorted(told) == sorted(known[1].split(","))
