"""What is kept of a person can be shown and deleted, whole, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.journal import Entry, PresenceChange
from bot.domain.person import Person
from bot.domain.presence import Availability, PreferredPresence
from bot.service.changes import DropHistory, ForgetPerson, Record
from bot.service.traffic import Incoming, Outbound
from bot.store.store import SqlStore
from bot.store.tables import METADATA, Instant
from tests.contract.conftest import NOW, StandingClock, after

ANNA = Person(tenant="7e57ab1e-0000-4000-8000-000000000001", oid="anna-1111")
BEN = Person(tenant="7e57ab1e-0000-4000-8000-000000000001", oid="ben-2222")

# These hold nothing of anybody. Whatever else has no columns `tenant` and `oid` is a mistake:
# nobody's data would be found in it.
OF_NOBODY = {"pb_facts", "pb_instances"}
# A turn's own place in line: the turn gives it up when it ends.
OF_A_TURN = {"pb_line"}
TABLES = [table for table in METADATA.sorted_tables if table.name not in OF_NOBODY]


def row_of(table: sa.Table, person: Person) -> dict[str, Any]:
    """Return a row with something in every column, and the person's id wherever it can be."""
    row = {}
    for column in table.columns:
        kind = column.type
        if column.name in ("tenant", "oid"):
            row[column.name] = getattr(person, column.name)
        elif column.autoincrement is True:
            continue
        elif isinstance(kind, Instant):
            row[column.name] = NOW
        elif isinstance(kind, sa.LargeBinary):
            row[column.name] = person.oid.encode()
        elif isinstance(kind, sa.JSON):
            row[column.name] = {"of": person.oid}
        elif isinstance(kind, sa.Boolean):
            row[column.name] = False
        elif isinstance(kind, sa.Integer | sa.BigInteger):
            row[column.name] = 1
        else:
            row[column.name] = f"{column.name} of {person.oid}"
    return row


async def fill(store: SqlStore) -> None:
    def insert(connection: sa.Connection) -> None:
        for table in TABLES:
            for person in (ANNA, BEN):
                connection.execute(sa.insert(table), row_of(table, person))

    await store._runner.run(insert)


async def rows(store: SqlStore) -> dict[str, list[str]]:
    def select(connection: sa.Connection) -> dict[str, list[str]]:
        return {
            table.name: [str(tuple(row)) for row in connection.execute(sa.select(table))]
            for table in METADATA.sorted_tables
        }

    return await store._runner.read(select)


def incoming(person: Person, key: str = "key") -> Incoming:
    return Incoming(key=key, person=person, address={"conversation": f"a:{person.oid}"}, at=NOW)


def change(id_: str, at: datetime, end: datetime) -> Entry:
    preferred = PreferredPresence(availability=Availability.BUSY, end=end)
    return Entry(
        id=id_, at=at, command="SetStatus", presence=PresenceChange(before=None, after=preferred)
    )


async def record(store: SqlStore, person: Person, *entries: Entry) -> None:
    one = incoming(person, f"{person} {entries[0].id}")
    await store.receive(one)
    await store.finish_turn(one, [Record(entry=entry) for entry in entries])


def test_every_table_says_whose_a_row_is() -> None:
    assert [t.name for t in TABLES if not {"tenant", "oid"} <= set(t.columns.keys())] == []


async def test_who_is_forgotten_is_nowhere_and_the_others_keep_all(store: SqlStore) -> None:
    await fill(store)
    heir = after(store)
    await heir.unsent()  # from here on nothing else changes hands
    before = await rows(store)
    turn = incoming(ANNA)
    await store.receive(turn)
    goodbye = Outbound(id="last", person=ANNA, request={"to": ANNA.oid})
    await store.finish_turn(turn, [ForgetPerson()], outbound=goodbye)
    (said,) = [one for one in await heir.unsent() if one.id == "last"]
    assert said.request == {"to": ANNA.oid}
    await store.sent(said)
    left = await rows(store)
    assert {table for table in left if ANNA.oid in str(left[table])} == OF_A_TURN
    for table, kept in before.items():
        bens = [row for row in kept if BEN.oid in row]
        assert [row for row in left[table] if BEN.oid in row] == bens
        assert table in OF_NOBODY or bens


async def test_what_was_said_after_it_is_still_carried_out(store: SqlStore) -> None:
    turn, later = incoming(ANNA, "first"), incoming(ANNA, "second")
    await store.receive(turn)
    await store.receive(later)
    await store.finish_turn(turn, [ForgetPerson()])
    assert [one.key for one in await after(store).unfinished()] == ["second"]
    await store.finish_turn(later, [])


