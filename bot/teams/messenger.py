"""Brings replies to people: as messages with a card, as new states of a card, and inline."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from bot.domain.commands import Command
from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.reply import Phrase, Reply, Tone
from bot.languages.phrasebook import Phrasebooks
from bot.service.ports import Delivery, SignInRequest
from bot.service.traffic import Address, Outbound
from bot.teams.card_parts import note
from bot.teams.cards import CARD_TYPE, card, summary
from bot.teams.connector import Connector, Done, Gone, Later, Result, Unclear, Wrong
from bot.teams.signature import CardSigner
from bot.teams.signin import oauth_card

logger = logging.getLogger(__name__)

_MOST_SUGGESTED = 3  # more than a narrow window has room for would be cut
_MOST_UNCLEAR = 3  # sendings of one reminder whose answers were all lost


class CardMessenger:
    """Messenger of Teams.

    Messages go out through the connector. A reply whose sending is unclear is not sent again; a
    reminder is, with a note that it may be a repeat: to miss it would be worse.
    """

    def __init__(self, *, connector: Connector, books: Phrasebooks, signer: CardSigner) -> None:
        self._connector = connector
        self._books = books
        self._signer = signer

    def compose(
        self,
        person: Person,
        address: Address,
        reply: Reply,
        moment: Moment,
        *,
        card: str | None,
    ) -> Outbound:
        """Return the message that says `reply`; with `card`, it replaces that card."""
        request: dict[str, Any] = {
            "address": dict(address),
            "card": card,
            "activity": self._activity(person, address, reply, moment),
        }
        if reply.tone is Tone.REMINDER:
            request["may_repeat"] = self._books.text(Phrase("may-repeat"), moment)
        return Outbound(id=uuid4().hex, person=person, request=request)

    def _card(
        self, person: Person, reply: Reply, moment: Moment, address: Address | None
    ) -> dict[str, Any]:
        def data(command: Command) -> dict[str, Any]:
            return self._signer.data(command, person, about=reply.about)

        viewer = address["user"].get("id") if address else None
        return card(reply, moment, self._books, data=data, viewer=viewer)

    def _activity(
        self, person: Person, address: Address, reply: Reply, moment: Moment
    ) -> dict[str, Any]:
        content = self._card(person, reply, moment, address)
        activity: dict[str, Any] = {
            "type": "message",
            "from": address["bot"],
            "recipient": address["user"],
            "conversation": {"id": address["conversation"]},
            "summary": content["fallbackText"],
            "attachments": [{"contentType": CARD_TYPE, "content": content}],
        }
        if reply.examples and address.get("type") == "personal":  # Teams shows them nowhere else
            activity["suggestedActions"] = {
                "to": [address["user"].get("id")],
                "actions": [
                    # Some clients send the title in place of the value: they are the same.
                    {"type": "imBack", "title": said, "value": said}
                    for said in reply.examples[:_MOST_SUGGESTED]
                ],
            }
        if reply.tone is Tone.REMINDER:
            activity["channelData"] = {"notification": {"alert": True}}
        return activity

    def sign_in_card(
        self, person: Person, address: Address, reply: Reply, moment: Moment, how: SignInRequest
    ) -> Outbound:
        """Return the message with which a person can sign in. Only for a private address."""
        activity = {
            "type": "message",
            "from": address["bot"],
            "recipient": address["user"],
            "conversation": {"id": address["conversation"]},
            "summary": summary(reply, moment, self._books),
            "attachments": [
                oauth_card(
                    how,
                    text=summary(reply, moment, self._books),
                    button=self._books.text(Phrase("sign-in-button"), moment),
                )
            ],
        }
        request = {"address": dict(address), "card": None, "activity": activity}
        return Outbound(id=uuid4().hex, person=person, request=request)

    async def open_private(self, address: Address) -> Address | None:
        """Return the address of the private chat with the user of `address`, if it can be had."""
        made = await self._connector.create_conversation(address)
        if not isinstance(made, Done) or made.id is None:
            return None
        return {**address, "conversation": made.id, "type": "personal"}

    def answer(
        self, person: Person, reply: Reply, moment: Moment, *, address: Address | None = None
    ) -> Mapping[str, Any]:
        """Return the body that answers an invoke: the card takes the place of the pressed one."""
        card = self._card(person, reply, moment, address)
        return {"statusCode": 200, "type": CARD_TYPE, "value": card}

    def remark(self, reply: Reply, moment: Moment) -> Mapping[str, Any]:
        """Return the body that answers an invoke beside the pressed card."""
        return {
            "statusCode": 200,
            "type": "application/vnd.microsoft.activity.message",
            "value": summary(reply, moment, self._books),
        }

    async def typing(self, address: Address) -> None:
        """Show that the bot is writing."""
        activity = {
            "type": "typing",
            "from": address["bot"],
            "recipient": address["user"],
            "conversation": {"id": address["conversation"]},
        }
        await self._connector.send(address, activity)

    async def deliver(self, outbound: Outbound) -> Delivery:
        """Send a message; who has taken the bot away, or blocked it, is gone."""
        address, replaced = outbound.request["address"], outbound.request.get("card")
        activity = _repeated(outbound) if outbound.attempts else outbound.request["activity"]
        result: Result
        if replaced is not None:
            result = await self._connector.update(address, replaced, {**activity, "id": replaced})
            if isinstance(result, Gone):  # the card, perhaps not the conversation
                result = await self._connector.send(address, activity)
        else:
            result = await self._connector.send(address, activity)
        return self._served(outbound, result)

    def _served(self, outbound: Outbound, result: Result) -> Delivery:
        match result:
            case Done():
                return Delivery.DONE
            case Later():
                return Delivery.LATER
            case Unclear():
                again = "may_repeat" in outbound.request and outbound.attempts < _MOST_UNCLEAR
                logger.warning(
                    "a message may not have arrived",
                    extra={"action": "teams.unclear", "outbound": outbound.id, "again": again},
                )
                return Delivery.LATER if again else Delivery.DONE
            case Gone(status=status, code=code) | Wrong(status=status, code=code):
                logger.warning(
                    "a message has nowhere to go: %s %s",
                    status,
                    code,
                    extra={"action": "teams.gone", "outbound": outbound.id},
                )
                private = outbound.request["address"].get("type") == "personal"
                return Delivery.GONE if private and isinstance(result, Gone) else Delivery.DONE


def _repeated(outbound: Outbound) -> Mapping[str, Any]:
    """Return the activity with a note that it may have arrived before, where it has one."""
    activity: Mapping[str, Any] = outbound.request["activity"]
    words = outbound.request.get("may_repeat")
    if words is None:
        return activity
    attachment = activity["attachments"][0]
    content = attachment["content"]
    noted = {**content, "body": [*content["body"], note(words)]}
    return {**activity, "attachments": [{**attachment, "content": noted}]}
