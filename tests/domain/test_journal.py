"""What the journal says is running, and what may be given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.journal import (
    Entry,
    PresenceChange,
    before,
    newer_than,
    overlaid,
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


def chained(*names: str) -> list[Entry]:
    """Return changes one after the other, newest first: each was before what came after it."""
    found: list[Entry] = []
    for hours, name in enumerate(names, 1):
        made = entry(name, until=NOW + hours * HOUR)
        assert made.presence is not None
        was = found[0].presence.after if found and found[0].presence else None
        found.insert(0, replace(made, presence=replace(made.presence, before=was)))
    return found


def test_an_older_change_is_named_by_its_id_while_it_is_not_taken_back() -> None:
    newest, older = chained("1", "2")
    assert undoable((newest, older), "1") == older
    assert undoable((newest, replace(older, undone=True)), "1") is None


def test_a_change_is_overlaid_by_a_later_one_of_the_same_half_that_stands() -> None:
    newest, older = chained("1", "2")
    assert overlaid((newest, older), older)
    assert not overlaid((newest, older), newest)
    assert not overlaid((replace(newest, undone=True), older), older)
    message_only = replace(newest, presence=None)
    assert not overlaid((message_only, older), older)


def test_the_steps_of_one_sequence_do_not_overlay_each_other() -> None:
    newest, older = (replace(one, part_of="s") for one in chained("1", "2"))
    assert not overlaid((newest, older), older)


def test_what_was_taken_out_of_the_middle_does_not_come_back() -> None:
    third, second, first = chained("1", "2", "3")
    assert second.presence is not None
    assert first.presence is not None
    assert before((third, second, first), third) == second.presence.after
    taken_out = replace(second, undone=True)
    assert before((third, taken_out, first), third) == first.presence.after


def test_what_is_newer_than_a_change_that_is_not_known_is_everything() -> None:
    entries = chained("1", "2", "3")
    assert list(newer_than(entries, "2")) == entries[:1]
    assert list(newer_than(entries, "older than these")) == entries
