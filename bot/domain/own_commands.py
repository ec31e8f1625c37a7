"""What a person can ask for about the bot itself: their settings, their presets, small talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPresets:
    """Show the person's presets, and some that they may like."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowSettings:
    """Show what the person has chosen, to be changed."""


class Talk(StrEnum):
    """What small talk is about."""

    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    WHO = "who"
    HOW = "how"


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallTalk:
    """Say something friendly; nothing changes."""

    about: Talk


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAgain:
    """Show again what the card of journal entry `entry` is about, as it is now.

    With `ends` the card is the reminder that the status ends at that instant. Where the card says
    what was assumed, `said` are the words that it was assumed of, and `at` is when they were said.
    """

    entry: str
    ends: datetime | None = None
    said: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSettings:
    """Take over what was filled in on the settings card: text as the client sent it, unchecked.

    Times are "HH:MM", lengths are minutes, "usual" is "as it comes"; what is none stays.
    """

    zone: str | None = None
    language: str | None = None
    day_start: str | None = None
    day_end: str | None = None
    end_reminders: str | None = None
    length_busy: str | None = None
    length_dnd: str | None = None
    length_brb: str | None = None
    length_away: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowPlan:
    """Show one thing planned (`ref`, the id of its timer), to be changed."""

    ref: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FillInPlan:
    """Take over what was filled in on the card of a plan: text as the client sent it, unchecked.

    Times are "HH:MM", and one that is none stays. `until` is "YYYY-MM-DD", and none is no last
    day: a client leaves out what was emptied.
    """

    ref: str
    start: str | None = None
    end: str | None = None
    until: str | None = None
