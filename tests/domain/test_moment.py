"""Time enters as an argument, in the person's own zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.person import zone_or_utc

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo = BERLIN) -> Moment:
    return Moment(now=datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC), zone=zone)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment(now=datetime(2026, 3, 10, 9, 30), zone=BERLIN)  # noqa: DTZ001 - the point of it


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("2026-03-10T09:30", "2026-03-10T18:00"),
        ("2026-03-10T17:59:59", "2026-03-10T18:00"),
        ("2026-03-10T18:00", "2026-03-11T00:00"),
        ("2026-03-10T23:30", "2026-03-11T00:00"),
    ],
)
def test_the_day_ends_at_six_and_later_than_that_at_midnight(said: str, ends: str) -> None:
    moment = at(said)
    assert moment.wall(moment.end_of_day()) == datetime.fromisoformat(ends)


def test_a_skipped_wall_time_moves_forward_and_a_doubled_one_is_the_first() -> None:
    moment = at("2026-03-10T09:30")
    assert moment.instant(datetime.fromisoformat("2027-03-28T02:30")) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )
    assert moment.instant(datetime.fromisoformat("2026-10-25T02:30")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("name", [None, "", "Nowhere/Town", "../etc/passwd", "Europe", "x" * 999])
def test_a_zone_that_is_not_one_is_utc(name: str | None) -> None:
    assert zone_or_utc(name).key == "UTC"


def test_the_clock_moves_forward_only() -> None:
    clock = Clock()
    start = clock.now()
    clock.move_to(datetime(2100, 1, 1, tzinfo=UTC))
    ahead = clock.offset
    clock.move_to(start)
    assert clock.offset == ahead
    assert clock.now() >= datetime(2100, 1, 1, tzinfo=UTC)
