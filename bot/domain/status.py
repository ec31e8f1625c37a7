"""Status messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_MESSAGE_LENGTH = 280  # what Teams' own dialog takes; Graph's pages name no limit


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusMessage:
    """A status message: its text, its end (aware UTC, none = stays), and whether it is pinned.

    Pinned means "show when people message me".
    """

    text: str
    end: datetime | None = None
    pinned: bool = False
