"""The README is true: its commands, its examples, its settings and its limits."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.commands import SetStatus
from bot.domain.journal import Entry, PresenceChange, Running
from bot.domain.moment import Moment
from bot.domain.presence import LONGEST_HELD, LONGEST_STATUS, Availability, PreferredPresence
from bot.domain.status import MAX_MESSAGE_LENGTH
from bot.grammar.reading import Understood
from bot.grammar.understand import MAX_UTTERANCE, Grammar
from bot.languages.phrasebook import Phrasebooks
from bot.service.answering import TOO_OLD
from bot.service.handlers.planning import MAX_PLANS
from bot.service.permissions import FEATURES
from bot.settings import Settings
from bot.teams.body import MAX_BODY

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOW = Moment(now=datetime(2026, 3, 10, 9, 30, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
RUNNING = Running(
    preferred=PreferredPresence(availability=Availability.BUSY, end=NOW.now + timedelta(hours=1)),
    end=NOW.now + timedelta(hours=1),
    end_said=True,
    entry=Entry(
        id="1",
        at=NOW.now,
        command="SetStatus",
        presence=PresenceChange(before=None, after=None, end_said=True),
    ),
)


def section(name: str) -> str:
    """Return the text below a heading, up to the next one."""
    text = re.split(rf"^##+ {name}\n", README, maxsplit=1, flags=re.MULTILINE)[1]
    return re.split(r"^##+ ", text, maxsplit=1, flags=re.MULTILINE)[0]


def examples() -> list[str]:
    table = README.partition("<!-- examples")[2].partition("<!-- /examples -->")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(examples()) > 8


@pytest.mark.parametrize("words", examples())
def test_every_example_is_understood(words: str) -> None:
    assert isinstance(Grammar(["en"]).understand(words, NOW, running=RUNNING), Understood)


def test_every_setting_is_in_the_table_and_no_other() -> None:
    first = re.findall(r"^\| (`[^|]+) \|", section("Settings"), re.MULTILINE)
    told = {name for cell in first for name in re.findall(r"`(\w+)`", cell)}
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    read = {
        *re.findall(r'env\.get\(\s*"(\w+)"', source),
        *re.findall(r'"(MicrosoftApp\w+|MANAGED_IDENTITY_CLIENT_ID)"', source),
    }
    assert {field.name.upper() for field in dataclasses.fields(Settings)} - {"TENANT"} <= read
    assert sorted(read - told) == []
    assert sorted(told - read) == []


def test_every_language_is_in_the_table_with_what_it_understands() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| `(\w\w)` \| `([^`]+)` \|$", section("Languages"), re.MULTILINE
    )
    assert sorted(code for code, _ in rows) == sorted(Phrasebooks().languages)
    for code, words in rows:
        moment = dataclasses.replace(NOW, locale=code)
        reading = Grammar([code]).understand(words, moment)
        assert isinstance(reading, Understood)
        end = NOW.now + timedelta(hours=2)
        assert reading.command == SetStatus(availability=Availability.BUSY, end=end)


def test_the_permissions_are_those_of_the_code() -> None:
    def listed(scopes: tuple[str, ...] | None) -> str:
        if scopes is None:
            return "not offered by Microsoft"
        return ", ".join(f"`{scope}`" for scope in scopes)

    wanted = [
        f"| {one.name} | {listed(one.delegated)} | {listed(one.application)}"
        f" | {'`PEOPLE=on`' if one.people else 'always'} |"
        for one in FEATURES
    ]
    rows = [line for line in section("Permissions").splitlines() if line.startswith("| ")]
    assert rows[1:] == wanted


@pytest.mark.parametrize(
    "limit",
    [
        f"up to {LONGEST_HELD // timedelta(hours=1)} hours",
        f"{MAX_BODY // 1024} KiB",
        f"{MAX_UTTERANCE:,} characters",
        f"{MAX_MESSAGE_LENGTH} characters",
        f"{LONGEST_STATUS.days} days ahead",
        f"{MAX_PLANS} a person",
        f"longer than {TOO_OLD // timedelta(minutes=1)} minutes ago",
    ],
)
def test_the_limits_are_those_of_the_code(limit: str) -> None:
    assert limit in section("Limits")


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")


def test_the_command_that_prints_a_reading_works() -> None:
    command = re.search(r"`python (-m bot parse \"[^\"]+\")`", README)
    assert command is not None
    words = command[1].partition('"')[2].rstrip('"')
    run = subprocess.run(
        [sys.executable, "-m", "bot", "parse", words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "setUserPreferredPresence" in run.stdout


def test_ci_runs_the_readmes_test_command() -> None:
    line = re.search(r"^\.venv/bin/pip install .*\.venv/bin/pytest -n auto$", README, re.MULTILINE)
    assert line is not None
    assert 'eval "$tests"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
