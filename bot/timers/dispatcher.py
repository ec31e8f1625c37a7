"""The sweep: it finds what is due in the timers table and has it fired.

The table is the truth. A timer fires as a job of the engine under its id and version, and what
firing does is committed only if the timer is still armed at that version; so a job that is
repeated, late or stale changes nothing, and a timer that stays armed although its job is over is
given a new version here. Nothing else watches over timers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.timers import Timer
from bot.observability import metrics
from bot.service.ports import Change, Clock
from bot.timers.engine import Engine, Job, Progress

logger = logging.getLogger(__name__)

Fire = Callable[[Timer], Awaitable[None]]

BATCH = 1000  # timers under way at a time: the rest waits in the table
LONGEST_PAUSE = 1.0  # seconds between two sweeps
SHORTEST_PAUSE = 0.1  # seconds: however often it is woken, and while timers are under way
PAUSE_FOR_EACH = 0.0005  # seconds for each timer under way: a sweep reads them all again
PATIENCE = 2.0  # seconds before the engine is asked what became of a job
FIRING_TAKES = timedelta(seconds=20)
LOST_AFTER = FIRING_TAKES + timedelta(seconds=5)  # whoever ran it is dead
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
MOST_ATTEMPTS = 10  # about an hour
PRUNE_EVERY = 3600.0  # seconds
JOBS_KEPT = timedelta(days=1)
GRACE = 1.0  # seconds that what is being fired gets at shutdown
AT_ONCE = 4  # hand-overs in parallel; on SQLite more of them only wait for each other


class TimerStore(Protocol):
    """What the sweep needs of the store; the methods are those of the port `Store`."""

    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Return armed timers that are due at `now`, earliest first."""

    async def next_due(self, *, after: datetime | None = None) -> datetime | None:
        """Return the earliest instant, later than `after`, at which an armed timer is due."""

    async def armed(self, timer: str, version: int) -> Timer | None:
        """Return the timer if it is armed at this version."""

    async def finish_timer(self, timer: Timer, changes: Sequence[Change]) -> bool:
        """Disarm the timer if it is still armed at this version."""

    async def postpone_timer(self, timer: Timer, due: datetime) -> bool:
        """Arm the timer again, if still at this version; version and attempts grow by one."""

    async def leads(self) -> bool:
        """Return whether this process is the one that sweeps."""


def delay(attempts: int) -> timedelta:
    """Return how long to wait after a failure that followed `attempts` earlier ones."""
    return min(FIRST_DELAY * (1 << attempts), LONGEST_DELAY)


