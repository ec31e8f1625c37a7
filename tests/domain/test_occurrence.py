from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule

from bot.domain.occurrence import Series, next_occurrence, occurrences, passed
from bot.domain.recurrence import Frequency, Recurrence

DAILY, WEEKLY, MONTHLY = Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(text: str) -> time:
    return time.fromisoformat(text)


def spans(series: Series, after: datetime, count: int) -> list[tuple[datetime, datetime]]:
    return [(one.start, one.end) for one in islice(occurrences(series, after=after), count)]


# The instants were worked out by hand from the offsets that each zone announced for that night.
NIGHTS = [
    # Berlin: 2026-03-29 02:00 CET (+1) becomes 03:00 CEST (+2).
    ("Europe/Berlin", "12:00", "13:00", "2026-03-29T10:00", "2026-03-29T11:00"),
    ("Europe/Berlin", "02:30", "04:00", "2026-03-29T01:30", "2026-03-29T02:00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-03-28T21:00", "2026-03-29T04:00"),
    # Berlin: 2026-10-25 03:00 CEST (+2) becomes 02:00 CET (+1): 02:30 comes twice, first counts.
    ("Europe/Berlin", "02:30", "04:00", "2026-10-25T00:30", "2026-10-25T03:00"),
    ("Europe/Berlin", "12:00", "13:00", "2026-10-25T11:00", "2026-10-25T12:00"),
    ("Europe/Berlin", "22:00", "06:00", "2026-10-24T20:00", "2026-10-25T05:00"),
    # New York: 2026-03-08 02:00 EST (-5) becomes 03:00 EDT (-4).
    ("America/New_York", "02:30", "03:45", "2026-03-08T07:30", "2026-03-08T07:45"),
    ("America/New_York", "09:00", "10:00", "2026-03-08T13:00", "2026-03-08T14:00"),
    # New York: 2026-11-01 02:00 EDT (-4) becomes 01:00 EST (-5).
    ("America/New_York", "01:30", "03:00", "2026-11-01T05:30", "2026-11-01T08:00"),
    ("America/New_York", "09:00", "10:00", "2026-11-01T14:00", "2026-11-01T15:00"),
    # Lord Howe: 2026-04-05 02:00 (+11) becomes 01:30 (+10:30): half an hour.
    ("Australia/Lord_Howe", "01:45", "03:00", "2026-04-04T14:45", "2026-04-04T16:30"),
    # Lord Howe: 2026-10-04 02:00 (+10:30) becomes 02:30 (+11).
    ("Australia/Lord_Howe", "02:15", "03:00", "2026-10-03T15:45", "2026-10-03T16:00"),
    # Santiago: 2026-04-05 00:00 (-3) becomes 2026-04-04 23:00 (-4): 23:30 comes twice.
    ("America/Santiago", "23:30", "01:00", "2026-04-05T02:30", "2026-04-05T05:00"),
    # Santiago: 2026-09-06 00:00 (-4) becomes 01:00 (-3).
    ("America/Santiago", "00:30", "02:00", "2026-09-06T04:30", "2026-09-06T05:00"),
    ("America/Santiago", "09:00", "10:00", "2026-09-06T12:00", "2026-09-06T13:00"),
    # Kolkata never moves: +5:30.
    ("Asia/Kolkata", "02:30", "04:00", "2026-03-28T21:00", "2026-03-28T22:30"),
    ("Asia/Kolkata", "02:30", "04:00", "2026-10-24T21:00", "2026-10-24T22:30"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "start", "end", "begins", "is_over"), NIGHTS)
def test_the_wall_clock_rules_in_the_nights_in_which_it_is_changed(
    zone: str, start: str, end: str, begins: str, is_over: str
) -> None:
    rule = Recurrence(frequency=DAILY, start=at(start), end=at(end))
    series = Series(recurrence=rule, zone=zone, first=date(2026, 1, 1))
    the_evening_before = utc(begins) - timedelta(hours=20)
    assert spans(series, the_evening_before, 1) == [(utc(begins), utc(is_over))]


