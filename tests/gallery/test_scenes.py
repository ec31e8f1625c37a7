"""The gallery shows every kind of reply, as a card that Teams takes, in every language."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema.validators import validator_for

from bot.domain.commands import Command
from bot.domain.timers import TimerTask
from bot.gallery.playing import Shown, play_all
from bot.gallery.scenes import SCENES
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks
from bot.service.conversation import Conversation
from bot.teams.cards import LARGEST_CARD, card

SCHEMA = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / (
    "schemas/adaptive-card-1.5.0.json"
)
BOOKS, GRAMMAR = Phrasebooks(), Grammar()
# What says nothing when it is due, or belongs to no person.
SILENT = {"ZoneQuestion", "SequenceStart", "PlannedLocation", "TenantWatch"}
NOT_SHOWN = {"MoveRecurring"}  # the answer to a question that a timer asks


def cards(shown: list[Shown]) -> dict[str, dict[str, Any]]:
    return {
        f"{one.group}: {one.title}": card(one.reply, one.moment, BOOKS, data=lambda _: {})
        for one in shown
    }


def schema_check() -> Any:
    """Return the validator of the published schema; without it, one that finds nothing."""
    if not SCHEMA.exists() and os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{SCHEMA} is missing, and REQUIRE_ALL=1 asks for it")
    schema = json.loads(SCHEMA.read_text("utf-8")) if SCHEMA.exists() else {}
    return validator_for(schema)(schema)


async def test_every_command_and_everything_due_has_a_scene(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: set[str] = set()
    press, due = Conversation.press, Conversation.due

    async def pressed(self: Any, person: Any, command: Any, *rest: Any) -> Any:
        seen.add(type(command).__name__)
        return await press(self, person, command, *rest)

    async def fired(self: Any, timer: Any, *rest: Any) -> Any:
        seen.add(type(timer.task).__name__)
        return await due(self, timer, *rest)

    monkeypatch.setattr(Conversation, "press", pressed)
    monkeypatch.setattr(Conversation, "due", fired)
    shown = await play_all(GRAMMAR, "en-GB")
    assert not caplog.records  # what fails in a scene has not happened
    assert len(shown) == sum(map(len, SCENES.values())) >= 60
    wanted = {one.__name__ for one in (*get_args(Command), *get_args(TimerTask))}
    assert wanted - seen <= SILENT | NOT_SHOWN


@pytest.mark.parametrize("language", GRAMMAR.codes)
async def test_every_card_of_every_language_is_one_that_teams_takes(language: str) -> None:
    check = schema_check()
    made = cards(await play_all(GRAMMAR, language))
    english = cards(await play_all(GRAMMAR, "en"))
    assert made.keys() == english.keys()
    for name, content in made.items():
        assert not [error.message for error in check.iter_errors(content)], name
        assert len(json.dumps(content, ensure_ascii=False).encode()) <= LARGEST_CARD, name
        assert "\ue000" not in json.dumps(content, ensure_ascii=False), name
        assert len(content.get("actions", ())) == len(english[name].get("actions", ())), name
