"""Units of work: what came in or fell due is carried out once, committed, and told.

Graph is written first, then everything else is committed in one transaction, then the reply is
sent. A process that dies before the commit does the whole turn again (the writes to Graph are the
same again); one that dies after it sends the kept reply.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.reply import Phrase, Reply
from bot.domain.timers import Timer
from bot.observability import tracing
from bot.service.answering import Answering, gave_up, moment_at, moment_of
from bot.service.changes import Arm, Change, Drop, DropTokens, ForgetPerson, KeepArmed, Nudge, Tell
from bot.service.conversation import Conversation
from bot.service.errors import SignInRequired
from bot.service.lanes import Held, Lanes
from bot.service.outbox import Outbox
from bot.service.ports import Clock, DueTimer, Fired, Messenger, PersonRecord, SignIns
from bot.service.presses import MAX_ATTEMPTS, Presses
from bot.service.rates import Rates, TooMany
from bot.service.saying import sorry
from bot.service.signing_in import Asked, SigningIn, SignInStore, missed
from bot.service.traffic import Incoming, Outbound, Place

logger = logging.getLogger(__name__)

MOST_UNDER_WAY = 2_000  # turns: 50 commands a second, each of which waits 30 seconds for Graph
TYPING_AFTER = 1.0  # seconds
_TYPING_LASTS = 4.0  # seconds that Teams shows it
_MOST_TYPING = 8
_WAVE = timedelta(minutes=1)
_MOST_GREETED = 5  # people of a tenant for whom the bot is installed within that time
_FIRST_WAIT = 1.0  # seconds
_LONGEST_WAIT = 30.0  # seconds
_T = TypeVar("_T")
_CarryOut = Callable[[Timer, Moment, PersonRecord], Awaitable[Fired]]


class Turns:
    """Carries out turns, one at a time for each person.

    `wake_timers` is called after a commit that armed or disarmed something. Without
    `sign_ins` the bot acts with a permission of its own, and nobody is asked to sign in.
    """

    def __init__(
        self,
        *,
        conversation: Conversation,
        store: SignInStore,
        messenger: Messenger,
        outbox: Outbox,
        clock: Clock,
        lanes: Lanes,
        rates: Rates,
        wake_timers: Callable[[], None],
        sign_ins: SignIns | None,
    ) -> None:
        self._conversation = conversation
        self._store = store
        self._messenger = messenger
        self._outbox = outbox
        self._clock = clock
        self._wake_timers = wake_timers
        self.signing_in = (
            None
            if sign_ins is None
            else SigningIn(
                sign_ins=sign_ins,
                store=store,
                messenger=messenger,
                outbox=outbox,
                resume=self._signed_in,
                spawn=self._spawn,
            )
        )
        self._sign_ins = sign_ins
        self._answering = Answering(
            conversation=conversation,
            store=store,
            messenger=messenger,
            clock=clock,
            signing_in=self.signing_in,
        )
        self._lanes = lanes
        self._rates = rates
        self._presses = Presses(
            answering=self._answering,
            store=store,
            messenger=messenger,
            outbox=outbox,
            lanes=lanes,
            rates=rates,
            clock=clock,
            spawn=self._spawn,
            after_commit=self._after_commit,
            attempt=lambda incoming: self._attempt(incoming, None, again=True, resumed=False),
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self._firing: set[asyncio.Task[Any] | None] = set()

    async def take_up(self) -> None:
        """Carry out what a process received and did not finish that is gone."""
        for incoming in await self._store.unfinished():
            await self._carry_out(incoming, again=True)

    async def stop(self, patience: float) -> None:
        """Let running turns end for `patience` seconds; what is left is taken up at next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def full(self) -> bool:
        """Return whether as much is under way as may be: what comes now is to come again."""
        return self.under_way >= MOST_UNDER_WAY

    @property
    def under_way(self) -> int:
        """Return how many turns are under way."""
        return len(self._tasks) + len(self._firing)

    async def idle(self) -> None:
        """Wait until no turn is under way."""
        while under_way := {*self._tasks, *(task for task in self._firing if task)}:
            await asyncio.wait(under_way)

    async def message(self, incoming: Incoming) -> None:
        """Keep a message; return as soon as it is on disk, and carry it out after that."""
        place = await self._store.receive_in_line(incoming)
        if place is None:
            self._spawn(self._presses.used(incoming))
            return
        too_many = self._rates.take(incoming.person)
        if too_many is None:
            self._spawn(self._work_off(incoming, place, again=False, resumed=False))
            return
        try:
            await self._refuse(incoming, too_many)
        finally:
            await self._lanes.leave(place)

    async def _refuse(self, incoming: Incoming, too_many: TooMany) -> None:
        """Carry nothing out, and say so the first time."""
        outbound = None
        if too_many.first:
            reply = sorry(Phrase("too-many", {"at": too_many.until}))
            outbound = self._messenger.compose(
                incoming.person,
                incoming.address,
                reply,
                await self._answering.moment(incoming),
                card=None,
            )
        if await self._store.finish_turn(incoming, (), outbound=outbound) and outbound:
            self._spawn(self._outbox.send(outbound))

    async def welcome(self, incoming: Incoming) -> None:
        """Say hello to a person for whom the bot was installed, if nobody has.

        Teams says in the same way that somebody installed it for themselves and that their
        organisation did for everybody. Where more than five people of a tenant have it within a
        minute, it is an organisation: then each is greeted when they first write.
        """
        if not await self._store.receive(incoming):
            return
        known = await self._store.person(incoming.person)
        if incoming.private and (known.welcomed or await self._is_one_of_many(incoming.person)):
            await self._store.finish_turn(incoming, ())
        else:
            await self._carry_out(incoming)

    async def _is_one_of_many(self, person: Person) -> bool:
        since = self._clock.now() - _WAVE
        most = _MOST_GREETED + 1
        return await self._store.newcomers(person.tenant, since, most) == most

    async def removed(self, incoming: Incoming) -> None:
        """End what is planned for a person who took the bot away, after what they said before.

        Told again, it ends nothing: the person may have come back since, and planned anew.
        """
        place = await self._store.receive_in_line(incoming)
        if place is None:
            place = await self._lanes.arrive(incoming.person)
        async with self._lanes.hold(incoming.person, place):
            if not await self._store.finished(incoming.key):
                await self.part(incoming.person)
                await self._store.finish_turn(incoming, ())

    async def part(self, person: Person) -> None:
        """End everything that would be done for a person who cannot be reached any more."""
        await self._store.part(person)
        if self._sign_ins is not None:
            self._sign_ins.signed_out(person)
        self._wake_timers()
        logger.info("Parted from a person", extra={"action": "turn.part"})

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        """Return what the words of `incoming` would do; nothing is kept and nothing changes."""
        too_many = self._rates.look(incoming.person)
        if too_many is not None:
            reply = sorry(Phrase("too-many", {"at": too_many.until}))
            return [reply], await self._answering.moment(incoming)
        return await self._answering.preview(incoming)

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        """Carry out a button press and return its inline answer; a repeat gets the same one."""
        return await self._presses.press(incoming)

    async def due(self, timer: Timer) -> None:
        """Carry out a due timer. Raises a GatewayError where it should be tried again later."""
        await self._fire(timer, self._conversation.due)

    async def give_up(self, timer: Timer | DueTimer) -> None:
        """Tell the person that a timer failed for the last time, and arm what comes again."""
        armed = await self._store.armed(timer.id, timer.version)
        if armed is not None:
            await self._fire(armed, self._conversation.give_up)

    async def _fire(self, timer: Timer, carry_out: _CarryOut) -> None:
        task = asyncio.current_task()
        self._firing.add(task)  # whoever waits until all is told waits for this too
        try:
            with tracing.turn("timer") as turn:
                turn.outcome = await self._due(timer, carry_out)
        finally:
            self._firing.discard(task)

    async def _due(self, timer: Timer, carry_out: _CarryOut) -> str:
        place = await self._lanes.arrive(timer.person)
        async with self._lanes.hold(timer.person, place) as held:
            armed = await self._store.armed(timer.id, timer.version)
            if armed is None:
                return "stale"  # cancelled or changed meanwhile
            record = await self._store.person(timer.person)
            moment = moment_at(self._clock.now(), record.settings)
            try:
                fired = await carry_out(armed, moment, record)
            except SignInRequired as error:
                if self.signing_in is None:
                    raise
                outbound = await self.signing_in.ask_for(armed, record, moment, error)
                if await self._store.suspend_timer(armed, outbound=outbound):
                    await self._send(outbound)
                return "sign-in"
            if armed.waited and fired.reply is None and not fired.changes:
                fired = replace(fired, reply=missed(armed))
            outbound = None
            if fired.reply is not None and record.address is not None:
                outbound = self._messenger.compose(
                    timer.person, record.address, fired.reply, moment, card=None
                )
            if not await self._store.finish_timer(armed, fired.changes, outbound=outbound):
                return "stale"
            await self._after_commit(timer.person, fired.changes)
            await self._send(outbound, held)
            return "done"

    def _spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _signed_in(self, incoming: Incoming) -> None:
        """Carry out, now that their person has signed in, what was set aside."""
        for parked in await self._store.unpark(incoming.person):
            await self._carry_out(parked, resumed=True)
        if await self._store.release_timers(incoming.person):
            self._wake_timers()

    async def _carry_out(
        self, incoming: Incoming, *, again: bool = False, resumed: bool = False
    ) -> None:
        """Put what is kept into its person's line; it is carried out when it is its turn."""
        place: Place | None = None
        try:
            place = await self._lanes.arrive(incoming.person, incoming.key)
        except Exception:  # it is kept, and must not be lost because the database has gone since
            logger.exception("No place in the line yet", extra={"action": "turn.arrive"})
        self._spawn(self._work_off(incoming, place, again=again, resumed=resumed))

    async def _work_off(
        self, incoming: Incoming, place: Place | None, *, again: bool, resumed: bool
    ) -> None:
        with tracing.turn("message", incoming.trace) as turn:
            if place is None:
                place = await _patiently(lambda: self._lanes.arrive(incoming.person, incoming.key))
            async with self._lanes.hold(incoming.person, place) as held:
                turn.outcome = await self._attempt(incoming, held, again=again, resumed=resumed)

    async def _attempt(
        self, incoming: Incoming, held: Held | None, *, again: bool, resumed: bool
    ) -> str:
        attempts = await self._count(incoming) if again else 1
        while attempts <= MAX_ATTEMPTS:
            try:
                return await self._answer_message(incoming, held, resumed=resumed)
            except Exception:
                logger.exception("A turn failed", extra={"action": "turn.failed"})
                attempts = await self._count(incoming)
        await _patiently(lambda: self._give_up(incoming))
        return "gave-up"

    async def _count(self, incoming: Incoming) -> int:
        """Count one more attempt and return which one it is.

        The first is not among those that the store counts: that would cost each turn a commit.
        """
        return 1 + await _patiently(lambda: self._store.attempt(incoming.key))

    async def _answer_message(
        self, incoming: Incoming, held: Held | None, *, resumed: bool
    ) -> str:
        if resumed and await self._store.finished(incoming.key):
            return "ignored"  # it was edited while its person signed in
        if incoming.edits is not None and await self._answering.edited(incoming) is None:
            await self._store.finish_turn(incoming, ())
            return "ignored"
        async with self._typing(incoming):
            outcome, moment = await self._answering.answer(incoming, resumed=resumed)
        if isinstance(outcome, Asked):
            await self._store.park(incoming, outbound=outcome.messages)
            for message in outcome.messages:
                await self._send(message)
            return "sign-in"
        card = None if outcome.beside else incoming.card
        outbound = await self._answering.written(incoming, outcome.reply, moment, card=card)
        if await self._store.finish_turn(incoming, outcome.changes, outbound=outbound):
            await self._after_commit(incoming.person, outcome.changes)
            await self._send(outbound, held)
        return "done"

    @asynccontextmanager
    async def _typing(self, incoming: Incoming) -> AsyncIterator[None]:
        """Show that the bot is at it, where that takes more than a second."""
        shown = asyncio.create_task(self._show_typing(incoming))
        try:
            yield
        finally:
            shown.cancel()

    async def _show_typing(self, incoming: Incoming) -> None:
        if incoming.composed:
            return
        await asyncio.sleep(TYPING_AFTER)
        for _ in range(_MOST_TYPING):
            await self._messenger.typing(incoming.address)
            await asyncio.sleep(_TYPING_LASTS)

    async def _give_up(self, incoming: Incoming) -> None:
        card = incoming.card if incoming.inline else None  # it says that it is being worked on
        outbound = await self._answering.written(
            incoming, gave_up(), moment_of(incoming), card=card
        )
        if await self._store.finish_turn(incoming, (), outbound=outbound):
            await self._send(outbound)

    async def _after_commit(self, person: Person, changes: tuple[Change, ...]) -> None:
        if self._sign_ins is not None and any(
            isinstance(one, DropTokens | ForgetPerson) for one in changes
        ):
            self._sign_ins.signed_out(person)
        for change in changes:
            if isinstance(change, Tell):
                await self._outbox.send(change.outbound)
        if any(isinstance(change, Arm | Drop | KeepArmed | Nudge) for change in changes):
            self._wake_timers()

    async def _send(self, outbound: Outbound | None, last_of: Held | None = None) -> None:
        if outbound is not None:
            await self._outbox.send(outbound, last_of)


async def _patiently(act: Callable[[], Awaitable[_T]]) -> _T:
    """Return what `act` returns, tried again until the database is there; a mistake is raised."""
    wait = _FIRST_WAIT
    while True:
        try:
            return await act()
        except LookupError:
            raise
        except Exception:
            logger.exception("The database is waited for", extra={"action": "turn.wait"})
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
