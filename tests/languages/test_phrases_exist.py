"""Every phrase that the code can say stands in the English phrase book."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.domain.own_commands import Talk
from bot.domain.presence import Availability, SessionActivity, WorkLocation
from bot.languages.phrasebook import Phrasebooks
from bot.service import answering, causes
from bot.service.handlers.presets import BUILT_IN
from bot.service.saying import KNOWN_ACTIVITIES

BOT = Path(__file__).parents[2] / "bot"


def said_in_code() -> set[str]:
    """Return the keys of all phrases that are written out; computed ones are listed below."""
    keys = set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase":
                keys |= written_out(node.args[0])
    return keys


def written_out(key: ast.expr) -> set[str]:
    match key:
        case ast.Constant(value=str(said)):
            return {said}
        case ast.IfExp(body=body, orelse=other):
            return written_out(body) | written_out(other)
        case _:
            return set()


COMPUTED = {
    *(f"availability-{availability}" for availability in Availability),
    *(f"session-{activity}" for activity in SessionActivity),
    *(
        f"{kind}-{place}"
        for kind in ("location", "location-planned", "place")
        for place in WorkLocation
    ),
    *causes.FOREIGN.values(),
    *(f"seen-{activity}" for activity in KNOWN_ACTIVITIES),
    *answering.REFUSALS.values(),
    *(f"suggest-{name}" for name in BUILT_IN),
    *(f"talk-{talk.value}" for talk in Talk),
    *(
        key
        for name in ("OutOfOffice", "RemindOther", "Broadcast")
        for key in (f"not-mine-{name}", f"not-mine-{name}-why", f"instead-{name}")
    ),
}


BOOK = Phrasebooks().for_locale("en")


@pytest.mark.parametrize("key", sorted(said_in_code() | COMPUTED))
def test_english_says_it(key: str) -> None:
    assert BOOK.has(key)
