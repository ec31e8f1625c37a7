from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.journal import Entry, MessageChange, PresenceChange
from bot.domain.person import Person, Settings
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage
from bot.domain.timers import (
    EndReminder,
    FreeReminder,
    TenantWatch,
    Timer,
    Watched,
    Watching,
)
from bot.service.changes import (
    Arm,
    Change,
    Drop,
    KeepArmed,
    MarkUndone,
    Nudge,
    Record,
    SaveSettings,
)
from bot.service.ports import PersonRecord
from bot.service.traffic import Incoming, Outbound
from bot.store.opening import open_store
from bot.store.store import SqlStore
from tests.contract.conftest import NOW, StandingClock, after

ADELE = Person(tenant="contoso", oid="adele")
ALEX = Person(tenant="contoso", oid="alex")
ADELE_ELSEWHERE = Person(tenant="fabrikam", oid="adele")
MINUTE = timedelta(minutes=1)


def said(key: str = "c;1", **values: Any) -> Incoming:
    given: dict[str, Any] = {"person": ADELE, "address": {"conversation": {"id": "a"}}, "at": NOW}
    return Incoming(key=key, **(given | {"text": "busy"} | values))


def entry(id_: str = "e1") -> Entry:
    return Entry(
        id=id_,
        at=NOW,
        command="SetStatus",
        presence=PresenceChange(
            before=None,
            after=PreferredPresence(availability=Availability.BUSY, end=NOW + 2 * MINUTE),
            end_said=True,
        ),
        message=MessageChange(before=StatusMessage(text="x"), after=None),
    )


def arm(id_: str = "t1", due: timedelta = MINUTE, text: str = "tea") -> Arm:
    return Arm(timer=id_, task=FreeReminder(text=text), due=NOW + due)


def outbound(id_: str = "m1", person: Person = ADELE) -> Outbound:
    return Outbound(id=id_, person=person, request={"to": "adele", "text": "hello"})


async def armed(store: SqlStore, *changes: Change, person: Person = ADELE) -> None:
    incoming = said(f"arm;{person};{changes}", person=person)
    await store.receive(incoming)
    await store.finish_turn(incoming, changes)


async def rows(store: SqlStore, table: str) -> list[Any]:
    def all_of(connection: sa.Connection) -> list[Any]:
        return list(connection.execute(sa.text(f"SELECT * FROM {table}")))  # noqa: S608  # our own

    return await store._runner.read(all_of)


async def one_timer(store: SqlStore) -> Timer:
    (timer,) = await store.due(NOW + timedelta(days=400), 10)
    return timer


async def test_the_same_key_is_received_once(store: SqlStore) -> None:
    assert await store.receive(said("c;1"))
    assert not await store.receive(said("c;1", text="another text"))
    assert await store.receive(said("c;2"))
    assert [i.text for i in await after(store).unfinished()] == ["busy", "busy"]


async def test_what_is_unfinished_comes_back_whole_and_in_order_of_arrival(
    store: SqlStore,
) -> None:
    first = said("z", zone="Europe/Berlin", locale="de-DE", private=False)
    second = said("a", person=ALEX, text=None, pressed={"do": "Undo"}, card="1:2")
    for incoming in (first, second, said("m", inline=True)):
        await store.receive(incoming)
    assert await after(store).unfinished() == [first, second]


async def test_a_finished_thing_is_no_longer_unfinished_and_its_content_is_gone(
    store: SqlStore,
) -> None:
    incoming = said(text="my secret plan")
    await store.receive(incoming)
    await store.finish_turn(incoming, ())
    assert await after(store).unfinished() == []
    assert "secret" not in repr(await rows(store, "pb_inbox"))


async def test_attempts_are_counted_and_come_back_with_what_is_unfinished(
    store: SqlStore,
) -> None:
    await store.receive(said("c;1"))
    assert [await store.attempt("c;1"), await store.attempt("c;1")] == [1, 2]
    assert [i.attempts for i in await after(store).unfinished()] == [2]


async def test_what_was_carried_out_is_known_longer_than_its_answer(store: SqlStore) -> None:
    incoming = said(inline=True)
    await store.receive(incoming)
    assert await store.finished(incoming.key) is False
    await store.finish_turn(incoming, (), answer={"status": 200})
    await store.prune(NOW + 3 * MINUTE)
    assert await store.answer(incoming.key) is None
    assert await store.finished(incoming.key) is True
    assert await store.finished("never seen") is False


