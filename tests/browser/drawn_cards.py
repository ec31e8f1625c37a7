"""Cards, drawn by Microsoft's own renderer: the one of the Agents Playground.

It leaves out without a word what it does not know, so each word of a card is looked for in what is
shown of it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from bot.gallery.playing import play_all
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks
from bot.teams.cards import CARD_TYPE, card
from tests.browser.agents_playground import agents_playground

_AT_ONCE = 20  # cards; to open the page takes a second, and each card slows it down
_WINDOW: ViewportSize = {"width": 1000, "height": 1000}
_AROUND = 250  # pixels above and below the cards
UNKNOWN = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "fallbackText": "Known",
    "body": [{"type": "TextBlock", "text": "Known"}, {"type": "Zork", "text": "Zork"}],
    "actions": [{"type": "Action.Teleport", "title": "Teleport"}],
}
BOOKS, GRAMMAR = Phrasebooks(), Grammar()

Card = dict[str, Any]


class Wall:
    """Where cards are drawn; `complaints` is what the renderer says is wrong with them."""

    def __init__(self, page: Page, url: str, chat: Chat) -> None:
        self._page = page
        self._url = url
        self._chat = chat
        self.complaints: list[str] = []

    async def draw(self, cards: Sequence[Card], picture: Path) -> list[list[str]]:
        """Draw cards, some at a time; return the words of each that are not shown.

        The pictures are `picture` with a number.
        """
        lacking: list[list[str]] = []
        for first in range(0, len(cards), _AT_ONCE):
            some = cards[first : first + _AT_ONCE]
            await self._page.goto(self._url, wait_until="commit")  # a new chat, and an empty one
            await self._chat.write(some)
            drawn = self._page.locator(".ac-adaptiveCard")
            await expect(drawn).to_have_count(len(some), timeout=30_000)
            shown = await drawn.all_inner_texts()
            lacking += [not_shown(one, seen) for one, seen in zip(some, shown, strict=True)]
            await self._picture(drawn, f"{picture}-{first:03}.png")
        return lacking

    async def _picture(self, drawn: Locator, path: str) -> None:
        """Take a picture in a window that is high enough for all; drawing is slower in it."""
        window = self._page.viewport_size
        top, bottom = await drawn.first.bounding_box(), await drawn.last.bounding_box()
        assert window is not None
        assert top is not None
        assert bottom is not None
        high = int(bottom["y"] + bottom["height"] - top["y"])
        await self._page.set_viewport_size({**window, "height": high + _AROUND})
        await self._page.screenshot(path=path)
        await self._page.set_viewport_size(window)

    def hear(self, said: str) -> None:
        """Keep what the renderer says is wrong."""
        self.complaints.append(said)


@asynccontextmanager
async def wall(browser: Browser, folder: Path) -> AsyncIterator[Wall]:
    """Start the renderer, with its settings in `folder`."""
    chat = Chat()
    async with (
        _listening(chat) as endpoint,
        agents_playground(folder, endpoint) as url,
        await browser.new_context(viewport=_WINDOW) as context,
    ):
        page = await context.new_page()
        drawn = Wall(page, url, chat)
        await page.route(lambda asked: not asked.startswith(url), lambda route: route.abort())
        page.on("pageerror", lambda error: drawn.hear(str(error)))
        page.on(
            "console",
            lambda said: drawn.hear(said.text) if "Adaptive Card" in said.text else None,
        )
        yield drawn


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
async def _listening(chat: Chat) -> AsyncIterator[str]:
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
    """Return every card of the gallery in a language."""
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
