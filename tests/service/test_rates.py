from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.person import Person
from bot.service.rates import OF_A_TENANT_A_MINUTE, Rates

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
ANNA = Person(tenant="t1", oid="anna")


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.passed = timedelta(0)

    def now(self) -> datetime:
        return NOW + self.passed


def test_a_person_has_bursts_of_twenty_and_then_ten_a_minute() -> None:
    clock = Hand()
    rates = Rates(clock=clock)
    assert [rates.take(ANNA) for _ in range(20)] == [None] * 20
    too_many = rates.take(ANNA)
    assert too_many is not None
    assert (too_many.first, too_many.until) == (True, NOW + timedelta(minutes=1))
    again = rates.take(ANNA)
    assert again is not None
    assert not again.first  # it was said
    assert rates.take(Person(tenant="t1", oid="ben")) is None
    assert rates.take(Person(tenant="t2", oid="anna")) is None
    clock.passed = timedelta(minutes=1)
    assert [rates.take(ANNA) for _ in range(10)] == [None] * 10
    assert rates.take(ANNA) is not None
    for _ in range(100):  # steadily, for as long as one likes
        clock.passed += timedelta(minutes=2)
        assert [rates.take(ANNA) for _ in range(20)] == [None] * 20


def test_looking_is_bounded_and_costs_no_command() -> None:
    clock = Hand()
    rates = Rates(clock=clock, a_minute=1)
    assert [rates.look(ANNA) for _ in range(12)] == [None] * 12
    assert rates.look(ANNA) is not None
    assert [rates.take(ANNA) for _ in range(2)] == [None] * 2
    clock.passed = timedelta(minutes=1)
    assert [rates.look(ANNA) is None for _ in range(7)] == [True] * 6 + [False]


def test_a_tenant_asks_for_no_more_than_graph_would_carry_out() -> None:
    clock = Hand()
    rates = Rates(clock=clock)
    people = [Person(tenant="t1", oid=str(n)) for n in range(OF_A_TENANT_A_MINUTE + 1)]
    taken = [rates.take(person) is None for person in people]
    assert taken == [True] * OF_A_TENANT_A_MINUTE + [False]
    assert rates.take(Person(tenant="t2", oid="1")) is None
    clock.passed = timedelta(minutes=1)
    assert rates.take(people[-1]) is None


def test_of_several_processes_each_allows_its_part() -> None:
    clock = Hand()
    rates = Rates(clock=clock, a_minute=6)
    rates.share(3)
    assert [rates.take(ANNA) is None for _ in range(5)] == [True] * 4 + [False]
    clock.passed = timedelta(minutes=1)
    assert [rates.take(ANNA) is None for _ in range(3)] == [True] * 2 + [False]
    rates.share(1)  # the others have gone
    clock.passed += timedelta(minutes=1)
    assert [rates.take(ANNA) is None for _ in range(7)] == [True] * 6 + [False]
    rates.share(100)
    clock.passed += timedelta(hours=1)
    assert rates.take(ANNA) is None  # never nothing at all
