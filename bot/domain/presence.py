"""Presence as Microsoft Graph knows it: legal values, legal pairs, and lengths.

Sources: the reference pages presence-setuserpreferredpresence and presence-setpresence (v1.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.status import StatusMessage


class Availability(StrEnum):
    """The six availabilities that a person can prefer."""

    AVAILABLE = "Available"
    BUSY = "Busy"
    DO_NOT_DISTURB = "DoNotDisturb"
    BE_RIGHT_BACK = "BeRightBack"
    AWAY = "Away"
    OFFLINE = "Offline"


_ONE_DAY = timedelta(days=1)
_SEVEN_DAYS = timedelta(days=7)

# The end that Graph applies when no expirationDuration is sent.
DEFAULT_LENGTH = {
    Availability.AVAILABLE: _SEVEN_DAYS,
    Availability.BUSY: _ONE_DAY,
    Availability.DO_NOT_DISTURB: _ONE_DAY,
    Availability.BE_RIGHT_BACK: _SEVEN_DAYS,
    Availability.AWAY: _SEVEN_DAYS,
    Availability.OFFLINE: _SEVEN_DAYS,
}

SHORTEST_STATUS = timedelta(minutes=1)
LONGEST_STATUS = timedelta(days=366)


@dataclass(frozen=True, kw_only=True, slots=True)
class PreferredPresence:
    """What a person wants to be seen as, and until when (aware UTC; none = Graph's default)."""

    availability: Availability
    end: datetime | None = None

    @property
    def activity(self) -> str:
        """Return the activity that Graph pairs with this availability."""
        return "OffWork" if self.availability is Availability.OFFLINE else self.availability.value


class SessionActivity(StrEnum):
    """The activities that a presence session can show."""

    AVAILABLE = "Available"
    IN_A_CALL = "InACall"
    IN_A_CONFERENCE_CALL = "InAConferenceCall"
    AWAY = "Away"
    PRESENTING = "Presenting"


SESSION_AVAILABILITY = {
    SessionActivity.AVAILABLE: Availability.AVAILABLE,
    SessionActivity.IN_A_CALL: Availability.BUSY,
    SessionActivity.IN_A_CONFERENCE_CALL: Availability.BUSY,
    SessionActivity.AWAY: Availability.AWAY,
    SessionActivity.PRESENTING: Availability.DO_NOT_DISTURB,
}

SHORTEST_SESSION = timedelta(minutes=5)
LONGEST_SESSION = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True, slots=True)
class PresenceSession:
    """What an application shows for a person: a legal pair, for 5 minutes to 4 hours."""

    activity: SessionActivity
    length: timedelta = SHORTEST_SESSION

    def __post_init__(self) -> None:
        if not SHORTEST_SESSION <= self.length <= LONGEST_SESSION:
            raise ValueError("a presence session lasts 5 minutes to 4 hours")

    @property
    def availability(self) -> Availability:
        """Return the availability that Graph pairs with this activity."""
        return SESSION_AVAILABILITY[self.activity]


# How long the bot keeps a session up at the most, renewing it as often as it must.
LONGEST_HELD = timedelta(hours=12)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSession:
    """A presence session that the bot keeps up, from `since` to `end` (aware UTC)."""

    activity: SessionActivity
    since: datetime
    end: datetime

    @property
    def availability(self) -> Availability:
        """Return the availability that Graph pairs with this activity."""
        return SESSION_AVAILABILITY[self.activity]


class WorkLocation(StrEnum):
    """Where a person can say that they work."""

    OFFICE = "office"
    REMOTE = "remote"
    TIME_OFF = "timeOff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """What Graph answers to a read: the aggregate, never the preferred state.

    `availability` and `activity` are free strings: Graph may send values that no page lists.
    `message` is none where there is no status message; its `end` is none where it never expires
    and always none for other people, whose expiry Graph does not tell.
    """

    oid: str
    availability: str
    activity: str
    message: StatusMessage | None = None
    out_of_office: bool = False
    out_of_office_text: str | None = None
    work_location: str | None = None
    sequence: str | None = None

    @property
    def shows_nothing(self) -> bool:
        """Return whether no Teams client is signed in, so that no preferred state can show."""
        return self.availability == "Offline" and self.activity != "OffWork"
