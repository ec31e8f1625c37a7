"""What is due later: the tasks that a timer carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.person import Person
from bot.domain.presence import Availability, HeldSession, WorkLocation


@dataclass(frozen=True, kw_only=True, slots=True)
class EndReminder:
    """Tell the person that the status set by journal entry `entry` ends at `end` (UTC)."""

    entry: str
    availability: Availability
    end: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeReminder:
    """Remind the person of something in their own words."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldSession:
    """Renew the presence session `held`, and end it at its end."""

    held: HeldSession


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedLocation:
    """Say on `day` (the person's own calendar) that the person works at `location`."""

    location: WorkLocation
    day: date


TimerTask = EndReminder | FreeReminder | HoldSession | PlannedLocation


@dataclass(frozen=True, kw_only=True, slots=True)
class Timer:
    """An armed timer: `version` grows with every change, and an older one never fires."""

    id: str
    person: Person
    task: TimerTask
    due: datetime
    version: int = 1
    attempts: int = 0
