"""A browser that signs in, and a Teams client that says what became of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.running import ANNA, ZONE, RunningBot, eventually

OAUTH = "application/vnd.microsoft.card.oauth"
_BUTTON = re.compile(r'<button[^>]* name="(\w+)" value="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_CODE = re.compile(r"<output>(\d{8})</output>")


def items(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [
        item
        for chat in bot.state(oid)["chats"]
        if chat["id"] == f"a:{oid}"
        for item in chat["items"]
    ]


def sign_in_cards(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    """Return the sign-in cards that a person sees, oldest first."""
    return [
        attachment["content"]
        for item in items(bot, oid)
        for attachment in item["attachments"]
        if attachment["contentType"] == OAUTH
    ]


def titles(bot: RunningBot, oid: str) -> list[str]:
    """Return what the bot's ordinary cards say, oldest first, without the greeting."""
    return [
        attachment["content"]["fallbackText"]
        for item in items(bot, oid)
        for attachment in item["attachments"]
        if attachment["contentType"] != OAUTH
    ][1:]


def switch(bot: RunningBot, oid: str, how: str) -> None:
    """Turn the switch that says how a person signs in."""
    bot.send({"as": oid, "contact": True, "zone": ZONE})
    answer = bot.request("PATCH", f"/playground/people/{oid}", {"sign_in": how})
    assert answer.status_code == 200, answer.text
    assert answer.json()["sign_in"] == how


def say(bot: RunningBot, text: str, oid: str = ANNA) -> None:
    assert bot.send({"as": oid, "text": text, "zone": ZONE})["status"] == 202


def invoke(bot: RunningBot, oid: str, name: str, value: Any, **more: Any) -> dict[str, Any]:
    return bot.send({"as": oid, "zone": ZONE, "invoke": {"name": name, "value": value}, **more})


def asked(bot: RunningBot, text: str, oid: str) -> dict[str, Any]:
    """Say something that needs a sign-in and return the card that asks for it."""
    before = len(sign_in_cards(bot, oid))
    say(bot, text, oid)
    card: dict[str, Any] = eventually(lambda: sign_in_cards(bot, oid)[before:])[0]
    return card


class Browser:
    """Goes to pages and presses their buttons; keeps cookies as browsers do."""

    def __init__(self) -> None:
        self._http = httpx.Client(timeout=20, trust_env=False, follow_redirects=True)
        self.page: httpx.Response

    def close(self) -> None:
        self._http.close()

    def open(self, url: str, *, follow: bool = True) -> httpx.Response:
        self.page = self._http.get(url, follow_redirects=follow)
        return self.page

    @property
    def buttons(self) -> dict[str, str]:
        return {unescape(value): name for name, value in _BUTTON.findall(self.page.text)}

    def press(self, value: str, *, follow: bool = True) -> httpx.Response:
        form = {name: unescape(kept) for name, kept in _HIDDEN.findall(self.page.text)}
        form[self.buttons[value]] = value
        self.page = self._http.post(str(self.page.url), data=form, follow_redirects=follow)
        return self.page

    @property
    def code(self) -> str:
        found = _CODE.search(self.page.text)
        assert found, self.page.text
        return found[1]

    def sign_in(self, card: dict[str, Any], oid: str, *more: str) -> str:
        """Go through the pages as somebody and return the code that the last one shows."""
        self.open(card["buttons"][0]["value"])
        self.press(oid)
        for value in more:
            self.press(value)
        return self.code


def callback_of(browser: Browser, card: dict[str, Any], oid: str) -> str:
    """Go through Entra's pages and return the address to which it sends the person back."""
    browser.open(card["buttons"][0]["value"])
    address = browser.press(oid, follow=False).headers["Location"]
    assert urlsplit(address).path == "/auth/callback"
    assert parse_qs(urlsplit(address).query)["state"]
    return str(address)
