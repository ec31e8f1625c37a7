"""Whether the bot is well: `/healthz` (restart me), `/readyz` (send me work), and `/metrics`.

Neither answer asks Microsoft Graph or the connector: when those are away, every instance would
be taken out at once, and with it the sentence that says what is the matter.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.observability.metrics import CONTENT_TYPE, INSTRUMENTS, PREFIX, Gauge, text

logger = logging.getLogger(__name__)

STUCK_AFTER = 60.0  # seconds without a sweep: longer than any statement may take
CHECK_TIMEOUT = 2.0  # seconds
_PROBE = 0.1  # seconds between two looks at the loop
_REMEMBERED = 600  # looks: a minute
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Depths:
    """How much waits in the store: things received, messages to send, and timers."""

    inbox: int
    outbox: int
    timers_armed: int
    timers_overdue: int


class LoopLag:
    """How late the event loop comes back to what waits for it, in seconds."""

    def __init__(self) -> None:
        self._late: deque[float] = deque([0.0], maxlen=_REMEMBERED)

    @property
    def worst(self) -> float:
        """Return the longest delay of the last minute."""
        return max(self._late)

    @property
    def latest(self) -> float:
        """Return the delay that was seen last."""
        return self._late[-1]

    async def watch(self) -> None:
        """Look at the loop until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_PROBE)
            self._late.append(max(0.0, time.monotonic() - before - _PROBE))


class Health:
    """Answers those who watch over the process.

    Args:
        began: the reading of time.monotonic when the process began to serve.
        swept: the reading of time.monotonic when the timers were last looked at, or none yet.
        store: writes to the store; raises where that cannot be done.
        keys: whether activities can be checked; where not, it sees to it that they can be soon.
        closing: whether the process is about to end.
        depths: how much waits.
        under_way: how many turns are under way.
    """

    def __init__(
        self,
        *,
        began: float,
        swept: Callable[[], float | None],
        store: Callable[[], Awaitable[None]],
        keys: Callable[[], bool],
        closing: Callable[[], bool],
        depths: Callable[[], Awaitable[Depths]],
        under_way: Callable[[], int],
    ) -> None:
        self._began = began
        self._swept = swept
        self._store = store
        self._keys = keys
        self._closing = closing
        self._depths = depths
        self._under_way = under_way
        self._started = time.time()
        self.lag = LoopLag()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to add to the application."""
        return [
            web.get("/healthz", self._healthz),
            web.get("/readyz", self._readyz),
            web.get("/metrics", self._metrics),
        ]

    async def _healthz(self, request: web.Request) -> web.Response:
        swept = self._swept()
        now = time.monotonic()
        idle = None if swept is None else now - swept
        alive = now - (self._began if swept is None else swept) < STUCK_AFTER
        well = "starting" if swept is None else "ok"
        body = {
            "status": well if alive else "stuck",
            "loop_lag_ms": round(self.lag.worst * 1000, 1),
            "timers": {
                "alive": alive,
                "swept_seconds_ago": None if idle is None else round(idle, 1),
            },
        }
        return web.json_response(body, status=200 if alive else 503, headers=_NO_STORE)

    async def _readyz(self, request: web.Request) -> web.Response:
        checks = {
            "store": await self._store_answers(),
            "keys": self._keys(),
            "not_draining": not self._closing(),
        }
        ready = all(checks.values())
        body = {"status": "ready" if ready else "not ready", "checks": checks}
        return web.json_response(body, status=200 if ready else 503, headers=_NO_STORE)

    async def _store_answers(self) -> bool:
        try:
            async with asyncio.timeout(CHECK_TIMEOUT):
                await self._store()
        except Exception as error:
            reason = type(error).__name__
            logger.warning(
                "The store does not answer: %s", reason, extra={"action": "ready.store"}
            )
            return False
        return True

    async def _metrics(self, request: web.Request) -> web.Response:
        now = await self._gauges()
        return web.Response(
            text=text([*INSTRUMENTS, *now]), headers={"Content-Type": CONTENT_TYPE, **_NO_STORE}
        )

    async def _gauges(self) -> Sequence[Gauge]:
        gauges = [
            Gauge(f"{PREFIX}turns_under_way", "Turns under way now.", self._under_way()),
            Gauge(f"{PREFIX}draining", "1 while the process is about to end.", self._closing()),
            Gauge(
                f"{PREFIX}loop_lag_seconds",
                "The longest delay of the event loop in the last minute.",
                self.lag.worst,
            ),
            Gauge(
                "process_cpu_seconds_total", "CPU time used.", time.process_time(), kind="counter"
            ),
            Gauge("process_start_time_seconds", "Start, in Unix time.", self._started),
        ]
        try:
            async with asyncio.timeout(CHECK_TIMEOUT):
                depths = await self._depths()
        except Exception as error:  # what is known without the store is told nevertheless
            reason = type(error).__name__
            logger.warning("Depths are not known: %s", reason, extra={"action": "metrics.store"})
            return gauges
        return [
            *gauges,
            Gauge(f"{PREFIX}inbox_depth", "Received and not carried out yet.", depths.inbox),
            Gauge(f"{PREFIX}outbox_depth", "Messages kept and not sent yet.", depths.outbox),
            Gauge(f"{PREFIX}timers_armed", "Timers that are armed.", depths.timers_armed),
            Gauge(
                f"{PREFIX}timers_overdue",
                "Timers that should have fired 5 seconds ago or earlier.",
                depths.timers_overdue,
            ),
        ]