@pytest.mark.parametrize(
    ("zone", "begins", "is_over"),
    [
        ("Europe/Berlin", "2026-03-28T21:00", "2026-03-29T05:00"),  # at 7:00 by the wall
        ("Europe/Berlin", "2026-10-24T20:00", "2026-10-25T04:00"),  # at 5:00
        ("America/New_York", "2026-03-08T03:00", "2026-03-08T11:00"),
        ("America/New_York", "2026-11-01T02:00", "2026-11-01T10:00"),
        ("Australia/Lord_Howe", "2026-04-04T11:00", "2026-04-04T19:00"),
        ("Australia/Lord_Howe", "2026-10-03T11:30", "2026-10-03T19:30"),
        ("America/Santiago", "2026-04-05T01:00", "2026-04-05T09:00"),
        ("America/Santiago", "2026-09-06T02:00", "2026-09-06T10:00"),
    ],
)
def test_a_length_is_elapsed_time_in_the_nights_in_which_the_clock_is_changed(
    zone: str, begins: str, is_over: str
) -> None:
    rule = Recurrence(
        frequency=Frequency.DAILY, start=time(22), end=time(6), length=timedelta(hours=8)
    )
    series = Series(recurrence=rule, zone=zone, first=date(2026, 1, 1))
    start = datetime.fromisoformat(f"{begins}+00:00")
    found = next_occurrence(series, after=start - timedelta(minutes=1))
    assert found is not None
    assert (found.start, found.end) == (start, datetime.fromisoformat(f"{is_over}+00:00"))


def test_an_occurrence_whose_start_is_skipped_past_its_end_keeps_its_length() -> None:
    rule = Recurrence(frequency=DAILY, start=at("02:30"), end=at("03:00"))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 1, 1))
    (only,) = spans(series, utc("2026-03-28T12:00"), 1)
    assert only == (utc("2026-03-29T01:30"), utc("2026-03-29T02:00"))


def test_an_hour_that_comes_twice_happens_once() -> None:
    rule = Recurrence(frequency=DAILY, start=at("02:30"), end=at("02:45"))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 1, 1))
    starts = [start for start, _ in spans(series, utc("2026-10-24T12:00"), 2)]
    assert starts == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_what_is_skipped_and_what_is_paused_is_left_out() -> None:
    rule = Recurrence(frequency=WEEKLY, by_day=WORKDAYS, start=at("12:00"), end=at("13:00"))
    series = Series(
        recurrence=rule,
        zone="Europe/Berlin",
        first=date(2026, 3, 10),
        skipped=(date(2026, 3, 13),),
        paused_until=utc("2026-03-12T00:00"),
    )
    days = [one.day for one in islice(occurrences(series, after=utc("2026-03-10T09:30")), 3)]
    assert days == [date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 17)]


def test_the_last_day_counts_and_nothing_after_it() -> None:
    rule = Recurrence(frequency=DAILY, start=at("12:00"), end=at("13:00"), until=date(2026, 3, 12))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 3, 10))
    days = [one.day for one in occurrences(series, after=utc("2026-03-10T11:30"))]
    assert days == [date(2026, 3, 11), date(2026, 3, 12)]
    assert next_occurrence(series, after=utc("2026-03-12T11:00")) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            Recurrence(frequency=MONTHLY, by_day=("1MO",), start=at("09:00"), end=at("10:00")),
            ["2026-04-06T07:00", "2026-05-04T07:00"],
        ),
        (
            Recurrence(frequency=MONTHLY, by_day=("-1FR",), start=at("09:00"), end=at("10:00")),
            ["2026-03-27T08:00", "2026-04-24T07:00"],
        ),
        (
            Recurrence(frequency=MONTHLY, by_month_day=(31,), start=at("09:00"), end=at("10:00")),
            ["2026-03-31T07:00", "2026-05-31T07:00"],
        ),
        (
            Recurrence(
                frequency=WEEKLY, interval=2, by_day=("WE",), start=at("14:00"), end=at("15:00")
            ),
            ["2026-03-11T13:00", "2026-03-25T13:00", "2026-04-08T12:00"],
        ),
    ],
)
def test_days_of_the_month_and_every_other_week(rule: Recurrence, expected: list[str]) -> None:
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 3, 10))
    found = spans(series, utc("2026-03-10T09:30"), len(expected))
    assert [start for start, _ in found] == [utc(one) for one in expected]


