from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from bot.domain.timers import Timer
from bot.service.changes import Arm
from bot.service.ports import DueTimer
from bot.timers import dispatcher
from bot.timers.dispatcher import FIRST_DELAY, LONGEST_DELAY, MOST_ATTEMPTS, delay
from bot.timers.engine import Progress
from tests.timers.conftest import HOUR, Bot

SOON = timedelta(milliseconds=300)


async def test_a_timer_fires_once_and_not_before_it_is_due(bot: Bot) -> None:
    early: list[timedelta] = []

    async def look(timer: Timer) -> None:
        early.append(timer.due - bot.clock.now())

    bot.effect = look
    await bot.arm("tea", SOON)
    await bot.until(lambda: bot.fired)
    assert early[0] <= timedelta(0)
    assert await bot.timers.settle()
    await asyncio.sleep(0.3)
    assert bot.names() == ["tea"]


async def test_a_moved_clock_fires_what_is_due_by_it_and_nothing_else(bot: Bot) -> None:
    await bot.arm("tea", HOUR)
    await bot.arm("coffee", 3 * HOUR)
    assert await bot.timers.settle()
    assert bot.names() == []
    bot.clock.move_to(bot.clock.now() + 2 * HOUR)
    assert await bot.timers.settle()
    assert bot.names() == ["tea"]


async def test_a_wake_is_enough_for_a_moved_clock(bot: Bot) -> None:
    await bot.arm("tea", HOUR)
    bot.clock.move_to(bot.clock.now() + HOUR)
    bot.timers.wake()
    await bot.until(lambda: bot.names() == ["tea"])


async def test_a_cancelled_timer_does_not_fire(bot: Bot) -> None:
    await bot.arm("tea", HOUR)
    await bot.drop("tea")
    bot.clock.move_to(bot.clock.now() + 2 * HOUR)
    assert await bot.timers.settle()
    assert bot.names() == []


async def test_a_timer_that_was_moved_fires_at_its_new_time(bot: Bot) -> None:
    await bot.arm("earlier", 3 * HOUR)
    await bot.arm("earlier", HOUR)
    await bot.arm("later", HOUR)
    await bot.arm("later", 3 * HOUR)
    bot.clock.move_to(bot.clock.now() + 2 * HOUR)
    assert await bot.timers.settle()
    assert [(t.id, t.version) for t in bot.fired] == [("earlier", 2)]
    bot.clock.move_to(bot.clock.now() + 2 * HOUR)
    assert await bot.timers.settle()
    assert [(t.id, t.version) for t in bot.fired] == [("earlier", 2), ("later", 2)]


async def test_a_job_whose_timer_was_changed_meanwhile_does_nothing(bot: Bot) -> None:
    await bot.arm("tea", HOUR)
    await bot.store.take({"job": [DueTimer(id="tea", version=1)]})
    await bot.arm("tea", 2 * HOUR)
    await bot.timers._engine.hand_over("job", here=True)
    await bot.timers._engine.hand_over("of nothing", here=False)
    await asyncio.sleep(0.5)
    assert bot.names() == []
    assert await bot.store.armed("tea", 2) is not None


async def test_a_timer_that_fails_is_postponed_and_fires_in_the_end(bot: Bot) -> None:
    attempts: list[int] = []

    async def fail_twice(timer: Timer) -> None:
        attempts.append(timer.attempts)
        if len(attempts) < 3:
            raise ConnectionError("not now")

    bot.effect = fail_twice
    await bot.arm("tea", timedelta(0))
    assert await bot.timers.settle()
    assert (attempts, bot.names()) == ([0], [])
    due = await bot.store.next_due()
    assert due is not None
    assert FIRST_DELAY - timedelta(seconds=2) < due - bot.clock.now() <= FIRST_DELAY
    bot.clock.move_to(due)
    assert await bot.timers.settle()
    bot.clock.move_to(bot.clock.now() + HOUR)
    assert await bot.timers.settle()
    assert (attempts, bot.names()) == ([0, 1, 2], ["tea"])


async def test_a_timer_that_always_fails_is_given_up(bot: Bot) -> None:
    attempts: list[int] = []

    async def fail(timer: Timer) -> None:
        attempts.append(timer.attempts)
        raise ConnectionError("never")

    bot.effect = fail
    await bot.arm("tea", timedelta(0))
    for _ in range(MOST_ATTEMPTS + 2):
        assert await bot.timers.settle()
        bot.clock.move_to(bot.clock.now() + HOUR)
    assert attempts == list(range(MOST_ATTEMPTS))
    assert await bot.store.next_due() is None


