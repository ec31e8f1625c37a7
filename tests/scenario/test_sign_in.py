"""Every way of signing in, over HTTP, on a bot that really runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import ZONE, RunningBot, eventually
from tests.scenario.plans import MONDAY, go_to
from tests.scenario.raw import activity, post
from tests.scenario.signing_in import (
    Browser,
    asked,
    invoke,
    say,
    sign_in_cards,
    switch,
    titles,
)


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.close()


def done(bot: RunningBot, oid: str, start: str = "Busy until") -> bool:
    return any(title.startswith(start) for title in titles(bot, oid))


def token_requests(bot: RunningBot) -> list[dict[str, Any]]:
    return [
        call
        for call in bot.get("/playground/log")
        if call["service"] == "entra" and call["path"].endswith("/token")
    ]


def test_somebody_who_may_be_signed_in_silently_sees_no_card(bot: RunningBot, oid: str) -> None:
    before = len(token_requests(bot))
    say(bot, "busy for 2 hours", oid)
    eventually(lambda: done(bot, oid))
    say(bot, "dnd for 1 hour", oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    assert sign_in_cards(bot, oid) == []
    requests = token_requests(bot)[before:]
    assert [call["body"]["requested_token_use"] for call in requests] == ["on_behalf_of"]


def test_consent_is_given_on_the_page_and_the_command_is_carried_out(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "consent")
    card = asked(bot, "busy for 2 hours, say I'm in a meeting", oid)
    assert not done(bot, oid)
    code = browser.sign_in(card, oid, "yes")
    sent = invoke(bot, oid, "signin/verifyState", {"state": code})
    assert sent["status"] == 200
    eventually(lambda: done(bot, oid))
    assert titles(bot, oid)[-1].startswith("Busy until")
    say(bot, "dnd for 1 hour", oid)  # and from now on silently
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    assert len(sign_in_cards(bot, oid)) == 1


PEOPLE = {"Presence.Read.All", "User.ReadBasic.All"}


def scopes_of(call: dict[str, Any]) -> set[str]:
    return {scope.rpartition("/")[2] for scope in call["body"]["scope"].split()}


def test_what_looks_at_others_is_asked_for_when_somebody_first_does(
    bot: RunningBot, oid: str
) -> None:
    before = len(token_requests(bot))
    bot.say("busy for 2 hours", oid)
    bot.say("how is Ben?", oid)
    own, people = token_requests(bot)[before:]
    assert not scopes_of(own) & PEOPLE
    assert scopes_of(people) >= PEOPLE
    assert people["body"]["grant_type"] == "refresh_token"
    bot.say("how is Ben?", oid)
    bot.say("dnd for 2 hours", oid)
    assert len(token_requests(bot)) == before + 2  # both are remembered
    assert sign_in_cards(bot, oid) == []


def test_consent_to_look_at_others_is_asked_for_by_itself(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "colleagues")
    say(bot, "busy for 2 hours", oid)
    eventually(lambda: done(bot, oid))  # one's own status needs none of it
    card = asked(bot, "how is Ben?", oid)
    assert "colleagues" in card["text"]
    browser.open(card["buttons"][0]["value"])
    browser.press(oid)
    assert "Presence.Read.All" in browser.page.text
    browser.press("yes")
    say(bot, browser.code, oid)
    eventually(lambda: any(title.startswith("Ben") for title in titles(bot, oid)))
    say(bot, "dnd for 1 hour", oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    assert len(sign_in_cards(bot, oid)) == 1


def test_a_second_factor_is_shown_on_the_page(bot: RunningBot, oid: str, browser: Browser) -> None:
    switch(bot, oid, "mfa")
    card = asked(bot, "busy for 1 hour", oid)
    code = browser.sign_in(card, oid, "yes")
    assert invoke(bot, oid, "signin/verifyState", {"state": code})["status"] == 200
    eventually(lambda: done(bot, oid))


def test_what_conditional_access_asked_for_goes_with_the_person_to_the_page(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "mfa")
    card = asked(bot, "busy for 1 hour", oid)
    browser.open(card["buttons"][0]["value"])
    assert "7e57ab1e-mfa" in browser.page.url.params["claims"]


def test_the_code_may_be_typed_into_the_chat(bot: RunningBot, oid: str, browser: Browser) -> None:
    switch(bot, oid, "consent")
    card = asked(bot, "busy for 1 hour", oid)
    code = browser.sign_in(card, oid, "yes")
    say(bot, code, oid)
    eventually(lambda: done(bot, oid))
    assert "You are signed in" in titles(bot, oid)


def test_digits_without_an_open_sign_in_are_words_like_others(bot: RunningBot, oid: str) -> None:
    say(bot, "12345678", oid)
    eventually(lambda: titles(bot, oid))
    assert "code" not in titles(bot, oid)[-1]


def test_everything_that_waited_is_carried_out_in_order(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "consent")
    asked(bot, "busy for 1 hour", oid)
    card = asked(bot, "dnd for 2 hours", oid)
    say(bot, browser.sign_in(card, oid, "yes"), oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    carried_out = [title.split(" until")[0] for title in titles(bot, oid) if " until" in title]
    assert carried_out == ["Busy", "Do not disturb"]


def test_a_button_that_needs_a_sign_in_is_carried_out_after_it_on_its_card(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    card = bot.say("busy for 1 hour", oid)
    switch(bot, oid, "revoked")
    pressed = bot.press(card, "Clear", oid)
    assert pressed.title.startswith("Please sign in first")
    sign_in = eventually(lambda: sign_in_cards(bot, oid))[0]
    say(bot, browser.sign_in(sign_in, oid), oid)
    cleared = eventually(
        lambda: [
            one
            for one in bot.answers(oid)
            if one.id == card.id and "automatic" in str(one.content.get("fallbackText"))
        ]
    )
    assert cleared


def test_revoked_sessions_are_noticed_at_once_and_a_new_sign_in_helps(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    bot.say("busy for 1 hour", oid)
    switch(bot, oid, "revoked")
    card = asked(bot, "dnd for 1 hour", oid)
    browser.open(card["buttons"][0]["value"])
    assert "nbf" in browser.page.url.params["claims"]  # Graph's own challenge
    browser.press(oid)
    say(bot, browser.code, oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))


def test_a_group_is_told_that_the_bot_has_written_privately(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "consent")
    group = "19:lighthouse@thread.v2"
    bot.send(
        {"as": oid, "conversation": group, "zone": ZONE, "text": "@Presence Bot busy for 1 hour"}
    )
    card = eventually(lambda: sign_in_cards(bot, oid))[0]

    def in_group() -> list[dict[str, Any]]:
        return [
            attachment
            for chat in bot.state(oid)["chats"]
            if chat["id"] == group
            for item in chat["items"]
            for attachment in item["attachments"]
        ]

    eventually(
        lambda: any("privately" in one["content"].get("fallbackText", "") for one in in_group())
    )
    say(bot, browser.sign_in(card, oid, "yes"), oid)
    eventually(lambda: any("Busy until" in str(one["content"]) for one in in_group()))
    assert not any("oauth" in one["contentType"] for one in in_group())


def test_every_device_sends_the_token_and_one_is_exchanged(bot: RunningBot, oid: str) -> None:
    switch(bot, oid, "revoked")
    card = asked(bot, "busy for 1 hour", oid)
    value = {"id": card["tokenExchangeResource"]["id"], "token": "not.a.token"}
    statuses = [invoke(bot, oid, "signin/tokenExchange", value)["status"] for _ in range(3)]
    assert statuses == [412, 200, 200]


def delivered(bot: RunningBot, oid: str, name: str, value: Any, id_: str) -> tuple[int, Any]:
    return post(bot, activity(bot, oid, "invoke", id=id_, name=name, value=value))


def test_an_invoke_that_comes_again_gets_its_first_answer(
    bot: RunningBot, oid: str, browser: Browser
) -> None:
    switch(bot, oid, "revoked")
    card = asked(bot, "busy for 1 hour", oid)
    request = card["tokenExchangeResource"]["id"]
    token = {"id": request, "token": "not.a.token"}
    first = delivered(bot, oid, "signin/tokenExchange", token, "one")
    assert first[0] == 412
    assert delivered(bot, oid, "signin/tokenExchange", token, "one") == first
    assert delivered(bot, oid, "signin/tokenExchange", token, "two")[0] == 200  # another device
    assert delivered(bot, oid, "signin/tokenExchange", token, "one") == first
    wrong = {"state": "00000000"}
    assert delivered(bot, oid, "signin/verifyState", wrong, "three")[0] == 412
    code = {"state": browser.sign_in(card, oid)}
    assert delivered(bot, oid, "signin/verifyState", code, "four")[0] == 200
    eventually(lambda: done(bot, oid))
    assert delivered(bot, oid, "signin/verifyState", code, "four")[0] == 200
    assert delivered(bot, oid, "signin/verifyState", code, "five")[0] == 412  # it was used
    assert len([title for title in titles(bot, oid) if title.startswith("Busy until")]) == 1


def test_a_client_that_cannot_sign_in_silently_gets_the_link(bot: RunningBot, oid: str) -> None:
    bot.send({"as": oid, "contact": True, "zone": ZONE})
    switch(bot, oid, "revoked")
    sent = invoke(bot, oid, "signin/failure", {"code": "resourcematchfailed", "message": "x"})
    assert sent["status"] == 200
    card = eventually(lambda: sign_in_cards(bot, oid))[0]
    assert card["buttons"][0]["value"].startswith(f"{bot.url}/auth/start?request=")


def test_a_reminder_waits_for_a_sign_in_is_told_once_and_comes_after_it(
    own_bot: RunningBot, oid: str, browser: Browser
) -> None:
    bot = own_bot
    bot.start()
    bot.say("busy for 2 hours", oid)
    switch(bot, oid, "revoked")
    bot.move_clock(by="PT1H56M")
    cards = eventually(lambda: sign_in_cards(bot, oid))
    assert "planned" in cards[0]["text"]
    bot.move_clock(by="PT1M")
    assert len(sign_in_cards(bot, oid)) == 1
    assert not any(title.startswith("Busy ends") for title in titles(bot, oid))
    say(bot, browser.sign_in(cards[0], oid), oid)
    eventually(lambda: any(title.startswith("Busy ends") for title in titles(bot, oid)))


def test_a_reminder_that_waited_too_long_is_reported_as_missed(
    own_bot: RunningBot, oid: str, browser: Browser
) -> None:
    bot = own_bot
    bot.start()
    bot.say("busy for 2 hours", oid)
    switch(bot, oid, "revoked")
    bot.move_clock(by="PT3H")
    card = eventually(lambda: sign_in_cards(bot, oid))[0]
    say(bot, browser.sign_in(card, oid), oid)
    eventually(lambda: any("I missed something" in title for title in titles(bot, oid)))


def test_what_waits_for_a_sign_in_outlives_the_process(
    own_bot: RunningBot, oid: str, browser: Browser
) -> None:
    bot = own_bot
    bot.start()
    switch(bot, oid, "consent")
    card = asked(bot, "busy for 1 hour", oid)
    bot.kill()
    bot.start()
    say(bot, browser.sign_in(card, oid, "yes"), oid)
    eventually(lambda: done(bot, oid))
    bot.kill()
    bot.start()  # and so do the tokens
    say(bot, "dnd for 1 hour", oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    assert len(sign_in_cards(bot, oid)) == 1


def test_a_token_is_refreshed_when_its_hour_is_over(own_bot: RunningBot, oid: str) -> None:
    bot = own_bot
    bot.start()
    bot.say("busy for 3 hours", oid)
    bot.move_clock(by="PT2H")
    say(bot, "dnd for 1 hour", oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    assert token_requests(bot)[-1]["body"]["grant_type"] == "refresh_token"
    assert sign_in_cards(bot, oid) == []


def test_a_person_who_removes_the_app_must_sign_in_again(bot: RunningBot, oid: str) -> None:
    bot.say("busy for 1 hour", oid)
    before = len(token_requests(bot))
    removed = {
        "type": "installationUpdate",
        "action": "remove",
        "id": f"remove-{oid}",
        "channelId": "msteams",
        "serviceUrl": f"{bot.url}/playground/connector/",
        "from": {"id": f"29:{oid}", "aadObjectId": oid},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": f"a:{oid}", "conversationType": "personal"},
        "channelData": {"tenant": {"id": "7e57ab1e-0000-4000-8000-000000000001"}},
    }
    assert bot.request("POST", "/api/messages", removed).status_code == 202
    say(bot, "dnd for 1 hour", oid)
    eventually(lambda: done(bot, oid, "Do not disturb until"))
    asked_of_entra = token_requests(bot)[before:]
    assert [call["body"]["requested_token_use"] for call in asked_of_entra] == ["on_behalf_of"]


def test_what_was_planned_waits_for_a_sign_in_and_is_told_once(
    own_bot: RunningBot, oid: str, browser: Browser
) -> None:
    """A status that still runs is offered, what is over is reported, what comes again goes on."""
    bot = own_bot
    bot.start()
    go_to(bot, MONDAY, "13:30")  # what is due by then depends on the hour
    bot.say("busy tomorrow from 9 to 10, say quite over", oid)
    bot.say("dnd tomorrow from 14:00 to 23:59", oid)
    bot.say("away every day from 12 to 1", oid)
    switch(bot, oid, "revoked")
    bot.move_clock(by="P1DT6H")
    cards = eventually(lambda: sign_in_cards(bot, oid))
    assert len(cards) == 1  # three fell due, and one card asked
    assert not done(bot, oid, "Do not disturb until")
    say(bot, browser.sign_in(cards[0], oid), oid)
    title = "3 things were due while you were not signed in"
    eventually(lambda: title in titles(bot, oid))
    told = next(card for card in bot.answers(oid) if title in str(card.content))
    assert "quite over" in told.text
    assert "It would still run now" in told.text
    assert "every day" in bot.say("list", oid).text.lower()  # and what comes again goes on
