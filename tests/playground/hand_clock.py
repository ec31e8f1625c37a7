"""The clock of the playground's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import Clock

START = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


class HandClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        super().__init__()
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        self._now = instant

    def move(self, **length: float) -> None:
        self._now += timedelta(**length)
