"""Replies on their way to people, through a connector on loopback."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.commands import Undo
from bot.domain.reply import Reply
from bot.net import Net
from bot.service.codec import load_command
from bot.service.ports import Delivery
from bot.service.traffic import Outbound
from bot.teams.cards import CARD_TYPE, card
from bot.teams.connector import Connector
from bot.teams.messenger import CardMessenger
from tests.teams.connector_server import Scripted, scripted_connector
from tests.teams.replies import MOMENT, TestBooks, busy, reminder
from tests.teams.test_cards import ANNA, SIGNER, carry
from tests.teams.test_connector import LOCAL, Pauses, Tokens, address


def words(card: Mapping[str, Any]) -> list[Any]:
    """Return what a card shows: buttons are signed anew each time."""
    return [card["body"], [action["title"] for action in card["actions"]]]


@asynccontextmanager
async def messenger(
    *script: Any, pauses: Pauses | None = None
) -> AsyncIterator[tuple[Scripted, CardMessenger]]:
    pauses = pauses or Pauses()
    async with (
        scripted_connector(*script) as server,
        Net(now=pauses.now, sleep=pauses) as net,
    ):
        connector = Connector(net=net, hosts=LOCAL, token=Tokens(), sleep=pauses)
        yield server, CardMessenger(connector=connector, books=TestBooks(), signer=SIGNER)


def compose(
    server: Scripted, by: CardMessenger, reply: Reply, card: str | None = None
) -> Outbound:
    outbound = by.compose(ANNA, address(server.url), reply, MOMENT, card=card)
    # It is kept as JSON between composing and sending.
    return replace(outbound, request=json.loads(json.dumps(outbound.request)))


def bodies(sent: Mapping[str, Any]) -> list[str]:
    elements = sent["attachments"][0]["content"]["body"]
    return [element["text"] for element in elements if element["type"] == "TextBlock"]


async def test_a_reply_goes_out_as_a_message_with_a_card_and_a_summary() -> None:
    async with messenger() as (server, by):
        assert await by.deliver(compose(server, by, busy())) is Delivery.DONE
        (call,) = server.calls
        assert call["method"] == "POST"
        assert call["body"]["summary"] == "Busy until 12:30"
        assert call["body"]["recipient"] == {"id": "29:u", "aadObjectId": "o1"}
        (attachment,) = call["body"]["attachments"]
        assert attachment["contentType"] == CARD_TYPE
        assert words(attachment["content"]) == words(card(busy(), MOMENT, TestBooks(), data=carry))
        pressed = SIGNER.read(attachment["content"]["actions"][1]["data"], ANNA)
        assert load_command(pressed.command) == Undo()


async def test_every_message_has_an_id_of_its_own() -> None:
    async with messenger() as (server, by):
        assert compose(server, by, busy()).id != compose(server, by, busy()).id


async def test_a_reply_to_a_card_replaces_it() -> None:
    async with messenger() as (server, by):
        assert await by.deliver(compose(server, by, busy(), card="card-7")) is Delivery.DONE
        (call,) = server.calls
        assert (call["method"], call["path"].rsplit("/", 1)[1]) == ("PUT", "card-7")
        assert call["body"]["id"] == "card-7"


async def test_a_card_that_is_gone_is_followed_by_a_new_message() -> None:
    async with messenger(404) as (server, by):
        assert await by.deliver(compose(server, by, busy(), card="card-7")) is Delivery.DONE
        assert [call["method"] for call in server.calls] == ["PUT", "POST"]


@pytest.mark.parametrize("status", [403, 404])
async def test_a_conversation_that_is_gone_is_not_tried_again(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with messenger(status, status) as (server, by):
        outbound = compose(server, by, busy())
        assert await by.deliver(outbound) is Delivery.DONE  # a group, perhaps
        address = {**outbound.request["address"], "type": "personal"}
        own = replace(outbound, request={**outbound.request, "address": address})
        assert await by.deliver(own) is Delivery.GONE
    assert "nowhere to go" in caplog.text
    assert "meeting" not in caplog.text


@pytest.mark.parametrize("status", [412, 429, 503])
async def test_a_connector_that_asks_for_patience_is_tried_again_later(status: int) -> None:
    pauses = Pauses()
    async with messenger((status, {"Retry-After": "60"}), pauses=pauses) as (server, by):
        outbound = compose(server, by, busy())
        assert await by.deliver(outbound) is Delivery.LATER
        assert await by.deliver(replace(outbound, attempts=1)) is Delivery.LATER
        assert len(server.calls) == 1
        await pauses(60)
        assert await by.deliver(replace(outbound, attempts=1)) is Delivery.DONE
        assert server.calls[0]["body"] == server.calls[1]["body"]


async def test_a_reply_whose_sending_is_unclear_is_not_sent_twice() -> None:
    async with messenger(502) as (server, by):
        assert await by.deliver(compose(server, by, busy())) is Delivery.DONE


async def test_a_reminder_whose_sending_is_unclear_is_sent_again_and_says_so() -> None:
    async with messenger(502) as (server, by):
        outbound = compose(server, by, reminder())
        assert await by.deliver(outbound) is Delivery.LATER
        assert await by.deliver(replace(outbound, attempts=1)) is Delivery.DONE
        first, second = (bodies(call["body"]) for call in server.calls)
        assert second == [*first, "You may be reading this twice."]
        assert server.calls[0]["body"]["channelData"] == {"notification": {"alert": True}}


async def test_a_reminder_is_given_up_in_the_end() -> None:
    async with messenger(502) as (server, by):
        outbound = compose(server, by, reminder())
        assert await by.deliver(replace(outbound, attempts=3)) is Delivery.DONE


async def test_a_press_is_answered_with_the_card_that_takes_its_place() -> None:
    async with messenger() as (_, by):
        answer = by.answer(ANNA, busy(), MOMENT)
        assert (answer["statusCode"], answer["type"]) == (200, CARD_TYPE)
        assert words(answer["value"]) == words(card(busy(), MOMENT, TestBooks(), data=carry))
        assert SIGNER.read(answer["value"]["actions"][1]["data"], ANNA).believed
