"""The one clock of the bot and of its stand-ins."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """System time plus an offset.

    The offset is zero outside the playground and is never negative: time that has been seen by a
    timer or written to a database cannot be taken back.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        if offset < timedelta(0):
            raise ValueError("the clock's offset is never negative")
        self._offset = offset

    @property
    def offset(self) -> timedelta:
        """Return how far this clock is ahead of system time."""
        return self._offset

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.fromtimestamp(time.time(), UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        """Move the clock forward to `instant` (aware); an earlier one changes nothing."""
        ahead = instant - self.now()
        if ahead > timedelta(0):
            self._offset += ahead