async def test_what_is_given_up_may_come_again(bot: Bot) -> None:
    """As a recurrence does: giving up arms its next time, from the first attempt on."""
    attempts: list[int] = []

    async def fail(timer: Timer) -> None:
        attempts.append(timer.attempts)
        raise ConnectionError("never")

    async def again(timer: Timer) -> None:
        arm = Arm(timer=timer.id, task=timer.task, due=bot.clock.now() + 24 * HOUR)
        await bot.store.finish_timer(timer, [arm])

    bot.effect, bot.given_up = fail, again
    await bot.arm("tea", timedelta(0))
    for _ in range(MOST_ATTEMPTS):
        assert await bot.timers.settle()
        bot.clock.move_to(bot.clock.now() + HOUR)
    assert attempts == list(range(MOST_ATTEMPTS))
    bot.clock.move_to(bot.clock.now() + 24 * HOUR)
    assert await bot.timers.settle()
    assert attempts[MOST_ATTEMPTS:] == [0]


async def test_where_giving_up_fails_it_is_tried_again_and_ends_one_day(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "LAST_ATTEMPT", MOST_ATTEMPTS + 2)
    gave_up: list[int] = []

    async def fail(_: Timer) -> None:
        raise ConnectionError("never")

    async def fail_too(timer: Timer) -> None:
        gave_up.append(timer.attempts + 1)
        raise ConnectionError("not even that")

    bot.effect, bot.given_up = fail, fail_too
    await bot.arm("tea", timedelta(0))
    for _ in range(MOST_ATTEMPTS + 4):
        assert await bot.timers.settle()
        bot.clock.move_to(bot.clock.now() + HOUR)
    assert gave_up == [MOST_ATTEMPTS, MOST_ATTEMPTS + 1, MOST_ATTEMPTS + 2]
    assert await bot.store.next_due() is None


