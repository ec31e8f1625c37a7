"""One's own data: seen, taken along, deleted; and signing out. Over HTTP, on a running bot."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.domain.moment import Moment
from bot.domain.reply import Phrase
from bot.languages.phrasebook import Phrasebooks
from tests.running import ANNA, BEN, ZONE, Card, RunningBot, eventually
from tests.scenario.raw import activity, post
from tests.scenario.signing_in import invoke, say, sign_in_cards, switch, titles


def test_history_is_shown_and_deleted_but_for_what_runs(bot: RunningBot, oid: str) -> None:
    assert bot.say("my history", oid).title == "You set nothing through me in that time"
    bot.say("away for 1 hour", oid)
    bot.say("busy for 2 hours, say budget talks", oid)
    shown = bot.say("my history", oid)
    assert shown.title == "You changed 2 things"
    assert shown.text.index("Busy until") < shown.text.index("Away until")
    assert "budget talks" in shown.text
    assert "30 days" in shown.text
    bot.say("undo", oid)
    assert "Taken back later" in bot.say("my history", oid).text
    erased = bot.press(shown, "Delete history", oid)
    assert erased.title.startswith("Your history is deleted")


def test_nobody_sees_the_history_of_somebody_else(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 2 hours, say my secret", ANNA)
    assert "my secret" not in bot.say("my history", oid).text


def test_what_is_between_two_is_not_said_in_a_group(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 hour, say hush", oid)
    group = "19:lighthouse@thread.v2"
    for words in ("my history", "export my data", "delete my data", "sign out"):
        bot.send(
            {"as": oid, "conversation": group, "zone": ZONE, "text": f"@Presence Bot {words}"}
        )

    def said() -> list[str]:
        return [
            str(attachment["content"])
            for chat in bot.state(oid)["chats"]
            if chat["id"] == group
            for item in chat["items"]
            for attachment in item["attachments"]
        ]

    eventually(lambda: len([one for one in said() if "answered in our own chat" in one]) == 4)
    assert "hush" not in str(said())
    assert not any("/data/" in one for one in said())
    own = eventually(lambda: "You are signed out" in titles(bot, oid) and titles(bot, oid))
    for title in ("You changed one thing", "Delete everything that I keep about you?"):
        assert title in own


def link_of(card: Card) -> str:
    (url,) = [one["url"] for one in card.content["actions"] if one["type"] == "Action.OpenUrl"]
    return str(url)


def test_all_data_is_a_file_once(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 2 hours, say with Ünïcode", oid)
    bot.say("remind me tomorrow at 9 to call mum", oid)
    bot.say("busy for 1 hour, say of Ben's only", BEN)
    url = link_of(bot.say("export my data", oid))
    for _ in range(2):  # whoever only looks does not use it up
        page = httpx.get(url, trust_env=False, headers={"Accept-Language": "tlh, en;q=0.5"})
        assert page.status_code == 200
        assert '<form method="post">' in page.text
        assert oid not in page.text
        assert page.headers["Cache-Control"] == "no-store"
    file = httpx.post(url, trust_env=False)
    assert file.headers["Content-Disposition"] == 'attachment; filename="presence-bot.json"'
    content = file.json()
    assert content["person"] == oid
    assert "with Ünïcode" in str(content["journal"])
    assert "call mum" in str(content["timers"])
    assert content["vault"][0]["sealed"] == "encrypted"
    assert content["people"][0]["settings"]["zone"] == ZONE
    assert "of Ben's only" not in file.text
    assert BEN not in file.text
    assert httpx.post(url, trust_env=False).status_code == 404
    assert httpx.get(url, trust_env=False).status_code == 404


def test_the_file_is_there_for_ten_minutes(own_bot: RunningBot, oid: str) -> None:
    own_bot.start()
    url = link_of(own_bot.say("export my data", oid))
    own_bot.move_clock(by="PT10M")
    assert httpx.post(url, trust_env=False).status_code == 404
    assert "no longer good" in httpx.get(url, trust_env=False).text


def test_signing_out_deletes_the_key_and_tells_what_waits(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 2 hours", oid)
    bot.say("remind me tomorrow at 9 to call mum", oid)
    card = bot.say("sign out", oid)
    assert card.title == "You are signed out"
    assert "2 things that you planned wait until you sign in again" in card.text
    switch(bot, oid, "consent")
    say(bot, "dnd for 1 hour", oid)
    assert eventually(lambda: sign_in_cards(bot, oid))  # the bot has nothing left to act with


def test_forgetting_asks_first_and_leaves_nothing(
    own_bot: RunningBot, oid: str, tmp_path: Path
) -> None:
    bot = own_bot
    bot.start()
    bot.say("busy for 20 minutes", BEN)
    bot.say("busy for 20 minutes, say very private", oid)
    bot.move_clock(by="PT16M")  # the reminder before the end: the timer engine has run a job
    eventually(lambda: any(title.startswith("Busy ends") for title in titles(bot, oid)))
    bot.say("remind me tomorrow at 9 to call mum", oid)
    bot.say("available from 9 to 17 every weekday", oid)
    switch(bot, oid, "revoked")
    say(bot, "dnd for 1 hour", oid)  # waits for a sign-in
    eventually(lambda: sign_in_cards(bot, oid))
    asked = bot.say("delete my data", oid)
    assert asked.title == "Delete everything that I keep about you?"
    assert "call mum" in bot.say("list", oid).text  # nothing has happened yet
    told = bot.press(asked, "Delete everything", oid)
    assert told.title == "I have forgotten you"
    bot.stop()
    assert mentions(tmp_path, oid) == []
    file = (tmp_path / "playground.sqlite3").read_bytes()
    assert b"very private" not in file  # not even where rows once were
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert mentions(tmp_path, BEN) != []
    bot.start()
    say(bot, "list", oid)  # somebody new, who is welcomed before
    eventually(lambda: titles(bot, oid)[-1] == "Nothing is planned")
    assert "you set nothing" in bot.say("my history", oid).title.lower()


def test_forgetting_that_is_delivered_again_has_one_effect_and_the_same_answer(
    bot: RunningBot, oid: str
) -> None:
    first = activity(bot, oid, "message", id="first", text="busy for 2 hours")
    bot.say("help", oid)
    assert post(bot, first)[0] == 202
    eventually(lambda: titles(bot, oid)[-1].startswith("Busy until"))
    asked = bot.say("delete my data", oid)
    press = asked.press("Delete everything", oid)
    sent = {
        "id": "press",
        "name": "adaptiveCard/action",
        "value": press["invoke"]["value"],
        "replyToId": asked.id,
    }
    deliveries = [activity(bot, oid, "invoke", **{**sent, "id": f"press-{n}"}) for n in range(3)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda one: post(bot, one), deliveries))
    assert [one[1]["value"]["fallbackText"] for one in answers] == ["I have forgotten you"] * 3
    bot.say("dnd for 1 hour", oid)
    assert post(bot, deliveries[0]) == answers[0]
    assert post(bot, first)[0] == 202  # said before; it was carried out
    assert "You changed one thing" in bot.say("my history", oid).title
    assert "Do not disturb" in bot.say("my status", oid).title


def mentions(folder: Path, oid: str) -> list[str]:
    """Return every row of the bot's database, the engine's own too, that mentions somebody."""
    database = sqlite3.connect(folder / "playground.sqlite3")
    try:
        return [line for line in database.iterdump() if re.search(oid, line, re.IGNORECASE)]
    finally:
        database.close()


def test_a_reminder_still_comes_after_the_person_came_back(own_bot: RunningBot, oid: str) -> None:
    """The same timer starts anew: that the engine has run it once must be forgotten, too."""
    bot = own_bot
    bot.start()
    for _ in range(2):
        before = len([title for title in titles(bot, oid) if title.startswith("Busy ends")])
        bot.say("busy for 20 minutes", oid)
        bot.move_clock(by="PT16M")
        eventually(
            lambda before=before: (
                len([title for title in titles(bot, oid) if title.startswith("Busy ends")])
                > before
            )
        )
        bot.press(bot.say("forget me", oid), "Delete everything", oid)


def test_what_is_kept_is_said_in_one_answer(bot: RunningBot, oid: str) -> None:
    card = bot.say("privacy", oid)
    assert card.title == "What I keep about you"
    assert card.buttons == ["History", "Export my data", "Delete my data"]
    assert "30 days" in card.text


@pytest.mark.parametrize(("path", "title"), [("/privacy", "privacy-page"), ("/terms", "terms")])
def test_the_pages_of_the_manifest_are_served(bot: RunningBot, path: str, title: str) -> None:
    books = Phrasebooks()
    for wanted in books.languages:
        moment = Moment(now=datetime.now(UTC), zone=ZoneInfo("UTC"), locale=wanted)
        liked = {"Accept-Language": f"tlh;q=1, {wanted}-XX;q=0.9, en;q=0.1"}
        page = httpx.get(f"{bot.url}{path}", trust_env=False, headers=liked)
        assert page.status_code == 200
        assert f'<html lang="{wanted}">' in page.text
        assert f"<h1>{books.text(Phrase(f'{title}-title'), moment)}</h1>" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Vary"] == "Accept-Language"
    hostile: dict[str, Any] = {"Accept-Language": "x;q=nan,;q=-1,de;q=," + "a," * 500}
    assert httpx.get(f"{bot.url}{path}", trust_env=False, headers=hostile).status_code == 200


def test_a_code_of_a_person_who_was_forgotten_is_worth_nothing(bot: RunningBot, oid: str) -> None:
    switch(bot, oid, "consent")
    say(bot, "busy for 1 hour", oid)
    card = eventually(lambda: sign_in_cards(bot, oid))[0]
    bot.press(bot.say("delete my data", oid), "Delete everything", oid)
    value = {"id": card["tokenExchangeResource"]["id"], "token": "eyJ.x.y"}
    assert invoke(bot, oid, "signin/tokenExchange", value)["status"] == 412
    assert httpx.get(card["buttons"][0]["value"], trust_env=False).status_code == 403