async def test_an_answer_is_given_again_for_two_minutes(
    store: SqlStore, clock: StandingClock
) -> None:
    incoming = said(inline=True)
    await store.receive(incoming)
    assert await store.answer(incoming.key) is None
    await store.finish_turn(incoming, (), answer={"status": 200, "value": {"a": [1]}})
    await store.prune(NOW + 2 * MINUTE)
    assert await store.answer(incoming.key) == {"status": 200, "value": {"a": [1]}}
    await store.prune(NOW + 2 * MINUTE + timedelta(seconds=1))
    assert await store.answer(incoming.key) is None
    assert not await store.receive(incoming)


async def test_a_key_is_forgotten_after_a_day_but_never_while_it_is_unfinished(
    store: SqlStore,
) -> None:
    done, waiting, abandoned = said("done"), said("waiting"), said("abandoned", inline=True)
    for incoming in (done, waiting, abandoned):
        await store.receive(incoming)
    await store.finish_turn(done, ())
    await store.prune(NOW + timedelta(hours=24))
    assert len(await rows(store, "pb_inbox")) == 3
    await store.prune(NOW + timedelta(hours=24, seconds=1))
    assert [row.key for row in await rows(store, "pb_inbox")] == ["waiting"]


async def test_an_unknown_person_has_the_defaults(store: SqlStore) -> None:
    assert await store.person(ADELE) == PersonRecord(entries=[], timers=[])


async def test_where_a_person_can_be_reached_is_their_newest_private_conversation(
    store: SqlStore,
) -> None:
    await store.receive(said("1", address={"id": "old"}))
    await store.receive(said("2", address={"id": "new"}))
    await store.receive(said("3", address={"id": "group"}, private=False))
    await store.receive(said("2", address={"id": "repeated"}))
    assert (await store.person(ADELE)).address == {"id": "new"}
    assert (await store.person(ALEX)).address is None


async def test_a_turn_commits_everything_that_it_did(store: SqlStore) -> None:
    incoming = said()
    await store.receive(incoming)
    settings = Settings(zone="Europe/Berlin", locale="de", end_reminders=False)
    end = EndReminder(entry="e1", availability=Availability.BUSY, end=NOW + 10 * MINUTE)
    await store.finish_turn(
        incoming,
        [
            Record(entry=entry()),
            Arm(timer="t1", task=end, due=NOW + MINUTE),
            SaveSettings(settings=settings),
        ],
        outbound=outbound(),
    )
    known = await store.person(ADELE)
    assert known.settings == settings
    assert known.entries == [entry()]
    assert known.timers == [Timer(id="t1", person=ADELE, task=end, due=NOW + MINUTE)]
    assert await after(store).unsent() == [outbound()]


async def test_finishing_a_turn_twice_changes_nothing(store: SqlStore) -> None:
    incoming = said()
    await store.receive(incoming)
    await store.finish_turn(incoming, [Record(entry=entry())], answer={"n": 1})
    await store.finish_turn(
        incoming, [Record(entry=entry("e2")), arm()], answer={"n": 2}, outbound=outbound()
    )
    known = await store.person(ADELE)
    assert ([e.id for e in known.entries], known.timers) == (["e1"], [])
    assert await store.answer(incoming.key) == {"n": 1}
    assert await after(store).unsent() == []


async def test_a_turn_that_was_never_received_is_an_error_not_a_loss(store: SqlStore) -> None:
    with pytest.raises(LookupError):
        await store.finish_turn(said("unknown"), [arm()])
    with pytest.raises(LookupError):
        await store.attempt("unknown")
    assert await store.next_due() is None


async def test_a_turn_that_cannot_be_committed_leaves_nothing(store: SqlStore) -> None:
    await armed(store, arm("theirs"), person=ALEX)
    incoming = said()
    await store.receive(incoming)
    with pytest.raises(ValueError, match="another person"):
        await store.finish_turn(
            incoming, [Record(entry=entry()), arm("theirs")], outbound=outbound()
        )
    assert (await store.person(ADELE)).entries == []
    assert await after(store).unsent() == []
    assert [i.key for i in await after(store).unfinished()] == [incoming.key]


