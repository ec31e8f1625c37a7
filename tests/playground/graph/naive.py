"""The reference algorithm of the facts about Graph presence, as plainly as it can be written.

A second opinion about `bot.playground.graph.rules`: it keeps everything that was ever written, and
works out from scratch what can be seen at any instant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

FIVE, TEN = timedelta(minutes=5), timedelta(minutes=10)
RANK = {"DoNotDisturb": 4, "Busy": 3, "Available": 2, "Away": 1}


@dataclass
class NaiveSession:
    availability: str
    activity: str
    set_at: datetime
    written: int
    expires_at: datetime | None = None  # none: a Teams client, which does not fade either

    def lives(self, at: datetime) -> bool:
        return self.expires_at is None or at < self.expires_at

    def effective(self, at: datetime) -> tuple[str, str]:
        if self.expires_at is not None and self.availability == "Available":
            age = at - self.set_at
            if age >= TEN:
                return "Away", "Away"
            if age >= FIVE:
                return "Available", "AvailableInactive"
        return self.availability, self.activity


@dataclass
class NaivePerson:
    sessions: dict[str, NaiveSession] = field(default_factory=dict)
    preferred: tuple[str, str, datetime] | None = None
    status: tuple[str, datetime, datetime | None] | None = None
    writes: int = 0

    def put(self, id: str, pair: tuple[str, str], at: datetime, length: timedelta | None) -> None:
        self.writes += 1
        self.sessions[id] = NaiveSession(
            availability=pair[0],
            activity=pair[1],
            set_at=at,
            written=self.writes,
            expires_at=None if length is None else at + length,
        )

    def remove(self, id: str, at: datetime) -> bool:
        session = self.sessions.pop(id, None)
        return session is not None and session.lives(at)

    def pair(self, at: datetime) -> tuple[str, str]:
        living = [session for session in self.sessions.values() if session.lives(at)]
        if not living:
            return "Offline", "Offline"
        if self.preferred is not None and at < self.preferred[2]:
            return self.preferred[:2]
        best = max(living, key=lambda s: (RANK[s.effective(at)[0]], s.set_at, s.written))
        return best.effective(at)

    def message(self, at: datetime) -> tuple[str, datetime, datetime | None] | None:
        if self.status is None or not self.status[0]:
            return None
        if self.status[2] is not None and at >= self.status[2]:
            return None
        return self.status

    def visible(self, at: datetime) -> Any:
        return self.pair(at), self.message(at)

    def instants(self) -> list[datetime]:
        """Return every instant at which something could change by itself."""
        found = []
        for session in self.sessions.values():
            found += [session.set_at + FIVE, session.set_at + TEN]
            if session.expires_at is not None:
                found.append(session.expires_at)
        if self.preferred is not None:
            found.append(self.preferred[2])
        if self.status is not None and self.status[2] is not None:
            found.append(self.status[2])
        return sorted(found)

    def next_change(self, now: datetime) -> datetime | None:
        for instant in self.instants():
            if instant > now and self.visible(instant) != self.visible(now):
                return instant
        return None
