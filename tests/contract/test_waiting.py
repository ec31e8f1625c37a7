"""What waits for a sign-in, and the tickets that a sign-in needs, on every database."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.person import Person
from bot.service.changes import Withdraw
from bot.service.secrets import Sealed, Ticket
from bot.store.store import SqlStore
from bot.store.waiting import PARKED_KEPT, WORDS_KEPT
from tests.contract.conftest import NOW, StandingClock, after
from tests.contract.test_store import ADELE, ADELE_ELSEWHERE, ALEX, arm, outbound, said

MINUTE = timedelta(minutes=1)


def ticket(id_: str = "t1", person: Person = ADELE, kind: str = "code") -> Ticket:
    return Ticket(
        id=id_, kind=kind, person=person, conversation="a", expires=NOW + MINUTE, sealed=b"x"
    )


async def test_a_parked_turn_waits_for_its_person_and_is_handed_out_once(store: SqlStore) -> None:
    for key, person in (("c;1", ADELE), ("c;2", ADELE), ("d;1", ALEX)):
        await store.receive(said(key, person=person))
        await store.park(said(key, person=person))
    await store.receive(said("e;1", person=ADELE_ELSEWHERE))
    assert [one.key for one in await after(store).unfinished()] == ["e;1"]
    freed = await store.unpark(ADELE)
    assert [(one.key, one.text) for one in freed] == [("c;1", "busy"), ("c;2", "busy")]
    assert await store.unpark(ADELE) == []
    assert [one.key for one in await after(store).unfinished()] == ["c;1", "c;2", "e;1"]


async def test_a_parked_press_keeps_its_answer_for_a_repeat_and_ends_as_a_message(
    store: SqlStore,
) -> None:
    press = said(text=None, pressed={"do": "Help"}, card="card-1", inline=True)
    await store.receive(press)
    await store.park(press, answer={"statusCode": 200}, outbound=[outbound()])
    assert not await store.receive(press)
    assert await store.answer(press.key) == {"statusCode": 200}
    assert [one.id for one in await after(store).unsent()] == ["m1"]
    (freed,) = await store.unpark(ADELE)
    assert (freed.inline, freed.card, freed.pressed) == (False, "card-1", {"do": "Help"})
    await store.finish_turn(freed, ())
    assert await after(store).unfinished() == []


async def test_an_edit_takes_the_place_of_what_waits_also_while_it_is_set_free(
    store: SqlStore,
) -> None:
    edits = [said(f"c;1|edit|{number}", edits="c;1") for number in range(2)]
    for one in (said("c;1"), said("c;12"), *edits):
        await store.receive(one)
    for one in (said("c;1"), said("c;12"), edits[0]):
        await store.park(one)
    freed = await store.unpark(ADELE)
    assert [one.key for one in freed] == ["c;1", "c;12", "c;1|edit|0"]
    withdraw = Withdraw(key="c;1", by=edits[1].key)
    await store.commit(ALEX, [withdraw])
    assert not await store.finished("c;1")
    await store.commit(ADELE, [withdraw])
    left = await after(store).unfinished()
    assert [one.key for one in left] == ["c;12", "c;1|edit|1"]
    assert not await store.finish_turn(said("c;1"), ())


async def test_an_edit_is_of_the_newest_command_of_when_it_arrived(store: SqlStore) -> None:
    edit = said("c;1|edit|0", edits="c;1")
    for one in (said("c;1"), edit, said("c;2")):
        await store.receive(one)
    assert await store.done_before(edit) is not None
    late = said("c;1|edit|1", edits="c;1")
    await store.receive(late)
    assert await store.done_before(late) is None


async def test_a_turn_that_was_finished_is_not_parked(store: SqlStore) -> None:
    await store.receive(said())
    await store.finish_turn(said(), ())
    await store.park(said(), outbound=[outbound()])
    assert await store.unpark(ADELE) == []
    assert await after(store).unsent() == []


async def test_the_words_of_what_waits_longer_than_a_day_are_erased_and_it_is_told(
    store: SqlStore, clock: StandingClock
) -> None:
    await store.receive(said())
    await store.park(said())
    clock.instant = NOW + WORDS_KEPT + MINUTE
    for _ in range(2):
        await store.prune(clock.instant)
    (freed,) = await store.unpark(ADELE)
    assert (freed.key, freed.text, freed.pressed) == (said().key, None, {"refused": "waited"})
    assert freed.address == said().address


async def test_what_waits_longer_than_its_card_is_forgotten(
    store: SqlStore, clock: StandingClock
) -> None:
    await store.receive(said())
    await store.park(said())
    clock.instant = NOW + PARKED_KEPT + MINUTE
    await store.prune(clock.instant)
    assert await store.unpark(ADELE) == []


async def test_a_suspended_timer_is_not_due_until_it_is_released(store: SqlStore) -> None:
    await store.receive(said())
    await store.finish_turn(said(), [arm("t1"), arm("t2", 2 * MINUTE)])
    later = NOW + timedelta(hours=1)
    first, second = await store.due(later, 10)
    assert await store.suspend_timer(first, outbound=outbound("m1"))
    assert not await store.suspend_timer(second, outbound=outbound("m2"))
    assert [one.id for one in await after(store).unsent()] == ["m1"]  # told once
    assert await store.due(later, 10) == []
    assert await store.next_due() is None
    assert len((await store.person(ADELE)).timers) == 2  # and can be listed and cancelled
    assert await store.release_timers(ALEX) == 0
    assert await store.release_timers(ADELE) == 2
    assert [(one.id, one.waited) for one in await store.due(later, 10)] == [
        ("t1", True),
        ("t2", True),
    ]
    assert await store.armed("t1", first.version) is None


async def test_a_timer_that_was_changed_is_not_suspended(store: SqlStore) -> None:
    await store.receive(said())
    await store.finish_turn(said(), [arm("t1")])
    (old,) = await store.due(NOW + MINUTE, 10)
    await store.postpone_timer(old, NOW)
    assert not await store.suspend_timer(old, outbound=outbound())
    assert await after(store).unsent() == []


async def test_a_ticket_is_good_once_for_its_kind_until_it_expires(
    store: SqlStore, clock: StandingClock
) -> None:
    await store.keep_ticket(ticket())
    assert await store.take_ticket("state", "t1") is None
    assert await store.ticket("code", "t1") == ticket()
    assert await store.take_ticket("code", "t1") == ticket()
    assert await store.take_ticket("code", "t1") is None
    await store.keep_ticket(ticket())
    clock.instant = NOW + MINUTE
    assert await store.take_ticket("code", "t1") is None
    await store.prune(clock.instant)
    clock.instant = NOW
    assert await store.ticket("code", "t1") is None


async def test_a_ticket_is_never_replaced_by_somebody_elses(store: SqlStore) -> None:
    await store.keep_ticket(ticket())
    await store.keep_ticket(ticket(person=ALEX))
    kept = await store.ticket("code", "t1")
    assert kept is not None
    assert kept.person == ADELE


async def test_five_wrong_guesses_end_a_persons_tickets_and_nobody_elses(store: SqlStore) -> None:
    await store.keep_ticket(ticket("t1"))
    await store.keep_ticket(ticket("t2", ALEX))
    for _ in range(4):
        assert await store.miss_ticket("code", ADELE)
    assert await store.ticket("code", "t1") is not None
    assert await store.miss_ticket("code", ADELE)
    assert await store.ticket("code", "t1") is None
    assert await store.ticket("code", "t2") is not None
    assert not await store.miss_ticket("code", ADELE)


async def test_secrets_are_versioned_listed_by_key_and_forgotten(store: SqlStore) -> None:
    for number, person in enumerate((ADELE, ALEX, ADELE_ELSEWHERE)):
        content = Sealed(version=1, key="old" if number else "new", sealed=bytes([number]))
        assert await store.seal(person, content)
    assert not await store.seal(ADELE, Sealed(version=3, key="new", sealed=b"skips one"))
    listed = await store.sealed_otherwise("new", after=None, limit=1)
    assert [person for person, _ in listed] == [ALEX]
    listed = await store.sealed_otherwise("new", after=ALEX, limit=10)
    assert [person for person, _ in listed] == [ADELE_ELSEWHERE]
    again = Sealed(version=1, key="new", sealed=b"again")
    assert not await store.reseal(ALEX, again, old_key="older")
    assert await store.reseal(ALEX, again, old_key="old")
    assert await store.sealed(ALEX) == again
    await store.keep_ticket(ticket("t9", ALEX))
    await store.forget_secrets(ALEX)
    assert await store.sealed(ALEX) is None
    assert await store.ticket("code", "t9") is None
    assert await store.sealed(ADELE) is not None
