"""Many reminders for one minute, in model time: what the connector's limits leave of "at once".

The sweep, the lanes, the outbox, the pacing and the HTTP client are the bot's own, and every
message goes over loopback. The store and the engine are lists: what those cost is measured in
real time beside this.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from aiohttp import web

from bot.domain.person import Person
from bot.domain.timers import FreeReminder, Timer
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.net import Net
from bot.service.lanes import OwnLanes
from bot.service.outbox import Outbox
from bot.service.ports import DueTimer, Store
from bot.service.traffic import Outbound, Place
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceHosts
from bot.teams.messenger import CardMessenger
from bot.teams.signature import CardSigner
from bot.timers.dispatcher import Dispatcher
from bot.timers.engine import Engine, Job, Progress
from tests.model_time import ModelClock, in_model_time

MINUTE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ANSWER_TAKES = 0.05  # seconds of model time
# "Optimize your bot with rate limiting in Teams", written down here once more on purpose.
OF_A_CHAT = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
OF_A_TENANT = ((50, 1.0),)


class Lists:
    """The part of the store that firing a reminder and sending it needs."""

    def __init__(self, timers: Iterable[Timer]) -> None:
        self._armed = {timer.id: (timer, DueTimer(id=timer.id, version=1)) for timer in timers}
        self._jobs: dict[Job, list[str]] = {}

    async def swept(self, now: datetime, limit: int) -> Sequence[DueTimer]:
        due = [row for timer, row in self._armed.values() if timer.due <= now]
        return due[:limit]

    async def take(self, jobs: Mapping[str, Sequence[DueTimer]]) -> None:
        for job, rows in jobs.items():
            self._jobs[job] = [row.id for row in rows]
            for row in rows:
                timer, _ = self._armed[row.id]
                self._armed[row.id] = timer, replace(row, job=job)

    async def of_job(self, job: str) -> Sequence[Timer]:
        return [self._armed[one][0] for one in self._jobs[job] if one in self._armed]

    async def next_due(self, *, after: datetime | None = None) -> datetime | None:
        later = (timer.due for timer, _ in self._armed.values())
        return min((due for due in later if after is None or due > after), default=None)

    async def postpone_timer(self, timer: Timer | DueTimer, due: datetime) -> bool:
        raise AssertionError("no reminder fails")

    async def give_timer_up(self, timer: Timer | DueTimer) -> bool:
        raise AssertionError("no reminder fails")

    async def leads(self) -> bool:
        return True

    async def resign(self) -> None: ...

    def finish(self, timer: Timer) -> None:
        del self._armed[timer.id]

    async def sent(self, outbound: Outbound, *, place: Place | None = None) -> None:
        pass


class TaskEngine(Engine):
    """Runs each job as a task."""

    def __init__(self, run: Callable[[Job], Any]) -> None:
        super().__init__("", instance="bench", run=run)
        self._tasks: dict[Job, asyncio.Task[None]] = {}

    async def start(self) -> None:
        pass

    async def hand_over(self, job: Job, *, here: bool) -> None:
        self._tasks[job] = asyncio.create_task(self._run(job))  # type: ignore[arg-type]  # a coroutine, as everywhere

    async def progress(
        self, jobs: Iterable[Job], *, lost_after: timedelta
    ) -> Mapping[Job, Progress]:
        return {
            job: Progress.ENDED if self._tasks[job].done() else Progress.RUNNING for job in jobs
        }

    async def stop(self) -> None:
        pass


@dataclass
class Limited:
    """A connector that answers 429 to what is beyond Microsoft's limits."""

    now: Callable[[], float]
    last: float = 0.0
    refused: int = 0
    order: dict[str, list[int]] = field(default_factory=dict)
    _sent: dict[tuple[str, float], deque[float]] = field(default_factory=dict)

    @property
    def arrived(self) -> int:
        return sum(map(len, self.order.values()))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        chat = request.match_info["chat"]
        said = (await request.json())["text"]
        now = self.now()
        wait = max(self._wait(now, chat, OF_A_CHAT), self._wait(now, chat[:9], OF_A_TENANT))
        if wait > 0:
            self.refused += 1
            return web.json_response({}, status=429, headers={"Retry-After": f"{wait:.3f}"})
        for key, limits in ((chat, OF_A_CHAT), (chat[:9], OF_A_TENANT)):
            for _, per in limits:
                self._sent[key, per].append(now)
        self.last = now
        self.order.setdefault(chat, []).append(int(said))
        await asyncio.sleep(ANSWER_TAKES)
        return web.json_response({"id": said})

    def _wait(self, now: float, key: str, limits: Sequence[tuple[int, float]]) -> float:
        longest = 0.0
        for limit, per in limits:
            sent = self._sent.setdefault((key, per), deque())
            while sent and sent[0] <= now - per + 1e-6:
                sent.popleft()
            if len(sent) >= limit:
                longest = max(longest, sent[0] + per - now)
        return longest


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of the reminders; times in seconds after the minute."""

    least: float
    last: float
    arrived: int
    refused: int
    disordered: int


def least(reminders: int, tenants: int, each: int) -> float:
    """Return the seconds until the last can have been sent, in windows full from the start."""
    limit, per = OF_A_TENANT[0]
    of_tenant = -(-reminders // tenants)
    by_tenant = (of_tenant - 1) // limit * per
    (few, short), (more, long), _, _ = OF_A_CHAT
    by_chat = 0.0 if each <= few else short if each == more else (each - 1) // more * long
    return max(by_tenant, by_chat)


async def deliver(reminders: int, *, tenants: int, each: int = 1) -> Told:
    """Let all reminders be due at one instant, `each` of them for one person; wait for all."""
    loop = asyncio.get_running_loop()
    clock = ModelClock(MINUTE, loop.time)
    limited = Limited(loop.time)
    app = web.Application()
    app.router.add_post("/v3/conversations/{chat}/activities", limited.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    # Connections that find the queue full are tried again a second of real time later.
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    service = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with Net(now=loop.time) as net:
        connector = Connector(net=net, hosts=ServiceHosts(["127.0.0.1"]), token=_no_token)
        keys = Keyring([("bench", b"b" * 32)])
        messenger = CardMessenger(
            connector=connector,
            books=Phrasebooks(),
            signer=CardSigner(keyring=keys, clock=clock),
        )
        lists = Lists(_timer(n, tenants, each) for n in range(reminders))
        outbox = Outbox(store=cast("Store", lists), messenger=messenger, gone=_nobody_goes)
        lanes = OwnLanes()

        async def fire(timer: Timer) -> None:  # as Turns does
            async with lanes.hold(timer.person, await lanes.arrive(timer.person)):
                lists.finish(timer)
                await outbox.send(_outbound(timer, service))

        dispatcher = Dispatcher(
            lists,
            clock=clock,
            url="",
            instance="bench",
            fire=fire,
            crowded=lambda: outbox.full,
        )
        dispatcher._engine = TaskEngine(dispatcher._run)  # DBOS knows no model time
        await dispatcher.start()
        async with asyncio.timeout(3600):  # of model time
            while limited.arrived < reminders:  # noqa: ASYNC110  # a figure, not a test
                await asyncio.sleep(1.0)
        await dispatcher.stop()
        await outbox.stop()
    await runner.cleanup()
    return Told(
        least=least(reminders, tenants, each),
        last=limited.last,
        arrived=limited.arrived,
        refused=limited.refused,
        disordered=sum(said != sorted(said) for said in limited.order.values()),
    )


def _timer(number: int, tenants: int, each: int) -> Timer:
    person = number // each
    return Timer(
        id=f"{number:06}",
        person=Person(tenant=f"tenant{person % tenants:03}", oid=f"person{person}"),
        task=FreeReminder(text="tea"),
        due=MINUTE,
    )


def _outbound(timer: Timer, service: str) -> Outbound:
    address = {
        "service_url": service,
        "conversation": f"{timer.person.tenant}-{timer.person.oid}",
        "tenant": timer.person.tenant,
        "type": "personal",
    }
    activity = {"type": "message", "text": timer.id}
    request = {"address": address, "card": None, "activity": activity}
    return Outbound(id=timer.id, person=timer.person, request=request)


async def _no_token(*, refresh: bool = False) -> str | None:
    return None


async def _nobody_goes(person: Person) -> None:
    raise AssertionError(person)


def run(reminders: int, *, tenants: int, each: int = 1) -> Told:
    """Deliver in a loop of its own."""
    return in_model_time(deliver(reminders, tenants=tenants, each=each))
