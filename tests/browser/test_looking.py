"""Cards on the page are brought up to date when their chat is looked at again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.chromium import visit
from tests.browser.test_story import off_loop, picture, say
from tests.running import ANNA, running_bot

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]


async def test_a_card_tells_the_truth_after_a_reload_and_settings_are_filled_in(
    browser: Browser, tmp_path: Path
) -> None:
    with running_bot(tmp_path) as bot:
        await off_loop(bot.start)
        async with visit(browser, bot.url) as page:
            await expect(page.locator(".message")).to_have_count(1)  # the welcome
            card = await say(page, "busy for 2 hours")
            await expect(card).to_contain_text("Busy until")
            await off_loop(bot.by_hand, ANNA, "DoNotDisturb")
            await page.reload()
            card = page.locator(".message").last
            await expect(card).to_contain_text("What this card said is over")
            await expect(card).to_contain_text("Do not disturb")
            await picture(page, "looked-at-again")
            card = await say(page, "settings")
            zone = card.get_by_label("Time zone")
            await expect(zone).to_have_value("usual")
            await zone.select_option("Asia/Tokyo")
            await card.get_by_role("button", name="Save", exact=True).click()
            await expect(card).to_contain_text("Your settings are saved")
            await expect(card.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
            await picture(page, "settings")
