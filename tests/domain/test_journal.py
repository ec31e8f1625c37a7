"""What the journal says is running, and what may be given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.journal import (
    Entry,
    PresenceChange,
    rest_of,
    rest_of_message,
    running,
    undoable,
)
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entry(name: str, *, until: datetime | None, command: str = "SetStatus") -> Entry:
    after = PreferredPresence(availability=Availability.BUSY, end=until) if until else None
    return Entry(
        id=name, at=NOW, command=command, presence=PresenceChange(before=None, after=after)
    )


def test_the_newest_change_of_presence_decides_what_runs() -> None:
    newer, older = entry("2", until=NOW + HOUR), entry("1", until=NOW + 5 * HOUR)
    found = running((newer, older), NOW)
    assert found is not None
    assert found.entry == newer


def test_a_status_that_was_given_up_does_not_bring_back_an_older_one() -> None:
    assert running((entry("2", until=None), entry("1", until=NOW + HOUR)), NOW) is None


def test_a_status_is_over_at_its_end() -> None:
    assert running((entry("1", until=NOW),), NOW) is None
    assert running((entry("1", until=NOW + timedelta(seconds=1)),), NOW) is not None


def test_what_was_taken_back_and_the_taking_back_cannot_be_taken_back() -> None:
    undo = entry("3", until=None, command="Undo")
    undone = Entry(id="2", at=NOW, command="SetStatus", undone=True)
    older = entry("1", until=NOW + HOUR)
    assert undoable((undo, undone, older)) == older
    assert undoable((undo, undone)) is None


def test_less_than_a_minute_of_a_state_is_not_given_back() -> None:
    soon = PreferredPresence(availability=Availability.BUSY, end=NOW + timedelta(seconds=59))
    later = PreferredPresence(availability=Availability.BUSY, end=NOW + timedelta(seconds=60))
    assert rest_of(soon, NOW) is None
    assert rest_of(later, NOW) == later
    assert rest_of(None, NOW) is None


def test_a_message_is_given_back_with_its_own_end_while_that_lies_ahead() -> None:
    stays = StatusMessage(text="a")
    ahead = StatusMessage(text="b", end=NOW + HOUR)
    over = StatusMessage(text="c", end=NOW)
    assert [rest_of_message(message, NOW) for message in (stays, ahead, over)] == [
        stays,
        ahead,
        None,
    ]
