"""Work that needs a sign-in: it is set aside, the person is asked, and then it is carried out.

Asking happens in the private chat only. Whoever asked in a group is told there that the bot has
written privately.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.domain.moment import Moment
from bot.domain.person import Person, zone_or_utc
from bot.domain.reply import Phrase, Reply, Tone
from bot.domain.timers import EndReminder, Timer
from bot.service.errors import GatewayError, SignInRefused, SignInRequired
from bot.service.outbox import Outbox
from bot.service.ports import Messenger, PersonRecord, SignIns, Store
from bot.service.saying import sorry
from bot.service.secrets import SecretStore
from bot.service.traffic import Address, Incoming, Outbound

logger = logging.getLogger(__name__)

PATIENCE = 4.5  # seconds; an invoke must be answered within 5
_LOOK_AGAIN = 0.1  # seconds
_CODE = re.compile(r"\s*\d{8}\s*", re.ASCII)


def is_code(text: str) -> bool:
    """Return whether a text looks like the code that the sign-in page shows."""
    return _CODE.fullmatch(text) is not None


def missed(timer: Timer) -> Reply:
    """Return what is said of a timer that waited for a sign-in until it was too late."""
    return Reply(
        tone=Tone.SORRY,
        title=Phrase("missed-while-signed-out", {"at": timer.due}),
        notes=(Phrase("missed-end-reminder"),) if isinstance(timer.task, EndReminder) else (),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is said about a sign-in that is needed: inline, and as messages."""

    inline: Reply
    messages: tuple[Outbound, ...]


class SignInStore(Store, SecretStore, Protocol):
    """What signing in needs of the store."""


