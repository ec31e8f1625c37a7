"""Every card is a valid Adaptive Card 1.5 that fits Teams, and only says what the reply says."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema.validators import validator_for

from bot.domain.commands import Command, Undo
from bot.domain.person import Person
from bot.domain.presence import Availability
from bot.domain.reply import Fact, Item, Offer, Phrase, Reply, Tone
from bot.keyring import Keyring
from bot.service.codec import load_command
from bot.teams.cards import card, summary
from bot.teams.signature import CardSigner
from tests.required import missing
from tests.teams.activities import OID, TENANT
from tests.teams.conftest import StoppedClock
from tests.teams.replies import MOMENT, TestBooks, busy, reminder
from tests.teams.test_escape import SNIPPETS, shown

SCHEMA = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / (
    "schemas/adaptive-card-1.5.0.json"
)
BOOKS = TestBooks()
LONG = "w" * 5_000
SIGNER = CardSigner(keyring=Keyring([("k1", b"1" * 32)]), clock=StoppedClock())
ANNA = Person(tenant=TENANT, oid=OID)


def carry(command: Command) -> dict[str, Any]:
    return SIGNER.data(command, ANNA)


def everything(**changes: Any) -> Reply:
    """Return a reply that has more of everything than a card can take."""
    full = replace(
        busy(LONG),
        notes=(Phrase("too-much", {"words": "🎧" * 5_000}),) * 50,
        facts=(Fact(label=Phrase("people-see"), value=Phrase("too-much", {"words": LONG})),) * 50,
        offers=(Offer(label=Phrase("undo"), command=Undo()),) * 12,
        examples=(LONG,) * 50,
        items=(
            Item(
                label=Phrase("too-much", {"words": LONG}),
                lines=(Phrase("too-much", {"words": LONG}),) * 3,
                offers=(Offer(label=Phrase("undo"), command=Undo()),) * 2,
            ),
        )
        * 50,
    )
    return replace(full, **changes)


REPLIES = {
    "busy": busy(),
    "reminder": reminder(),
    "title alone": Reply(tone=Tone.INFO, title=Phrase("undo")),
    "everything": everything(),
    **{
        f"shows {what}": replace(busy(), shows=what)
        for what in (*Availability, "AvailableIdle", "BusyIdle", "PresenceUnknown", "NewValue")
    },
}


def elements(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "type" in node:
            yield node
        for child in node.values():
            yield from elements(child)
    elif isinstance(node, list):
        for child in node:
            yield from elements(child)


@pytest.fixture(scope="session")
def schema() -> Any:
    if not SCHEMA.exists():
        missing("the Adaptive Cards schema is not on this machine")
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    document.pop("id", None)  # a relative name: references are to this document
    return validator_for(document)(document)


@pytest.mark.parametrize("name", REPLIES)
def test_a_card_is_valid_by_the_published_schema(name: str, schema: Any) -> None:
    made = card(REPLIES[name], MOMENT, BOOKS, data=carry)
    assert [error.message for error in schema.iter_errors(made)] == []


def test_the_published_schema_refuses_what_is_no_card(schema: Any) -> None:
    made = card(busy(), MOMENT, BOOKS, data=carry)
    made["body"].append({"type": "TextBlock", "text": 5})
    assert list(schema.iter_errors(made))


@pytest.mark.parametrize("name", REPLIES)
def test_a_card_keeps_our_own_limits(name: str) -> None:
    made = card(REPLIES[name], MOMENT, BOOKS, data=carry)
    assert len(json.dumps(made, ensure_ascii=False).encode()) <= 28_000
    assert (made["version"], made["lang"]) == ("1.5", "en")
    assert len(made.get("actions", [])) <= 6
    assert made["fallbackText"]
    for element in elements(made):
        kind = element["type"]
        assert kind in {
            *("AdaptiveCard", "TextBlock", "ColumnSet", "Column", "Container", "FactSet"),
            *("Action.Execute", "Action.Submit"),
        }
        if kind == "TextBlock":
            assert element["wrap"] is True
            assert element.get("color") in {None, "Good", "Attention", "Warning", "Default"}
        if kind == "Container":
            assert element["style"] == "emphasis"


def test_the_card_shows_state_message_facts_notes_and_examples() -> None:
    made = card(busy(), MOMENT, BOOKS, data=carry)
    picture, heading = (column["items"][0] for column in made["body"][0]["columns"])
    assert (picture["text"], picture["color"]) == ("●", "Attention")
    assert heading["text"] == "Busy until 12:30"
    message, facts, note, examples = made["body"][1:]
    assert [item["text"] for item in message["items"]] == ["In a meeting"]
    assert facts["facts"] == [{"title": "Colleagues see", "value": "Busy"}]
    assert (note["text"], note["isSubtle"]) == ("It ends with your status.", True)
    assert [shown(item["text"]) for item in examples["items"]] == list(busy().examples)


def test_pictures_differ_in_shape_where_colours_may_be_mixed_up() -> None:
    def mark(what: str) -> str:
        made = card(replace(busy(), shows=what), MOMENT, BOOKS, data=carry)
        return str(made["body"][0]["columns"][0]["items"][0]["text"])

    assert len({mark(what) for what in ("Available", "Busy", "DoNotDisturb", "Away")}) == 4


def test_a_button_carries_its_command_in_both_forms() -> None:
    made = card(busy(), MOMENT, BOOKS, data=carry)
    assert [action["title"] for action in made["actions"][:2]] == ["+30 minutes", "Undo"]
    for action, offer in zip(made["actions"], busy().offers, strict=True):
        assert action["verb"] == type(offer.command).__name__
        assert action["data"] == action["fallback"]["data"]
        pressed = SIGNER.read(json.loads(json.dumps(action["data"])), ANNA)
        assert load_command(pressed.command) == offer.command


@settings(deadline=None)  # the machine may be busy
@given(SNIPPETS)
def test_hostile_words_are_only_words_on_a_card(words: str) -> None:
    made = card(busy(words), MOMENT, BOOKS, data=carry)
    texts = [e["text"] for e in elements(made["body"]) if e["type"] == "TextBlock"]
    for text in texts:
        shown(text)
    assert not any("{{" in t or "${" in t or "<at" in t.lower() for t in texts)
    assert made["actions"][2]["title"].startswith("Set “")


def test_a_long_text_is_cut_between_characters_that_belong_together() -> None:
    made = card(busy("*" * 2_000), MOMENT, BOOKS, data=carry)
    quotation = made["body"][1]["items"][0]["text"]
    assert len(quotation) <= 2_400
    assert shown(quotation) == "*" * shown(quotation).count("*") + "…"


def test_the_summary_is_the_title_in_plain_words() -> None:
    assert summary(reminder("call *Bob* <at>x</at>"), MOMENT, BOOKS) == "Reminder: call *Bob* x"


LIST = replace(
    busy(),
    items=(
        Item(
            label=Phrase("too-much", {"words": "1 · *lunch*"}),
            lines=(Phrase("plain-value", {"what": Availability.BUSY}),),
            offers=(Offer(label=Phrase("undo"), command=Undo()),),
        ),
    ),
)


def test_every_entry_of_a_list_has_its_lines_and_its_own_buttons() -> None:
    made = card(LIST, MOMENT, BOOKS, data=carry)
    (entry,) = [one for one in made["body"] if one.get("separator")]
    label, line, actions = entry["items"]
    assert (label["text"], line["text"]) == ("1 · \\*lunch\\*", "Busy")
    assert [action["verb"] for action in actions["actions"]] == ["Undo"]
