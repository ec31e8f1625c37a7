"""The message extension over HTTP: previews while typing, carried out once, in any chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from bot.playground.entra.endpoints import APP_SECRET
from tests.running import ANNA, ZONE, RunningBot, eventually
from tests.scenario.plans import TUESDAY, go_to, seen
from tests.scenario.raw import messages
from tests.scenario.test_limits import break_down
from tests.scenario.test_people import GROUP
from tests.scenario.test_tenant import Tenant, tenant

BUSY, AWAY = "Busy", "Away"


def query(words: str) -> dict[str, Any]:
    return {
        "name": "composeExtension/query",
        "value": {
            "commandId": "setStatus",
            "parameters": [{"name": "words", "value": words}],
            "queryOptions": {"skip": 0, "count": 25},
        },
    }


def select(result: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "composeExtension/selectItem",
        "value": result["preview"]["content"]["tap"]["value"],
    }


def ask(bot: RunningBot, invoke: dict[str, Any], oid: str, **place: str) -> list[dict[str, Any]]:
    sent = bot.send({"as": oid, "zone": ZONE, "invoke": invoke, **place})
    assert sent["status"] == 200, sent
    found: list[dict[str, Any]] = sent["answer"]["composeExtension"]["attachments"]
    return found


def titles(results: list[dict[str, Any]]) -> list[str]:
    return [one["preview"]["content"]["title"] for one in results]


def words_of(card: dict[str, Any]) -> str:
    return str(card["body"])


def test_what_is_typed_is_previewed_and_nothing_changes(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("available for 3 hours", oid)
    calls = len(bot.graph_calls())
    results = ask(bot, query("busy until 3, say heads down"), oid)
    assert titles(results)[0] == "Busy until 3:00 PM"
    assert "heads down" in results[0]["preview"]["content"]["text"]
    assert "I took “3” as 3:00 PM" in results[0]["preview"]["content"]["text"]
    assert len(results) == 2  # the other half of the day is the second
    assert len(bot.graph_calls()) == calls
    assert seen(bot, oid)[0] == "Available"


def test_a_chosen_result_is_carried_out_once_and_gives_a_card_without_buttons(
    bot: RunningBot, oid: str
) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("my status", oid)
    before = len(bot.answers(oid))
    (result,) = ask(bot, query("busy for 2 hours, say heads down"), oid)
    chosen = ask(bot, select(result), oid)
    assert titles(chosen) == ["Busy until 12:00 PM"]
    content = chosen[0]["content"]
    assert "heads down" in words_of(content)
    assert "actions" not in content
    assert "Action." not in str(content)
    assert "remind" not in str(content)  # that is the person's own
    assert seen(bot, oid) == (BUSY, "heads down")
    bot.say("away for 1 hour", oid)
    again = ask(bot, select(result), oid)
    assert titles(again) == ["Busy until 12:00 PM"]  # the same answer, and no second effect
    assert seen(bot, oid)[0] == AWAY
    assert len(bot.answers(oid)) == before + 1


def test_it_works_from_a_chat_with_others_and_answers_there_alone(bot: RunningBot) -> None:
    bot.say("my status", ANNA)
    (result,) = ask(bot, query("away for 1 hour"), ANNA, conversation=GROUP)
    ask(bot, select(result), ANNA, conversation=GROUP)
    assert seen(bot, ANNA)[0] == AWAY
    bot.say("undo", ANNA)
    assert seen(bot, ANNA)[0] == "Available"


def test_what_takes_long_is_told_in_the_own_chat_and_never_where_it_was_chosen(
    bot: RunningBot,
) -> None:
    bot.say("my status", ANNA)
    (result,) = ask(bot, query("away for 2 hours"), ANNA, conversation=GROUP)
    own = len(bot.answers(ANNA))
    others = len(messages(bot, GROUP))
    break_down(bot, "graph", "slow")
    try:
        chosen = ask(bot, select(result), ANNA, conversation=GROUP)
        assert titles(chosen) == ["I am working on it…"]
        told = eventually(lambda: bot.answers(ANNA)[own:])
    finally:
        bot.request("PUT", "/playground/faults", [])
    assert [card.title.startswith("Away until") for card in told] == [True]
    assert "Undo" in told[0].buttons
    assert len(messages(bot, GROUP)) == others


def test_before_anything_is_typed_the_shortcuts_are_there(bot: RunningBot, oid: str) -> None:
    go_to(bot, TUESDAY, "10:00")
    bot.say("save dnd for 45 minutes as writing", oid)
    results = ask(bot, query(""), oid)
    assert titles(results)[:2] == ["writing", "Focus, 2 hours"]
    bot.say("my status", oid)
    assert titles(ask(bot, select(results[0]), oid)) == ["Do not disturb until 10:45 AM"]


def test_what_cannot_be_set_from_there_says_so(bot: RunningBot, oid: str) -> None:
    for said, answer in (
        ("bisy flurb unitl", "I did not understand that"),
        ("delete my data", "say it to me in our chat"),
        ("who is free?", "say it to me in our chat"),
        ("busy until yesterday", "over already"),
    ):
        (result,) = ask(bot, query(said), oid)
        assert answer in result["preview"]["content"]["title"], said
        assert "tap" not in result["preview"]["content"]


def test_who_has_too_much_previewed_is_told_so_and_can_still_say_things(
    own_bot: RunningBot, oid: str
) -> None:
    own_bot.start(COMMANDS_A_MINUTE="1")
    own_bot.say("my status", oid)
    shown = [titles(ask(own_bot, query("busy for 1 hour"), oid))[0] for _ in range(13)]
    assert all(title.startswith("Busy until") for title in shown[:12])
    assert "more than I can take at once" in shown[12]
    assert own_bot.say("busy for 1 hour", oid).title.startswith("Busy until")


def test_a_result_of_somebody_else_or_an_altered_one_changes_nothing(
    bot: RunningBot, oid: str
) -> None:
    bot.say("available for 3 hours", oid)
    (result,) = ask(bot, query("busy for 2 hours"), ANNA)
    assert "somebody else" in titles(ask(bot, select(result), oid))[0]
    (own,) = ask(bot, query("busy for 2 hours"), oid)
    altered = select(own)
    altered["value"]["command"]["availability"] = "Offline"
    assert "nothing was done" in titles(ask(bot, altered, oid))[0]
    assert seen(bot, oid)[0] == "Available"


async def _asked(bot: Tenant, invoke: dict[str, Any], **fields: Any) -> list[dict[str, Any]]:
    activity = bot.activity(type="invoke", **invoke, **fields)
    status, body = await bot.post(activity)
    assert status == 200, body
    found: list[dict[str, Any]] = body["composeExtension"]["attachments"]
    return found


async def test_in_a_tenant_who_is_not_signed_in_is_asked_to_in_their_own_chat(
    tmp_path: Path,
) -> None:
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        await bot.say("help")  # the bot is installed for Anna, who has not signed in
        await bot.sent(1)
        elsewhere = {"id": f"19:{uuid4().hex}@unq.gbl.spaces", "conversationType": "personal"}
        (result,) = await _asked(bot, query("busy for 1 hour"), conversation=elsewhere)
        assert titles([result])[0].startswith("Busy until")
        (chosen,) = await _asked(bot, select(result), conversation=elsewhere)
        assert "sign in" in chosen["preview"]["content"]["title"]
        sent = await bot.sent(2)
        assert "tokenExchangeResource" in sent[1]["content"]
        await bot.core.turns.idle()
        written = {call["path"] for call in bot.calls("connector")}
        assert not [path for path in written if elsewhere["id"] in unquote(path)]
        value = {
            "id": sent[1]["content"]["tokenExchangeResource"]["id"],
            "token": bot.stand_ins.entra.endpoint.sso_token(ANNA),
        }
        status, _ = await bot.post(
            bot.activity(type="invoke", name="signin/tokenExchange", value=value)
        )
        assert status == 200
