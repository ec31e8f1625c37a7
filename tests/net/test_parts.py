from __future__ import annotations

import pytest

from bot.net.breaker import Breaker
from bot.net.pacing import MOST_KEYS, Pacer
from bot.net.retry import Allowance, back_off, retry_after
from bot.net.values import Pace
from tests.net.scripted import StepTime


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "5"}, 5.0),
        ({"retry-after": "2.128"}, 2.128),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "86400"}, 3600.0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
        (
            {
                "retry-after": "Tue, 10 Mar 2026 09:30:30 GMT",
                "date": "Tue, 10 Mar 2026 09:30:00 GMT",
            },
            30.0,
        ),
        ({"retry-after": "Tue, 10 Mar 2026 09:30:30 GMT"}, None),
    ],
)
def test_retry_after_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_back_off_is_anything_up_to_a_growing_limit() -> None:
    assert [back_off(attempt, lambda: 1.0) for attempt in range(1, 7)] == [1, 2, 4, 8, 8, 8]
    assert back_off(3, lambda: 0.0) == 0.0


def test_repeats_are_earned_by_good_answers() -> None:
    allowance = Allowance()
    assert sum(allowance.take() for _ in range(100)) == 20
    for _ in range(4):
        allowance.earn()
    assert [allowance.take() for _ in range(3)] == [True, True, False]


def run(breaker: Breaker, *failed: bool) -> None:
    for one in failed:
        breaker.leave(one, probe=breaker.enter())


def test_four_failures_in_a_row_do_not_open() -> None:
    breaker = Breaker("host", StepTime().now)
    run(breaker, True, True, True, True, False, True, True, True, True)
    assert breaker.wait() == 0.0


def test_half_of_twenty_failures_open_without_five_in_a_row() -> None:
    breaker = Breaker("host", StepTime().now)
    run(breaker, *[False, True] * 9, False)
    assert breaker.wait() == 0.0
    run(breaker, True)
    assert breaker.wait() == 1.0


def test_failures_older_than_30_seconds_do_not_count() -> None:
    time = StepTime()
    breaker = Breaker("host", time.now)
    run(breaker, *[True, False] * 9)
    time.time += 30.0
    run(breaker, False, True)
    assert breaker.wait() == 0.0


def test_each_failed_probe_doubles_the_time_up_to_30_seconds() -> None:
    time = StepTime()
    breaker = Breaker("host", time.now)
    run(breaker, *[True] * 5)
    waits = []
    for _ in range(7):
        waits.append(breaker.wait())
        time.time += breaker.wait()
        run(breaker, True)
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    time.time += breaker.wait()
    run(breaker, False)
    run(breaker, *[True] * 5)
    assert breaker.wait() == 1.0


def test_a_request_that_was_under_way_when_it_opened_changes_nothing() -> None:
    breaker = Breaker("host", StepTime().now)
    late = breaker.enter()
    run(breaker, *[True] * 5)
    breaker.leave(False, probe=late)
    assert breaker.wait() == 1.0


def test_keys_used_long_ago_are_forgotten() -> None:
    pacer = Pacer(StepTime().now)
    for number in range(MOST_KEYS + 1):
        pacer.take(Pace(key=str(number), limit=1, seconds=30.0))
    assert pacer.wait(Pace(key="0", limit=1, seconds=30.0)) == 0.0
    assert pacer.wait(Pace(key="1", limit=1, seconds=30.0)) == 30.0
