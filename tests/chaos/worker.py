"""A process that fires timers until it is told to stop, or is killed.

Every effect is a line in a file, written before the commit, as a remote call would be.
A timer whose text is a number above zero arms itself again with one less.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import uuid
from datetime import timedelta

from bot.clock import Clock
from bot.domain.journal import Entry
from bot.domain.timers import FreeReminder, Timer
from bot.service.changes import Arm, Change, Record
from bot.service.traffic import Outbound
from bot.store.opening import open_store
from bot.timers import dispatcher
from bot.timers.dispatcher import Dispatcher

AGAIN_AFTER = timedelta(seconds=0.4)


def run(url: str, instance: str, effects: str, lost_after: float) -> None:
    asyncio.run(_work(url, instance, effects, timedelta(seconds=lost_after)))


async def _work(url: str, instance: str, effects: str, lost_after: timedelta) -> None:
    dispatcher.LOST_AFTER = lost_after
    clock = Clock()
    store = await open_store(url, mode="tenant", clock=clock)
    log = os.open(effects, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def fire(timer: Timer) -> None:
        assert isinstance(timer.task, FreeReminder)
        left = int(timer.task.text)
        os.write(log, f"{timer.id} {left} {instance} {os.getpid()}\n".encode())
        await asyncio.sleep(random.uniform(0, 0.02))  # noqa: S311  # not a secret
        name = f"{timer.id}/{left}"
        changes: list[Change] = [
            Record(entry=Entry(id=uuid.uuid4().hex, at=clock.now(), command=name))
        ]
        if left:
            task = FreeReminder(text=f"{left - 1}")
            changes.append(Arm(timer=timer.id, task=task, due=clock.now() + AGAIN_AFTER))
        message = Outbound(id=uuid.uuid4().hex, person=timer.person, request={"name": name})
        await store.finish_timer(timer, changes, outbound=message)

    timers = Dispatcher(store, clock=clock, url=url, instance=instance, fire=fire)
    await timers.start()
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    sys.stdout.write("started\n")
    sys.stdout.flush()
    await told.wait()
    await timers.stop()
    await store.close()
    os.close(log)
