"""One person's work runs one at a time, in order of arrival."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.domain.person import Person


class Lanes:
    """A queue for each person, in this process."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Person, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, person: Person) -> AsyncIterator[None]:
        """Wait until everything of this person that came before is done, then go alone."""
        # asyncio.Lock wakes its waiters in the order in which they came.
        lock = self._locks.get(person)
        if lock is None:
            lock = self._locks[person] = asyncio.Lock()
        async with lock:
            yield