def test_the_delay_grows_and_is_bounded() -> None:
    delays = [delay(attempts) for attempts in range(MOST_ATTEMPTS)]
    assert delays[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert delays == sorted(delays)
    assert max(delays) == LONGEST_DELAY


async def test_firing_that_hangs_is_cut_off_and_postponed(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "FIRING_TAKES", timedelta(milliseconds=50))

    async def hang(_: Timer) -> None:
        await asyncio.Event().wait()

    bot.effect = hang
    await bot.arm("tea", timedelta(0))
    assert await bot.timers.settle()
    timer = (await bot.store.due(bot.clock.now() + HOUR, 1))[0]
    assert (timer.version, timer.attempts) == (2, 1)


async def test_a_timer_that_stays_armed_although_its_job_is_over_gets_a_new_version(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "PATIENCE", 0.2)
    forgot: list[int] = []
    fire = bot.fire

    async def forget_to_commit(timer: Timer) -> None:
        if not forgot:
            forgot.append(timer.version)
            return
        await fire(timer)

    bot.timers._fire = forget_to_commit
    await bot.arm("tea", timedelta(0))
    await bot.until(lambda: forgot)
    while await bot.store.armed("tea", 1):  # noqa: ASYNC110  # the sweep sees to it
        await asyncio.sleep(0.05)
    bot.clock.move_to(bot.clock.now() + HOUR)
    assert await bot.timers.settle()
    assert [(t.id, t.version) for t in bot.fired] == [("tea", 2)]


async def test_a_job_that_its_runner_lost_is_taken_over(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "PATIENCE", 0.2)
    monkeypatch.setattr(dispatcher, "LOST_AFTER", timedelta(seconds=1))
    begun: list[int] = []

    async def die_the_first_time(timer: Timer) -> None:
        begun.append(timer.version)
        if len(begun) == 1:
            await asyncio.Event().wait()

    bot.effect = die_the_first_time
    await bot.arm("tea", timedelta(0))
    await bot.until(lambda: bot.fired)
    assert [(t.id, t.version) for t in bot.fired] == [("tea", 2)]
    assert begun == [1, 2]


async def test_sweeps_at_the_same_time_do_not_fire_twice(bot: Bot) -> None:
    begun: list[str] = []

    async def count(timer: Timer) -> None:
        begun.append(timer.id)
        await asyncio.sleep(0.05)

    bot.effect = count
    names = [f"t{n:02}" for n in range(40)]  # more than one job
    for name in names:
        await bot.arm(name, HOUR)
    bot.clock.move_to(bot.clock.now() + HOUR)
    now = bot.clock.now()
    await asyncio.gather(*(bot.timers.sweep(now) for _ in range(5)))
    assert await bot.timers.settle()
    assert sorted(begun) == sorted(bot.names()) == names


async def test_more_than_one_batch_is_worked_off(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "BATCH", 5)
    names = [f"t{n:02}" for n in range(23)]
    for name in names:
        await bot.arm(name, HOUR)
    bot.clock.move_to(bot.clock.now() + HOUR)
    assert await bot.timers.settle()
    assert sorted(bot.names()) == names


async def test_no_more_than_one_batch_is_under_way(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "BATCH", 5)
    under_way: list[int] = [0]

    async def take_a_while(_: Timer) -> None:
        under_way.append(under_way[-1] + 1)
        await asyncio.sleep(0)
        under_way.append(under_way[-1] - 1)

    bot.effect = take_a_while
    names = [f"t{n:02}" for n in range(23)]
    for name in names:
        await bot.arm(name, HOUR)
    bot.clock.move_to(bot.clock.now() + HOUR)
    await asyncio.gather(*(bot.timers.sweep(bot.clock.now()) for _ in range(5)))
    assert await bot.timers.settle()
    assert sorted(bot.names()) == names
    assert max(under_way) <= 5


async def test_settling_is_bounded(bot: Bot) -> None:
    async def hang(_: Timer) -> None:
        await asyncio.Event().wait()

    bot.effect = hang
    await bot.arm("tea", timedelta(0))
    assert not await bot.timers.settle(limit=timedelta(milliseconds=300))


async def test_a_chain_fires_in_order_when_the_clock_steps(bot: Bot) -> None:
    for minutes in (10, 30, 20):
        await bot.arm(f"{minutes}", timedelta(minutes=minutes))
    target = bot.clock.now() + HOUR
    while (due := await bot.store.next_due()) is not None and due <= target:
        bot.clock.move_to(due)
        assert await bot.timers.settle()
    assert bot.names() == ["10", "20", "30"]


async def test_stopping_is_quick_and_a_restart_takes_up_what_was_cut_off(database: str) -> None:
    bot = Bot(database)
    await bot.start()
    begun = asyncio.Event()

    async def hang(_: Timer) -> None:
        begun.set()
        await asyncio.Event().wait()

    bot.effect = hang
    await bot.arm("under way", timedelta(0))
    await bot.arm("later", HOUR)
    await asyncio.wait_for(begun.wait(), 10)
    began = time.monotonic()
    await bot.stop()
    assert time.monotonic() - began < 3
    bot.effect = None
    await bot.start()
    await bot.until(lambda: bot.names() == ["under way"])
    bot.clock.move_to(bot.clock.now() + HOUR)
    assert await bot.timers.settle()
    assert bot.names() == ["under way", "later"]
    await bot.stop()


async def test_the_loop_can_use_threads_after_a_stop(database: str) -> None:
    bot = Bot(database)
    await bot.start()
    await bot.arm("tea", timedelta(0))
    assert await bot.timers.settle()
    await bot.stop()
    assert await asyncio.to_thread(sum, (1, 2)) == 3


async def test_what_the_engine_remembers_is_pruned(bot: Bot) -> None:
    await bot.arm("tea", timedelta(0))
    assert await bot.timers.settle()
    engine = bot.timers._engine
    await bot.until(lambda: bot.fired)
    await asyncio.sleep(0.2)
    job = "known"
    await engine.hand_over(job, here=True)
    await asyncio.sleep(0.2)
    kept = await engine.progress([job], lost_after=HOUR)
    await engine.prune(HOUR)
    assert await engine.progress([job], lost_after=HOUR) == kept
    await engine.prune(timedelta(0))
    assert await engine.progress([job], lost_after=HOUR) != kept


async def test_a_job_whose_process_was_killed_is_pruned_as_well(bot: Bot) -> None:
    begun = asyncio.Event()

    async def never_ends(_: Timer) -> None:
        begun.set()
        await asyncio.Event().wait()

    bot.effect = never_ends
    await bot.arm("tea", timedelta(0))
    await begun.wait()
    (due,) = await bot.store.swept(bot.clock.now(), 10)
    assert due.job is not None
    engine = bot.timers._engine
    assert (await engine.progress([due.job], lost_after=HOUR))[due.job] is Progress.RUNNING
    await engine.prune(HOUR)
    assert (await engine.progress([due.job], lost_after=HOUR))[due.job] is Progress.RUNNING
    await engine.prune(timedelta(0))
    await engine.prune(timedelta(0))
    assert (await engine.progress([due.job], lost_after=HOUR))[due.job] is Progress.UNKNOWN


async def test_it_stops_also_when_it_is_woken_at_the_same_moment(bot: Bot) -> None:
    await bot.arm("tea", HOUR)
    assert await bot.timers.settle()
    await asyncio.sleep(0.3)  # the sweep waits to be woken
    bot.timers.wake()
    async with asyncio.timeout(10):
        await bot.timers.stop()
