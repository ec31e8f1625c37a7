"""The processes on one database know of each other, and take up what a dead one left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from bot.service.lanes import Lanes
from bot.service.outbox import Outbox
from bot.service.turns import Turns

logger = logging.getLogger(__name__)

EVERY = 2.0  # seconds; a process that is not seen for 15 is gone


class Register(Protocol):
    """Where processes show up."""

    @property
    def shared(self) -> bool:
        """Return whether other processes may use this database."""

    async def show_up(self) -> int:
        """Note that this process lives, and return how many do."""

    async def leave(self) -> None:
        """Give back what this process holds, so that others need not wait for it."""


class Instances:
    """Shows that this process lives; `told` hears how many do, for what they share."""

    def __init__(
        self,
        *,
        register: Register,
        lanes: Lanes,
        turns: Turns,
        outbox: Outbox,
        told: Callable[[int], None],
    ) -> None:
        self._register, self._lanes = register, lanes
        self._turns, self._outbox, self._told = turns, outbox, told
        self._loop: asyncio.Task[None] | None = None
        self._retired = False

    async def show_up(self) -> None:
        """Be known before anything is received: what nobody known holds is taken by others."""
        self._told(await self._register.show_up())

    async def take_up(self) -> None:
        """Take up what a process left that is gone."""
        await self._outbox.take_up()
        await self._turns.take_up()

    def start(self) -> None:
        """Go on looking for what is left, where there may be other processes."""
        if self._register.shared:
            self._loop = asyncio.create_task(self._for_ever(), name="instances")

    async def retire(self) -> None:
        """Take nothing up any more, but go on showing up: what is under way is still ours."""
        self._retired = True

    async def leave(self) -> None:
        """Leave what is unfinished to the others."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        try:
            await self._register.leave()
        except Exception:
            logger.exception("Could not leave", extra={"action": "instances.leave"})

    async def _for_ever(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.show_up()
                await self._lanes.tidy()
                if not self._retired:
                    await self.take_up()
            except Exception:  # a database that restarts, mostly: the next round tries again
                logger.exception("Could not show up", extra={"action": "instances.show_up"})