async def test_the_newest_twenty_entries_come_first(store: SqlStore) -> None:
    incoming = said()
    await store.receive(incoming)
    await store.finish_turn(incoming, [Record(entry=entry(f"e{n:02}")) for n in range(25)])
    assert [e.id for e in (await store.person(ADELE)).entries] == [
        f"e{n:02}" for n in range(24, 4, -1)
    ]


async def test_an_entry_that_was_taken_back_says_so(store: SqlStore) -> None:
    for person in (ADELE, ALEX):
        incoming = said(f"{person}", person=person)
        await store.receive(incoming)
        await store.finish_turn(incoming, [Record(entry=entry()), Record(entry=entry("e2"))])
    undo = said("undo")
    await store.receive(undo)
    await store.finish_turn(undo, [MarkUndone(entry="e1")])
    assert [e.undone for e in (await store.person(ADELE)).entries] == [False, True]
    assert [e.undone for e in (await store.person(ALEX)).entries] == [False, False]


async def test_people_of_the_same_name_in_two_tenants_are_two_people(store: SqlStore) -> None:
    await armed(store, arm("here"))
    await armed(store, arm("there"), person=ADELE_ELSEWHERE)
    assert [t.id for t in (await store.person(ADELE)).timers] == ["here"]
    assert [t.id for t in (await store.person(ADELE_ELSEWHERE)).timers] == ["there"]


async def test_timers_come_next_due_first(store: SqlStore) -> None:
    await armed(store, arm("c", 3 * MINUTE), arm("a", MINUTE), arm("b", 2 * MINUTE))
    assert [t.id for t in (await store.person(ADELE)).timers] == ["a", "b", "c"]
    assert [t.id for t in await store.due(NOW + 2 * MINUTE, 10)] == ["a", "b"]
    assert [t.id for t in await store.due(NOW + 9 * MINUTE, 1)] == ["a"]
    assert await store.due(NOW + MINUTE - timedelta(microseconds=1), 10) == []
    assert await store.next_due() == NOW + MINUTE
    assert await store.next_due(after=NOW + MINUTE) == NOW + 2 * MINUTE
    assert await store.next_due(after=NOW + 3 * MINUTE) is None


async def test_arming_again_changes_the_timer_and_its_version_grows(store: SqlStore) -> None:
    await armed(store, arm("t1", MINUTE))
    await store.postpone_timer(await one_timer(store), NOW + 2 * MINUTE)
    await armed(store, arm("t1", 3 * MINUTE, "coffee"))
    timer = await one_timer(store)
    assert timer == Timer(
        id="t1",
        person=ADELE,
        task=FreeReminder(text="coffee"),
        due=NOW + 3 * MINUTE,
        version=3,
        attempts=0,
    )
    assert await store.armed("t1", 3) == timer
    assert await store.armed("t1", 2) is None


async def test_a_dropped_timer_is_not_armed_and_its_versions_never_come_again(
    store: SqlStore,
) -> None:
    await armed(store, arm())
    drop = said("drop")
    await store.receive(drop)
    await store.finish_turn(drop, [Drop(timer="t1"), Drop(timer="unknown")])
    assert await store.armed("t1", 1) is None
    assert await store.next_due() is None
    await armed(store, arm(due=2 * MINUTE))
    assert (await one_timer(store)).version == 2


async def test_nobody_can_drop_the_timer_of_another_person(store: SqlStore) -> None:
    await armed(store, arm())
    drop = said("drop", person=ALEX)
    await store.receive(drop)
    await store.finish_turn(drop, [Drop(timer="t1")])
    assert await store.armed("t1", 1) is not None


async def test_a_due_timer_is_finished_once(store: SqlStore) -> None:
    await armed(store, arm())
    timer = await one_timer(store)
    assert await store.finish_timer(timer, [Record(entry=entry())], outbound=outbound())
    assert not await store.finish_timer(
        timer, [Record(entry=entry("e2"))], outbound=outbound("m2")
    )
    assert [e.id for e in (await store.person(ADELE)).entries] == ["e1"]
    assert [o.id for o in await after(store).unsent()] == ["m1"]
    assert await store.next_due() is None


