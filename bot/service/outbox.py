"""Messages on their way out: each is kept before it is sent, and sent until it has arrived."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.domain.person import Person
from bot.service.lanes import Held, OwnLanes
from bot.service.ports import Delivery, Messenger, Store
from bot.service.traffic import Outbound

logger = logging.getLogger(__name__)

_FIRST_WAIT = 1.0  # seconds
_LONGEST_WAIT = 60.0  # seconds
_MOST_TRIES = 30  # about 25 minutes without an answer of the connector
# A message that failed so often lets what is said to its person later go before it.
_IN_ORDER = 4
_PATIENCE = 2.0  # seconds that whoever sends waits with it
_GOODBYE = 5.0  # seconds that what is being sent has to end in
MOST_WAITING = 5_000  # messages not tried yet; what would make more of them is held back
# Messages of a tenant that are on their way at a time, which includes waiting for its pace: so few
# that none of them runs out of patience, and enough for 50 a second at 0.8 s for an answer.
_AT_ONCE = 40


class Outbox:
    """Sends kept messages, and tries those again that could not be sent.

    A person's messages go out one by one in the order in which they were given. Those of a tenant
    that are too many for its pace wait here for their turn, which costs them no try.
    `gone` is told of a person who cannot be reached any more.
    """

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        gone: Callable[[Person], Awaitable[None]],
    ) -> None:
        self._gone = gone
        self._store = store
        self._messenger = messenger
        self._lanes = OwnLanes()
        self._ways: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._untried: set[asyncio.Future[None]] = set()
        self._closing = False

    @property
    def full(self) -> bool:
        """Return whether as many messages wait as may: what can be said later is to wait.

        What failed does not count: a connector that is away must not hold up what needs none.
        """
        return len(self._untried) >= MOST_WAITING

    async def take_up(self) -> None:
        """Send what a process kept that is gone; it may have been sent just before the end."""
        for outbound in await self._store.unsent():
            self._begin(outbound, None, tries=1)

    async def stop(self) -> None:
        """Let what is being sent end within 5 seconds; the rest is sent at the next start."""
        self._closing = True
        for task in self._tasks - self._sending:
            task.cancel()
        if self._sending:
            await asyncio.wait(tuple(self._sending), timeout=_GOODBYE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, outbound: Outbound, last_of: Held | None = None) -> None:
        """Send one kept message; one that cannot be sent now is sent later.

        Returns when it has been tried, or after 2 seconds. To cancel this does not cancel that.
        Where it is the last act of what is held, the line is left in the same transaction.
        """
        await asyncio.wait({self._begin(outbound, last_of, tries=0)}, timeout=_PATIENCE)

    def _begin(
        self, outbound: Outbound, last_of: Held | None, *, tries: int
    ) -> asyncio.Future[None]:
        """Send a message in a task of its own; what is returned is done after the first try."""
        tried: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._untried.add(tried)
        tried.add_done_callback(self._untried.discard)
        task = asyncio.create_task(self._see_through(outbound, last_of, tries, tried))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(self._sending.discard)
        return tried

    async def _see_through(
        self, outbound: Outbound, last_of: Held | None, tries: int, tried: asyncio.Future[None]
    ) -> None:
        try:
            async with self._lanes.hold(outbound.person):
                arrived = await self._brought(outbound, range(tries, _IN_ORDER), tried)
            if not arrived and not await self._brought(
                outbound, range(_IN_ORDER, _MOST_TRIES), tried
            ):
                logger.error("A message was given up", extra={"action": "outbox.gave_up"})
            await self._mark(outbound, last_of or Held(place=None), tried)
        finally:
            _tell(tried)

    async def _brought(
        self, outbound: Outbound, tries: range, tried: asyncio.Future[None]
    ) -> bool:
        for attempts in tries:
            if await self._delivered(replace(outbound, attempts=attempts)):
                return True
            _tell(tried)
            await self._rest(attempts)
        return False

    async def _delivered(self, outbound: Outbound) -> bool:
        tenant = outbound.person.tenant
        way = self._ways.get(tenant)
        if way is None:
            way = self._ways[tenant] = asyncio.Semaphore(_AT_ONCE)
        try:
            async with way:  # wakes its waiters in the order in which they came
                self._sending.add(_me())
                delivery = await self._messenger.deliver(outbound)
            if delivery is Delivery.GONE:
                await self._gone(outbound.person)
        except Exception:
            # Nobody waits for this task: what is raised here would be the end of the message.
            logger.exception("A message could not be sent", extra={"action": "outbox.send"})
            return False
        return delivery is not Delivery.LATER

    async def _mark(self, outbound: Outbound, last_of: Held, tried: asyncio.Future[None]) -> None:
        attempts = 0
        while True:
            try:
                await self._store.sent(outbound, place=last_of.place)
            except Exception:
                # A database that is away must not make us send it again.
                logger.exception(
                    "A message was not marked as sent", extra={"action": "outbox.mark"}
                )
            else:
                last_of.place = None
                return
            _tell(tried)
            await self._rest(attempts)
            attempts += 1

    async def _rest(self, attempts: int) -> None:
        """Wait for the next attempt after one that followed `attempts` earlier ones."""
        me = _me()
        self._sending.discard(me)
        if self._closing:
            me.cancel()
        await asyncio.sleep(min(_FIRST_WAIT * 2.0 ** min(attempts, 10), _LONGEST_WAIT))


def _me() -> asyncio.Task[None]:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine runs in a task
    return task


def _tell(tried: asyncio.Future[None]) -> None:
    if not tried.done():
        tried.set_result(None)
