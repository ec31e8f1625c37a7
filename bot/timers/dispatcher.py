"""The sweep: it finds what is due in the timers table and has it fired.

The table is the truth. Timers that are due together fire as one job of the engine, whose name is
noted in their rows before it is handed over, so that no sweep hands a version of a timer over
twice. What firing does is committed only if the timer is still armed at that version; so a job
that is repeated, late or stale changes nothing, and a timer that stays armed although its job is
over is given a new version here. Nothing else watches over timers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from bot.domain.timers import Timer
from bot.observability import metrics
from bot.service.ports import Clock, DueTimer
from bot.timers.engine import Engine, Job, Progress

logger = logging.getLogger(__name__)

Fire = Callable[[Timer], Awaitable[None]]
GiveUp = Callable[[Timer | DueTimer], Awaitable[None]]

# Timers under way at a time. The rest waits in the table, where waiting costs no attempt: what is
# under way must be done within `FIRING_TAKES`, though it shares a slow processor with the others.
BATCH = 250
LONGEST_PAUSE = 1.0  # seconds between two sweeps
SHORTEST_PAUSE = 0.1  # seconds: however often it is woken, and while timers are under way
PAUSE_FOR_EACH = 0.0001  # seconds for each timer under way: a sweep reads them all again
TOGETHER = 25  # timers in one job: starting and ending a job costs more than firing a timer
PATIENCE = 2.0  # seconds before the engine is asked what became of a job
FIRING_TAKES = timedelta(seconds=20)
LOST_AFTER = FIRING_TAKES + timedelta(seconds=5)  # whoever ran it is dead
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
MOST_ATTEMPTS = 10  # about 36 minutes
LAST_ATTEMPT = 100  # about a day more, where not even giving up works
PRUNE_EVERY = 3600.0  # seconds
PRUNE_FIRST = 60.0  # seconds after the start: a process may never live for an hour
JOBS_KEPT = timedelta(days=1)
GRACE = 1.0  # seconds that what is being fired gets at shutdown
AT_ONCE = 4  # hand-overs in parallel; on SQLite more of them only wait for each other


class TimerStore(Protocol):
    """What the sweep needs of the store; the methods are those of the port `Store`."""

    async def swept(self, now: datetime, limit: int) -> Sequence[DueTimer]:
        """Return what is due at `now`, earliest first, with the job that has it."""

    async def take(self, jobs: Mapping[str, Sequence[DueTimer]]) -> None:
        """Note with which job each timer is handed over, where it is armed at its version."""

    async def of_job(self, job: str) -> Sequence[Timer]:
        """Return the timers of a job that are armed still, at the version that it has."""

    async def next_due(self, *, after: datetime | None = None) -> datetime | None:
        """Return the earliest instant, later than `after`, at which an armed timer is due."""

    async def postpone_timer(self, timer: Timer | DueTimer, due: datetime) -> bool:
        """Arm the timer again, if still at this version; version and attempts grow by one."""

    async def give_timer_up(self, timer: Timer | DueTimer) -> bool:
        """Disarm a timer that failed for the last time, if it is armed at this version."""

    async def leads(self) -> bool:
        """Return whether this process is the one that sweeps."""

    async def resign(self) -> None:
        """Let another process sweep from now on."""


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
        give_up: tells whoever waits for a timer that it is given up, arms what comes again and
            disarms it otherwise, through the store, within 20 seconds. When it raises, the timer
            is postponed for a day at most.
        crowded: says whether so much of what fired is still to be told that no more may fire.
    """

    def __init__(
        self,
        store: TimerStore,
        *,
        clock: Clock,
        url: str,
        instance: str,
        fire: Fire,
        give_up: GiveUp | None = None,
        crowded: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._clock = clock
        self._fire = fire
        self._give_up = give_up or store.give_timer_up
        self._crowded = crowded
        self._engine = Engine(url, instance=instance, run=self._run)
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._sweeping = asyncio.Lock()
        self._handed: dict[Job, float] = {}  # when each job was handed over, or seen to run
        self._under_way = 0
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

    async def sweep(self, now: datetime) -> None:
        """Hand over what is due at `now`, and see to what was handed over and is still armed."""
        async with self._sweeping:
            self._ended_since_sweep = 0
            due = await self._store.swept(now, BATCH)
            self._under_way = len(due)
            under_way: dict[Job, list[DueTimer]] = {}
            for timer in due:
                if timer.job is not None:
                    under_way.setdefault(timer.job, []).append(timer)
            self._handed = {job: at for job, at in self._handed.items() if job in under_way}
            if not self._crowded():
                await self._hand_over([timer for timer in due if timer.job is None])
            asked = time.monotonic() - PATIENCE
            overdue = {
                job: timers
                for job, timers in under_way.items()
                if self._handed.get(job, asked - 1) < asked
            }
            if overdue:
                await self._follow_up(overdue, now)

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
                        async with asyncio.timeout(0.05):
                            await self._ended.wait()
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
        try:
            await self._store.resign()
        except Exception:  # a database that is away: whoever leads then stands anew
            logger.exception("Could not resign", extra={"action": "timers.resign"})
        if self._firing:
            await asyncio.wait(self._firing, timeout=patience)
        for task in tuple(self._firing):
            task.cancel()
        await self._engine.stop()

    async def _sweep_for_ever(self) -> None:
        prunes = time.monotonic() + PRUNE_FIRST
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
                    if self._under_way:
                        pause = max(pause, SHORTEST_PAUSE, self._under_way * PAUSE_FOR_EACH)
                    if began > prunes:
                        prunes = began + PRUNE_EVERY
                        await self._engine.prune(JOBS_KEPT)
            except Exception:
                # Whatever it is (a database that restarts, mostly), the next sweep tries again.
                logger.exception("The sweep over the timers failed")
            with suppress(TimeoutError):
                async with asyncio.timeout(max(pause, 0)):
                    await self._woken.wait()
                await asyncio.sleep(began + SHORTEST_PAUSE - time.monotonic())

    async def _hand_over(self, due: Sequence[DueTimer]) -> None:
        if not due:
            return
        jobs = {
            uuid4().hex: due[first : first + TOGETHER] for first in range(0, len(due), TOGETHER)
        }
        await self._store.take(jobs)
        free = asyncio.Semaphore(AT_ONCE)

        async def hand_over(job: Job, *, here: bool) -> None:
            async with free:
                await self._engine.hand_over(job, here=here)
                self._handed[job] = time.monotonic()

        async with asyncio.TaskGroup() as group:
            for number, job in enumerate(jobs):
                # The first is begun here at once; what is more, others may begin.
                group.create_task(hand_over(job, here=number == 0))

    async def _follow_up(self, jobs: Mapping[Job, Sequence[DueTimer]], now: datetime) -> None:
        progress = await self._engine.progress(jobs, lost_after=LOST_AFTER)
        for job, timers in jobs.items():
            match progress[job]:
                case Progress.WAITING | Progress.RUNNING:
                    self._handed[job] = time.monotonic()
                case Progress.UNKNOWN:
                    await self._engine.hand_over(job, here=True)
                    self._handed[job] = time.monotonic()
                case Progress.LOST:
                    for timer in timers:
                        await self._store.postpone_timer(timer, now)
                case Progress.ENDED:
                    await asyncio.gather(*(self._again(timer) for timer in timers))

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in a task
        self._firing.add(task)
        try:
            # What was cancelled or changed since it was handed over is not among them.
            await asyncio.gather(*(self._fire_one(one) for one in await self._store.of_job(job)))
        finally:
            self._firing.discard(task)

    async def _fire_one(self, timer: Timer) -> None:
        late = self._clock.now() - timer.due
        metrics.TIMER_LATENESS.observe(late.total_seconds())
        try:
            async with asyncio.timeout(FIRING_TAKES.total_seconds()):
                await self._fire(timer)
            metrics.TIMERS_FIRED.add("done")
            logger.info(
                "Fired a timer",
                extra={"action": "timers.fire", "timer": timer.id, "late": late.total_seconds()},
            )
        except Exception:
            metrics.TIMERS_FIRED.add("failed")
            logger.exception(
                "Firing a timer failed", extra={"timer": timer.id, "version": timer.version}
            )
            await self._again(timer)
        finally:
            self._tell_ended()

    async def _again(self, timer: Timer | DueTimer) -> None:
        if timer.attempts + 1 < MOST_ATTEMPTS:
            await self._store.postpone_timer(timer, self._clock.now() + delay(timer.attempts))
            return
        about = {"timer": timer.id, "attempts": timer.attempts + 1}
        try:
            async with asyncio.timeout(FIRING_TAKES.total_seconds()):
                await self._give_up(timer)
        except Exception:
            logger.exception("Giving a timer up failed", extra=about)
            if timer.attempts + 1 < LAST_ATTEMPT:
                await self._store.postpone_timer(timer, self._clock.now() + LONGEST_DELAY)
            else:
                await self._store.give_timer_up(timer)
        else:
            logger.error("Gave a timer up", extra=about)

    def _tell_ended(self) -> None:
        self._ended.set()
        self._ended_since_sweep += 1
        if self._ended_since_sweep >= BATCH // 2:
            self.wake()  # there may be more in the table than one batch