async def test_finishing_and_arming_the_same_timer_keeps_it_armed(store: SqlStore) -> None:
    await armed(store, arm())
    assert await store.finish_timer(await one_timer(store), [arm(due=5 * MINUTE)])
    timer = await one_timer(store)
    assert (timer.version, timer.due) == (2, NOW + 5 * MINUTE)


async def test_a_timer_that_was_changed_meanwhile_is_neither_finished_nor_postponed(
    store: SqlStore,
) -> None:
    await armed(store, arm())
    seen = await one_timer(store)
    await armed(store, arm(due=9 * MINUTE))
    assert not await store.finish_timer(seen, [Record(entry=entry())])
    assert not await store.postpone_timer(seen, NOW + 2 * MINUTE)
    assert (await store.person(ADELE)).entries == []
    assert await store.next_due() == NOW + 9 * MINUTE


async def test_postponing_counts_attempts(store: SqlStore) -> None:
    await armed(store, arm())
    timer = await one_timer(store)
    assert await store.postpone_timer(timer, NOW + 4 * MINUTE)
    assert await one_timer(store) == replace(timer, due=NOW + 4 * MINUTE, version=2, attempts=1)


async def test_a_tenants_timer_stays_due_when_it_is_and_whoever_fires_it_must_look_again(
    store: SqlStore,
) -> None:
    keep = KeepArmed(tenant="contoso", timer="watch:contoso", task=TenantWatch(), due=NOW + MINUTE)
    await armed(store, keep)
    (seen,) = await store.due(NOW + MINUTE, 10)
    assert (seen.person.tenant, seen.due) == ("contoso", NOW + MINUTE)
    await armed(store, replace(keep, due=NOW + 9 * MINUTE))
    assert not await store.finish_timer(seen, ())
    (seen,) = await store.due(NOW + MINUTE, 10)
    assert await store.finish_timer(seen, ())
    await armed(store, replace(keep, due=NOW + 8 * MINUTE))
    assert await store.next_due() == NOW + 8 * MINUTE


async def test_a_timer_that_was_changed_meanwhile_is_not_nudged(store: SqlStore) -> None:
    watching = Watching(
        watched=(Watched(oid="o", name="Megan", key="megan@x", ends=NOW + MINUTE, seen="Busy"),)
    )
    later = NOW + 9 * MINUTE
    await armed(store, Arm(timer=f"watch:{ADELE}", task=watching, due=later))
    (old,) = await store.watchers(ADELE.tenant)
    await armed(store, Arm(timer=f"watch:{ADELE}", task=watching, due=later + MINUTE))
    await armed(store, Nudge(timer=old, task=Watching(watched=())))
    assert await store.due(NOW, 10) == []
    (new,) = await store.watchers(ADELE.tenant)
    assert new.task == watching
    await armed(store, Nudge(timer=new, task=Watching(watched=())))
    (nudged,) = await store.due(NOW, 10)
    assert nudged.task == Watching(watched=())
    assert await store.watchers("another") == []


async def test_what_a_person_has_disarmed_can_be_read_by_its_ids(store: SqlStore) -> None:
    await armed(store, arm("gone"), arm("too"), arm("armed"))
    assert await store.disarmed(ADELE, ["gone", "too", "armed"]) == []
    await armed(store, Drop(timer="gone"), Drop(timer="too"))
    (found,) = await store.disarmed(ADELE, ["gone", "armed", "another"])
    assert found.id == "gone"
    assert found.task == arm("gone").task
    assert await store.disarmed(replace(ADELE, oid="bernd"), ["gone", "too"]) == []


async def test_a_disarmed_timer_is_forgotten_after_a_week(store: SqlStore) -> None:
    await armed(store, arm("done"), arm("armed"))
    done = await store.armed("done", 1)
    assert done is not None
    await store.finish_timer(done, ())
    await store.prune(NOW + timedelta(days=7))
    assert len(await rows(store, "pb_timers")) == 2
    await store.prune(NOW + timedelta(days=7, seconds=1))
    assert [row.id for row in await rows(store, "pb_timers")] == ["armed"]


