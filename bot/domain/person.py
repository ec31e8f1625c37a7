"""Who a command is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person: Entra tenant id and object id, from the verified activity alone."""

    tenant: str
    oid: str

    def __str__(self) -> str:
        return f"{self.tenant}/{self.oid}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a person has chosen, and what was last seen where they have chosen nothing.

    `zone` is an IANA name and `locale` a BCP 47 tag, both of the last activity; `own_zone` is what
    the person chose, and wins. `asked_zone` is the zone for which they were asked whether what
    recurs moves. `last_reminder` is the newest reminder's text, which "snooze" brings again.
    """

    zone: str | None = None
    locale: str | None = None
    end_reminders: bool = True
    own_zone: str | None = None
    asked_zone: str | None = None
    last_reminder: str | None = None

    @property
    def local_zone(self) -> str | None:
        """Return the zone that the person's words are meant in."""
        return self.own_zone or self.zone

    def seen(self, *, zone: str | None, locale: str | None) -> Settings:
        """Return these settings with the zone and locale of the activity at hand."""
        return replace(self, zone=zone or self.zone, locale=locale or self.locale)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingDay:
    """Local wall times at which a person's day starts and ends."""

    start: time = time(9)
    end: time = time(18)


def zone_or_utc(name: str | None) -> ZoneInfo:
    """Return the zone called `name` (IANA), or UTC where the name is missing or unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        # ZoneInfo answers ValueError to hostile keys ("../x") and OSError to names of folders.
        return ZoneInfo("UTC")
