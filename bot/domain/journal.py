"""What was set when, and what undo must give back.

Graph's GET returns the aggregate, never the preferred state: only the journal knows what was set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.presence import SHORTEST_STATUS, HeldSession, PreferredPresence
from bot.domain.status import StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class PresenceChange:
    """The preferred presence before and after; none = none was preferred.

    `after.end` is always known: where none was said (`end_said` false) it is the end that Graph
    applies.
    """

    before: PreferredPresence | None
    after: PreferredPresence | None
    end_said: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageChange:
    """The status message before (as it was read) and after (as it was written); none = empty."""

    before: StatusMessage | None
    after: StatusMessage | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionChange:
    """The presence session that the bot keeps up before and after; none = none."""

    before: HeldSession | None
    after: HeldSession | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One change: when, by which kind of command, and what it did to each part."""

    id: str
    at: datetime
    command: str
    presence: PresenceChange | None = None
    message: MessageChange | None = None
    session: SessionChange | None = None
    undone: bool = False

    @property
    def until(self) -> datetime:
        """Return until when what was set stands, as far as its end is known."""
        parts = (self.presence, self.message, self.session)
        after = [part.after for part in parts if part is not None]
        ends = [one.end for one in after if one is not None and one.end is not None]
        return max((self.at, *ends))


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """The status that the journal says is running: what, until when, by which entry."""

    preferred: PreferredPresence
    end: datetime
    end_said: bool
    entry: Entry
    message: StatusMessage | None = None

    @property
    def message_came_along(self) -> bool:
        """Return whether the standing message ends with this status."""
        return self.message is not None and self.message.end == self.end


def running(entries: Sequence[Entry], now: datetime) -> Running | None:
    """Return the preferred state that is running at `now`; `entries` are newest first."""
    for entry in entries:
        if entry.presence is None:
            continue
        after = entry.presence.after
        if after is None or after.end is None or after.end <= now:
            return None
        return Running(
            preferred=after,
            end=after.end,
            end_said=entry.presence.end_said,
            entry=entry,
            message=standing_message(entries, now),
        )
    return None


def standing_message(entries: Sequence[Entry], now: datetime) -> StatusMessage | None:
    """Return the message that the journal says stands at `now`; `entries` are newest first."""
    for entry in entries:
        if entry.message is None:
            continue
        after = entry.message.after
        if after is None or (after.end is not None and after.end <= now):
            return None
        return after
    return None


def undoable(entries: Sequence[Entry]) -> Entry | None:
    """Return the newest change that was not taken back; `entries` are newest first."""
    for entry in entries:
        if not entry.undone and entry.command != "Undo":
            return entry
    return None


def rest_of(preferred: PreferredPresence | None, now: datetime) -> PreferredPresence | None:
    """Return what to give back of an earlier preferred state: none when its time has run out.

    Less than a minute is not given back: Graph's durations are for people, not for seconds.
    """
    if preferred is None or preferred.end is None or preferred.end - now < SHORTEST_STATUS:
        return None
    return preferred


def rest_of_message(message: StatusMessage | None, now: datetime) -> StatusMessage | None:
    """Return what to give back of an earlier message: none when its time has run out."""
    if message is None or (message.end is not None and message.end - now <= timedelta(0)):
        return None
    return message
