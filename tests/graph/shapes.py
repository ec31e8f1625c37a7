"""What a request to Graph's presence API must look like: our own check, and Microsoft's schema.

Written from the reference pages, not from the client.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.required import missing

OPENAPI = Path(__file__).parents[3] / "shared" / "facts" / "graph-presence.openapi.json"

GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
OWNER = rf"(/me/presence|/users/{GUID}/presence|/communications/presences/{GUID})"
DURATION = re.compile(r"^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$")
WALL_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$")
PREFERRED = {
    ("Available", "Available"),
    ("Busy", "Busy"),
    ("DoNotDisturb", "DoNotDisturb"),
    ("BeRightBack", "BeRightBack"),
    ("Away", "Away"),
    ("Offline", "OffWork"),
}
SESSIONS = {
    ("Available", "Available"),
    ("Busy", "InACall"),
    ("Busy", "InAConferenceCall"),
    ("Away", "Away"),
    ("DoNotDisturb", "Presenting"),
}


def seconds(duration: str) -> int:
    found = DURATION.match(duration)
    assert found, f"{duration} is no Edm.Duration"
    days, _, hours, minutes, secs = (
        int((part or "0").strip("DHMST") or 0)
        for part in (found[1], None, found[3], found[4], found[5])
    )
    return ((days * 24 + hours) * 60 + minutes) * 60 + secs


def check_shape(method: str, path: str, body: Any) -> None:
    """Fail where the reference pages would not allow a request."""
    if path == "/communications/getPresencesByUserId":
        assert method == "POST"
        assert set(body) == {"ids"}
        assert 1 <= len(body["ids"]) <= 650
        return
    found = re.fullmatch(rf"{OWNER}(?:/(\w+))?", path)
    assert found, f"{path} is in no reference page"
    action = found[2]
    if action is None:
        assert (method, body) == ("GET", None)
        return
    assert method == "POST"
    match action:
        case "setUserPreferredPresence":
            assert set(body) - {"expirationDuration"} == {"availability", "activity"}
            assert (body["availability"], body["activity"]) in PREFERRED
            if "expirationDuration" in body:
                assert 0 < seconds(body["expirationDuration"]) <= 366 * 86_400
        case "clearUserPreferredPresence":
            assert body == {}
        case "setPresence":
            assert set(body) == {"sessionId", "availability", "activity", "expirationDuration"}
            assert (body["availability"], body["activity"]) in SESSIONS
            assert 300 <= seconds(body["expirationDuration"]) <= 14_400
            assert re.fullmatch(GUID, body["sessionId"])
        case "clearPresence":
            assert set(body) == {"sessionId"}
            assert re.fullmatch(GUID, body["sessionId"])
        case "setStatusMessage":
            assert set(body) == {"statusMessage"}
            status = body["statusMessage"]
            assert set(status) - {"expiryDateTime"} == {"message"}
            assert set(status["message"]) == {"content", "contentType"}
            assert status["message"]["contentType"] == "text"
            if "expiryDateTime" in status:
                assert set(status["expiryDateTime"]) == {"dateTime", "timeZone"}
                assert WALL_TIME.match(status["expiryDateTime"]["dateTime"])
                assert status["expiryDateTime"]["timeZone"] == "UTC"
        case "setManualLocation" | "setAutomaticLocation":
            assert set(body) - {"placeId"} == {"workLocationType"}
            assert body["workLocationType"] in {"office", "remote", "timeOff", "unspecified"}
        case "clearLocation" | "clearAutomaticLocation":
            assert body is None
        case _:
            raise AssertionError(f"{action} is in no reference page")


class Schema:
    """The published description of the API."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def check(self, method: str, path: str, body: Any) -> None:
        """Fail where the description has no such operation or refuses the body."""
        (operation,) = [
            item[method.lower()]
            for template, item in self._document["paths"].items()
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)
            and not (template == "/communications/presences" and path != template)
        ]
        described = operation.get("requestBody")
        if described is None:
            assert not body  # an empty object is what clearUserPreferredPresence's page asks for
            return
        schema = described["content"]["application/json"]["schema"]
        root = {**schema, "components": self._document["components"]}
        Draft202012Validator(root).validate(body)


def published() -> Schema:
    """Return the published description; skip the test where this machine has none."""
    if not OPENAPI.exists():
        missing("../shared/facts/graph-presence.openapi.json is not on this machine")
    return Schema(json.loads(OPENAPI.read_text(encoding="utf-8")))
