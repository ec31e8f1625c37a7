"""Graph's answers as values: no I/O.

What Graph sends is taken as it comes: every property may be missing, every value unknown, and
letter case may differ (the pages write `inACall`, the samples `InACall`).
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

from bot.domain.presence import Presence
from bot.domain.status import StatusMessage
from bot.service.traffic import Colleague

logger = logging.getLogger(__name__)

_WORDS = (
    "Available,AvailableIdle,AvailableInactive,Away,BeRightBack,Busy,BusyIdle,DoNotDisturb,"
    "Focusing,InACall,InAConferenceCall,InAMeeting,Inactive,Offline,OffWork,OutOfOffice,"
    "PresenceUnknown,Presenting,UrgentInterruptionsOnly"
)
_KNOWN = {word.lower(): word for word in _WORDS.split(",")}
_TRAILING_PIN = re.compile(r"\s*<pinnednote>\s*</pinnednote>\s*$", re.IGNORECASE)
_WALL_TIME = re.compile(
    r"^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?\s*(Z|[+-]\d\d:\d\d)?$", re.IGNORECASE
)
_CLAIMS = re.compile(r'\bclaims="([^"]+)"')
_NEVER = 9999  # the year in which a message without an end expires


class NotReadable(ValueError):
    """An answer is not what the reference describes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Graph's error envelope; every part may be empty."""

    code: str = ""
    message: str = ""


def presence(body: bytes) -> Presence:
    """Return the presence of an answer; raise NotReadable where it holds none."""
    return _presence(_object(_json(body)))


def presences(body: bytes) -> list[Presence]:
    """Return the presences of a list answer; raise NotReadable where it is no list."""
    value = _object(_json(body)).get("value")
    if not isinstance(value, list):
        raise NotReadable("no list of presences")
    return [_presence(_object(entry)) for entry in value]


def users(body: bytes) -> list[Colleague]:
    """Return the people of a list answer; raise NotReadable where it is no list."""
    value = _object(_json(body)).get("value")
    if not isinstance(value, list):
        raise NotReadable("no list of users")
    return [_user(_object(entry)) for entry in value]


def problem(body: bytes) -> Problem:
    """Return the error of an answer; an empty one where the body holds none."""
    try:
        error = _object(_object(_json(body)).get("error"))
    except NotReadable:
        return Problem()
    return Problem(code=_text(error.get("code")), message=_text(error.get("message")))


def claims(challenge: str | None) -> str | None:
    """Return the claims (JSON) of a WWW-Authenticate challenge; none where it has none.

    Continuous access evaluation sends them base64-encoded with error="insufficient_claims".
    """
    found = _CLAIMS.search(challenge or "")
    if found is None:
        return None
    value = found.group(1)
    try:
        padded = value + "=" * (-len(value) % 4)
        decoded = base64.b64decode(padded, altchars=b"-_").decode("utf-8")
        json.loads(decoded)
    except (binascii.Error, ValueError):
        return None
    return decoded


def _presence(value: Mapping[str, Any]) -> Presence:
    out_of_office = _mapping(value.get("outOfOfficeSettings"))
    location = _text(_mapping(value.get("workLocation")).get("workLocationType"))
    return Presence(
        oid=_text(value.get("id")),
        availability=_word(value.get("availability")),
        activity=_word(value.get("activity")),
        message=_message(_mapping(value.get("statusMessage"))),
        out_of_office=out_of_office.get("isOutOfOffice") is True,
        out_of_office_text=_text(out_of_office.get("message")) or None,
        work_location=None if location.lower() in ("", "unspecified") else location,
        sequence=_text(value.get("sequenceNumber")) or None,
    )


def _user(value: Mapping[str, Any]) -> Colleague:
    mail = _text(value.get("mail")) or _text(value.get("userPrincipalName"))
    return Colleague(
        oid=_text(value.get("id")), name=_text(value.get("displayName")) or mail, mail=mail
    )


def _message(value: Mapping[str, Any]) -> StatusMessage | None:
    content = _text(_mapping(value.get("message")).get("content"))
    text = _TRAILING_PIN.sub("", content)
    if not text.strip():
        return None
    end = _instant(_mapping(value.get("expiryDateTime")))
    return StatusMessage(text=text, end=end, pinned=text != content)


def _instant(value: Mapping[str, Any]) -> datetime | None:
    """Return a dateTimeTimeZone as an instant; none where it never comes or is not readable."""
    found = _WALL_TIME.match(_text(value.get("dateTime")))
    if found is None:
        return None
    wall, fraction, offset = found.groups()
    try:
        instant = datetime.fromisoformat(
            f"{wall}.{(fraction or '0')[:6]:0<6}" if wall.count(":") == 2 else wall
        )
        if instant.year == _NEVER:
            return None
        if offset is not None:
            return datetime.fromisoformat(
                instant.isoformat() + offset.upper().replace("Z", "+00:00")
            ).astimezone(UTC)
        return instant.replace(tzinfo=_zone(_text(value.get("timeZone")))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> ZoneInfo:
    """Return a zone by its Windows or IANA name; UTC, which Graph uses, where it is unknown."""
    try:
        return ZoneInfo(win_tz.get(name, name) or "UTC")
    except (KeyError, ValueError, OSError):
        logger.warning("Graph names a time zone that is not known")
        return ZoneInfo("UTC")


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError as error:
        raise NotReadable("not JSON") from error


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NotReadable("not a JSON object")
    return value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _word(value: object) -> str:
    text = _text(value).strip()
    return _KNOWN.get(text.lower(), text) or "PresenceUnknown"
