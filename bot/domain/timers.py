"""What is due later: the tasks that a timer carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.person import Person
from bot.domain.presence import Availability


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


TimerTask = EndReminder | FreeReminder


@dataclass(frozen=True, kw_only=True, slots=True)
class Timer:
    """An armed timer: `version` grows with every change, and an older one never fires."""

    id: str
    person: Person
    task: TimerTask
    due: datetime
    version: int = 1
    attempts: int = 0
