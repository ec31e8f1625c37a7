"""Every card in every language, drawn by Microsoft's own renderer, with a picture of each.

`python -m tests.long agents_playground [FOLDER]`: the pictures go into the folder, some cards on
each. Needs npm, which installs the Agents Playground, and Chromium.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.chromium import chromium
from tests.browser.drawn_cards import GRAMMAR, UNKNOWN, Wall, cards_in, wall

_FOLDER = "ci-output"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _language(drawn: Wall, language: str, pictures: Path) -> int:
    began = time.monotonic()
    cards = await cards_in(language)
    lacking = await drawn.draw(cards, pictures / f"agents-playground-{language}")
    wrong = 0
    for one, lack in zip(cards, lacking, strict=True):
        if lack:
            wrong += 1
            _say(f"    not shown of “{one['fallbackText']}”: {', '.join(lack)}")
    took = time.monotonic() - began
    _say(f"{language}: {len(cards)} cards, {wrong} not whole, {took:.0f} s")
    return wrong


async def _all(folder: Path, pictures: Path) -> int:
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        ) as browser,
        wall(browser, folder) as drawn,
    ):
        wrong = [await _language(drawn, language, pictures) for language in GRAMMAR.codes]
        unseen = await drawn.draw([UNKNOWN], pictures / "agents-playground-unknown")
    _say(f"complaints: {drawn.complaints or 'none'}")
    return sum(wrong) + len(drawn.complaints) + (unseen != [["Zork", "Teleport"]])


def main(arguments: list[str]) -> int:
    """Return how many cards were not drawn whole."""
    pictures = Path(arguments[0] if arguments else _FOLDER)
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_all(Path(folder), pictures))