def test_without_an_end_it_lasts_until_the_next_working_day_starts() -> None:
    rule = Recurrence(frequency=DAILY, start=at("18:00"))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 3, 10))
    assert spans(series, utc("2026-03-12T09:00"), 3) == [
        (utc("2026-03-12T17:00"), utc("2026-03-13T08:00")),
        (utc("2026-03-13T17:00"), utc("2026-03-16T08:00")),  # Friday evening to Monday morning
        (utc("2026-03-14T17:00"), utc("2026-03-16T08:00")),
    ]


def test_without_a_start_it_is_the_whole_day_however_long_that_is() -> None:
    rule = Recurrence(frequency=WEEKLY, by_day=("SU",))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 3, 10))
    sundays = spans(series, utc("2026-03-23T00:00"), 1)
    assert sundays == [(utc("2026-03-28T23:00"), utc("2026-03-29T22:00"))]  # 23 hours


def test_what_passed_ends_with_the_present() -> None:
    rule = Recurrence(frequency=DAILY, start=at("12:00"), end=at("13:00"))
    series = Series(recurrence=rule, zone="Europe/Berlin", first=date(2026, 3, 1))
    found = passed(series, since=utc("2026-03-10T11:00"), now=utc("2026-03-12T11:00"))
    assert [one.day.day for one in found] == [10, 11, 12]


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
ORACLE: dict[Frequency, Literal[1, 2, 3]] = {DAILY: 3, WEEKLY: 2, MONTHLY: 1}  # RFC 5545 names


def any_rule(dice: random.Random) -> Recurrence:
    frequency = dice.choice(tuple(ORACLE))
    days: tuple[str, ...] = ()
    if frequency is WEEKLY and dice.random() < 0.8:
        days = tuple(dice.sample(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), dice.randint(1, 5)))
    month_days = (dice.choice((1, 15, 28, 31, -1)),) if frequency is MONTHLY else ()
    return Recurrence(
        frequency=frequency,
        interval=dice.choice((1, 1, 1, 2, 3)),
        by_day=days,
        by_month_day=month_days,
        start=time(dice.randint(0, 23), dice.choice((0, 15, 30))),
        end=time(dice.randint(0, 23), 45),
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_next_occurrences_are_those_of_the_whole_rule_from_its_first_day(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    rule, zone = any_rule(dice), dice.choice(ZONES)
    first = date(2024, 1, 1) + timedelta(days=dice.randint(0, 300))
    after = utc("2026-01-01T00:00") + timedelta(minutes=dice.randint(0, 500_000))
    whole = rrule.rrule(
        ORACLE[rule.frequency],
        dtstart=datetime.combine(first, rule.start or time()),
        interval=rule.interval,
        byweekday=[getattr(rrule, day) for day in rule.by_day] or None,
        bymonthday=rule.by_month_day or None,
        until=datetime.combine(date(2029, 1, 1), time()),
    )
    instants = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in whole]
    expected = [instant for instant in instants if instant > after][:5]
    series = Series(recurrence=rule, zone=zone, first=first)
    found = list(islice(occurrences(series, after=after), 5))
    assert [one.start for one in found] == expected
    assert all(one.end > one.start for one in found)
