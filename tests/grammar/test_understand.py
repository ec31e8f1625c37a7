"""What holds for any text, and the limits of issue 2."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commands import SetEndReminders, SetStatus, UsePreset
from bot.domain.moment import Moment
from bot.grammar.machine import as_json, moment_of
from bot.grammar.reading import NotUnderstood, Reading, Understood
from bot.grammar.understand import Grammar

GRAMMAR = Grammar()
MOMENT: Moment = moment_of("2026-03-10T10:30:00", "Europe/Berlin", "en")
WORDS = st.lists(
    st.sampled_from([
        "busy", "away", "until", "till", "3", "pm", "tomorrow", "for", "2", "hours", "every",
        "monday", ",", ":", '"', "'", "(", ")", "say", "message", "not", "don't", "remind", "me",
        "to", "clear", "my", "status", "<at>Bot</at>", "bis", "um", "Uhr", "忙碌", "到", "三点",
        "на", "час", "pendant",
    ]),
    max_size=12,
).map(" ".join)  # fmt: skip


def read(text: str) -> Reading:
    return GRAMMAR.understand(text, MOMENT)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | WORDS)
def test_any_text_gives_a_reading_and_never_an_exception(text: str) -> None:
    assert isinstance(read(text), Understood | NotUnderstood)
    GRAMMAR.when(text, MOMENT)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_letter_case_and_outer_white_space_do_not_change_the_command(text: str) -> None:
    def shown(words: str) -> str:
        return str(as_json(read(words), MOMENT)).lower()

    assert shown(f"  {text.upper()}\n") == shown(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "problem-empty"),
        (" \n\t ", "problem-empty"),
        ("🦄🦄", "problem-empty"),
        ("x" * 10_000, "problem-too-long"),
        ("busy for 0 minutes", "problem-no-length"),
        ("busy until yesterday", "problem-past"),
        ("busy for 99999999999 years", "problem-too-far"),
        ("busy for 30 seconds", "problem-too-short"),
        ("busy until 25:00", "problem-impossible-time"),
        ("away until 31 February", "problem-impossible-time"),
        ("don't set me to busy", "problem-negated"),
        ("set John's status to away", "problem-other-person"),
        ("30 more minutes", "problem-nothing-running"),
        ("the quick brown fox", "problem-not-understood"),
    ],
)
def test_what_cannot_be_done_says_why(text: str, problem: str) -> None:
    reading = read(text)
    assert isinstance(reading, NotUnderstood), reading
    assert reading.problem.key == problem


def test_a_message_of_281_characters_is_refused_with_its_count() -> None:
    reading = read(f'busy for 1 hour, say "{"m" * 281}"')
    assert isinstance(reading, NotUnderstood)
    assert reading.problem.values["count"] == 281


def test_a_message_of_280_characters_is_kept() -> None:
    reading = read(f'busy for 1 hour, say "{"m" * 280}"')
    assert isinstance(reading, Understood)


def test_an_hour_without_am_or_pm_is_said_to_be_assumed() -> None:
    reading = read("busy until 3")
    assert isinstance(reading, Understood)
    assert [p.key for p in reading.assumptions] == ["assumed-clock"]


def test_an_own_preset_wins_over_the_built_in_reading() -> None:
    reading = GRAMMAR.understand("Focus", MOMENT, presets=("focus",))
    assert isinstance(reading, Understood)
    assert reading.command == UsePreset(name="focus")


def test_end_reminders_can_be_turned_off() -> None:
    reading = read("don't remind me")
    assert isinstance(reading, Understood)
    assert reading.command == SetEndReminders(on=False)


def test_what_is_not_understood_names_examples_that_are() -> None:
    reading = read("bzy fr two hrz pls now ok")
    assert isinstance(reading, NotUnderstood)
    assert len(reading.nearest) == 3
    assert all(isinstance(read(example), Understood) for example in reading.nearest)


def test_the_quoted_reply_that_teams_puts_before_the_text_is_not_read() -> None:
    reading = read("<blockquote>away until 5</blockquote><p>busy for 1 hour</p>")
    assert isinstance(reading, Understood)
    assert isinstance(reading.command, SetStatus)
    assert reading.command.availability == "Busy"


def test_a_reading_carries_its_trace() -> None:
    reading = read("busy for 2 hours")
    assert any("2 hours" in line for line in reading.trace)
