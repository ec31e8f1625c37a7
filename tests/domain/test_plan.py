"""What a command writes, decided without I/O."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commands import ClearAll, ClearMessage, ClearStatus, Extend, SetMessage, SetStatus
from bot.domain.journal import Entry, MessageChange, PresenceChange, running
from bot.domain.plan import Plan, plan
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.reply import Phrase
from bot.domain.status import StatusMessage

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def planned(command: SetStatus | SetMessage | Extend | ClearStatus | ClearAll) -> Plan:
    result = plan(command, None, NOW)
    assert isinstance(result, Plan)
    return result


def problem(command: SetStatus | SetMessage | Extend) -> str:
    result = plan(command, None, NOW)
    assert isinstance(result, Phrase)
    return result.key


def busy(*, until: datetime, message: StatusMessage | None = None) -> tuple[Entry, ...]:
    return (
        Entry(
            id="1",
            at=NOW - HOUR,
            command="SetStatus",
            presence=PresenceChange(
                before=None,
                after=PreferredPresence(availability=Availability.BUSY, end=until),
                end_said=True,
            ),
            message=MessageChange(before=None, after=message) if message else None,
        ),
    )


def test_state_and_message_end_at_the_same_instant() -> None:
    end = NOW + 2 * HOUR
    result = planned(
        SetStatus(
            availability=Availability.BUSY, end=end, message=StatusMessage(text="In a meeting")
        )
    )
    assert result.presence is not None
    assert result.presence.to == PreferredPresence(availability=Availability.BUSY, end=end)
    assert result.message is not None
    assert result.message.to == StatusMessage(text="In a meeting", end=end)
    assert result.end_said


@pytest.mark.parametrize(
    ("availability", "days"),
    [
        (Availability.BUSY, 1),
        (Availability.DO_NOT_DISTURB, 1),
        (Availability.AVAILABLE, 7),
        (Availability.BE_RIGHT_BACK, 7),
        (Availability.AWAY, 7),
        (Availability.OFFLINE, 7),
    ],
)
def test_without_an_end_no_duration_is_sent_and_the_message_gets_the_end_that_graph_applies(
    availability: Availability, days: int
) -> None:
    result = planned(SetStatus(availability=availability, message=StatusMessage(text="x")))
    assert result.presence is not None
    assert result.presence.to == PreferredPresence(availability=availability, end=None)
    assert result.message is not None
    assert result.message.to is not None
    assert result.message.to.end == result.end == NOW + timedelta(days=days)
    assert not result.end_said


@pytest.mark.parametrize(
    ("end", "key"),
    [
        (NOW, "problem-past"),
        (NOW - HOUR, "problem-past"),
        (NOW + timedelta(seconds=59), "problem-too-short"),
        (NOW + timedelta(days=366, seconds=1), "problem-too-far"),
    ],
)
def test_an_end_outside_one_minute_to_366_days_changes_nothing(end: datetime, key: str) -> None:
    assert problem(SetStatus(availability=Availability.BUSY, end=end)) == key
    assert problem(SetMessage(message=StatusMessage(text="x", end=end))) == key


@pytest.mark.parametrize("end", [NOW + timedelta(minutes=1), NOW + timedelta(days=366)])
def test_the_shortest_and_the_longest_end_are_fine(end: datetime) -> None:
    assert planned(SetStatus(availability=Availability.BUSY, end=end)).end == end


def test_a_message_of_281_characters_is_refused_with_its_text_and_280_are_fine() -> None:
    long = StatusMessage(text="x" * 281)
    result = plan(SetStatus(availability=Availability.BUSY, message=long), None, NOW)
    assert result == Phrase(
        "problem-message-too-long", {"count": 281, "limit": 280, "text": "x" * 281}
    )
    assert planned(SetMessage(message=StatusMessage(text="x" * 280))).message is not None


def test_a_message_alone_stays_until_it_is_cleared_and_leaves_the_presence_alone() -> None:
    result = planned(SetMessage(message=StatusMessage(text="On client site")))
    assert result.presence is None
    assert result.message is not None
    assert result.message.to == StatusMessage(text="On client site", end=None)


def test_extending_moves_the_message_that_ends_with_the_status() -> None:
    end = NOW + HOUR
    entries = busy(until=end, message=StatusMessage(text="sync", end=end))
    result = plan(Extend(by=HOUR / 2), running(entries, NOW), NOW)
    assert isinstance(result, Plan)
    assert result.end == end + HOUR / 2
    assert result.message is not None
    assert result.message.to == StatusMessage(text="sync", end=end + HOUR / 2)


def test_extending_leaves_a_message_with_an_end_of_its_own() -> None:
    own_end = StatusMessage(text="call my mobile", end=NOW + 5 * HOUR)
    entries = busy(until=NOW + HOUR, message=own_end)
    result = plan(Extend(to=NOW + 2 * HOUR), running(entries, NOW), NOW)
    assert isinstance(result, Plan)
    assert result.message is None
    assert result.end == NOW + 2 * HOUR


def test_extending_needs_something_that_runs() -> None:
    assert problem(Extend(by=HOUR)) == "problem-nothing-running"
    ended = running(busy(until=NOW - timedelta(seconds=1)), NOW)
    assert plan(Extend(by=HOUR), ended, NOW) == Phrase("problem-nothing-running")


def test_clearing_a_status_takes_the_message_that_came_with_it() -> None:
    end = NOW + HOUR
    with_it = running(busy(until=end, message=StatusMessage(text="sync", end=end)), NOW)
    apart = running(busy(until=end, message=StatusMessage(text="call me")), NOW)
    both = plan(ClearStatus(), with_it, NOW)
    status_only = plan(ClearStatus(), apart, NOW)
    assert isinstance(both, Plan)
    assert isinstance(status_only, Plan)
    assert both.message is not None
    assert status_only.message is None
    assert status_only.presence is not None


def test_clearing_the_message_leaves_the_presence_alone() -> None:
    result = plan(ClearMessage(), None, NOW)
    assert isinstance(result, Plan)
    assert result.presence is None
    assert result.message is not None
    assert result.message.to is None
