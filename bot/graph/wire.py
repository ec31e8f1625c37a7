"""Graph's presence requests as values: no I/O.

Each function is named like its action in the v1.0 reference and returns a Call. Bodies are as in
the examples of those pages: no `@odata.type`, no property that only the service writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import quote, urlencode

from bot.domain.presence import PreferredPresence, PresenceSession, WorkLocation
from bot.domain.status import StatusMessage

MOST_IDS = 650

# Teams' own marker of "show when people message me"; no Graph page names it.
PINNED = "<pinnednote></pinnednote>"
_PINNED_TAG = re.compile(r"<\s*/?\s*pinnednote\s*/?\s*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One request: its action (for logs), method, path below the version, and JSON body.

    `eventual` asks for advanced queries of the directory; `everywhere` is false for what national
    clouds lack; `colleagues` is true for what looks at others.
    """

    action: str
    method: str
    path: str
    body: dict[str, Any] | None = None
    eventual: bool = False
    everywhere: bool = True
    colleagues: bool = False

    @property
    def content(self) -> bytes | None:
        """Return the body as bytes; none where there is none."""
        if self.body is None:
            return None
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


ME = "/me/presence"
_OTHERS = "/communications/presences/"


def user(oid: str) -> str:
    """Return the path of a user's presence; the key is the object id, never a user name."""
    return f"/users/{quote(oid, safe='')}/presence"


def presence_of(oid: str) -> str:
    """Return the path of a presence in the collection of all presences."""
    return f"{_OTHERS}{quote(oid, safe='')}"


def get_presence(owner: str) -> Call:
    """Read a presence. No `$select`: Graph answers it with an error here."""
    others = owner.startswith(_OTHERS)
    return Call(action="getPresence", method="GET", path=owner, colleagues=others)


def get_presences_by_user_id(oids: Sequence[str]) -> Call:
    """Read the presence of 1 to 650 people; raises ValueError for another number."""
    if not 1 <= len(oids) <= MOST_IDS:
        raise ValueError(f"1 to {MOST_IDS} people at a time")
    return Call(
        action="getPresencesByUserId",
        method="POST",
        path="/communications/getPresencesByUserId",
        body={"ids": list(oids)},
        colleagues=True,
    )


def set_user_preferred_presence(
    owner: str, preferred: PreferredPresence, *, now: datetime
) -> Call:
    """Prefer a presence from `now` until its end; without an end, for Graph's default."""
    body = {"availability": preferred.availability.value, "activity": preferred.activity}
    if preferred.end is not None:
        body["expirationDuration"] = duration(preferred.end - now)
    return _write(owner, "setUserPreferredPresence", body)


def clear_user_preferred_presence(owner: str) -> Call:
    """Give up the preferred presence. The page asks for an empty JSON object as body."""
    return _write(owner, "clearUserPreferredPresence", {})


def set_presence(owner: str, session: PresenceSession, *, session_id: str) -> Call:
    """Show a presence session; `session_id` is the application's client id."""
    return _write(
        owner,
        "setPresence",
        {
            "sessionId": session_id,
            "availability": session.availability.value,
            "activity": session.activity.value,
            "expirationDuration": duration(session.length),
        },
    )


def clear_presence(owner: str, *, session_id: str) -> Call:
    """End the presence session of an application; Graph answers 404 where there is none."""
    return _write(owner, "clearPresence", {"sessionId": session_id})


def set_status_message(owner: str, message: StatusMessage | None) -> Call:
    """Write the status message; none writes the empty one, which is how it is cleared."""
    text = "" if message is None else plain_text(message.text)
    if message is not None and message.pinned:
        text += PINNED
    status: dict[str, Any] = {"message": {"content": text, "contentType": "text"}}
    if message is not None and message.end is not None:
        status["expiryDateTime"] = {"dateTime": utc_text(message.end), "timeZone": "UTC"}
    return _write(owner, "setStatusMessage", {"statusMessage": status})


def set_manual_location(
    owner: str, location: WorkLocation, *, place_id: str | None = None
) -> Call:
    """Say where a person works today."""
    return _elsewhere(_write(owner, "setManualLocation", _location(location, place_id)))


def set_automatic_location(
    owner: str, location: WorkLocation, *, place_id: str | None = None
) -> Call:
    """Say where a person was found to work today; a manual location outranks it."""
    return _elsewhere(_write(owner, "setAutomaticLocation", _location(location, place_id)))


def clear_location(owner: str) -> Call:
    """Remove today's manual and automatic location."""
    return _elsewhere(_write(owner, "clearLocation", None))


def clear_automatic_location(owner: str) -> Call:
    """Remove today's automatic location alone."""
    return _elsewhere(_write(owner, "clearAutomaticLocation", None))


_USER = "id,displayName,mail,userPrincipalName"


def users_with_address(address: str, *, most: int) -> Call:
    """Find up to `most` people by the whole of their mail address or user name."""
    literal = "'" + address.replace("'", "''") + "'"
    wanted = f"mail eq {literal} or userPrincipalName eq {literal}"
    return _users("findByAddress", {"$filter": wanted, "$select": _USER, "$top": str(most)})


def users_with_name(name: str, *, most: int) -> Call:
    """Find up to `most` people by the beginnings of the words of their name.

    `$search` wants the header ConsistencyLevel: eventual (search-query-parameter, v1.0).
    """
    words = " ".join(re.sub(r'["\\]', " ", name).split())
    query = {"$search": f'"displayName:{words}"', "$select": _USER, "$top": str(most)}
    return replace(_users("findByName", query), eventual=True)


def _users(action: str, query: dict[str, str]) -> Call:
    options = urlencode(query, quote_via=quote, safe="$,")
    return Call(action=action, method="GET", path=f"/users?{options}", colleagues=True)


def _elsewhere(call: Call) -> Call:
    """Return a call that only the global cloud has (presence-setmanuallocation, v1.0)."""
    return replace(call, everywhere=False)


def duration(length: timedelta) -> str:
    """Return a length as Edm.Duration in whole seconds, rounded up, one second at least."""
    minutes, seconds = divmod(max(1, ceil(length / timedelta(seconds=1))), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)


def utc_text(instant: datetime) -> str:
    """Return an aware instant as Graph's UTC wall time: no offset, seven fractional digits."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}0"


def plain_text(text: str) -> str:
    """Return a person's words without the pinned marker: only `pinned` may pin."""
    while (stripped := _PINNED_TAG.sub("", text)) != text:
        text = stripped  # again: removing a tag may join another
    return text


def _write(owner: str, action: str, body: dict[str, Any] | None) -> Call:
    return Call(action=action, method="POST", path=f"{owner}/{action}", body=body)


def _location(location: WorkLocation, place_id: str | None) -> dict[str, Any]:
    body: dict[str, Any] = {"workLocationType": location.value}
    if place_id is not None:
        body["placeId"] = place_id
    return body
