"""The circuit breaker of one host."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

logger = logging.getLogger(__name__)

CONSECUTIVE = 5
WINDOW = 30.0
WINDOW_MINIMUM = 20
FIRST_OPEN = 1.0
LONGEST_OPEN = 30.0


class Breaker:
    """Stops calls to a host that fails: 5 in a row, or half of 20 or more within 30 seconds.

    While it is open nothing is sent for 1 s; then one probe goes out. A probe that fails doubles
    the time, up to 30 s; one that does not closes the breaker. Times are monotonic seconds.
    """

    def __init__(self, host: str, now: Callable[[], float]) -> None:
        self._host = host
        self._now = now
        self._recent: deque[tuple[float, bool]] = deque()
        self._failed = 0
        self._in_a_row = 0
        self._open_for = FIRST_OPEN
        self._open_until: float | None = None
        self._probe: asyncio.Event | None = None

    def wait(self) -> float:
        """Return for how many seconds nothing may be sent; 0 while a probe is under way."""
        return 0.0 if self._open_until is None else max(0.0, self._open_until - self._now())

    @property
    def probe(self) -> asyncio.Event | None:
        """Return the event that ends the probe under way: others wait for it."""
        return self._probe

    def enter(self) -> bool:
        """Note that a request is sent now; return whether it is the probe."""
        if self._open_until is None:
            return False
        self._probe = asyncio.Event()
        return True

    def leave(self, failed: bool | None, *, probe: bool) -> None:
        """Note how a request ended; none where it was cancelled and says nothing."""
        if probe:
            self._end_probe(failed)
        elif self._open_until is None and failed is not None:
            self._count(failed)

    def _end_probe(self, failed: bool | None) -> None:
        if self._probe is not None:
            self._probe.set()
            self._probe = None
        if failed is False:
            self._open_until, self._open_for = None, FIRST_OPEN
            logger.info("%s answers again", self._host)
        elif failed:
            self._open_for = min(LONGEST_OPEN, self._open_for * 2)
            self._open()

    def _count(self, failed: bool) -> None:
        now = self._now()
        self._recent.append((now, failed))
        self._failed += failed
        self._in_a_row = self._in_a_row + 1 if failed else 0
        while self._recent[0][0] <= now - WINDOW:
            self._failed -= self._recent.popleft()[1]
        many = len(self._recent)
        if self._in_a_row >= CONSECUTIVE or (
            many >= WINDOW_MINIMUM and self._failed * 2 >= many and failed
        ):
            self._open()

    def _open(self) -> None:
        self._open_until = self._now() + self._open_for
        self._recent.clear()
        self._failed = self._in_a_row = 0
        logger.warning("%s fails: nothing is sent for %.0f s", self._host, self._open_for)
