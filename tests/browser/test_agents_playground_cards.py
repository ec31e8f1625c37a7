"""Every card, drawn by Microsoft's own renderer: the one of the Agents Playground.

The whole in one language and a part of it in the others, since its page takes some 0.15 s for a
card. All of German, whose words are the longest; of each other language the cards that between
them have every element and every setting of an element that its cards have. (tests/gallery holds
that a scene has the same buttons in all languages, our own page draws all cards of all of them.)
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from playwright.async_api import Browser, ViewportSize, expect

from bot.gallery.playing import play_all
from bot.gallery.scenes import SCENES
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks
from bot.teams.cards import CARD_TYPE, card
from tests.browser.agents_playground import agents_playground

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

PICTURES = Path(os.environ.get("PICTURES", "ci-output"))
WHOLE = "de"  # shown with all its cards
AT_ONCE = 20  # cards; to open the page takes a second, and each card slows it down
WINDOW: ViewportSize = {"width": 1400, "height": 1000}
# Microsoft's renderer leaves out without a word what it does not know.
UNKNOWN = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "fallbackText": "Known",
    "body": [{"type": "TextBlock", "text": "Known"}, {"type": "Zork", "text": "Zork"}],
    "actions": [{"type": "Action.Teleport", "title": "Teleport"}],
}
_WORDS = frozenset(
    {"fallbackText", "id", "label", "lang", "text", "title", "url", "value", "verb"}
)
BOOKS, GRAMMAR = Phrasebooks(), Grammar()

Card = dict[str, Any]


class Chat:
    """The bot's side of the personal chat: it writes what it is told to, and reads nothing."""

    def __init__(self) -> None:
        self._opened: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def receive(self, request: web.Request) -> web.Response:
        if request.method == "POST" and (said := await request.json())["type"] == (
            "conversationUpdate"
        ):
            self._opened.put_nowait(said)
        return web.Response()

    async def write(self, cards: Sequence[Card]) -> None:
        """Write one message for each card as soon as the page has opened the chat."""
        said = await asyncio.wait_for(self._opened.get(), timeout=30)
        conversation = said["conversation"]
        address = f"{said['serviceUrl']}/v3/conversations/{conversation['id']}/activities"
        async with httpx.AsyncClient(timeout=10) as client:
            for one in cards:
                message = {
                    "type": "message",
                    "from": said["recipient"],
                    "recipient": said["from"],
                    "conversation": conversation,
                    "attachments": [{"contentType": CARD_TYPE, "content": one}],
                }
                (await client.post(address, json=message)).raise_for_status()


@asynccontextmanager
async def listening(chat: Chat) -> AsyncIterator[str]:
    """Give the address at which the bot's side listens."""
    app = web.Application()
    app.router.add_route("*", "/api/messages", chat.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    finally:
        await runner.cleanup()


async def cards_in(language: str) -> list[Card]:
    shown = await play_all(GRAMMAR, language)
    return [card(one.reply, one.moment, BOOKS, data=lambda _: {}) for one in shown]


def elements(part: Any) -> Iterator[dict[str, Any]]:
    """Walk over the elements that a card shows, outermost first: no fallbacks, no closed lists."""
    if isinstance(part, dict):
        yield part
        for key, inner in part.items():
            if key not in ("choices", "data", "fallback"):
                yield from elements(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from elements(inner)


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


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def not_shown(content: Card, shown: str) -> list[str]:
    """Return which words of a card, in its order, what is shown of it lacks."""
    missing, at, shown = [], 0, squeezed(shown)
    for one in elements(content):
        for key in ("label", "text", "title", "value"):
            if key == "value" and one.get("type", "").startswith("Input."):
                continue
            words = squeezed(re.sub(r"\\(.)", r"\1", one.get(key, "")))
            found = shown.find(words, at)
            if found < 0:
                missing.append(words)
            else:
                at = found + len(words)
    return missing


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
    cards.append(UNKNOWN)
    chat, complaints, lacking = Chat(), list[str](), list[list[str]]()
    async with (
        listening(chat) as endpoint,
        agents_playground(folder, endpoint) as url,
        await browser.new_context(viewport=WINDOW) as context,
    ):
        page = await context.new_page()
        await page.route(lambda asked: not asked.startswith(url), lambda route: route.abort())
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Adaptive Card" in said.text else None,
        )
        for first in range(0, len(cards), AT_ONCE):
            some = cards[first : first + AT_ONCE]
            await page.goto(url, wait_until="commit")  # a new chat, and an empty one
            await chat.write(some)
            drawn = page.locator(".ac-adaptiveCard")
            await expect(drawn).to_have_count(len(some), timeout=30_000)
            shown = await drawn.all_inner_texts()
            lacking += [not_shown(one, seen) for one, seen in zip(some, shown, strict=True)]
            await page.screenshot(path=PICTURES / f"agents-playground-cards-{first:03}.png")
    assert lacking.pop() == ["Zork", "Teleport"]  # else it would not be seen in the others either
    whose = zip(cards[:-1], lacking, strict=True)
    assert [(one["fallbackText"], lack) for one, lack in whose if lack] == []
    assert complaints == []
