"""Staying below a service's limits: a sliding window for each key."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.net.values import Pace

MOST_KEYS = 10_000


@dataclass(slots=True)
class _Window:
    sent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0
    line: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0  # in the line and at its head


class Pacer:
    """Counts what was sent for each key and says how long the next request must wait.

    Those who must wait stand in a line for each key and go in the order in which they came.

    A key for which the service itself asked for a pause is held until then: requests that come
    earlier count against the caller (Microsoft Graph, throttling guidance). Times are monotonic
    seconds; the keys used longest ago are forgotten beyond 10,000.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def wait(self, pace: Pace) -> float:
        """Return for how many seconds the next request under `pace` must wait."""
        window = self._windows.get(pace.key)
        if window is None:
            return 0.0
        now = self._now()
        # The same sum as below: rounded otherwise, a full window could look free to many at once.
        while window.sent and window.sent[0] + pace.seconds <= now:
            window.sent.popleft()
        full = len(window.sent) >= pace.limit
        free_at = window.sent[0] + pace.seconds if full else now
        return max(0.0, free_at - now, window.held_until - now)

    def free(self, pace: Pace) -> bool:
        """Return whether a request may be sent now and nobody who came earlier waits."""
        window = self._windows.get(pace.key)
        return window is None or (not window.waiting and self.wait(pace) == 0)

    def expect(self, pace: Pace) -> float:
        """Return the seconds until who joins the line now may go, if all before them do."""
        wait = self.wait(pace)
        window = self._windows.get(pace.key)
        if window is None or not window.waiting:
            return wait
        rounds, before = divmod(window.waiting, pace.limit)
        free = pace.limit - len(window.sent)
        if before < free:
            return max(wait, rounds * pace.seconds)
        opens = window.sent[before - free] + pace.seconds - self._now()
        return max(wait, opens + rounds * pace.seconds)

    @asynccontextmanager
    async def stand(self, pace: Pace) -> AsyncIterator[None]:
        """Wait for the head of the line of a key; the next one comes when this is left."""
        window = self._window(pace.key)
        window.waiting += 1
        try:
            async with window.line:  # asyncio.Lock wakes its waiters in the order they came in
                yield
        finally:
            window.waiting -= 1

    def take(self, pace: Pace) -> None:
        """Count one request as sent now."""
        self._window(pace.key).sent.append(self._now())

    def hold(self, key: str, seconds: float) -> None:
        """Send nothing for `key` for some seconds: the service asked for it."""
        window = self._window(key)
        window.held_until = max(window.held_until, self._now() + seconds)

    def _window(self, key: str) -> _Window:
        window = self._windows.setdefault(key, _Window())
        self._windows.move_to_end(key)
        if len(self._windows) > MOST_KEYS:
            self._windows.popitem(last=False)
        return window
