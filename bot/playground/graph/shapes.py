"""States and views as JSON: for the shelf, and as Graph shows them."""

from __future__ import annotations

from typing import Any

from cattrs.preconf.json import make_converter

from bot.playground.graph.rules import Shown, State, Status
from bot.playground.graph.times import write_instant
from bot.playground.people import Resident

_CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#"
_NEVER = "9999-12-31T00:00:00.0000000"

_converter = make_converter()


def to_shelf(state: State) -> Any:
    """Return a state as JSON."""
    return _converter.unstructure(state)


def from_shelf(value: Any) -> State:
    """Return the state that `to_shelf` wrote."""
    return _converter.structure(value, State)


def presence(oid: str, shown: Shown, *, own: bool) -> dict[str, Any]:
    """Return a presence resource. Other people's messages carry neither end nor publication."""
    view = shown.view
    return {
        "id": oid,
        "availability": view.availability,
        "activity": view.activity,
        "sequenceNumber": f"{shown.number:016d}",  # compared as text
        "outOfOfficeSettings": {
            "message": view.out_of_office_message,
            "isOutOfOffice": view.out_of_office,
        },
        "statusMessage": None if view.status is None else _status(view.status, own=own),
        "workLocation": {
            "placeId": view.location.place,
            "source": view.location.source,
            "workLocationType": view.location.type,
        },
    }


def single(oid: str, resource: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that holds one presence."""
    return {"@odata.context": f"{_CONTEXT}users('{oid}')/presence/$entity", **resource}


def many(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer that holds several presences."""
    return {"@odata.context": f"{_CONTEXT}Collection(presence)", "value": resources}


def user(resident: Resident) -> dict[str, Any]:
    """Return the basic properties of a user."""
    given, _, surname = resident.name.partition(" ")
    return {
        "id": resident.oid,
        "displayName": resident.name,
        "givenName": given,
        "surname": surname,
        "mail": resident.mail,
        "userPrincipalName": resident.mail,
    }


def users(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer that holds several users."""
    return {"@odata.context": f"{_CONTEXT}users", "value": found}


def _status(status: Status, *, own: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {"message": {"content": status.text, "contentType": "text"}}
    if own:
        end = _NEVER if status.expires is None else write_instant(status.expires)
        shape["publishedDateTime"] = write_instant(status.published) + "Z"
        shape["expiryDateTime"] = {"dateTime": end, "timeZone": "UTC"}
    return shape
