"""Staying below a service's limits: a sliding window for each key."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.net.values import Pace

MOST_KEYS = 10_000


@dataclass(slots=True)
class _Window:
    sent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0


class Pacer:
    """Counts what was sent for each key and says how long the next request must wait.

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
        while window.sent and window.sent[0] <= now - pace.seconds:
            window.sent.popleft()
        full = len(window.sent) >= pace.limit
        free_at = window.sent[0] + pace.seconds if full else now
        return max(0.0, free_at - now, window.held_until - now)

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
