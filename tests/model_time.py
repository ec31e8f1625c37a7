"""An event loop whose waits cost no time: what takes minutes is seen in a moment, and exactly.

Its clock stands still while anything can go on, and jumps to the next timer when nothing can. So
work costs no time. It knows nothing of threads: what it runs must not wait for one.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.clock import Clock

T = TypeVar("T")
ON_ITS_WAY = 0.002  # seconds in which the loopback has delivered what was written to it


class _Jumping(selectors.DefaultSelector):
    """Waits for nothing but what is under way; what it would have waited, the time jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0 if timeout is not None and timeout <= 0 else ON_ITS_WAY)
        if not ready and timeout is not None and timeout > 0:
            self.time += timeout
        return ready


class ModelLoop(asyncio.SelectorEventLoop):
    """An event loop in model time."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.time


class ModelClock(Clock):
    """Tells model time; it is `start` when the loop begins."""

    def __init__(self, start: datetime, now: Callable[[], float]) -> None:
        super().__init__()
        self._start = start
        self._model = now

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._model())


def in_model_time(work: Coroutine[Any, Any, T]) -> T:
    """Do something in a loop of its own."""
    loop = ModelLoop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