class SigningIn:
    """The use cases of signing in.

    `resume` carries out what a person's sign-in held up, `spawn` keeps a task in sight.
    """

    def __init__(
        self,
        *,
        sign_ins: SignIns,
        store: SignInStore,
        messenger: Messenger,
        outbox: Outbox,
        resume: Callable[[Incoming], Awaitable[None]],
        spawn: Callable[[Coroutine[Any, Any, bool]], asyncio.Task[bool]],
    ) -> None:
        self._sign_ins = sign_ins
        self._store = store
        self._messenger = messenger
        self._outbox = outbox
        self._resume = resume
        self._spawn = spawn

    async def ask(
        self, incoming: Incoming, record: PersonRecord, moment: Moment, error: SignInRequired
    ) -> Asked | None:
        """Return what to say to somebody who must sign in; none where they cannot be reached."""
        private = await self._private(incoming, record)
        if private is None:
            return None
        why = "sign-in-why-colleagues" if error.colleagues else "sign-in-why"
        messages = [await self._card(incoming.person, private, moment, error, why)]
        if not incoming.private and not incoming.composed:
            told = Reply(tone=Tone.INFO, title=Phrase("sign-in-wrote-privately"))
            messages.append(
                self._messenger.compose(incoming.person, incoming.address, told, moment, card=None)
            )
        inline = Reply(
            tone=Tone.INFO,
            title=Phrase("sign-in-first" if incoming.private else "sign-in-wrote-privately"),
        )
        return Asked(inline=inline, messages=tuple(messages))

    async def ask_for(
        self, timer: Timer, record: PersonRecord, moment: Moment, error: SignInRequired
    ) -> Outbound | None:
        """Return what to say to the person of a due timer; none where nobody can be told."""
        if record.address is None:
            return None
        if timer.waited:  # they have just signed in, and it did not help
            reply = sorry(Phrase("sign-in-did-not-help"), Phrase("trouble-sign-in"))
            return self._messenger.compose(timer.person, record.address, reply, moment, card=None)
        return await self._card(timer.person, record.address, moment, error, "sign-in-why-timer")

    async def exchange(self, incoming: Incoming, request: str, token: str) -> bool:
        """Take the token of a Teams client, once for each request; false where the page is needed.

        The page is needed for consent, a second factor, and a token that is not believed. Every
        signed-in device of the person sends the same request: the first of them counts, and the
        others have nothing to do.
        """
        return await self._once(incoming, lambda: self._exchange(incoming, request, token))

    async def verify(self, incoming: Incoming, code: str) -> bool:
        """Take the code that the page gave to Teams; false for one that is not good."""
        return await self._once(incoming, lambda: self.redeem(incoming, code))

    async def redeem(self, incoming: Incoming, code: str) -> bool | None:
        """Take a code; false for a wrong one, none where no code of this person is open."""
        taken = await self._sign_ins.redeem(incoming.person, _conversation(incoming), code.strip())
        if taken:
            await self._signed_in(incoming)
        elif taken is False:
            logger.warning("A wrong sign-in code", extra={"action": "sign-in.refuse"})
        return taken

    async def _exchange(self, incoming: Incoming, request: str, token: str) -> bool:
        first = replace(incoming, key=f"{_conversation(incoming)}|signin|request|{request}")
        if not await self._store.receive(first):
            return True
        await self._store.finish_turn(first, ())
        try:
            await self._sign_ins.exchange(incoming.person, _conversation(incoming), request, token)
        except SignInRefused as refusal:
            logger.warning("A sign-in is refused: %s", refusal, extra={"action": "sign-in.refuse"})
            return False
        except GatewayError as error:
            logger.info(
                "A sign-in needs the page: %s", type(error).__name__, extra={"action": "sign-in"}
            )
            return False
        await self._signed_in(incoming)
        return True

    async def _once(self, incoming: Incoming, take: Callable[[], Awaitable[bool | None]]) -> bool:
        """Return whether an invoke was taken; each delivery of it gets the same answer, in time.

        What takes longer counts as not taken, and goes on: if it is taken after all, the page is
        not needed any more.
        """
        if not await self._store.receive(incoming):
            return await self._first_answer(incoming)
        work = self._spawn(self._taken(incoming, take))
        await asyncio.wait({work}, timeout=PATIENCE)
        return work.result() if work.done() else await self._settled(incoming, taken=False)

    async def _taken(self, incoming: Incoming, take: Callable[[], Awaitable[bool | None]]) -> bool:
        try:
            taken = bool(await take())
        except Exception:
            logger.exception("A sign-in failed", extra={"action": "sign-in.failed"})
            taken = False
        return await self._settled(incoming, taken=taken)

    async def _settled(self, incoming: Incoming, *, taken: bool) -> bool:
        """Keep the answer to an invoke, and return the one that was kept first."""
        if await self._store.finish_turn(incoming, (), answer={"taken": taken}):
            return taken
        return await self._kept(incoming)

    async def _first_answer(self, incoming: Incoming) -> bool:
        """Return the answer to an invoke that came before, or is just being worked on."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not await self._store.finished(incoming.key):  # noqa: ASYNC110  # may be done by another process
                    await asyncio.sleep(_LOOK_AGAIN)
        return await self._kept(incoming)

    async def _kept(self, incoming: Incoming) -> bool:
        answer = await self._store.answer(incoming.key)
        return answer is not None and bool(answer["taken"])

    async def failed(self, incoming: Incoming, reason: str) -> None:
        """Send the plain way to the page, for a client that cannot be signed in silently.

        `reason` is Teams' own code, for the log.
        """
        logger.warning("Teams could not sign in: %s", reason, extra={"action": "sign-in.failure"})
        if not await self._store.receive(incoming):
            return
        moment = Moment(
            now=incoming.at, zone=zone_or_utc(incoming.zone), locale=incoming.locale or "en"
        )
        card = await self._card(
            incoming.person, incoming.address, moment, SignInRequired(), "sign-in-by-link"
        )
        await self._store.finish_turn(incoming, (), answer={}, outbound=card)
        await self._outbox.send(card)

    async def _signed_in(self, incoming: Incoming) -> None:
        logger.info("Signed in", extra={"action": "sign-in.done"})
        await self._resume(incoming)

    async def _card(
        self,
        person: Person,
        private: Address,
        moment: Moment,
        error: SignInRequired,
        why: str,
    ) -> Outbound:
        how = await self._sign_ins.ask(
            person,
            str(private["conversation"]),
            claims=error.claims,
            colleagues=error.colleagues,
        )
        reply = Reply(tone=Tone.QUESTION, title=Phrase(why))
        return self._messenger.sign_in_card(person, private, reply, moment, how)

    async def _private(self, incoming: Incoming, record: PersonRecord) -> Address | None:
        if incoming.private:
            return incoming.address
        if record.address is not None:
            return record.address
        return await self._messenger.open_private(incoming.address)


def _conversation(incoming: Incoming) -> str:
    return str(incoming.address["conversation"])