async def test_what_came_before_it_is_not_carried_out_when_it_comes_again(
    store: SqlStore,
) -> None:
    before, turn = incoming(ANNA, "before"), replace(incoming(ANNA, "turn"), inline=True)
    parked, later = incoming(ANNA, "parked"), incoming(ANNA, "later")
    await store.receive(before)
    await store.finish_turn(before, (), answer={"title": "private"})
    await store.receive(parked)
    await store.park(parked)
    await store.receive_in_line(turn)
    assert await store.finish_turn(turn, [ForgetPerson()], answer={"title": "forgotten"})
    assert not [table for table, found in (await rows(store)).items() if "private" in str(found)]
    for one in (before, turn, parked):
        assert not await store.receive(one)
        assert await store.receive_in_line(one) is None
        assert await store.finished(one.key)
    assert await store.answer("before") is None
    assert await store.answer("turn") == {"title": "forgotten"}
    assert (await store.person(ANNA)).address is None
    assert await store.unpark(ANNA) == []
    assert await store.receive(later)
    await store.finish_turn(later, [])
    await store.prune(NOW + timedelta(minutes=3))
    assert await store.answer("turn") is None
    assert not await store.receive(turn)
    await store.prune(NOW + timedelta(hours=25))
    assert await store.receive(before)


async def test_who_was_told_to_wait_while_being_forgotten_is_told_the_same_again(
    store: SqlStore,
) -> None:
    turn = replace(incoming(ANNA, "turn"), inline=True)
    await store.receive(turn)
    await store.promise(turn, {"title": "working on it"})
    assert await store.finish_turn(turn, [ForgetPerson()])
    assert await store.answer("turn") == {"title": "working on it"}


async def test_who_was_forgotten_is_greeted_again(store: SqlStore) -> None:
    hello, turn = incoming(ANNA, "a:chat|welcome"), incoming(ANNA)
    for one in (hello, turn):
        await store.receive(one)
    await store.finish_turn(hello, [])
    await store.finish_turn(turn, [ForgetPerson()])
    assert await store.receive(hello)


async def test_everything_is_shown_but_what_is_sealed(store: SqlStore) -> None:
    await fill(store)
    shown = await store.everything(ANNA)
    assert {f"pb_{name}" for name, found in shown.items() if found} == {t.name for t in TABLES}
    assert BEN.oid not in str(shown)
    assert shown["vault"][0]["sealed"] == "encrypted"
    assert shown["journal"][0]["at"] == NOW.isoformat()


async def test_history_is_ones_own_newest_first_and_between_two_instants(store: SqlStore) -> None:
    hour = timedelta(hours=1)
    await record(store, ANNA, *(change(str(n), NOW + n * hour, NOW + n * hour) for n in range(5)))
    await record(store, BEN, change("bens", NOW, NOW))

    async def ids(**window: Any) -> tuple[list[str], int]:
        found, count = await store.history(
            ANNA, **{"start": None, "end": None, "limit": 10, **window}
        )
        return [entry.id for entry in found], count

    assert await ids() == (["4", "3", "2", "1", "0"], 5)
    assert await ids(limit=2) == (["4", "3"], 5)
    assert await ids(start=NOW + hour, end=NOW + 3 * hour) == (["2", "1"], 2)


@pytest.mark.parametrize("how", ["erased", "pruned"])
async def test_history_goes_but_for_what_still_runs(
    store: SqlStore, clock: StandingClock, how: str
) -> None:
    over = change("over", NOW, NOW + timedelta(hours=1))
    runs = change("runs", NOW, NOW + timedelta(days=90))
    await record(store, ANNA, over, runs)
    await record(store, BEN, replace(over, id="bens"))
    if how == "erased":
        clock.instant = NOW + timedelta(hours=2)
        turn = incoming(ANNA, "erase")
        await store.receive(turn)
        await store.finish_turn(turn, [DropHistory()])
    else:
        await store.prune(NOW + timedelta(days=29))
        assert len((await store.person(ANNA)).entries) == 2
        await store.prune(NOW + timedelta(days=31))
    assert [entry.id for entry in (await store.person(ANNA)).entries] == ["runs"]
    left = [entry.id for entry in (await store.person(BEN)).entries]
    assert left == (["bens"] if how == "erased" else [])