class Dispatcher:
    """Implements the port `Timers`.

    Args:
        store: where the timers are.
        clock: what decides whether a timer is due.
        url: the database of the store, for the engine.
        instance: what this process is called among those on the same database.
        fire: carries a due timer out and commits it through the store, within 20 seconds. When
            it raises, the timer is postponed: by 5 seconds, then twice as long each time, up to
            15 minutes, and given up after 10 attempts.
    """

    def __init__(
        self, store: TimerStore, *, clock: Clock, url: str, instance: str, fire: Fire
    ) -> None:
        self._store = store
        self._clock = clock
        self._fire = fire
        self._engine = Engine(url, instance=instance, run=self._run)
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._sweeping = asyncio.Lock()
        self._handed: dict[Job, float] = {}
        self._ended_since_sweep = 0
        self._swept: float | None = None
        self._firing: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    @property
    def swept(self) -> float | None:
        """Return the reading of time.monotonic when the sweep last came round."""
        return self._swept

    async def start(self) -> None:
        """Start the engine and the sweep."""
        await self._engine.start()
        self._loop = asyncio.create_task(self._sweep_for_ever(), name="timers")

    def wake(self) -> None:
        """Look at the table now: something was armed, changed, or the clock moved."""
        self._woken.set()

    async def forget(self, timers: Sequence[str]) -> None:
        """Forget that these timers ever ran; their ids name the person."""
        await self._engine.forget(timers)

    async def sweep(self, now: datetime) -> None:
        """Hand over what is due at `now`, and see to what was handed over and is still armed."""
        async with self._sweeping:
            self._ended_since_sweep = 0
            due = {(timer.id, timer.version): timer for timer in await self._store.due(now, BATCH)}
            self._handed = {job: at for job, at in self._handed.items() if job in due}
            await self._hand_over([job for job in due if job not in self._handed])
            asked = time.monotonic() - PATIENCE
            overdue = [job for job, at in self._handed.items() if at < asked]
            if overdue:
                await self._follow_up({job: due[job] for job in overdue}, now)

    async def settle(self, limit: timedelta = timedelta(seconds=10)) -> bool:
        """Wait until nothing that is due is left; return false where `limit` ran out."""
        try:
            async with asyncio.timeout(limit.total_seconds()):
                while True:
                    self._ended.clear()
                    now = self._clock.now()
                    await self.sweep(now)
                    earliest = await self._store.next_due()
                    if earliest is None or earliest > now:
                        return True
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._ended.wait(), 0.05)
        except TimeoutError:
            logger.warning("What is due was not finished in time", extra={"limit": str(limit)})
            return False

    async def stop(self, patience: float = GRACE) -> None:
        """Stop sweeping, let what is being fired finish for `patience` seconds, end the engine.

        What is cut off is taken up again at the next start.
        """
        if self._loop is None:
            return
        self._loop.cancel()
        await asyncio.wait([self._loop])
        self._loop = None
        if self._firing:
            await asyncio.wait(self._firing, timeout=patience)
        for task in tuple(self._firing):
            task.cancel()
        await self._engine.stop()

    async def _sweep_for_ever(self) -> None:
        pruned = time.monotonic()
        while True:
            began = self._swept = time.monotonic()
            self._woken.clear()
            pause = LONGEST_PAUSE
            try:
                if await self._store.leads():
                    now = self._clock.now()
                    await self.sweep(now)
                    upcoming = await self._store.next_due(after=now)
                    if upcoming is not None:
                        pause = min(pause, (upcoming - self._clock.now()).total_seconds())
                    if self._handed:
                        under_way = len(self._handed) * PAUSE_FOR_EACH
                        pause = max(pause, SHORTEST_PAUSE, under_way)
                    if began - pruned > PRUNE_EVERY:
                        pruned = began
                        await self._engine.prune(JOBS_KEPT)
            except Exception:
                # Whatever it is (a database that restarts, mostly), the next sweep tries again.
                logger.exception("The sweep over the timers failed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), max(pause, 0))
                await asyncio.sleep(began + SHORTEST_PAUSE - time.monotonic())

    async def _hand_over(self, jobs: Sequence[Job]) -> None:
        free = asyncio.Semaphore(AT_ONCE)

        async def hand_over(job: Job) -> None:
            async with free:
                await self._engine.hand_over(job)
                self._handed[job] = time.monotonic()

        async with asyncio.TaskGroup() as group:
            for job in jobs:
                group.create_task(hand_over(job))

    async def _follow_up(self, timers: dict[Job, Timer], now: datetime) -> None:
        progress = await self._engine.progress(timers, lost_after=LOST_AFTER)
        for job, timer in timers.items():
            match progress[job]:
                case Progress.WAITING | Progress.RUNNING:
                    self._handed[job] = time.monotonic()
                case Progress.UNKNOWN:
                    del self._handed[job]
                case Progress.LOST:
                    await self._store.postpone_timer(timer, now)
                case Progress.ENDED:
                    await self._again(timer)

    async def _run(self, id_: str, version: int) -> None:
        timer = await self._store.armed(id_, version)
        if timer is None:
            return  # cancelled or changed since it was handed over
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in a task
        self._firing.add(task)
        late = self._clock.now() - timer.due
        metrics.TIMER_LATENESS.observe(late.total_seconds())
        try:
            async with asyncio.timeout(FIRING_TAKES.total_seconds()):
                await self._fire(timer)
            metrics.TIMERS_FIRED.add("done")
            logger.info(
                "Fired a timer",
                extra={"action": "timers.fire", "timer": id_, "late": late.total_seconds()},
            )
        except Exception:
            metrics.TIMERS_FIRED.add("failed")
            logger.exception("Firing a timer failed", extra={"timer": id_, "version": version})
            await self._again(timer)
        finally:
            self._firing.discard(task)
            self._tell_ended()

    async def _again(self, timer: Timer) -> None:
        if timer.attempts + 1 < MOST_ATTEMPTS:
            await self._store.postpone_timer(timer, self._clock.now() + delay(timer.attempts))
        elif await self._store.finish_timer(timer, ()):
            logger.error("Gave a timer up", extra={"timer": timer.id, "attempts": MOST_ATTEMPTS})

    def _tell_ended(self) -> None:
        self._ended.set()
        self._ended_since_sweep += 1
        if self._ended_since_sweep >= BATCH // 2:
            self.wake()  # there may be more in the table than one batch
