"""Messages on their way out: each is kept before it is sent, and sent until it has arrived."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.person import Person
from bot.service.ports import Delivery, Messenger, Store
from bot.service.traffic import Outbound

logger = logging.getLogger(__name__)

_FIRST_WAIT = 1.0  # seconds
_LONGEST_WAIT = 60.0  # seconds
_MOST_TRIES = 30  # about 25 minutes without an answer of the connector
_SENT = _MOST_TRIES + 1  # nothing is left to do but to mark it


class Outbox:
    """Sends kept messages, and tries those again that could not be sent.

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
        self._left: dict[str, tuple[Outbound, int]] = {}
        self._again: asyncio.Task[None] | None = None

    async def take_up(self) -> None:
        """Send what a process kept that is gone; it may have been sent just before the end."""
        for outbound in await self._store.unsent():
            self._try_later(outbound, 1)

    async def stop(self) -> None:
        """Stop trying; what is left is sent at the next start."""
        if self._again is not None:
            self._again.cancel()
            await asyncio.gather(self._again, return_exceptions=True)

    async def send(self, outbound: Outbound) -> None:
        """Send one kept message; one that cannot be sent now is tried again later."""
        if await self._delivered(outbound):
            await self._done(outbound)
        else:
            self._try_later(outbound, 1)

    async def _delivered(self, outbound: Outbound) -> bool:
        match await self._messenger.deliver(outbound):
            case Delivery.LATER:
                return False
            case Delivery.GONE:
                await self._gone(outbound.person)
                return True
            case Delivery.DONE:
                return True

    async def _done(self, outbound: Outbound) -> None:
        try:
            await self._store.sent(outbound)
        except Exception:
            # A database that is away must not make us send it again.
            logger.exception("A message was not marked as sent", extra={"action": "outbox.mark"})
            self._try_later(outbound, _SENT)

    def _try_later(self, outbound: Outbound, tries: int) -> None:
        self._left[outbound.id] = (outbound, tries)
        if self._again is None or self._again.done():
            self._again = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        wait = _FIRST_WAIT
        while self._left:
            for outbound, tries in list(self._left.values()):
                if await self._settled(outbound, tries):
                    wait = _FIRST_WAIT
            if self._left:
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    async def _settled(self, outbound: Outbound, tries: int) -> bool:
        if tries == _MOST_TRIES:
            logger.error("A message was given up", extra={"action": "outbox.gave_up"})
        elif tries < _MOST_TRIES and not await self._delivered(replace(outbound, attempts=tries)):
            self._left[outbound.id] = (outbound, tries + 1)
            return False
        del self._left[outbound.id]
        await self._done(outbound)
        return True
