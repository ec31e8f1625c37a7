"""The inside of the bot on the page, and the gallery of all cards, in Chromium."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.gallery.scenes import SCENES
from tests.browser.axe import serious
from tests.browser.chromium import visit
from tests.browser.test_story import move_clock, off_loop, picture, row, say
from tests.running import ANNA, BEN, RunningBot, running_bot

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

CHEN = "00000003-7e57-4000-8000-000000000003"
LANGUAGES = {"Deutsch": "de", "Русский": "ru", "中文": "zh", "English": "en"}
SIGN_INS = {"Must consent first": "consent", "Session was revoked": "revoked"}
CARDS = sum(map(len, SCENES.values()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """Give a bot to the tests of this module."""
    with running_bot(tmp_path_factory.mktemp("bot")) as running:
        await off_loop(running.start)
        yield running


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def _whole(bot: RunningBot) -> AsyncIterator[None]:
    yield
    await off_loop(bot.request, "PUT", "/playground/faults", [])


async def look(page: Page, name: str) -> None:
    """Open a part of the inside."""
    await page.get_by_role("tab", name=re.compile(name)).click()


def due(page: Page) -> Locator:
    return page.locator(".due-entry")


async def test_what_is_due_is_a_time_line_on_which_one_can_go(
    browser: Browser, bot: RunningBot
) -> None:
    async with visit(browser, bot.url) as page:
        await expect(page.locator(".message")).not_to_have_count(0)
        await look(page, "What is due")
        await expect(page.get_by_role("tabpanel", name="What is due")).to_be_visible()
        await say(page, "busy for 2 hours, say with a customer")
        await say(page, "remind me to call the bank in 3 hours")
        await say(page, "away every weekday from 12 to 1")
        await expect(due(page)).to_have_count(5)
        await expect(due(page).first).to_contain_text("Reminds that Busy ends")
        await expect(due(page).first).to_contain_text("You · a timer of the bot")
        await expect(due(page).nth(1)).to_contain_text(re.compile("Busy ends|message ends"))
        await expect(due(page).nth(1)).to_contain_text("Microsoft does it")
        await picture(page, "inside-due")
        await due(page).first.get_by_role("button", name="Move the clock to").click()
        await expect(page.locator(".message").last).to_contain_text("Busy ends in 5 minutes")
        await expect(due(page)).to_have_count(4)
        bank = due(page).filter(has_text="call the bank")
        await bank.get_by_role("button").press("Enter")
        await expect(page.locator(".message").last).to_contain_text("call the bank")
        await expect(row(page, ANNA)).to_contain_text("Available")
        await expect(due(page)).to_have_count(1)  # what was due on the way has happened
        await move_clock(page, "Next event")
        await expect(row(page, ANNA)).to_contain_text("Away")
        await say(page, "cancel everything")
        await say(page, "clear everything")


async def test_words_are_read_while_they_are_typed(browser: Browser, bot: RunningBot) -> None:
    async with visit(browser, bot.url) as page:
        await expect(page.locator(".message")).not_to_have_count(0)  # the welcome
        await look(page, "Reading")
        before = await page.locator(".message").count()
        box = page.get_by_role("textbox", name="Message", exact=True)
        reading = page.get_by_role("tabpanel", name="Reading")
        await box.fill("dnd til 4, say <b>writing</b>")
        await expect(reading).to_contain_text("Set status")
        await expect(reading).to_contain_text("DoNotDisturb")
        await expect(reading).to_contain_text("I took “4” as")
        await expect(reading).to_contain_text("POST /me/presence/setStatusMessage")
        await expect(reading).to_contain_text("<b>writing</b>")
        await expect(reading.get_by_role("heading", name="Step by step")).to_be_visible()
        await picture(page, "inside-reading")
        await box.fill("flurb the zonk")
        await expect(reading).to_contain_text("did not understand")
        await box.fill("")
        assert await page.locator(".message").count() == before
        await say(page, "status")
        await expect(reading.locator("q")).to_have_text("status")
        await expect(reading).to_contain_text("Said at")


async def test_every_fault_and_the_delay_are_switches(browser: Browser, bot: RunningBot) -> None:
    async with visit(browser, bot.url) as page:
        await say(page, "status")  # signs in, as long as all is well
        await look(page, "Trouble")
        for service, kind, calls in (
            ("Microsoft Graph", "429, wait 10 seconds", "all"),
            ("Teams", "Slow: 3 seconds", None),
            ("Sign-in (Entra)", "Answer cut off", None),
        ):
            await page.get_by_label("Service").select_option(label=service)
            await page.get_by_label("What goes wrong").select_option(label=kind)
            if calls:
                await page.get_by_label("Which calls").select_option(label=calls)
            await page.get_by_role("button", name="Break it").click()
            await expect(page.locator(".fault").filter(has_text=service)).to_contain_text(kind)
        await expect(page.get_by_role("tab", name="Trouble (3)")).to_be_visible()
        kinds = {fault["kind"] for fault in await off_loop(bot.get, "/playground/faults")}
        assert kinds == {"429", "slow", "cut"}
        card = await say(page, "busy for 1 hour")
        await expect(card).to_contain_text("Microsoft asks to wait 10 seconds")
        await picture(page, "inside-trouble")
        await page.get_by_role("button", name="Mend: Teams").click()
        await expect(page.locator(".fault")).to_have_count(2)
        await page.get_by_role("button", name="Mend everything").click()
        await expect(page.locator(".fault")).to_have_count(0)
        assert await off_loop(bot.get, "/playground/faults") == []
        delay = page.get_by_label("Teams clients see changes")
        await delay.select_option(label="after 2 minutes")
        await page.reload()
        await look(page, "Trouble")
        await expect(delay).to_have_value("120")
        assert (await off_loop(bot.get, "/playground/delay"))["seconds"] == 120
        await delay.select_option(label="at once")


async def test_each_person_has_switches_for_client_and_sign_in(
    browser: Browser, bot: RunningBot
) -> None:
    async with visit(browser, bot.url) as page:
        ben = row(page, BEN)
        await ben.locator("summary").click()
        await ben.get_by_label("Out of office").check(force=True)
        await expect(ben).to_contain_text("Out of office: I am away until Monday.")
        await ben.get_by_label("In a meeting").check(force=True)
        await expect(ben).to_contain_text("In a meeting")
        how = ben.get_by_label("How Ben Carter signs in")
        for chosen, kept in (
            ("Must consent first", "consent"),
            ("Session was revoked", "revoked"),
        ):
            await how.select_option(label=chosen)
            await expect(ben).to_have_class(re.compile("not-silent"))
            assert (await off_loop(bot.get, f"/playground/people/{BEN}"))["sign_in"] == kept
        await page.reload()
        await expect(ben).to_have_class(re.compile("not-silent"))
        await ben.locator("summary").click()
        await expect(how).to_have_value("revoked")
        await how.select_option(label="Signs in silently")


async def test_who_cannot_sign_in_is_told_so_and_nothing_is_changed(
    browser: Browser, bot: RunningBot
) -> None:
    async with visit(browser, bot.url, path=f"/?as={CHEN}") as page:
        await expect(page.locator(".message")).not_to_have_count(0)
        await row(page, CHEN).locator("summary").click()
        how = page.get_by_label("How Chen Li signs in")
        await how.select_option(label="Cannot sign in: disabled")
        card = await say(page, "忙到下午4点")
        async with page.expect_popup() as opened:
            await card.get_by_role("link").click()
        window = await opened.value
        await window.get_by_role("button", name="Chen Li").click()
        await expect(window.locator("body")).to_contain_text("Your account is disabled")
        await picture(window, "entra-disabled")
        assert await serious(window) == []
        await expect(row(page, CHEN)).to_contain_text("Available")
        await how.select_option(label="Signs in silently")


async def test_the_gallery_shows_every_card_in_every_language(
    browser: Browser, bot: RunningBot
) -> None:
    async with visit(browser, bot.url, path="/gallery") as page:
        await expect(page.locator("figure")).to_have_count(CARDS)
        for name, code in (
            ("Deutsch", "de"),
            ("Français", "fr"),
            ("Español", "es"),
            ("Русский", "ru"),
            ("中文", "zh"),
            ("English", "en"),
        ):
            await page.get_by_role("button", name=name).press("Enter")
            await expect(page.locator("body")).to_have_attribute("data-ready", code)
            await expect(page.get_by_role("button", name=name)).to_be_focused()
            await expect(page.locator("figure .card")).to_have_count(CARDS)
            await expect(page.locator(".ac-unknown")).to_have_count(0)
            # What escapes Markdown's marks in the words of others is never seen itself.
            cards = await page.locator("figure .card").all_text_contents()
            assert [card for card in cards if "\\" in card] == []
            await picture(page, f"gallery-{code}")
        await page.get_by_label("Narrow").check()
        assert await too_wide(page) == []
    async with visit(browser, bot.url, path="/gallery?language=de", width=400) as page:
        assert await too_wide(page) == []


async def too_wide(page: Page) -> list[str]:
    """Return what does not fit into its card, or the window."""
    found: Any = await page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(".bubble, .card")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.className + " " + one.textContent.slice(0, 60))"""
    )
    return [str(one) for one in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_axe_finds_nothing_serious(browser: Browser, bot: RunningBot, dark: bool) -> None:
    async with visit(browser, bot.url, dark=dark) as page:
        await say(page, "what's my status?")
        await page.locator(".person-more summary").first.click()
        await look(page, "Trouble")
        await page.get_by_role("button", name="Break it").click()
        await expect(page.locator(".fault")).to_have_count(1)
        assert await serious(page) == []
        await page.get_by_role("button", name="Mend").click()
        for part in ("Graph calls", "What is due", "Reading"):
            await look(page, part)
            await page.wait_for_timeout(400)  # what is fetched when it is looked at
            assert await serious(page) == [], part
    async with visit(browser, bot.url, dark=dark, width=400) as page:
        for view in ("Colleagues", "Inside"):
            await page.get_by_role("tab", name=view).click()
            assert await serious(page) == [], view
    async with visit(browser, bot.url, path="/gallery", dark=dark) as page:
        assert await serious(page) == []


async def test_a_status_is_set_from_the_message_box_of_any_chat(
    browser: Browser, bot: RunningBot
) -> None:
    for narrow in (False, True):
        async with visit(browser, bot.url, width=390 if narrow else 1280, dark=narrow) as page:
            await expect(page.locator(".message")).not_to_have_count(0)
            await say(page, "status")  # signs in
            await page.locator("[data-chat^='19:lighthouse']").click()
            mine = page.locator(".message.mine")
            before = await mine.count()
            switch = page.get_by_role("button", name="Set status", exact=True)
            await switch.press("Enter")
            words = page.get_by_role("textbox", name="What shall it be?")
            await expect(words).to_be_focused()
            results = page.get_by_role("list", name="What it would do")
            await expect(results).to_contain_text("Focus, 2 hours")
            await words.fill("dnd for 2 hours, say heads down")
            choice = results.get_by_role("button")
            await expect(choice).to_have_count(1)
            await expect(choice).to_contain_text("Do not disturb until")
            assert (await off_loop(bot.presence, ANNA))["availability"] == "Available"
            await picture(page, f"set-status-{'narrow' if narrow else 'wide'}")
            assert await serious(page) == []
            await choice.press("Enter")
            send = page.get_by_role("button", name="Send card")
            await expect(send).to_be_focused()
            await expect(results).to_contain_text("heads down")
            assert (await off_loop(bot.presence, ANNA))["availability"] == "DoNotDisturb"
            await picture(page, f"set-status-card-{'narrow' if narrow else 'wide'}")
            await send.press("Enter")
            await expect(mine).to_have_count(before + 1)
            await expect(mine.last).to_contain_text("Do not disturb until")
            await expect(words).to_be_hidden()
            await switch.click()
            await words.press("Escape")
            await expect(switch).to_be_focused()
            await off_loop(bot.say, "clear everything", ANNA)
