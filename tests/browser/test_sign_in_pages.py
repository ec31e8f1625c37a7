"""Signing in as a person does: the card's button, Entra's pages clicked through, and the code."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.chromium import visit
from tests.browser.test_story import off_loop, picture
from tests.running import ANNA, RunningBot, running_bot

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(90)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """Give a bot to the tests of this module."""
    with running_bot(tmp_path_factory.mktemp("bot")) as running:
        await off_loop(running.start)
        yield running


async def switch(bot: RunningBot, how: str) -> None:
    answer = await off_loop(bot.request, "PATCH", f"/playground/people/{ANNA}", {"sign_in": how})
    assert answer.status_code == 200


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    return page.locator(".message").last


async def entra(page: Page) -> Page:
    """Press the newest sign-in card's button and return the window that opens."""
    link = newest(page).get_by_role("link", name="Sign in")
    await expect(link).to_be_visible()
    async with page.expect_popup() as opened:
        await link.click()
    window = await opened.value
    await expect(window.get_by_role("heading", name="Sign in")).to_be_visible()
    return window


async def code_shown(window: Page) -> None:
    await expect(window.get_by_role("heading", name="You are signed in")).to_be_visible()
    await expect(window.locator("output")).to_have_text(re.compile(r"^\d{8}$"))


@pytest.mark.parametrize(
    ("how", "heading", "answer"),
    [
        ("consent", "Permissions requested", "Accept"),
        ("mfa", "Approve sign-in request", "Approve"),
    ],
)
async def test_the_pages_are_clicked_through(
    browser: Browser, bot: RunningBot, how: str, heading: str, answer: str
) -> None:
    async with visit(browser, bot.url) as page:
        await expect(page.locator(".message").first).to_be_visible()
        await switch(bot, "revoked")  # nothing that is kept from before is good any more
        await switch(bot, how)
        await say(page, f"busy for 2 hours, say signed in by {how}")
        window = await entra(page)
        await window.get_by_role("button", name=re.compile("^Anna")).click()
        await expect(window.get_by_role("heading", name=heading)).to_be_visible()
        if how == "consent":
            await expect(window.locator("li", has_text="Presence.ReadWrite")).to_be_visible()
        await picture(window, f"sign-in-{how}")
        await window.get_by_role("button", name=answer).click()
        await code_shown(window)
        await picture(window, f"sign-in-{how}-code")
        await window.close()
        # The page has told Teams: nobody types a code, nor the command again.
        done = page.locator(".message", has_text=f"signed in by {how}").last
        await expect(done).to_contain_text("Busy until")


async def test_who_cancels_or_is_somebody_else_is_not_signed_in(
    browser: Browser, bot: RunningBot
) -> None:
    async with visit(browser, bot.url) as page:
        await expect(page.locator(".message").first).to_be_visible()
        await switch(bot, "revoked")
        await switch(bot, "consent")
        await say(page, "dnd for 1 hour")
        window = await entra(page)
        await window.get_by_role("button", name=re.compile("^Anna")).click()
        await window.get_by_role("button", name="Cancel").click()
        await expect(window.get_by_role("heading", name="Not signed in")).to_be_visible()
        await window.close()
        window = await entra(page)
        await window.get_by_role("button", name=re.compile("^Ben")).click()
        await expect(window.get_by_role("heading", name="Not signed in")).to_be_visible()
        await expect(window.get_by_text("You are not the person in the chat")).to_be_visible()
        await window.close()
        await say(page, "what's my status?")  # nothing was kept: it waits for a sign-in, too
        await expect(newest(page).get_by_role("link", name="Sign in")).to_be_visible()
        cards = page.get_by_role("link", name="Sign in")
        await expect(cards).to_have_count(4)  # two signed in above, and two that wait
