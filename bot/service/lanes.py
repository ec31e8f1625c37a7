"""One person's work runs one at a time, in order of arrival.

A process that is alone keeps the order in memory. Several on one database keep it there: whoever
arrives takes a place in the person's line, and goes when nobody who lives stands before it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakValueDictionary

from bot.domain.person import Person
from bot.service.traffic import Place

logger = logging.getLogger(__name__)

_FIRST_LOOK = 0.02  # seconds
_LONGEST_PAUSE = 0.5  # seconds between two looks at a line that another process holds up


@dataclass(slots=True)
class Held:
    """What is held: at its end `place` is left; none where it has been left with something."""

    place: Place | None


class Lanes(Protocol):
    """The lines of all people."""

    async def arrive(self, person: Person, key: str | None = None) -> Place:
        """Take a place in a person's line and return it; whoever has one must `hold` it.

        `key` is that of a delivery that is kept: it keeps its place when another process takes it
        up.
        """

    def hold(self, person: Person, place: Place) -> AbstractAsyncContextManager[Held]:
        """Wait until everything of this person that came before is done, then go alone."""

    async def leave(self, place: Place) -> None:
        """Leave the line at a place that is not going to be held."""

    async def tidy(self) -> None:
        """Leave the lines in which nobody of this process waits any more."""


_ANYWHERE = Place(number=0)


class OwnLanes:
    """Lanes of a process that has its database for itself."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Person, asyncio.Lock] = WeakValueDictionary()

    async def arrive(self, person: Person, key: str | None = None) -> Place:
        """Return a place; what counts is the order in which places are held."""
        del person, key
        return _ANYWHERE

    @asynccontextmanager
    async def hold(self, person: Person, place: Place = _ANYWHERE) -> AsyncIterator[Held]:
        """Wait until everything of this person that came before is done, then go alone."""
        del place
        # asyncio.Lock wakes its waiters in the order in which they came.
        lock = self._locks.get(person)
        if lock is None:
            lock = self._locks[person] = asyncio.Lock()
        async with lock:
            yield Held(place=None)

    async def leave(self, place: Place) -> None:
        """Do nothing: nobody waits behind a place that is not held."""

    async def tidy(self) -> None:
        """Do nothing: what is in memory is left by itself."""


class Line(Protocol):
    """The lines as the store keeps them."""

    async def stand(self, person: Person, key: str | None = None) -> Place:
        """Queue up for a person's next turn, with a delivery; return the place in the line."""

    async def is_first(self, person: Person, place: Place) -> bool:
        """Return whether nobody stands before this place; LookupError where it was lost."""

    async def step_out(self, place: Place) -> None:
        """Leave the line."""


class SharedLanes:
    """Lanes of several processes on one database."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._moved: WeakValueDictionary[Person, asyncio.Event] = WeakValueDictionary()
        self._left_behind: set[Place] = set()

    async def arrive(self, person: Person, key: str | None = None) -> Place:
        """Take a place in a person's line and return it."""
        taking = asyncio.create_task(self._line.stand(person, key))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            # It is taken all the same, and nobody is going to hold it.
            taking.add_done_callback(self._abandon)
            raise

    @asynccontextmanager
    async def hold(self, person: Person, place: Place) -> AsyncIterator[Held]:
        """Wait until everything of this person that came before is done, then go alone."""
        moved = self._moved.get(person)
        if moved is None:
            moved = self._moved[person] = asyncio.Event()
        held = Held(place=place)
        try:
            pause = _FIRST_LOOK
            while not place.first:
                try:
                    if await self._line.is_first(person, place):
                        break
                except LookupError:  # we seemed to be gone; whoever came since is before us now
                    place = held.place = await self._line.stand(person)
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await moved.wait()
                moved.clear()
                pause = min(pause * 1.5, _LONGEST_PAUSE)
            yield held
        finally:
            # Also when cancelled: a place that stays would hold up everybody after it.
            if held.place is not None:
                await asyncio.shield(asyncio.create_task(self.leave(held.place)))
            moved.set()

    def _abandon(self, taking: asyncio.Task[Place]) -> None:
        if not taking.cancelled() and taking.exception() is None:
            self._left_behind.add(taking.result())

    async def tidy(self) -> None:
        """Leave the lines in which nobody of this process waits any more."""
        for place in tuple(self._left_behind):
            self._left_behind.discard(place)
            await self.leave(place)

    async def leave(self, place: Place) -> None:
        """Leave a line; where that fails the place is left behind, to be tidied away later."""
        try:
            await self._line.step_out(place)
        except Exception:
            logger.exception("A line was not left yet", extra={"action": "lanes.leave"})
            self._left_behind.add(place)
