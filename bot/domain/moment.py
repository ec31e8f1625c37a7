"""The only way in which time enters the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.person import WorkingDay


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """When and where something was said: an aware UTC instant, the person's zone and locale."""

    now: datetime
    zone: ZoneInfo
    locale: str = "en"
    working_day: WorkingDay = field(default_factory=WorkingDay)

    def __post_init__(self) -> None:
        if self.now.utcoffset() is None:
            raise ValueError("a moment needs an aware instant")

    @property
    def local(self) -> datetime:
        """Return the instant as naive wall time in the person's zone."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)

    def instant(self, wall: datetime) -> datetime:
        """Return the UTC instant of a naive wall time in the person's zone.

        A wall time that the clock skips moves forward with it; one that comes twice is the first.
        """
        return wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)

    def wall(self, instant: datetime) -> datetime:
        """Return the naive wall time of an aware instant in the person's zone."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def end_of_day(self) -> datetime:
        """Return the end of the working day as a UTC instant; once that is over, midnight."""
        today = self.local.date()
        end = datetime.combine(today, self.working_day.end)
        if end <= self.local:
            end = datetime.combine(today + timedelta(days=1), time())
        return self.instant(end)
