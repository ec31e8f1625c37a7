from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.playground.shelf import Shelf
from bot.playground.stepper import Stepper, Stuck

MINUTE = timedelta(minutes=1)
CLOSE = timedelta(seconds=5)  # real time that a test may take


class Dates:
    """Due at fixed instants."""

    def __init__(self, *dates: datetime) -> None:
        self.dates = list(dates)

    async def next_due(self, now: datetime) -> datetime | None:
        return min((date for date in self.dates if date > now), default=None)


class Every:
    """Due again and again."""

    def __init__(self, start: datetime, length: timedelta) -> None:
        self.start, self.length = start, length

    async def next_due(self, now: datetime) -> datetime | None:
        return self.start + self.length * ((now - self.start) // self.length + 1)


class Witness:
    """Notes what time it was whenever effects were waited for."""

    def __init__(self, clock: Clock, also: Callable[[], Awaitable[None]] | None = None) -> None:
        self.clock, self.also = clock, also
        self.seen: list[datetime] = []

    async def settle(self) -> None:
        self.seen.append(self.clock.now())
        if self.also is not None:
            await self.also()

    def minutes_after(self, start: datetime) -> list[int]:
        return [round((instant - start) / MINUTE) for instant in self.seen]


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_it_stops_at_everything_due_in_order_and_ends_at_the_target(clock: Clock) -> None:
    start, shelf, witness = clock.now(), Shelf(), Witness(clock)
    sources = [Dates(start + 9 * MINUTE, start + 3 * MINUTE), Dates(start + 5 * MINUTE)]
    await Stepper(clock, sources, witness.settle, shelf).advance(start + 20 * MINUTE)
    assert witness.minutes_after(start) == [3, 5, 9, 20]
    await shelf.close()


async def test_what_becomes_due_on_the_way_is_not_missed(clock: Clock) -> None:
    start, shelf, source = clock.now(), Shelf(), Dates(clock.now() + 3 * MINUTE)

    async def arm_another() -> None:
        source.dates.append(start + 7 * MINUTE)

    witness = Witness(clock, arm_another)
    await Stepper(clock, [source], witness.settle, shelf).advance(start + 20 * MINUTE)
    assert witness.minutes_after(start) == [3, 7, 20]
    await shelf.close()


async def test_it_steps_through_a_recurring_source(clock: Clock) -> None:
    start, shelf, witness = clock.now(), Shelf(), Witness(clock)
    stepper = Stepper(clock, [Every(start, 10 * MINUTE)], witness.settle, shelf)
    await stepper.advance(start + 35 * MINUTE)
    assert witness.minutes_after(start) == [10, 20, 30, 35]
    await shelf.close()


async def test_more_events_than_the_bound_stop_it_with_a_sentence(clock: Clock) -> None:
    start, shelf, witness = clock.now(), Shelf(), Witness(clock)
    source = Every(start, timedelta(seconds=10))
    stepper = Stepper(clock, [source], witness.settle, shelf, most_steps=5)
    with pytest.raises(Stuck, match=r"more than 5 things were due on the way\.$"):
        await stepper.advance(start + 60 * MINUTE)
    assert len(witness.seen) == 5
    assert clock.now() - start < MINUTE + CLOSE
    await shelf.close()


async def test_effects_that_do_not_finish_stop_it_where_it_is(clock: Clock) -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    start, shelf = clock.now(), Shelf()
    stepper = Stepper(
        clock, [Dates(start + 3 * MINUTE)], never, shelf, patience=timedelta(milliseconds=20)
    )
    with pytest.raises(Stuck, match="has not finished yet"):
        await stepper.advance(start + 20 * MINUTE)
    assert timedelta(0) <= clock.now() - start - 3 * MINUTE < CLOSE
    await shelf.close()


async def test_it_never_goes_back(clock: Clock) -> None:
    start, shelf, witness = clock.now(), Shelf(), Witness(clock)
    stepper = Stepper(clock, [], witness.settle, shelf)
    await stepper.advance(start + 60 * MINUTE)
    await stepper.advance(start)
    assert clock.now() >= start + 60 * MINUTE
    await shelf.close()


async def test_two_moves_at_once_happen_one_after_the_other(clock: Clock) -> None:
    start, shelf = clock.now(), Shelf()
    inside = 0

    async def alone() -> None:
        nonlocal inside
        inside += 1
        await asyncio.sleep(0.01)
        assert inside == 1
        inside -= 1

    stepper = Stepper(clock, [Every(start, 10 * MINUTE)], alone, shelf)
    await asyncio.gather(
        stepper.advance(start + 30 * MINUTE), stepper.advance(start + 45 * MINUTE)
    )
    assert clock.now() >= start + 45 * MINUTE
    await shelf.close()


async def test_the_offset_is_kept_before_it_takes_effect_and_survives(tmp_path: Path) -> None:
    path, clock = tmp_path / "shelf.sqlite", Clock()
    shelf, kept_at_settling = Shelf(path), list[float]()

    async def look() -> None:
        kept = (await shelf.all("clock"))["offset"]
        assert kept >= clock.offset.total_seconds()
        kept_at_settling.append(kept)

    target = clock.now() + 60 * MINUTE
    await Stepper(clock, [], look, shelf).advance(target)
    await shelf.close()
    assert len(kept_at_settling) == 1

    again, shelf = Clock(), Shelf(path)
    await Stepper(again, [], look, shelf).restore()
    await shelf.close()
    assert again.now() >= target
    assert again.now() - target < CLOSE


async def test_the_next_event_is_the_earliest_of_all_sources(clock: Clock) -> None:
    start, shelf, witness = clock.now(), Shelf(), Witness(clock)
    sources = [Dates(start + 9 * MINUTE), Dates(), Dates(start + 4 * MINUTE)]
    stepper = Stepper(clock, sources, witness.settle, shelf)
    assert await stepper.next_due() == start + 4 * MINUTE
    await stepper.advance(start + 10 * MINUTE)
    assert await stepper.next_due() is None
    await shelf.close()
