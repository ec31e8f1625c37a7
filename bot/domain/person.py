"""Who a command is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.presence import Availability


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person: Entra tenant id and object id, from the verified activity alone."""

    tenant: str
    oid: str

    def __str__(self) -> str:
        return f"{self.tenant}/{self.oid}"


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingDay:
    """Local wall times at which a person's day starts and ends; `days` are iCalendar codes."""

    start: time = time(9)
    end: time = time(18)
    days: tuple[str, ...] = ("MO", "TU", "WE", "TH", "FR")


@dataclass(frozen=True, kw_only=True, slots=True)
class Preset:
    """A status that a person keeps under a name; without `duration` it has no end of its own."""

    name: str
    availability: Availability
    duration: timedelta | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UsualLength:
    """How long a state lasts that a person sets without an end."""

    availability: Availability
    length: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a person has chosen, and what was last seen where they have chosen nothing.

    `zone` is an IANA name and `locale` a BCP 47 tag, both of the last activity; `own_zone` is what
    the person chose, and wins. `asked_zone` is the zone for which they were asked whether what
    recurs moves. `last_reminder` is the newest reminder's text, which "snooze" brings again.
    `language` is the code of the language that they chose. `presets` are in the order of saving.
    """

    zone: str | None = None
    locale: str | None = None
    end_reminders: bool = True
    own_zone: str | None = None
    asked_zone: str | None = None
    last_reminder: str | None = None
    language: str | None = None
    working_day: WorkingDay = WorkingDay()
    presets: tuple[Preset, ...] = ()
    usual_lengths: tuple[UsualLength, ...] = ()

    @property
    def local_zone(self) -> str | None:
        """Return the zone that the person's words are meant in."""
        return self.own_zone or self.zone

    @property
    def own_locale(self) -> str:
        """Return the locale to answer in: the chosen language, with the region where it fits."""
        seen = self.locale or "en"
        chosen = self.language
        if chosen is None or seen.replace("_", "-").split("-")[0].lower() == chosen:
            return seen
        return chosen

    def preset(self, name: str) -> Preset | None:
        """Return the preset of this name, whatever its letter case."""
        said = name.casefold()
        return next((one for one in self.presets if one.name.casefold() == said), None)

    def usual_length(self, availability: Availability) -> timedelta | None:
        """Return how long a state lasts that is set without an end; none = as Graph does it."""
        found = (one.length for one in self.usual_lengths if one.availability is availability)
        return next(found, None)

    def seen(self, *, zone: str | None, locale: str | None) -> Settings:
        """Return these settings with the zone and locale of the activity at hand."""
        return replace(self, zone=zone or self.zone, locale=locale or self.locale)


def zone_or_utc(name: str | None) -> ZoneInfo:
    """Return the zone called `name` (IANA), or UTC where the name is missing or unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        # ZoneInfo answers ValueError to hostile keys ("../x") and OSError to names of folders.
        return ZoneInfo("UTC")
