"""Every card, drawn by Microsoft's own renderer.

The whole in one language and a part of it in the others, since its page takes up to 0.5 s for a
card; `python -m tests.long agents_playground` draws all of all. All of German, whose words are the
longest; of each other language the cards that between them have every element and every setting of
an element that its cards have. (tests/gallery holds that a scene has the same buttons in all
languages, our own page draws all cards of all of them.)
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from bot.gallery.scenes import SCENES
from tests.browser.drawn_cards import GRAMMAR, UNKNOWN, Card, cards_in, elements, wall

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

PICTURES = Path(os.environ.get("PICTURES", "ci-output"))
WHOLE = "de"  # shown with all its cards
_WORDS = frozenset(
    {"fallbackText", "id", "label", "lang", "text", "title", "url", "value", "verb"}
)


def kinds(content: Card) -> set[str]:
    """Return its kinds of elements: each type with its settings, without words."""
    return {
        json.dumps({key: one[key] for key in sorted(one.keys() - _WORDS)})
        for one in map(settings, elements(content))
    }


def settings(element: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in element.items() if not isinstance(value, list | dict)}


def covering(cards: Sequence[Card]) -> list[Card]:
    """Return the few cards that between them have every kind of element of all."""
    chosen: list[Card] = []
    left = set().union(*map(kinds, cards))
    while left:
        chosen.append(max(cards, key=lambda one: len(kinds(one) & left)))
        left -= kinds(chosen[-1])
    return chosen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    PICTURES.mkdir(exist_ok=True)
    return tmp_path


async def test_every_card_is_drawn_whole(browser: Browser, folder: Path) -> None:
    cards: list[Card] = []
    for language in GRAMMAR.codes:
        of_it = await cards_in(language)
        cards += of_it if language == WHOLE else covering(of_it)
    assert len(cards) > sum(map(len, SCENES.values()))
    async with wall(browser, folder) as drawn:
        lacking = await drawn.draw([*cards, UNKNOWN], PICTURES / "agents-playground-cards")
    assert lacking.pop() == ["Zork", "Teleport"]  # else it would not be seen in the others either
    whose = zip(cards, lacking, strict=True)
    assert [(one["fallbackText"], lack) for one, lack in whose if lack] == []
    assert drawn.complaints == []