async def test_messages_wait_in_order_until_they_are_sent_and_then_lose_their_content(
    store: SqlStore,
) -> None:
    for key in ("z", "a", "m"):
        incoming = said(key)
        await store.receive(incoming)
        await store.finish_turn(incoming, (), outbound=outbound(key))
    await store.sent(outbound("a"))
    assert [o.id for o in await after(store).unsent()] == ["z", "m"]
    (sent,) = [row for row in await rows(store, "pb_outbox") if row.id == "a"]
    assert "hello" not in repr(sent)
    await store.prune(NOW + timedelta(hours=24, seconds=1))
    assert [row.id for row in await rows(store, "pb_outbox")] == ["z", "m"]


async def test_hundreds_at_once_are_each_kept_once(store: SqlStore) -> None:
    kept = await asyncio.gather(*(store.receive(said(f"{n % 300}")) for n in range(900)))
    assert kept.count(True) == 300
    assert len(await rows(store, "pb_inbox")) == 300


async def test_a_failing_unit_leaves_those_beside_it_alone(store: SqlStore) -> None:
    incoming = [said(f"{n}") for n in range(30)]
    for one in incoming:
        await store.receive(one)

    async def finish(number: int) -> str:
        try:
            same = "same" if number % 3 == 0 else f"{number}"
            await store.finish_turn(incoming[number], [Record(entry=entry(same))])
        except sa.exc.IntegrityError:
            return "failed"
        return "kept"

    outcomes = await asyncio.gather(*(finish(n) for n in range(30)))
    assert (outcomes.count("failed"), outcomes.count("kept")) == (9, 21)
    assert len(await rows(store, "pb_journal")) == 21
    assert len(await after(store).unfinished()) == 9


async def test_a_caller_that_is_cancelled_neither_loses_nor_halves_the_turn(
    store: SqlStore,
) -> None:
    incoming = [said(f"{n}") for n in range(20)]
    for one in incoming:
        await store.receive(one)
    turns = [
        asyncio.create_task(store.finish_turn(one, [Record(entry=entry(one.key)), arm(one.key)]))
        for one in incoming
    ]
    await asyncio.sleep(0)
    for turn in turns:
        turn.cancel()
    ended = await asyncio.gather(*turns, return_exceptions=True)
    assert {type(one) for one in ended} == {asyncio.CancelledError}
    while await after(store).unfinished():  # noqa: ASYNC110  # nobody is told of a cancelled call
        await asyncio.sleep(0.01)
    assert len(await rows(store, "pb_journal")) == len(await rows(store, "pb_timers")) == 20


async def test_closing_carries_out_what_was_handed_over(
    database: str, clock: StandingClock
) -> None:
    store = await open_store(database, mode="playground", clock=clock)
    under_way = [asyncio.create_task(store.receive(said(f"{n}"))) for n in range(100)]
    await asyncio.sleep(0)
    for task in under_way:
        task.cancel()
    await store.close()
    await store.close()
    with pytest.raises(RuntimeError, match="closed"):
        await store.receive(said())
    again = await open_store(database, mode="playground", clock=clock)
    assert len(await after(again).unfinished()) == 100
    await again.close()


async def test_a_restart_keeps_everything(database: str, clock: StandingClock) -> None:
    store = await open_store(database, mode="tenant", clock=clock)
    await store.receive(said("waiting"))
    done = said("done")
    await store.receive(done)
    await store.finish_turn(done, [arm(), Record(entry=entry())], outbound=outbound())
    before = await store.person(ADELE)
    await store.close()
    again = await open_store(database, mode="tenant", clock=clock)
    assert await again.person(ADELE) == before
    assert [i.key for i in await after(again).unfinished()] == ["waiting"]
    assert [o.id for o in await after(again).unsent()] == ["m1"]
    await again.close()


async def test_one_clock_reading_is_one_instant_to_the_microsecond(store: SqlStore) -> None:
    odd = NOW + timedelta(microseconds=123457)
    await armed(store, Arm(timer="t1", task=FreeReminder(text="x"), due=odd))
    assert await store.next_due() == odd


async def test_an_error_of_the_database_does_not_repeat_what_was_said(store: SqlStore) -> None:
    for key in ("c;1", "c;2"):
        await store.receive(said(key))
    message = Outbound(id="m1", person=ADELE, request={"text": "my secret plan"})
    await store.finish_turn(said("c;1"), (), outbound=message)
    with pytest.raises(sa.exc.IntegrityError) as caught:
        await store.finish_turn(said("c;2"), (), outbound=message)
    assert "secret" not in str(caught.value)
