"""The whole story in Chromium, on the bot as it is started: type, tap, reload, pull the plug."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import visit
from tests.running import ANNA, BEN, running_bot

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

WORDS = "busy for 2 hours, say I'm in a meeting"
PICTURES = Path(os.environ.get("PICTURES", "ci-output"))


async def off_loop(work: Callable[..., Any], *args: Any, **keywords: Any) -> Any:
    return await asyncio.to_thread(work, *args, **keywords)


async def say(page: Page, text: str) -> Locator:
    """Say something and return the message that answers."""
    before = await page.locator(".message").count()
    await page.get_by_role("textbox", name="Message", exact=True).fill(text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(before + 2)
    return page.locator(".message").nth(before + 1)


def row(page: Page, oid: str) -> Locator:
    return page.locator(f"[data-oid='{oid}']")


async def move_clock(page: Page, name: str) -> None:
    async with page.expect_response("**/playground/clock") as response:
        await page.get_by_role("button", name=name, exact=True).click()
    assert (await response.value).ok


async def picture(page: Page, name: str) -> None:
    await page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.parametrize("how", ["stays up", "power cut"])
async def test_the_whole_story(browser: Browser, tmp_path: Path, how: str) -> None:
    with running_bot(tmp_path) as bot:
        await off_loop(bot.start)
        async with visit(browser, bot.url) as page:
            await expect(page.locator(".message")).to_have_count(1)  # the welcome
            card = await say(page, WORDS)
            await expect(card).to_contain_text("Busy until")
            await expect(card).to_contain_text("I'm in a meeting")
            await expect(row(page, ANNA)).to_contain_text("Busy")
            await expect(row(page, ANNA).locator("q")).to_have_text("I'm in a meeting")
            await expect(page.locator("#calls")).to_contain_text("setUserPreferredPresence")
            await picture(page, f"story-{how.replace(' ', '-')}-1-busy")

            title = await card.locator(".card").inner_text()
            await card.get_by_role("button", name="+ 30 minutes").click()
            await expect(card.locator(".card")).not_to_have_text(title)
            await expect(card).to_contain_text("Busy until")

            if how == "power cut":
                await off_loop(bot.kill)
                await off_loop(bot.start)
                await page.reload()
                await page.wait_for_selector("body[data-ready]")
                await expect(row(page, ANNA)).to_contain_text("Busy")

            reminder = page.locator(".message").filter(has_text="Busy ends")
            for _ in range(8):  # what else happens on the way comes first
                if await reminder.count():
                    break
                await move_clock(page, "Next event")
                await page.wait_for_timeout(500)
            await expect(reminder).to_have_count(1)
            reminder = page.locator(".message").last
            await expect(reminder).to_contain_text("Busy ends")
            await picture(page, f"story-{how.replace(' ', '-')}-2-reminder")
            await reminder.get_by_role("button", name="+ 30 minutes").click()
            await expect(reminder).to_contain_text("Busy until")
            for _ in range(2):
                await move_clock(page, "+5 min")
            await expect(row(page, ANNA)).to_contain_text("Busy")

            async with visit(browser, bot.url, dark=True) as second:
                await second.get_by_label("You are").select_option(label="Ben Carter")
                await expect(second.locator("body")).to_have_attribute("data-ready", BEN)
                await expect(row(second, ANNA)).to_contain_text("Busy")
                await expect(row(second, ANNA).locator("q")).to_have_text("I'm in a meeting")
                await expect(second.locator(".message")).to_have_count(1)  # Ben's welcome
                answer = await say(second, "what's my status?")
                await expect(answer).to_contain_text("Available")
                await picture(second, f"story-{how.replace(' ', '-')}-3-colleague")

            await move_clock(page, "+1 h")
            await expect(row(page, ANNA)).to_contain_text("Available")
            await expect(row(page, ANNA).locator("q")).to_have_count(0)

            shown = await page.locator("#clock-time").inner_text()
            messages = page.locator(".message")
            count = await messages.count()
            for restarts in (False, True):
                if restarts:
                    assert await off_loop(bot.stop) == 0
                    await off_loop(bot.start)
                await page.reload()
                await page.wait_for_selector("body[data-ready]")
                await expect(messages).to_have_count(count)
                # Looked at again, a card tells how things are now; a reminder's too.
                await expect(messages.last).to_contain_text("Available")
                await expect(card).to_contain_text("Available")
            assert (await page.locator("#clock-time").inner_text())[:2] >= shown[:2]


async def test_the_story_fits_a_narrow_window(browser: Browser, tmp_path: Path) -> None:
    with running_bot(tmp_path) as bot:
        await off_loop(bot.start)
        async with visit(browser, bot.url, width=400) as page:
            await expect(page.locator(".message")).to_have_count(1)
            card = await say(page, WORDS)
            await expect(card).to_contain_text("Busy until")
            await picture(page, "story-narrow")
            wide = await page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            assert wide is False
            await page.get_by_role("tab", name="Colleagues").click()
            await expect(row(page, ANNA)).to_contain_text("Busy")
