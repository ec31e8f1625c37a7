"""Graph's spellings of time: durations, and wall times in named zones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global

from bot.playground.graph.errors import invalid

# Edm.Duration knows days and smaller. No figure here is long enough to be meant.
_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,12})?)S)?)?"
)
_WALL_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.([0-9]{1,7}))?"
)
_NEVER = 9999  # the year by which Graph says that something does not end


def read_duration(text: object) -> timedelta:
    """Return the length that an ISO 8601 duration says; raises Refusal (400)."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise invalid(f"[ExpirationDuration]: {text!r} is not a duration.")
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise invalid(f"[ExpirationDuration]: {text!r} is not a duration.") from None


def read_wall_time(text: object, zone: object) -> datetime | None:
    """Return the UTC instant of a wall time without offset; none for the year 9999, never.

    Raises Refusal (400). Graph's pages say that the time should carry no offset; whether the
    service refuses one is not known, so that a client which sends one should find out here.
    """
    match = _WALL_TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise invalid(f"[DateTime]: {text!r} is not a date and time without an offset.")
    seconds, fraction = match.groups()
    where = _zone(zone)
    try:
        wall = datetime.fromisoformat(seconds)
        if wall.year == _NEVER:
            return None
        wall = wall.replace(microsecond=int((fraction or "0").ljust(7, "0")[:6]), tzinfo=where)
        return wall.astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid(f"[DateTime]: {text!r} does not exist.") from None


def write_instant(instant: datetime) -> str:
    """Return an instant as Graph writes it: UTC, seven fractional digits, no offset."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "0"


def _zone(name: object) -> ZoneInfo:
    if name is None:
        return ZoneInfo("UTC")
    try:
        if isinstance(name, str):
            return ZoneInfo(get_global("windows_zone_mapping").get(name, name))
    except (KeyError, ValueError, OSError):
        pass  # ValueError: "../x"; OSError: the name of a folder
    raise invalid(f"[TimeZone]: {name!r} is not a known time zone.")
