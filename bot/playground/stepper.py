"""Moves the playground's clock, and stops on the way at everything that is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.playground.shelf import Shelf

_KIND, _KEY = "clock", "offset"
_MOST_STEPS = 10_000
_PATIENCE = timedelta(seconds=30)  # real time that the effects of one instant may take


class NextDue(Protocol):
    """Something that happens at instants known beforehand."""

    async def next_due(self, now: datetime) -> datetime | None:
        """Return the earliest instant after `now` at which something is due, if there is one."""


class Stuck(RuntimeError):
    """The clock stopped before its target; the text says where and why."""


class Stepper:
    """Takes the clock forward, instant by instant.

    `settle` returns when the effects of everything that is due at the clock's present are
    finished. The offset is on the shelf before it takes effect, so that time that has been seen
    is never taken back, also by a restart.
    """

    def __init__(
        self,
        clock: Clock,
        sources: Sequence[NextDue],
        settle: Callable[[], Awaitable[None]],
        shelf: Shelf,
        *,
        most_steps: int = _MOST_STEPS,
        patience: timedelta = _PATIENCE,
    ) -> None:
        self._clock, self._sources, self._settle, self._shelf = clock, sources, settle, shelf
        self._most_steps, self._patience = most_steps, patience
        self._moving = asyncio.Lock()

    async def restore(self) -> None:
        """Take the clock to the offset it had before the restart."""
        kept = (await self._shelf.all(_KIND)).get(_KEY)
        if kept is not None:
            ahead = timedelta(seconds=kept) - self._clock.offset
            self._clock.move_to(self._clock.now() + ahead)

    async def next_due(self) -> datetime | None:
        """Return the instant of the next event, if one is known."""
        now = self._clock.now()
        due = [await source.next_due(now) for source in self._sources]
        return min(
            (instant for instant in due if instant is not None and instant > now), default=None
        )

    async def advance(self, target: datetime) -> None:
        """Go to `target` (aware); one that has passed changes nothing.

        Raises:
            Stuck: more happened on the way than the bound allows, or effects did not finish.
        """
        async with self._moving:
            for _ in range(self._most_steps):
                due = await self.next_due()
                if due is None or due >= target:
                    await self._step(target)
                    return
                await self._step(due)
            raise Stuck(
                f"The clock stopped at {self._clock.now():%Y-%m-%d %H:%M} UTC:"
                f" more than {self._most_steps} things were due on the way."
            )

    async def _step(self, instant: datetime) -> None:
        offset = instant - (self._clock.now() - self._clock.offset)
        if offset > self._clock.offset:
            await self._shelf.put(_KIND, _KEY, offset.total_seconds())
            self._clock.move_to(instant)
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._settle()
        except TimeoutError as exc:
            raise Stuck(
                f"The clock stopped at {self._clock.now():%Y-%m-%d %H:%M} UTC:"
                " what is due there has not finished yet."
            ) from exc
