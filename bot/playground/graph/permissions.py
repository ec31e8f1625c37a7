"""Who may do what, by the scopes of the token (Microsoft's permissions reference, presence)."""

from __future__ import annotations

from bot.playground.graph.errors import Refusal
from bot.playground.graph.requests import FOR_PEOPLE_ONLY
from bot.playground.tokens import Claims

_READ_OWN = {"Presence.Read", "Presence.Read.All"}
_READ_ALL = {"Presence.Read.All"}
_READ_AS_APPLICATION = {"Presence.Read.All", "Presence.ReadWrite.All"}
_WRITE_OWN = {"Presence.ReadWrite"}
_WRITE_AS_APPLICATION = {"Presence.ReadWrite.All"}
_LOOK_UP = {"User.ReadBasic.All", "User.Read.All", "Directory.Read.All"}
_LOOK_UP_OWN = {"User.Read", "User.Read.All"}


def me(claims: Claims) -> str:
    """Return the object id behind /me; an application has none."""
    if claims.oid is None:
        raise Refusal(400, "BadRequest", "/me is only there for a signed-in person.")
    return claims.oid


def permit_read(claims: Claims, oid: str) -> None:
    """Raise Refusal unless the caller may read this person's presence."""
    if not claims.delegated:
        _need(claims, _READ_AS_APPLICATION)
    else:
        _need(claims, _READ_OWN if oid == claims.oid else _READ_ALL)


def permit_read_many(claims: Claims) -> None:
    """Raise Refusal unless the caller may read the presence of many people at once."""
    _need(claims, _READ_ALL if claims.delegated else _READ_AS_APPLICATION)


def permit_write(claims: Claims, oid: str, action: str) -> None:
    """Raise Refusal unless the caller may carry out this action for this person.

    No delegated scope reaches other people: an administrator is refused too.
    """
    if not claims.delegated:
        _need(claims, set() if action in FOR_PEOPLE_ONLY else _WRITE_AS_APPLICATION)
        return
    _need(claims, _WRITE_OWN)
    if oid != claims.oid:
        raise Refusal(401, "Unauthorized", "Cannot set the presence of another user")


def permit_look_up(claims: Claims, oid: str | None = None) -> None:
    """Raise Refusal unless the caller may look up people, or this one person."""
    own = claims.delegated and oid == claims.oid
    _need(claims, _LOOK_UP | _LOOK_UP_OWN if own else _LOOK_UP)


def _need(claims: Claims, any_of: set[str]) -> None:
    if not claims.scopes & any_of:
        raise Refusal(403, "Forbidden")  # Graph's message is the empty string here
