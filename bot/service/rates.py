"""How much a person, and a whole tenant, may ask for.

A person who asks for too much is told so once, with the instant from which it counts again; what
they say until then is not carried out. Buckets are in memory: a restart forgives. Of several
processes on one database each allows its part.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.person import Person
from bot.service.ports import Clock

A_MINUTE = 10  # commands of a person; bursts are twice as many
_LOOKS = 6  # for each command: a client refreshes every card that comes into view
CLOSED_FOR = timedelta(minutes=1)
# Microsoft Graph takes 1,500 requests of a tenant in 30 seconds, and a command makes four.
OF_A_TENANT_A_MINUTE = 750
_MOST_BUCKETS = 20_000

_Key = TypeVar("_Key")


@dataclass(frozen=True, kw_only=True, slots=True)
class TooMany:
    """Nothing counts until an instant; `first` is false where that was said already."""

    until: datetime
    first: bool


@dataclass(slots=True)
class _Bucket:
    level: float
    at: datetime
    closed: datetime | None = None


class _Buckets(Generic[_Key]):
    """A bucket for each key, which fills up again; those used longest ago are forgotten."""

    def __init__(self, *, a_minute: int, burst: int) -> None:
        self._a_second = a_minute / 60
        self._burst = burst
        self.sharers = 1  # processes, of which each allows its part
        self._buckets: OrderedDict[_Key, _Bucket] = OrderedDict()

    def take(self, key: _Key, now: datetime) -> bool:
        """Take one; return whether there was one."""
        bucket = self.bucket(key, now)
        passed = (now - bucket.at).total_seconds()
        most = max(1.0, self._burst / self.sharers)
        bucket.level = min(most, bucket.level + passed * self._a_second / self.sharers)
        bucket.at = now
        if bucket.level < 1:
            return False
        bucket.level -= 1
        return True

    def bucket(self, key: _Key, now: datetime) -> _Bucket:
        """Return the bucket of a key, a full one where it is new."""
        bucket = self._buckets.setdefault(key, _Bucket(float(self._burst), now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return bucket


class Rates:
    """Counts the commands of each person (`a_minute` of them) and of each tenant.

    What a person only looks at is counted by itself: a chat that is read costs no command.
    """

    def __init__(self, *, clock: Clock, a_minute: int = A_MINUTE) -> None:
        self._clock = clock
        self._people = _Buckets[Person](a_minute=a_minute, burst=2 * a_minute)
        looks = _LOOKS * a_minute
        self._looks = _Buckets[Person](a_minute=looks, burst=2 * looks)
        self._tenants = _Buckets[str](a_minute=OF_A_TENANT_A_MINUTE, burst=OF_A_TENANT_A_MINUTE)

    def share(self, instances: int) -> None:
        """Keep to this process's part of what is allowed where `instances` processes share it."""
        for buckets in (self._people, self._looks, self._tenants):
            buckets.sharers = max(1, instances)

    def take(self, person: Person) -> TooMany | None:
        """Count a command; return none where it may be carried out."""
        now = self._clock.now()
        bucket = self._people.bucket(person, now)
        if bucket.closed is not None and now < bucket.closed:
            return TooMany(until=bucket.closed, first=False)
        bucket.closed = None
        if self._people.take(person, now) and self._tenants.take(person.tenant, now):
            return None
        bucket.closed = now + CLOSED_FOR
        return TooMany(until=bucket.closed, first=True)

    def look(self, person: Person) -> TooMany | None:
        """Count a look at a card; return none where it may be answered."""
        now = self._clock.now()
        if self._looks.take(person, now):
            return None
        return TooMany(until=now + CLOSED_FOR, first=True)
