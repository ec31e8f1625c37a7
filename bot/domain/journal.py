"""What was set when, and what undo must give back.

Graph's GET returns the aggregate, never the preferred state: only the journal knows what was set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.presence import SHORTEST_STATUS, Availability, HeldSession, PreferredPresence
from bot.domain.status import StatusMessage

_WORD = re.compile(r"[\u2e80-\uffff]|[^\W\u2e80-\uffff]+")  # a Chinese sign is a word


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
    """One change: when, by which kind of command, and what it did to each part.

    `part_of` is the same for changes that are taken back together: the steps of a sequence.
    """

    id: str
    at: datetime
    command: str
    presence: PresenceChange | None = None
    message: MessageChange | None = None
    session: SessionChange | None = None
    undone: bool = False
    part_of: str | None = None

    def touches(self, other: Entry) -> bool:
        """Return whether this change and another one are about the same half, or session."""
        return any(
            getattr(self, half) is not None and getattr(other, half) is not None
            for half in ("presence", "message", "session")
        )

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

    def is_called(self, words: str, implied: Availability) -> bool:
        """Return whether somebody's words mean this status.

        They are in its message or hold it; where it has none, the availability that the words
        imply is shown.
        """
        if self.message is None:
            return self.preferred.availability is implied
        said, text = _apart(words), _apart(self.message.text)
        return said in text or text in said


def _apart(text: str) -> str:
    """Return words with a blank on either side, so that "tea" is not in "team"."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


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


def undoable(entries: Sequence[Entry], entry: str | None = None) -> Entry | None:
    """Return the newest change that was not taken back, or the one with the id `entry`.

    `entries` are newest first.
    """
    for one in entries:
        if not one.undone and one.command != "Undo" and entry in (None, one.id):
            return one
    return None


def overlaid(entries: Sequence[Entry], entry: Entry) -> bool:
    """Return whether a later change took the place of what `entry` did.

    `entries` are newest first. What was taken back does not count, nor do other steps of the same
    sequence.
    """
    for one in entries:
        if one.id == entry.id:
            return False
        if one.undone or (one.part_of is not None and one.part_of == entry.part_of):
            continue
        if one.touches(entry) and one.command != "Undo":
            return True
    return False


def newer_than(entries: Sequence[Entry], entry: str | None) -> Sequence[Entry]:
    """Return the changes since the journal entry `entry`; `entries` are newest first.

    All of them where it is not among them: it is older, or there was none.
    """
    ids = [one.id for one in entries]
    return entries[: ids.index(entry)] if entry in ids else entries


def before(entries: Sequence[Entry], entry: Entry) -> PreferredPresence | None:
    """Return what was preferred before `entry`, as if what was taken back had never been.

    `entries` are newest first.
    """
    found = entry.presence.before if entry.presence else None
    older = False
    for one in entries:
        if older and one.undone and one.presence is not None and one.presence.after == found:
            found = one.presence.before
        older = older or one.id == entry.id
    return found


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
