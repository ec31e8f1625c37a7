"""Which feature needs which permission of Microsoft Graph: the one table of it.

Sources: the permissions of each reference page, and Microsoft's permissions reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """What a feature needs, delegated and as an application; none = it cannot be had that way.

    `people` is whether it is there only with PEOPLE=on.
    """

    name: str
    delegated: tuple[str, ...]
    application: tuple[str, ...] | None
    people: bool = False


FEATURES = (
    Feature(
        name="your own state, message and sessions, read back",
        delegated=("User.Read", "Presence.Read", "Presence.ReadWrite"),
        application=("Presence.ReadWrite.All",),
    ),
    Feature(
        name="your work location",
        delegated=("Presence.Read", "Presence.ReadWrite"),
        application=None,
    ),
    Feature(
        name="colleagues, and who of a team is free",
        delegated=("Presence.Read.All",),
        application=("Presence.ReadWrite.All",),
        people=True,
    ),
    Feature(
        name="a person by name or mail address",
        delegated=("User.ReadBasic.All",),
        application=("User.ReadBasic.All",),
        people=True,
    ),
)


def scopes(permission: Literal["delegated", "application"], *, people: bool) -> tuple[str, ...]:
    """Return the least that the features in use need, each scope once."""
    used = [feature for feature in FEATURES if people or not feature.people]
    wanted = [
        scope
        for feature in used
        for scope in (
            feature.delegated if permission == "delegated" else feature.application or ()
        )
    ]
    return tuple(dict.fromkeys(wanted))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scopes:
    """What Entra is asked for: at sign-in, and when somebody first looks at others."""

    own: tuple[str, ...]
    colleagues: tuple[str, ...]

    def wanted(self, *, colleagues: bool) -> tuple[str, ...]:
        """Return what to ask for; what looks at others is no use without the rest."""
        return (*self.own, *self.colleagues) if colleagues else self.own


def delegated_scopes(graph: str) -> Scopes:
    """Return the delegated scopes of every feature at `graph`, the resource's address."""
    own = scopes("delegated", people=False)
    more = [scope for scope in scopes("delegated", people=True) if scope not in own]
    return Scopes(
        own=tuple(f"{graph}/{scope}" for scope in own),
        colleagues=tuple(f"{graph}/{scope}" for scope in more),
    )
