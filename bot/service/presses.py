"""Presses of buttons: whoever presses waits for the answer, but not for long.

What takes longer than 5 seconds is answered by a card that says so, and goes on; its result takes
the place of that card. The first answer to a press is the answer to every repeat of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.reply import Phrase, Reply, Tone
from bot.observability import tracing
from bot.service.answering import Answering, gave_up, moment_of
from bot.service.changes import Change, Tell
from bot.service.codec import NotReadable, load_command
from bot.service.conversation import changes_something
from bot.service.lanes import Lanes
from bot.service.outbox import Outbox
from bot.service.ports import Clock, Messenger, Outcome, Store
from bot.service.rates import Rates, TooMany
from bot.service.saying import sorry
from bot.service.signing_in import Asked
from bot.service.traffic import ANSWERS_KEPT, Incoming, Outbound, Place

logger = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds; Teams itself gives up after about 15
MAX_ATTEMPTS = 3  # at a turn, be it a press or words

Answer = Mapping[str, Any]


class Presses:
    """Answers presses.

    `spawn` keeps a task in sight, `after_commit` sees to what was changed, and `attempt` carries
    out, as a message, what failed after its presser had been told to wait. `patience` in seconds.
    """

    def __init__(
        self,
        *,
        answering: Answering,
        store: Store,
        messenger: Messenger,
        outbox: Outbox,
        lanes: Lanes,
        rates: Rates,
        clock: Clock,
        spawn: Callable[[Coroutine[Any, Any, Answer]], asyncio.Task[Answer]],
        after_commit: Callable[[Person, tuple[Change, ...]], Awaitable[None]],
        attempt: Callable[[Incoming], Awaitable[str]],
        patience: float = PATIENCE,
    ) -> None:
        self._answering = answering
        self._store = store
        self._messenger = messenger
        self._outbox = outbox
        self._lanes = lanes
        self._rates = rates
        self._clock = clock
        self._spawn = spawn
        self._after_commit = after_commit
        self._attempt = attempt
        self._patience = patience

    async def press(self, incoming: Incoming) -> Answer:
        """Carry out a button press and return its inline answer; a repeat gets the same one."""
        place = await self._store.receive_in_line(incoming)
        new = place is not None
        if place is None:  # a repeat waits behind the first: it has a place of its own
            place = await self._lanes.arrive(incoming.person)
        elif (too_many := self._too_many(incoming)) is not None:
            try:
                await self._store.turn_away(incoming)
                return await self._refusal(incoming, too_many)
            finally:
                await self._lanes.leave(place)
        work = self._spawn(self._carry_out(incoming, place, new=new))
        await asyncio.wait({work}, timeout=self._patience)
        if not work.done():
            wait = Reply(tone=Tone.INFO, title=Phrase("working-on-it"))
            answer = await self._say(incoming, wait)
            promised = await self._store.promise(incoming, answer)
            if promised is not None:
                return promised
        return await asyncio.shield(work)

    async def used(self, incoming: Incoming) -> None:
        """Tell whoever presses a used button with a client that waits for no answer.

        Such a press comes as a message. Teams may send it again, under another id: what comes that
        soon is not told anything.
        """
        since = self._clock.now() - ANSWERS_KEPT
        if incoming.pressed is None or not await self._store.finished(incoming.key, before=since):
            return
        if self._rates.look(incoming.person) is not None:
            return
        moment = await self._answering.moment(incoming)
        said = await self._answering.written(
            incoming, sorry(Phrase("card-used")), moment, card=None
        )
        if said is not None:
            await self._store.commit(incoming.person, [Tell(outbound=said)])
            await self._outbox.send(said)

    def _too_many(self, incoming: Incoming) -> TooMany | None:
        looks = _only_looks(incoming.pressed)
        return (self._rates.look if looks else self._rates.take)(incoming.person)

    async def _refusal(self, incoming: Incoming, too_many: TooMany) -> Answer:
        """Return the same to each delivery of a press; the button is not used up by it."""
        reply = sorry(Phrase("too-many", {"at": too_many.until}))
        return self._messenger.remark(reply, await self._answering.moment(incoming))

    async def _carry_out(self, incoming: Incoming, place: Place, *, new: bool) -> Answer:
        with tracing.turn("press", incoming.trace) as turn:
            async with self._lanes.hold(incoming.person, place):
                # Also a new one may be done: a repeat that another process got can have come
                # before it into the line.
                done = await self._store.finished(incoming.key)
                if done or not new:
                    turn.outcome = "again"
                    kept = await self._store.answer(incoming.key)
                    if kept is not None:
                        return kept
                    if done:
                        return await self._say(incoming, sorry(Phrase("card-used")))
                    # The first was begun and failed, or it is being refused at this moment.
                    too_many = self._too_many(incoming)
                    if too_many is not None and await self._store.turn_away(incoming):
                        turn.outcome = "refused"
                        return await self._refusal(incoming, too_many)
                    await self._store.receive(incoming)
                answer, turn.outcome = await self._attempts(incoming)
                return answer

    async def _attempts(self, incoming: Incoming) -> tuple[Answer, str]:
        for _ in range(MAX_ATTEMPTS):
            try:
                return await self._answer(incoming)
            except Exception:
                logger.exception("A button press failed", extra={"action": "press.failed"})
            if await self._store.answer(incoming.key) is not None:
                break  # its presser was told to wait
        return await self._failed(incoming)

    async def _failed(self, incoming: Incoming) -> tuple[Answer, str]:
        """End a press that failed; who was told to wait for it is owed more attempts."""
        answer = self._messenger.answer(incoming.person, gave_up(), moment_of(incoming))
        if await self._store.finish_turn(incoming, (), answer=answer):
            return answer, "gave-up"
        if await self._store.finished(incoming.key):
            return await self._store.answer(incoming.key) or answer, "done"
        return answer, await self._attempt(incoming)

    async def _answer(self, incoming: Incoming) -> tuple[Answer, str]:
        outcome, moment = await self._answering.answer(incoming)
        reply = outcome.inline if isinstance(outcome, Asked) else outcome.reply
        if isinstance(outcome, Outcome) and outcome.beside:
            answer = self._messenger.remark(reply, moment)
        else:
            answer = self._messenger.answer(
                incoming.person, reply, moment, address=incoming.address
            )
        if isinstance(outcome, Asked):
            messages = outcome.messages
            promised = await self._store.answer(incoming.key) is not None
            if promised and not incoming.composed:  # else the card that asks says enough
                instead = await self._instead(incoming, reply, moment)
                messages = (*messages, *filter(None, [instead]))
            await self._store.park(incoming, answer=answer, outbound=messages)
            for message in messages:
                await self._outbox.send(message)
            return answer, "sign-in"
        if await self._store.finish_turn(incoming, outcome.changes, answer=answer):
            await self._after_commit(incoming.person, outcome.changes)
            return answer, "done"
        outbound = await self._instead(incoming, reply, moment)
        if await self._store.finish_turn(incoming, outcome.changes, outbound=outbound):
            await self._after_commit(incoming.person, outcome.changes)
            if outbound is not None:
                await self._outbox.send(outbound)
        return await self._store.answer(incoming.key) or answer, "done"

    async def _instead(self, incoming: Incoming, reply: Reply, moment: Moment) -> Outbound | None:
        """Return the result for a presser who was told to wait, in place of that card."""
        return await self._answering.written(incoming, reply, moment, card=incoming.card)

    async def _say(self, incoming: Incoming, reply: Reply) -> Answer:
        moment = await self._answering.moment(incoming)
        return self._messenger.answer(incoming.person, reply, moment)


def _only_looks(pressed: Mapping[str, Any] | None) -> bool:
    """Return whether a press changes nothing, as the refresh of a card.

    The command is signed; what a client says of why it was sent is not.
    """
    try:
        command = load_command({k: v for k, v in (pressed or {}).items() if k != "about"})
    except NotReadable:
        return False
    return not changes_something(command)
