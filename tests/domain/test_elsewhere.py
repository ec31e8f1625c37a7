"""A rule by the clocks of another zone: worked out by hand from the offsets of that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.elsewhere import carried, same_clocks
from bot.domain.recurrence import Frequency, Recurrence

TOKYO, NEW_YORK = "Asia/Tokyo", "America/New_York"
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")
STANDUP = Recurrence(
    frequency=Frequency.WEEKLY,
    by_day=WORKDAYS,
    start=time(10),
    end=time(10, 30),
    until=date(2026, 6, 30),
)


def test_a_morning_in_tokyo_is_the_evening_before_in_new_york() -> None:
    there, later = carried(STANDUP, date(2026, 3, 11), zone=TOKYO, to=NEW_YORK)
    assert later == timedelta(days=-1)
    assert (there.start, there.end) == (time(21), time(21, 30))  # daylight-saving time there
    assert there.by_day == ("SU", "MO", "TU", "WE", "TH")
    assert there.until == date(2026, 6, 29)
    winter, _ = carried(STANDUP, date(2026, 12, 9), zone=TOKYO, to=NEW_YORK)
    assert winter.start == time(20)


def test_there_and_back_it_is_what_it_was() -> None:
    night = Recurrence(frequency=Frequency.MONTHLY, by_day=("-1FR",), start=time(22), end=time(6))
    for rule in (STANDUP, night):
        day = date(2026, 3, 11)
        there, later = carried(rule, day, zone=TOKYO, to=NEW_YORK)
        back, home = carried(there, day + later, zone=NEW_YORK, to=TOKYO)
        assert back == rule
        assert later + home == timedelta(0)


def test_a_whole_day_is_the_same_day_everywhere() -> None:
    whole = Recurrence(frequency=Frequency.WEEKLY, by_day=("MO",))
    assert carried(whole, date(2026, 3, 9), zone=TOKYO, to=NEW_YORK) == (whole, timedelta(0))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Asia/Kolkata", "Asia/Calcutta", True),  # an old name
        ("Europe/Berlin", "Europe/Paris", True),
        ("Europe/Berlin", "Africa/Lagos", False),  # the same in winter
        ("America/New_York", "America/Santiago", False),
        ("Europe/London", "UTC", False),
        ("Pacific/Auckland", "Pacific/Fiji", False),
    ],
)
def test_zones_are_compared_by_their_clocks_in_all_seasons(
    one: str, other: str, same: bool
) -> None:
    for month in (1, 7):
        assert same_clocks(one, other, datetime(2026, month, 15, tzinfo=UTC)) is same
