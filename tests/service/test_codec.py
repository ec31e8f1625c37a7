"""Commands and tasks survive JSON; what somebody altered is refused in one way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import ClearAll, Command, Extend, SetStatus
from bot.domain.journal import Entry, MessageChange, PresenceChange
from bot.domain.plan_commands import Recur, Remind
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.status import StatusMessage
from bot.domain.timers import EndReminder, FreeReminder, TimerTask
from bot.service import codec

INSTANTS = st.datetimes(timezones=st.just(UTC))
LENGTHS = st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))
MESSAGES = st.builds(StatusMessage, text=st.text(), end=st.none() | INSTANTS, pinned=st.booleans())
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        SetStatus,
        availability=st.sampled_from(Availability),
        end=st.none() | INSTANTS,
        message=st.none() | MESSAGES,
        remind_before_end=st.none() | LENGTHS,
    ),
    st.builds(Extend, by=st.none() | LENGTHS, to=st.none() | INSTANTS),
    st.builds(Remind, text=st.none() | st.text(), at=INSTANTS),
    st.just(ClearAll()),
    st.just(
        Recur(
            availability=Availability.AWAY,
            recurrence=Recurrence(
                frequency=Frequency.WEEKLY, by_day=("MO", "FR"), start=time(12), end=time(13)
            ),
        )
    ),
)
TASKS: st.SearchStrategy[TimerTask] = st.one_of(
    st.builds(FreeReminder, text=st.text()),
    st.builds(
        EndReminder, entry=st.text(), availability=st.sampled_from(Availability), end=INSTANTS
    ),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(COMMANDS)
def test_a_command_comes_back_as_it_went(command: Command) -> None:
    assert codec.load_command(json.loads(json.dumps(codec.dump_command(command)))) == command


@given(TASKS)
def test_a_timer_task_comes_back_as_it_went(task: TimerTask) -> None:
    assert codec.load_task(json.loads(json.dumps(codec.dump_task(task)))) == task


def test_a_journal_entry_comes_back_as_it_went() -> None:
    at = datetime(2026, 3, 10, 9, 30, 0, 123456, tzinfo=UTC)
    entry = Entry(
        id="1",
        at=at,
        command="SetStatus",
        presence=PresenceChange(
            before=None, after=PreferredPresence(availability=Availability.BUSY, end=at)
        ),
        message=MessageChange(before=StatusMessage(text="a", pinned=True), after=None),
    )
    assert codec.load_entry(json.loads(json.dumps(codec.dump_entry(entry)))) == entry


@given(JSON)
def test_anything_else_is_not_readable(value: Any) -> None:
    with pytest.raises(codec.NotReadable):
        codec.load_command(value)


@pytest.mark.parametrize(
    "altered",
    [
        {"do": "SetStatus", "availability": "Busy", "person": "somebody else"},
        {"do": "SetStatus", "availability": "Important"},
        {"do": "SetStatus", "availability": "Busy", "end": "2026-03-10T11:30:00"},
        {"do": "SetStatus", "availability": "Busy", "end": 5},
        {"do": "SetStatus"},
        {"do": "Extend", "by": True},
        {"do": "Extend", "by": 1e400},
        {"do": "Extend", "by": 10**30},
        {"do": "Person", "tenant": "t", "oid": "o"},
        {"do": ["SetStatus"]},
        {"do": "SetMessage", "message": {"text": 5}},
        {"do": "SetMessage", "message": {"text": "x", "pinned": "yes"}},
    ],
)
def test_altered_card_data_is_not_readable(altered: dict[str, Any]) -> None:
    with pytest.raises(codec.NotReadable):
        codec.load_command(altered)
