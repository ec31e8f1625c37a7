"""What each kind of activity means, dispatched by botbuilder's ActivityHandler."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity

from bot.domain.moment import Moment
from bot.domain.person import zone_or_utc
from bot.domain.reply import Phrase, Reply
from bot.languages.phrasebook import Phrasebooks
from bot.service.ports import Clock
from bot.service.traffic import Incoming
from bot.teams.compose import COMPOSE_INVOKES, ComposeInvokes
from bot.teams.incoming import incoming_from, is_for_bot, is_private, person_of
from bot.teams.refusal import Malformed
from bot.teams.signature import CardSigner
from bot.teams.signin import INVOKES, SignInInvokes

logger = logging.getLogger(__name__)


class Turns(Protocol):
    """Takes up what people send."""

    @property
    def full(self) -> bool:
        """Return whether nothing more can be taken up now."""

    async def message(self, incoming: Incoming) -> None:
        """Keep a message or a button press to be worked off; return once it is stored."""

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        """Carry out a button press and return the body of the inline answer."""

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        """Return what words would do; nothing is kept."""

    async def welcome(self, incoming: Incoming) -> None:
        """Greet a person, once for each `key`; return once it is stored."""

    async def removed(self, incoming: Incoming) -> None:
        """Forget what could act for a person who removed the app."""


class PresenceHandler(ActivityHandler):  # type: ignore[misc]  # botbuilder ships no types
    """Hands activities to the turns; what is not for the bot is left alone."""

    def __init__(
        self,
        *,
        turns: Turns,
        clock: Clock,
        books: Phrasebooks,
        signer: CardSigner,
        sign_in: SignInInvokes | None,
    ) -> None:
        super().__init__()
        self._sign_in = sign_in
        self._compose = ComposeInvokes(turns=turns, clock=clock, books=books, signer=signer)
        self._turns = turns
        self._clock = clock
        self._books = books
        self._signer = signer

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Take words, or the data of a client that knows Action.Submit only."""
        activity = turn_context.activity
        if not is_for_bot(activity):
            return
        pressed = None
        if activity.value is not None:
            pressed = self._signer.read(activity.value, person_of(activity))
        await self._turns.message(incoming_from(activity, now=self._clock.now(), pressed=pressed))

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """Take the new words of a message that was edited; a deletion changes nothing."""
        activity = turn_context.activity
        edited = activity.channel_data.get("eventType") == "editMessage"
        if edited and activity.value is None and is_for_bot(activity):
            await self._turns.message(incoming_from(activity, now=self._clock.now(), edited=True))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """Answer Action.Execute, sign-ins and the compose box; any other invoke is 501."""
        activity = turn_context.activity
        if self._sign_in is not None and activity.name in INVOKES:
            return await self._sign_in.answer(activity)
        if activity.name in COMPOSE_INVOKES:
            return await self._compose.answer(activity)
        if activity.name != "adaptiveCard/action":
            return InvokeResponse(status=501)
        incoming = incoming_from(
            activity,
            now=self._clock.now(),
            pressed=self._signer.read(_execute_data(activity), person_of(activity)),
            inline=True,
        )
        try:
            body = await self._turns.press(incoming)
        except Exception:
            # An error status would be shown as the client's own "something went wrong".
            logger.exception("a press failed", extra={"action": "teams.press"})
            body = self._failed(incoming)
        return InvokeResponse(status=200, body=body)

    def _failed(self, incoming: Incoming) -> Mapping[str, Any]:
        moment = Moment(
            now=incoming.at, zone=zone_or_utc(incoming.zone), locale=incoming.locale or "en"
        )
        return {
            "statusCode": 500,
            "type": "application/vnd.microsoft.error",
            "value": {
                "code": "InternalError",
                "message": self._books.text(Phrase("press-failed"), moment),
            },
        }

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Greet when the bot itself was added."""
        activity = turn_context.activity
        bot = activity.recipient.id if activity.recipient else None
        if bot and any(member.id == bot for member in activity.members_added):
            await self._welcome(activity)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Greet when the app was installed; forget the person's tokens when it was removed."""
        activity = turn_context.activity
        if activity.action == "add":  # an upgrade is not an arrival
            await self._welcome(activity)
        elif activity.action == "remove" and is_private(activity):
            # Answered when it is done: nobody takes it up for a delivery that was cut off.
            removal = incoming_from(activity, now=self._clock.now(), inline=True)
            await self._turns.removed(removal)

    async def _welcome(self, activity: Activity) -> None:
        # Teams tells of one installation twice, with two activity ids: one key, one greeting.
        key = f"{activity.conversation.id}|welcome"
        try:
            incoming = incoming_from(activity, now=self._clock.now(), key=key)
        except Malformed as error:
            logger.info("nobody to greet: %s", error.sentence)
            return
        await self._turns.welcome(incoming)


def _execute_data(activity: Activity) -> object:
    """Return the data of an Action.Execute; its `trigger` may be missing (Agents Playground)."""
    if not isinstance(activity.value, dict):
        raise Malformed("The invoke carries no action.")
    action = activity.value.get("action")
    if not isinstance(action, dict) or action.get("type") != "Action.Execute":
        raise Malformed("The invoke carries no Action.Execute.")
    return action.get("data")
