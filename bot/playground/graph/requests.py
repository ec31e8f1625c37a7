"""What the bodies of the presence actions mean, and which of them Graph does not take.

Each function takes a JSON value and returns the change that it asks for; all raise Refusal (400).
Tables and ranges: the reference pages presence-setpresence, presence-setuserpreferredpresence,
presence-setstatusmessage and presence-setmanuallocation. Keys that no page names are refused, so
that a client which invents one finds out here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.playground.graph import rules
from bot.playground.graph.errors import Refusal, invalid
from bot.playground.graph.times import read_duration, read_wall_time

Change = Callable[[rules.State, datetime], rules.State]

LONGEST_TEXT = 280
MOST_IDS = 650

_PINNED = "<pinnednote></pinnednote>"  # Teams' own marker; it is part of no length

_SESSION_PAIRS = {
    ("Available", "Available"),
    ("Busy", "InACall"),
    ("Busy", "InAConferenceCall"),
    ("Away", "Away"),
    ("DoNotDisturb", "Presenting"),
}
_SESSION_LENGTHS = (timedelta(minutes=5), timedelta(hours=4))
_PREFERRED_PAIRS = {  # with the length that holds when none is given
    ("Available", "Available"): timedelta(days=7),
    ("Busy", "Busy"): timedelta(days=1),
    ("DoNotDisturb", "DoNotDisturb"): timedelta(days=1),
    ("BeRightBack", "BeRightBack"): timedelta(days=7),
    ("Away", "Away"): timedelta(days=7),
    ("Offline", "OffWork"): timedelta(days=7),
}
_LONGEST_PREFERRED = timedelta(days=366)
_OUT_OF_RANGE = "The provided [ExpirationDuration] is out of range."  # as Graph says it
_LOCATIONS = {"unspecified", "office", "remote", "timeOff"}


def read_ids(body: Any) -> list[str]:
    """Return the ids of getPresencesByUserId, each once, in their order."""
    ids = _object(body, {"ids"}).get("ids")
    if not isinstance(ids, list) or not all(isinstance(oid, str) for oid in ids):
        raise _missing("Ids")
    if not 1 <= len(ids) <= MOST_IDS:
        raise invalid(f"[Ids]: 1 to {MOST_IDS} ids are taken, {len(ids)} were sent.")
    return list(dict.fromkeys(oid.lower() for oid in ids))


def _set_presence(body: Any) -> Change:
    fields = _object(body, {"sessionId", "availability", "activity", "expirationDuration"})
    session = _required(fields, "sessionId")
    pair = _pair(fields)
    if pair not in _SESSION_PAIRS:
        raise _not_a_pair(pair)
    length = timedelta(minutes=5)
    if (text := fields.get("expirationDuration")) is not None:
        length = read_duration(text)
        if not _SESSION_LENGTHS[0] <= length <= _SESSION_LENGTHS[1]:
            raise invalid(_OUT_OF_RANGE)
    return partial(
        rules.open_session, id=session, availability=pair[0], activity=pair[1], length=length
    )


def _clear_presence(body: Any) -> Change:
    session = _required(_object(body, {"sessionId"}), "sessionId")

    def change(state: rules.State, now: datetime) -> rules.State:
        try:
            return rules.close_session(state, now, id=session)
        except rules.NoSuchSession:
            raise Refusal(404, "NotFound", "The presence session was not found.") from None

    return change


def _set_preferred(body: Any) -> Change:
    fields = _object(body, {"availability", "activity", "expirationDuration"})
    pair = _pair(fields)
    if pair not in _PREFERRED_PAIRS:
        raise _not_a_pair(pair)
    length = _PREFERRED_PAIRS[pair]
    if (text := fields.get("expirationDuration")) is not None:
        length = read_duration(text)
        if not timedelta(0) < length <= _LONGEST_PREFERRED:
            raise invalid(_OUT_OF_RANGE)
    return partial(rules.prefer, availability=pair[0], activity=pair[1], length=length)


def _clear_preferred(body: Any) -> Change:
    _nothing(body)
    return rules.stop_preferring


def _set_status(body: Any) -> Change:
    status = _object(_object(body, {"statusMessage"}).get("statusMessage"), _STATUS_KEYS)
    message = _object(status.get("message"), {"content", "contentType"})
    if message.get("contentType") not in {None, "text"}:
        raise invalid("[ContentType]: Only text is supported.")
    content = message.get("content")
    if not isinstance(content, str | None) or "content" not in message:
        raise _missing("Content")
    if len((content or "").removesuffix(_PINNED)) > LONGEST_TEXT:
        raise invalid(f"[Content]: The text is longer than {LONGEST_TEXT} characters.")
    expires = None
    if (end := status.get("expiryDateTime")) is not None:
        wall = _object(end, {"dateTime", "timeZone"})
        expires = read_wall_time(_required(wall, "dateTime"), wall.get("timeZone"))
    return partial(rules.write_status, text=content or "", expires=expires)


_STATUS_KEYS = {"message", "expiryDateTime"}  # publishedDateTime is Graph's to write


def _set_manual_location(body: Any) -> Change:
    type_, place = _location(body)
    return partial(rules.set_manual_location, type=type_, place=place)


def _set_automatic_location(body: Any) -> Change:
    type_, place = _location(body)
    return partial(rules.set_automatic_location, type=type_, place=place)


def _clear_location(body: Any) -> Change:
    _nothing(body)
    return rules.clear_location


def _clear_automatic_location(body: Any) -> Change:
    _nothing(body)
    return rules.clear_automatic_location


ACTIONS: dict[str, Callable[[Any], Change]] = {
    "setPresence": _set_presence,
    "clearPresence": _clear_presence,
    "setUserPreferredPresence": _set_preferred,
    "clearUserPreferredPresence": _clear_preferred,
    "setStatusMessage": _set_status,
    "setManualLocation": _set_manual_location,
    "setAutomaticLocation": _set_automatic_location,
    "clearLocation": _clear_location,
    "clearAutomaticLocation": _clear_automatic_location,
}
FOR_PEOPLE_ONLY = {  # no application permission exists for these
    "setManualLocation",
    "setAutomaticLocation",
    "clearLocation",
    "clearAutomaticLocation",
}


def _object(value: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("A JSON object is required here.")
    if unknown := [key for key in value if key not in known and key != "@odata.type"]:
        raise invalid(f"[{unknown[0]}]: This property is not taken here.")
    return value


def _nothing(body: Any) -> None:
    if body is not None:
        _object(body, set())


def _missing(name: str) -> Refusal:
    return invalid(f"[{name}]: The {name} field is required.")


def _required(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value:
        raise _missing(key[0].upper() + key[1:])
    return value


def _pair(fields: dict[str, Any]) -> tuple[str, str]:
    return _required(fields, "availability"), _required(fields, "activity")


def _not_a_pair(pair: tuple[str, str]) -> Refusal:
    return invalid(f"[Availability]: {pair[0]}/{pair[1]} is not a pair that can be set.")


def _location(body: Any) -> tuple[str, str | None]:
    fields = _object(body, {"workLocationType", "placeId"})
    kind, place = _required(fields, "workLocationType"), fields.get("placeId")
    if kind not in _LOCATIONS:
        raise invalid(f"[WorkLocationType]: {kind!r} cannot be set.")
    if not isinstance(place, str | None):
        raise invalid("[PlaceId]: A string is required.")
    return kind, place
