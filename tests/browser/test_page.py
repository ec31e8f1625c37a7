"""The playground's page in Chromium, with an echo bot behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.playground.calls import Call
from bot.playground.people import PLACES
from tests.browser.chromium import visit
from tests.playground.house import ANNA, BEN, House, free_port, playground

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(60)]


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    return page.locator(".message").last


async def test_what_is_typed_is_sent_by_enter_and_answered(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        box = page.get_by_role("textbox", name="Message", exact=True)
        await box.fill("one")
        await box.press("Shift+Enter")
        await box.press_sequentially("two")
        await box.press("Enter")
        said = newest(page).locator(".text")
        await expect(said).to_have_text("You said: one\ntwo", use_inner_text=True)
        await expect(box).to_have_value("")
        await expect(box).to_be_focused()
        heard = house.bot.received[-1]
        assert heard["localTimezone"] == "Europe/Berlin"
        assert heard["text"] == "one\ntwo"


async def test_opening_the_page_adds_the_bot_to_the_chat_once(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "hello")
        await expect(newest(page)).to_contain_text("You said: hello")
        await page.reload()
        await expect(newest(page)).to_contain_text("You said: hello")
        kinds = [activity["type"] for activity in house.bot.received]
        assert kinds == ["installationUpdate", "conversationUpdate", "message"]


async def test_text_is_never_markup(browser: Browser) -> None:
    attack = "<img src=x onerror=\"document.title='taken'\"><b>bold</b>"
    async with playground() as house, visit(browser, house.url) as page:
        house.presences.statuses[BEN.oid] = {"message": {"content": attack}}
        await say(page, attack)
        await expect(newest(page)).to_contain_text(f"You said: {attack}")
        await page.reload()
        await expect(page.locator(f"[data-oid='{BEN.oid}'] q")).to_have_text(attack)
        assert await page.locator("main img, main b").count() == 0
        assert await page.title() == "Presence Bot playground"


async def test_a_press_replaces_the_card_in_place_and_keeps_the_focus(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "card")
        card = newest(page)
        await card.get_by_role("button", name="Replace").press("Enter")
        await expect(card.locator(".card")).to_contain_text("Replaced")
        await expect(card.get_by_role("button", name="Again")).to_be_focused()
        assert await page.locator(".message").count() == 2


async def test_what_a_press_is_answered_with_stands_beside_the_card(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "card")
        card = newest(page)
        await card.get_by_role("button", name="Say").click()
        await expect(card.get_by_role("status")).to_have_text("Done.")
        await card.get_by_role("button", name="No").click()
        await expect(card.locator(".note.error")).to_have_text("This card is outdated.")
        await expect(card.locator(".card")).to_contain_text("A card")


async def test_the_buttons_of_a_card_wait_while_a_press_is_under_way(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "card")
        card = newest(page)
        # The bot answers only once the card is there: else it would be the card that waits.
        await expect(card.get_by_role("button", name="Say")).to_be_visible()
        house.bot.hold.clear()
        await card.get_by_role("button", name="Say").click()
        for name in ("Replace", "Say", "No"):
            await expect(card.get_by_role("button", name=name)).to_be_disabled()
        house.bot.hold.set()
        await expect(card.get_by_role("button", name="Say")).to_be_enabled()


async def test_every_element_is_drawn_and_an_unknown_one_is_said(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "everything")
        card = newest(page).locator(".card")
        await expect(card.locator("strong")).to_have_text("Bold")
        await expect(card.locator("em")).to_have_text("italic")
        await expect(card).to_contain_text("**escaped**, [no](http://link)")
        await expect(card).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(card).to_contain_text("Unknown card element: Media")
        await expect(card).to_contain_text("Unknown card element: Action.Teleport")
        await expect(card).to_contain_text("Image not shown: Foreign")
        await expect(card).to_contain_text("Link not shown: Read")
        assert await card.locator("a").count() == 0
        assert await card.locator("img").count() == 1
        await expect(card.get_by_text("Hidden at first")).to_be_hidden()
        await card.get_by_role("button", name="Show more").click()
        await expect(card.get_by_text("Hidden at first")).to_be_visible()


async def test_a_card_that_makes_no_sense_leaves_the_chat_readable(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "broken")
        await expect(newest(page)).to_contain_text("This card cannot be drawn")
        await page.reload()
        await say(page, "@Presence Bot still there?")
        await expect(newest(page)).to_contain_text("You said: still there?")
        await expect(page.locator(".mine .mention")).to_have_text("@Presence Bot")


async def test_inputs_go_with_the_press_and_what_is_needed_is_asked_for(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "everything")
        card = newest(page).locator(".card")
        await expect(card).to_be_visible()
        before = len(house.bot.received)
        await card.get_by_role("button", name="Save").click()
        await expect(card.get_by_text("Say what people should read.")).to_be_visible()
        await expect(card.get_by_role("textbox", name="Status message")).to_be_focused()
        assert len(house.bot.received) == before
        await page.keyboard.type("Back soon")
        await card.get_by_label("Presence").select_option("Away")
        await card.get_by_label("Wednesday").uncheck()
        await card.get_by_label("Show when people message me").check()
        await card.get_by_role("button", name="More", exact=True).click()
        await card.get_by_label("Reason").fill("Lunch")
        await card.get_by_role("button", name="Send all").click()
        await expect(newest(page)).to_contain_text("You chose:")
        assert house.bot.received[-1]["value"] == {
            "verb": "all",
            "message": "Back soon",
            "presence": "Away",
            "days": "mo",
            "pin": "true",
            "day": "2026-03-10",
            "time": "12:30",
            "reason": "Lunch",
        }


async def test_a_suggestion_is_said_by_a_click(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "hints")
        await page.get_by_role("button", name="Busy for an hour").click()
        await expect(newest(page)).to_contain_text("You said: busy 1h")
        await expect(page.get_by_role("button", name="Busy for an hour")).to_have_count(0)


async def test_messages_of_one_sender_share_a_heading_while_they_follow_closely(
    browser: Browser,
) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "one")
        await expect(newest(page)).to_contain_text("You said: one")
        heard = house.bot.received[-1]
        await house.bot.post(heard, {"type": "message", "text": "two"})
        await expect(newest(page)).to_contain_text("two")
        await expect(newest(page).locator(".meta")).to_be_hidden()
        await page.get_by_role("button", name="+5 min").click()
        await expect(page.locator("#clock-note")).to_contain_text("5 min ahead")
        await house.bot.post(heard, {"type": "message", "text": "three"})
        await expect(newest(page)).to_contain_text("three")
        await expect(newest(page).locator(".meta")).to_be_visible()


async def test_typing_is_shown_until_the_answer_comes(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "hello")
        await expect(newest(page)).to_contain_text("You said")
        await house.bot.post(house.bot.received[-1], {"type": "typing"})
        await expect(page.get_by_text("Presence Bot is typing")).to_be_visible()
        await house.bot.post(house.bot.received[-1], {"type": "message", "text": "Done"})
        await expect(newest(page)).to_contain_text("Done")
        await expect(page.get_by_text("Presence Bot is typing")).to_be_hidden()


async def test_one_can_be_somebody_else_and_meet_in_the_group(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "for Anna's eyes only")
        await expect(newest(page)).to_contain_text("You said")
        await page.get_by_label("You are").select_option(label=BEN.name)
        await expect(page.locator("body")).to_have_attribute("data-ready", BEN.oid)
        await expect(page.locator(".message")).to_have_count(0)
        await page.get_by_role("button", name=PLACES[0].name).click()
        box = page.get_by_role("textbox", name="Message", exact=True)
        await expect(box).to_have_value("@Presence Bot ")
        await box.press_sequentially("hello")
        await box.press("Enter")
        await expect(newest(page)).to_contain_text("You said: hello")
        await page.get_by_label("You are").select_option(label=ANNA.name)
        await expect(page.locator(".message .name").first).to_have_text(BEN.name)
        await page.reload()
        await expect(page.locator("#talk-name")).to_have_text(PLACES[0].name)
        await expect(newest(page)).to_contain_text("You said: hello")


async def test_a_restart_of_the_playground_changes_nothing_on_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    shelf, port = tmp_path / "playground.sqlite", free_port()
    async with playground(shelf, port=port) as house:
        url = house.url
        await house.send(text="before the restart")
    async with playground(shelf, port=port), visit(browser, url) as page:
        await expect(newest(page)).to_contain_text("You said: before the restart")


async def test_the_page_comes_back_by_itself_when_the_playground_does(
    browser: Browser, tmp_path: Path
) -> None:
    shelf, port = tmp_path / "playground.sqlite", free_port()
    first = playground(shelf, port=port)
    house = await first.__aenter__()
    async with visit(browser, house.url) as page:
        await say(page, "before")
        await expect(newest(page)).to_contain_text("You said: before")
        await first.__aexit__(None, None, None)
        await expect(page.get_by_role("alert")).to_contain_text("does not answer")
        async with playground(shelf, port=port):
            await expect(page.get_by_role("alert")).to_be_hidden()
            assert await page.locator(".message").count() == 2
            await say(page, "after")
            await expect(newest(page)).to_contain_text("You said: after")


async def test_the_panel_shows_presence_in_words_and_shapes(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        house.presences.availability[BEN.oid] = ("Busy", "InAMeeting")
        house.presences.statuses[BEN.oid] = {
            "message": {"content": "With a customer<pinnednote></pinnednote>"},
            "expiryDateTime": {"dateTime": "2026-03-10T11:30:00.0000000", "timeZone": "UTC"},
        }
        ben = page.locator(f"[data-oid='{BEN.oid}']")
        await page.reload()
        await expect(ben).to_contain_text("Busy, in a meeting")
        await expect(ben.locator("q")).to_have_text("With a customer")
        await expect(ben).to_contain_text("until Tue 10 Mar, 12:30")
        await expect(ben).to_contain_text("shown when people message")
        shapes = {
            await row.locator("svg").first.inner_html()
            for row in (ben, page.locator(f"[data-oid='{ANNA.oid}']"))
        }
        assert len(shapes) == 2
        client = ben.get_by_role("switch", name=f"Teams client of {BEN.name} signed in")
        await expect(client).to_be_checked()
        await client.press("Space")
        await expect(client).not_to_be_checked()
        await expect(ben).to_contain_text("Offline")


async def test_a_switch_that_is_refused_is_said_and_stays_as_it_was(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        ben = page.locator(f"[data-oid='{BEN.oid}']")
        await ben.locator("summary").click()
        await ben.get_by_label("In a call").click()
        await expect(page.get_by_role("alert")).to_contain_text("cannot be switched")
        await expect(ben.get_by_label("In a call")).not_to_be_checked()


async def test_the_clock_moves_on_and_says_how_far(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await page.get_by_role("button", name="+1 h").click()
        await expect(page.locator("#clock-note")).to_contain_text("1 h ahead")
        await page.get_by_role("button", name="+5 min").click()
        await expect(page.locator("#clock-note")).to_contain_text("1 h 5 min ahead")
        await page.get_by_role("button", name="Next event").click()
        await expect(page.locator("#clock-note")).to_have_text("Nothing is due")
        assert house.clock.offset.total_seconds() >= 3899


async def test_calls_are_logged_live_with_body_and_status(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url) as page:
        await say(page, "hello")
        await expect(newest(page)).to_contain_text("You said")
        await expect(page.locator(".call:visible")).to_have_count(0)
        house.calls.add(
            Call(
                service="graph",
                at="2026-03-10T09:30:00Z",
                method="POST",
                path="/me/presence/setUserPreferredPresence",
                body={"availability": "Busy"},
                status=429,
            )
        )
        entry = page.locator(".call:visible")
        await expect(entry).to_contain_text("429")
        await entry.locator("summary").click()
        await expect(entry.locator("pre")).to_have_text('{\n  "availability": "Busy"\n}')
        await page.get_by_label("Teams and Entra too").check()
        await expect(page.locator(".call:visible")).to_have_count(3)


async def overflow(page: Page) -> int:
    wide: int = await page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


async def test_it_works_at_400_pixels_and_by_keyboard(browser: Browser) -> None:
    async with playground() as house, visit(browser, house.url, width=400) as page:
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
        await page.keyboard.type("result")
        await page.keyboard.press("Enter")
        await expect(newest(page)).to_contain_text("Busy until 12:30")
        assert await overflow(page) == 0
        for button in await newest(page).get_by_role("button").all():
            box = await button.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 400
        await page.get_by_role("tab", name="Chat").focus()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tab", name="Colleagues")).to_be_focused()
        await expect(page.locator(".person").first).to_be_visible()
        await expect(page.locator("#composer")).to_be_hidden()
        assert await overflow(page) == 0
        await page.keyboard.press("ArrowRight")
        await expect(page.locator("#calls")).to_be_attached()
        await expect(page.locator(".person").first).to_be_hidden()


_CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const { backgroundColor: colour, backgroundImage: image } = getComputedStyle(one);
      if (image !== "none") return null;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const bad = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!own || !node.checkVisibility() || node.closest("option, noscript, .skip")) continue;
    const behind = ground(node);
    if (behind === null) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${node.className} "${node.textContent}" ${ratio.toFixed(2)}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_all_text_has_enough_contrast(browser: Browser, dark: bool) -> None:
    async with playground() as house, visit(browser, house.url, dark=dark) as page:
        await fill(house, page)
        bad: list[Any] = await page.evaluate(_CONTRAST)
        assert bad == []
        ground = await page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 384) is dark


async def fill(house: House, page: Page) -> None:
    """Bring something of every kind on the page."""
    for text in ("result", "everything", "hints", "card"):
        await say(page, text)
        await expect(page.locator(".message.mine").last).to_contain_text(text)
    await expect(page.locator(".card")).to_have_count(3)
    await newest(page).get_by_role("button", name="No").click()
    await expect(page.locator(".note.error")).to_be_visible()
    await page.get_by_label("Teams and Entra too").check()
    await page.locator(".person-more summary").first.click()
    house.bot.status = 500
    await say(page, "lost")
    await expect(page.get_by_text("Not delivered.")).to_be_visible()
