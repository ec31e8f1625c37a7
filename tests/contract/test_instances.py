"""Several processes on one PostgreSQL: one line for each person, and nothing a dead one left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import sqlalchemy as sa

from bot.domain.person import Person
from bot.service.lanes import SharedLanes
from bot.service.traffic import Incoming, Outbound, Place
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.contract.conftest import NOW, StandingClock
from tests.databases import postgres_url

ADELE = Person(tenant="contoso", oid="adele")
ALEX = Person(tenant="contoso", oid="alex")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres_url() as url:
        yield url


@pytest.fixture
async def two(database: str) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    """Two processes that have been seen for a minute."""
    stores = [await open_store(database, mode="tenant", clock=StandingClock()) for _ in range(2)]
    for store in stores:
        await store.show_up()
        await seen(store, since=60, ago=0)
    yield stores[0], stores[1]
    for store in stores:
        await store.leave()
        await store.close()


async def seen(store: SqlStore, *, since: int, ago: int) -> None:
    """Make it so that a process is seen since some seconds, and the last time some ago."""

    def change(connection: sa.Connection) -> None:
        connection.execute(
            sa.text(
                "UPDATE pb_instances SET seen = seen - :ago * 1000000::bigint,"
                " since = since - :since * 1000000::bigint WHERE id = :id"
            ),
            {"ago": ago, "since": since, "id": store._me},
        )

    await store._runner.run(change)


def said(key: str, person: Person = ADELE) -> Incoming:
    return Incoming(key=key, person=person, address={"conversation": "a"}, at=NOW, text="busy")


async def test_a_line_is_one_line_for_both_processes(two: tuple[SqlStore, SqlStore]) -> None:
    here, there = two
    places = [await one.stand(ADELE) for one in (there, here, there)]
    other = await here.stand(ALEX)
    assert await here.is_first(ALEX, other)
    for index, (store, place) in enumerate(zip((there, here, there), places, strict=True)):
        assert await store.is_first(ADELE, place)
        for behind in places[index + 1 :]:
            assert not await here.is_first(ADELE, behind)
        await store.step_out(place)


async def test_work_of_one_person_never_overlaps_and_keeps_its_order(
    two: tuple[SqlStore, SqlStore],
) -> None:
    lanes = [SharedLanes(store) for store in two]
    log: list[str] = []

    async def work(lane: SharedLanes, place: Place, name: str) -> None:
        async with lane.hold(ADELE, place):
            log.append(f"{name} begins")
            await asyncio.sleep(0.02)
            log.append(f"{name} ends")

    tasks = []
    for number in range(8):
        lane = lanes[number % 2]
        place = await lane.arrive(ADELE)
        tasks.append(asyncio.create_task(work(lane, place, str(number))))
    await asyncio.gather(*tasks)
    assert log == [f"{n} {what}" for n in range(8) for what in ("begins", "ends")]


async def test_a_message_takes_its_place_with_its_row_and_leaves_with_its_mark(
    two: tuple[SqlStore, SqlStore],
) -> None:
    here, there = two
    first = await there.receive_in_line(said("c;6"))
    assert first is not None
    assert first.first
    assert await here.receive_in_line(said("c;6")) is None  # it takes no second place
    second = await here.receive_in_line(said("c;7"))
    assert second is not None
    assert not second.first
    assert not await here.is_first(ADELE, second)
    message = Outbound(id="m2", person=ADELE, request={"text": "hello"})
    assert await there.finish_turn(said("c;6"), (), outbound=message)
    assert not await here.is_first(ADELE, second)
    await there.sent(message, place=first)
    assert await here.is_first(ADELE, second)
    await here.step_out(second)
    assert await here.finish_turn(said("c;7"), ())
    await seen(there, since=0, ago=20)
    assert await here.unsent() == []


async def test_of_those_who_arrive_at_once_one_is_told_that_it_is_first(
    two: tuple[SqlStore, SqlStore],
) -> None:
    taken = await asyncio.gather(
        *(two[n % 2].receive_in_line(said(f"d;{n}")) for n in range(10)),
        *(two[n % 2].stand(ADELE) for n in range(10)),
    )
    places = sorted((place for place in taken if place), key=lambda place: place.number)
    assert [place.first for place in places] == [True] + [False] * 19
    for place in places:
        await two[0].step_out(place)
    for n in range(10):
        await two[n % 2].finish_turn(said(f"d;{n}"), ())


async def test_each_place_is_left_once_however_many_leave_together(
    two: tuple[SqlStore, SqlStore],
) -> None:
    lanes = SharedLanes(two[0])
    people = [Person(tenant="contoso", oid=f"person{number}") for number in range(8)]
    places = [await lanes.arrive(person) for person in people]
    together = asyncio.Barrier(len(people))
    left: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        left.extend([statement] * statement.startswith("DELETE FROM pb_line"))

    async def work(person: Person, place: Place) -> None:
        async with lanes.hold(person, place):
            await together.wait()

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        await asyncio.gather(*map(work, people, places))
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert len(left) == len(people)


async def test_who_is_cancelled_while_waiting_holds_up_nobody(
    two: tuple[SqlStore, SqlStore],
) -> None:
    lanes = SharedLanes(two[0])
    first, second, third = [await lanes.arrive(ADELE) for _ in range(3)]
    async with lanes.hold(ADELE, first):
        waiting = asyncio.create_task(lanes.hold(ADELE, second).__aenter__())
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.wait([waiting])
    async with asyncio.timeout(10), lanes.hold(ADELE, third):
        pass


async def test_who_is_cancelled_while_arriving_holds_up_nobody(
    two: tuple[SqlStore, SqlStore],
) -> None:
    here, there = (SharedLanes(store) for store in two)
    arriving = asyncio.create_task(here.arrive(ADELE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # it is on its way to the database
    arriving.cancel()
    await asyncio.wait([arriving])
    assert arriving.cancelled()
    async with asyncio.timeout(10):
        place = await there.arrive(ADELE)
        while not await two[1].is_first(ADELE, place):
            await here.tidy()  # as every instance does every two seconds
        await there.leave(place)


async def test_the_place_of_a_dead_process_is_passed(two: tuple[SqlStore, SqlStore]) -> None:
    here, there = two
    dead, mine = await there.stand(ADELE), await here.stand(ADELE)
    await seen(there, since=0, ago=20)
    assert await here.is_first(ADELE, mine)
    await here.show_up()  # which clears up, too
    with pytest.raises(LookupError):
        await there.is_first(ADELE, dead)


async def test_a_server_that_was_away_makes_nobody_dead(two: tuple[SqlStore, SqlStore]) -> None:
    here, there = two
    await there.receive(said("c;1"))
    ahead, mine = await there.stand(ADELE), await here.stand(ADELE)
    for store in (here, there):
        await seen(store, since=0, ago=30)
    assert await here.show_up() == 2
    assert not await here.is_first(ADELE, mine)
    assert await here.unfinished() == []
    await here.step_out(mine)
    await there.step_out(ahead)
    await there.finish_turn(said("c;1"), ())


async def test_what_a_living_process_holds_is_its_own_and_what_a_dead_one_left_is_not(
    two: tuple[SqlStore, SqlStore],
) -> None:
    here, there = two
    await there.receive(said("c;2"))
    await there.receive(said("c;3"))
    message = Outbound(id="m1", person=ADELE, request={"text": "hello"})
    assert await there.finish_turn(said("c;3"), (), outbound=message)
    assert (await here.unfinished(), await here.unsent()) == ([], [])
    await seen(there, since=0, ago=20)
    assert [one.key for one in await here.unfinished()] == ["c;2"]
    assert [one.id for one in await here.unsent()] == ["m1"]
    assert await here.finish_turn(said("c;2"), ())
    assert not await there.finish_turn(said("c;2"), ())  # it was not dead, and comes too late
    await here.sent(message)


async def test_what_is_taken_up_keeps_its_place(two: tuple[SqlStore, SqlStore]) -> None:
    here, there = two
    await there.receive(said("c;5"))
    place = await there.stand(ADELE, "c;5")
    behind = await here.stand(ADELE)
    await there.leave()
    await here.show_up()
    assert not await here.is_first(ADELE, behind)
    assert [one.key for one in await here.unfinished()] == ["c;5"]
    assert (await here.stand(ADELE, "c;5")).number == place.number
    assert await here.is_first(ADELE, place)
    await here.step_out(place)
    assert await here.is_first(ADELE, behind)
    await here.step_out(behind)
    await here.finish_turn(said("c;5"), ())


async def test_who_leaves_is_not_waited_for(two: tuple[SqlStore, SqlStore]) -> None:
    here, there = two
    await there.receive(said("c;4"))
    await there.stand(ADELE)
    mine = await here.stand(ADELE)
    await there.leave()
    assert await here.is_first(ADELE, mine)
    assert [one.key for one in await here.unfinished()] == ["c;4"]
    assert await here.show_up() == 1
    await here.step_out(mine)
