"""Units of work: what came in or fell due is carried out once, committed, and told.

Graph is written first, then everything else is committed in one transaction, then the reply is
sent. A process that dies before the commit does the whole turn again (the writes to Graph are the
same again); one that dies after it sends the kept reply.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.moment import Moment
from bot.domain.person import Settings, zone_or_utc
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import Timer
from bot.grammar.reading import Understood
from bot.service.codec import NotReadable, load_command
from bot.service.conversation import Conversation, changes_something
from bot.service.handlers import zones
from bot.service.lanes import Lanes
from bot.service.outbox import Outbox
from bot.service.ports import (
    Arm,
    Change,
    Clock,
    Drop,
    Incoming,
    Messenger,
    Outbound,
    Outcome,
    PersonRecord,
    SaveSettings,
    Store,
)
from bot.service.saying import sorry

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
TOO_OLD = timedelta(minutes=10)  # what was said longer ago changes nothing any more


REFUSALS = {"other": "card-of-somebody-else", "old": "card-too-old"}


class Turns:
    """Carries out turns, one at a time for each person.

    `wake_timers` is called after a commit that armed or disarmed something.
    """

    def __init__(
        self,
        *,
        conversation: Conversation,
        store: Store,
        messenger: Messenger,
        outbox: Outbox,
        clock: Clock,
        wake_timers: Callable[[], None],
    ) -> None:
        self._conversation = conversation
        self._store = store
        self._messenger = messenger
        self._outbox = outbox
        self._clock = clock
        self._wake_timers = wake_timers
        self._lanes = Lanes()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Take up what an earlier process received and did not finish."""
        for incoming in await self._store.unfinished():
            self._spawn(self._work_off(incoming, again=True))

    async def stop(self, patience: float) -> None:
        """Let running turns end for `patience` seconds; what is left is taken up at next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until no turn is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def message(self, incoming: Incoming) -> None:
        """Keep a message; return as soon as it is on disk, and carry it out after that."""
        if await self._store.receive(incoming):
            self._spawn(self._work_off(incoming))

    async def welcome(self, incoming: Incoming) -> None:
        """Say hello to a person for whom the bot was installed."""
        if await self._store.receive(incoming):
            self._spawn(self._work_off(incoming))

    async def press(self, incoming: Incoming) -> Mapping[str, Any]:
        """Carry out a button press and return its inline answer; a repeat gets the same one."""
        new = await self._store.receive(incoming)
        async with self._lanes.hold(incoming.person):
            if not new:
                kept = await self._store.answer(incoming.key)
                if kept is not None:
                    return kept
                if await self._store.finished(incoming.key):
                    used = sorry(Phrase("card-used"))
                    return self._messenger.answer(incoming.person, used, _moment_of(incoming))
            try:
                return await self._answer_press(incoming)
            except Exception:
                logger.exception("A button press failed", extra={"action": "press.failed"})
                return self._messenger.answer(incoming.person, _gave_up(), _moment_of(incoming))

    async def _answer_press(self, incoming: Incoming) -> Mapping[str, Any]:
        outcome, moment = await self._meet(incoming)
        answer = self._messenger.answer(incoming.person, outcome.reply, moment)
        await self._store.finish_turn(incoming, outcome.changes, answer=answer)
        self._after_commit(outcome.changes)
        return answer

    async def due(self, timer: Timer) -> None:
        """Carry out a due timer. Raises a GatewayError where it should be tried again later."""
        async with self._lanes.hold(timer.person):
            armed = await self._store.armed(timer.id, timer.version)
            if armed is None:
                return  # cancelled or changed meanwhile
            record = await self._store.person(timer.person)
            moment = _moment(self._clock.now(), record.settings)
            fired = await self._conversation.due(armed, moment, record)
            outbound = None
            if fired.reply is not None and record.address is not None:
                outbound = self._messenger.compose(
                    timer.person, record.address, fired.reply, moment, card=None
                )
            if await self._store.finish_timer(armed, fired.changes, outbound=outbound):
                self._after_commit(fired.changes)
                await self._send(outbound)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, incoming: Incoming, *, again: bool = False) -> None:
        async with self._lanes.hold(incoming.person):
            attempts = await self._store.attempt(incoming.key) if again else 1
            while attempts <= MAX_ATTEMPTS:
                try:
                    await self._answer_message(incoming)
                except Exception:
                    logger.exception("A turn failed", extra={"action": "turn.failed"})
                    attempts = await self._store.attempt(incoming.key)
                else:
                    return
            await self._give_up(incoming)

    async def _answer_message(self, incoming: Incoming) -> None:
        outcome, moment = await self._meet(incoming)
        outbound = self._messenger.compose(
            incoming.person, incoming.address, outcome.reply, moment, card=incoming.card
        )
        await self._store.finish_turn(incoming, outcome.changes, outbound=outbound)
        self._after_commit(outcome.changes)
        await self._send(outbound)

    async def _give_up(self, incoming: Incoming) -> None:
        outbound = self._messenger.compose(
            incoming.person, incoming.address, _gave_up(), _moment_of(incoming), card=None
        )
        await self._store.finish_turn(incoming, (), outbound=outbound)
        await self._send(outbound)

    async def _meet(self, incoming: Incoming) -> tuple[Outcome, Moment]:
        record = await self._store.person(incoming.person)
        # A press counts in the zone that is known: what its card says was meant there.
        zone = record.settings.zone if incoming.pressed is not None else None
        settings = record.settings.seen(zone=zone or incoming.zone, locale=incoming.locale)
        new_zone = zones.asks(record, settings)
        if new_zone is not None:
            settings = replace(settings, asked_zone=new_zone)
        moment = _moment(incoming.at, settings)
        outcome = await self._outcome(incoming, replace(record, settings=settings), moment)
        if settings != record.settings:
            outcome = replace(outcome, changes=_with_settings(outcome.changes, settings))
        if new_zone is not None:
            asks = zones.question(incoming.person, new_zone, self._clock.now())
            outcome = replace(outcome, changes=(*outcome.changes, asks))
        return outcome, moment

    async def _outcome(self, incoming: Incoming, record: PersonRecord, moment: Moment) -> Outcome:
        person = incoming.person
        if incoming.pressed is not None:
            try:
                command = load_command(incoming.pressed)
            except NotReadable:
                why = REFUSALS.get(str(incoming.pressed.get("refused")), "card-not-readable")
                return Outcome(reply=sorry(Phrase(why)))
            return await self._conversation.press(person, command, moment, record, incoming.scene)
        if incoming.text is None:
            return Outcome(reply=self._conversation.welcome(moment))
        reading = self._conversation.read(incoming.text, moment, record)
        if (
            isinstance(reading, Understood)
            and changes_something(reading.command)
            and self._clock.now() - incoming.at > TOO_OLD
        ):
            return Outcome(
                reply=Reply(
                    tone=Tone.SORRY,
                    title=Phrase("too-old", {"at": incoming.at}),
                    offers=(Offer(label=Phrase("offer-do-it-now"), command=reading.command),),
                )
            )
        return await self._conversation.say(person, reading, moment, record, incoming.scene)

    def _after_commit(self, changes: tuple[Change, ...]) -> None:
        if any(isinstance(change, Arm | Drop) for change in changes):
            self._wake_timers()

    async def _send(self, outbound: Outbound | None) -> None:
        if outbound is not None:
            await self._outbox.send(outbound)


def _moment(at: datetime, settings: Settings) -> Moment:
    return Moment(now=at, zone=zone_or_utc(settings.local_zone), locale=settings.locale or "en")


def _moment_of(incoming: Incoming) -> Moment:
    return _moment(incoming.at, Settings(zone=incoming.zone, locale=incoming.locale))


def _gave_up() -> Reply:
    return sorry(Phrase("gave-up"), Phrase("gave-up-what-now"))


def _with_settings(changes: tuple[Change, ...], settings: Settings) -> tuple[Change, ...]:
    """Add the zone and locale that were seen, unless the turn has saved settings of its own."""
    if any(isinstance(change, SaveSettings) for change in changes):
        return changes
    return (*changes, SaveSettings(settings=settings))
