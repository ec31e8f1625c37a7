"""What a person can ask for about the bot itself: their settings, their presets, small talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.presence import Availability


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
class SavePreset:
    """Keep a status under a name; where no availability is given, the running one."""

    name: str
    availability: Availability | None = None
    duration: timedelta | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UsePreset:
    """Set the status that was kept under a name; `end` or its own length ends it."""

    name: str
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeletePreset:
    """Forget the status that was kept under a name."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetEndReminders:
    """Turn the reminders before a status ends on or off, for good."""

    on: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SetTimezone:
    """Set the person's time zone: an IANA name."""

    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetWorkingHours:
    """Set when the person's working day starts and ends; `days` are iCalendar codes."""

    start: time
    end: time
    days: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SetLanguage:
    """Set the language of the bot's answers: a language code."""

    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowHistory:
    """Show what was set between two instants (none = open)."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportData:
    """Give the person everything that is stored about them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EraseHistory:
    """Delete what the person set before, but for what still runs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForgetMe:
    """Delete everything that is stored about the person; asked about first, unless `sure`."""

    sure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOut:
    """Forget the person's tokens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Privacy:
    """Say what the bot stores."""
