"""Microsoft's own client against the bot as it is started: nothing in between is ours."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.agents_playground import agents_playground
from tests.running import RunningBot, running_bot

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]

PICTURES = Path(os.environ.get("PICTURES", "ci-output"))
ALICE = "aaaaaaaa-0000-4000-8000-000000000001"
_EXCHANGE = {
    "type": "invoke",
    "name": "signin/tokenExchange",
    "id": "made-up",
    "channelId": "msteams",
    "recipient": {"id": "8c0de6b1-0000-4000-8000-0000000000b0", "name": "Presence Bot"},
    "conversation": {"id": "personal-alice", "conversationType": "personal"},
    "from": {"id": "29:alice", "aadObjectId": ALICE},
    "value": {"id": "made up", "connectionName": "any", "token": "no token"},
}


@dataclass
class Client:
    """The client's page, with the bot that it talks to."""

    page: Page
    bot: RunningBot

    async def say(self, text: str) -> None:
        await self.page.get_by_role("textbox").last.click()
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Enter")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=re.compile(name)).last.click()

    async def sees(self, text: str, *, times: int | None = None) -> None:
        found = self.page.get_by_text(text, exact=False)
        if times is None:
            await expect(found.last).to_be_visible()
        else:
            await expect(found).to_have_count(times)

    async def logged(self, what: str) -> None:
        await expect(self.page.locator("body")).to_have_text(re.compile(what, re.DOTALL))

    async def picture(self, name: str) -> None:
        await self.page.screenshot(path=PICTURES / f"agents-playground-{name}.png")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    PICTURES.mkdir(exist_ok=True)
    made = tmp_path_factory.mktemp("agents")
    (made / "bot").mkdir()
    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(browser: Browser, folder: Path) -> AsyncIterator[Client]:
    with running_bot(folder / "bot") as bot:
        await asyncio.to_thread(bot.start)
        async with agents_playground(folder, f"{bot.url}/api/messages") as url:
            page = await browser.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(15_000)
            expect.set_options(timeout=15_000)
            await page.goto(url)
            yield Client(page, bot)
            await page.close()


async def test_it_shows_everything_that_the_bot_does(client: Client) -> None:
    await client.sees("Hello! I set your Teams status from plain words")
    await client.picture("1-welcome")

    await client.say("busy for 2 hours, say I'm in a meeting")
    await client.sees("I will remind you at")
    presence = await asyncio.to_thread(client.bot.presence, ALICE)
    assert presence["availability"] == "Busy"
    await client.picture("2-command")

    before = await client.page.get_by_text("Busy until").last.inner_text()
    await client.press("30 minutes")
    await client.logged("invoke 200")
    await expect(client.page.get_by_text("Busy until").last).not_to_have_text(before)
    await client.sees("Busy until", times=1)  # in its place, not below it
    await client.picture("3-execute-in-place")

    await asyncio.to_thread(client.bot.move_clock, to="next")
    await client.sees("ends in 5 minutes")
    await client.picture("4-proactive-reminder")


async def test_a_slow_press_is_answered_and_its_card_updated(client: Client) -> None:
    slow = [{"service": "graph", "kind": "slow"}]
    await asyncio.to_thread(client.bot.request, "PUT", "/playground/faults", slow)
    await client.press("1 hour")
    await client.sees("I am working on it")
    await client.picture("5-working-on-it")
    await client.sees("Busy until", times=2)  # the first card's, and now this one's
    await asyncio.to_thread(client.bot.request, "PUT", "/playground/faults", [])
    await client.picture("6-updated")


async def test_in_a_group_it_answers_to_its_name_alone(client: Client) -> None:
    await client.page.get_by_role("treeitem").filter(has_text="Ops group").click()
    await client.page.get_by_role("textbox").last.click()
    await client.page.keyboard.type("@")
    await client.page.get_by_role("menuitem", name="Presence Bot").click()
    await client.page.keyboard.insert_text(" dnd for 1 hour")
    await client.page.keyboard.press("Enter")
    await client.logged("message 202.{0,40}dnd for 1 hour")

    async def shown() -> bool:
        presence = await asyncio.to_thread(client.bot.presence, ALICE)
        return bool(presence["availability"] == "DoNotDisturb")

    async with asyncio.timeout(20):
        while not await shown():  # noqa: ASYNC110  # the bot answers where it thinks fit
            await asyncio.sleep(0.1)
    await client.picture("7-group")


async def test_a_raw_token_exchange_is_answered_and_not_believed(client: Client) -> None:
    await client.page.get_by_role("treeitem").filter(has_text="Personal Chat").click()
    await client.page.get_by_role("button", name="Mock an Activity").click()
    await client.page.get_by_role("menuitem", name="Custom activity").click()
    activity = {**_EXCHANGE, "serviceUrl": f"{client.page.url.rstrip('/')}/_connector"}
    await client.page.locator(".monaco-editor").click()
    await client.page.keyboard.press("Control+A")
    await client.page.keyboard.insert_text(json.dumps(activity))
    await client.page.keyboard.press("Control+Shift+End")  # what the editor closes by itself
    await client.page.keyboard.press("Delete")
    await client.picture("8-token-exchange")
    await client.page.get_by_role("button", name="Send activity").click()
    await client.logged("invoke 412")
    await client.picture("9-token-exchange-answered")
