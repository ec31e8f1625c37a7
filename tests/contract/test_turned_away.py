"""A delivery that is turned away has left nothing; one that was promised is not turned away."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.person import Person
from bot.service.traffic import Incoming
from bot.store.store import SqlStore
from tests.contract.conftest import NOW

PRESS = Incoming(
    key="press;1",
    person=Person(tenant="contoso", oid="adele"),
    address={},
    at=NOW,
    pressed={"do": "Undo"},
    inline=True,
)


async def test_what_was_turned_away_may_come_again(store: SqlStore) -> None:
    place = await store.receive_in_line(PRESS)
    assert place is not None
    assert await store.turn_away(PRESS) is True
    assert await store.turn_away(PRESS) is True  # twice is fine
    await store.step_out(place)
    assert await store.finished(PRESS.key) is False
    assert await store.receive_in_line(PRESS) is not None
    assert await store.finish_turn(PRESS, ())


async def test_what_is_being_worked_on_is_not_turned_away(store: SqlStore) -> None:
    await store.receive(PRESS)
    await store.promise(PRESS, {"wait": True})
    assert await store.turn_away(PRESS) is False
    assert await store.answer(PRESS.key) == {"wait": True}
    assert not await store.receive(PRESS)


async def test_what_is_done_stays_known(store: SqlStore) -> None:
    await store.receive(PRESS)
    await store.finish_turn(PRESS, ())
    await store.turn_away(PRESS)
    assert await store.finished(PRESS.key) is True
    assert await store.finished(PRESS.key, before=NOW) is False
    assert await store.finished(PRESS.key, before=NOW + timedelta(seconds=1)) is True
