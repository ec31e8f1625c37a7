"""What answers of Graph look like: our own checks, and the published schema when it is here."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parents[4] / "shared" / "facts" / "graph-presence.openapi.json"

_PRESENCE_KEYS = {
    "id",
    "availability",
    "activity",
    "sequenceNumber",
    "outOfOfficeSettings",
    "statusMessage",
    "workLocation",
}
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}"


def check_answer(method: str, path: str, status: int, body: Any) -> None:
    """Assert that an answer to `method path` has Graph's form."""
    path = path.partition("?")[0]
    if status >= 400:
        _check_error(body)
    elif method == "POST" and not path.endswith("/getPresencesByUserId"):
        assert body is None
    elif method == "POST":
        assert body.keys() == {"@odata.context", "value"}
        for presence in body["value"]:
            _check_presence(presence)
    elif "presence" in path:
        assert body.pop("@odata.context").endswith("/presence/$entity")
        _check_presence(body)
    if (template := _template(path)) is not None:
        _check_published(method.lower(), template, status, body)


def schema_is_here() -> bool:
    return SCHEMA.is_file()


def _check_error(body: Any) -> None:
    error = body["error"]
    assert error["code"]
    assert isinstance(error["message"], str)
    assert error["innerError"].keys() == {"date", "request-id", "client-request-id"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", error["innerError"]["date"])


def _check_presence(presence: dict[str, Any]) -> None:
    assert presence.keys() == _PRESENCE_KEYS
    assert re.fullmatch(r"\d{16}", presence["sequenceNumber"])
    assert presence["outOfOfficeSettings"].keys() == {"message", "isOutOfOffice"}
    assert presence["workLocation"].keys() == {"placeId", "source", "workLocationType"}
    if (status := presence["statusMessage"]) is not None:
        assert status["message"].keys() == {"content", "contentType"}
        assert status.keys() in (
            {"message"},
            {"message", "publishedDateTime", "expiryDateTime"},
        )
        if "publishedDateTime" in status:
            assert re.fullmatch(_INSTANT + "Z", status["publishedDateTime"])
            assert re.fullmatch(_INSTANT, status["expiryDateTime"]["dateTime"])
            assert status["expiryDateTime"]["timeZone"] == "UTC"


def _template(path: str) -> str | None:
    for prefix, name in (
        ("/users/", "{user-id}"),
        ("/communications/presences/", "{presence-id}"),
    ):
        if path.startswith(prefix):
            _, _, action = path.removeprefix(prefix).partition("/")
            path = f"{prefix}{name}/{action}".rstrip("/")
    return path if schema_is_here() and path in _published()["paths"] else None


@cache
def _published() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return document


def _check_published(method: str, template: str, status: int, body: Any) -> None:
    responses = _published()["paths"][template].get(method, {}).get("responses", {})
    if not responses:
        assert status == 405
        return
    answer = responses.get(str(status)) or responses[f"{status // 100}XX"]
    if "$ref" in answer:
        answer = _published()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    if "content" not in answer:
        assert body is None
        return
    schema = answer["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": _published()["components"]}).validate(body)
