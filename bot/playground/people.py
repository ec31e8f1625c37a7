"""The people and places of the playground."""

from __future__ import annotations

from dataclasses import dataclass

TENANT = "7e57ab1e-0000-4000-8000-000000000001"
BOT_ID = "28:7e57ab1e-0000-4000-8000-0000000000b0"
BOT_NAME = "Presence Bot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resident:
    """Somebody who lives in the playground: Entra object id, names, mail address, locale."""

    oid: str
    name: str
    mail: str
    locale: str = "en-US"

    @property
    def teams_id(self) -> str:
        """Return the id by which the Teams connector knows this person."""
        return f"29:{self.oid}"

    @property
    def initials(self) -> str:
        """Return one or two letters to picture the person with."""
        return "".join(part[0] for part in self.name.split()[:2]).upper() or "?"


def _resident(number: int, name: str, mail: str, locale: str) -> Resident:
    return Resident(
        oid=f"0000000{number}-7e57-4000-8000-00000000000{number}",
        name=name,
        mail=f"{mail}@lighthouse.example",
        locale=locale,
    )


RESIDENTS = (
    _resident(1, "Anna Berger", "anna", "en-GB"),
    _resident(2, "Ben Carter", "ben", "en-US"),
    _resident(3, "Chen Li", "chen", "zh-CN"),
    _resident(4, "Daria Sokolova", "daria", "ru-RU"),
    _resident(5, "Elena Fischer", "elena", "de-DE"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A conversation that several people share."""

    id: str
    name: str
    kind: str  # "groupChat" or "channel", as in an activity's conversationType


PLACES = (
    Place(id="19:lighthouse@thread.v2", name="Project Lighthouse", kind="groupChat"),
    Place(id="19:general@thread.tacv2", name="General", kind="channel"),
)


def stranger(oid: str) -> Resident:
    """Return the resident that an unknown object id becomes when it first writes."""
    return Resident(oid=oid, name=f"Guest {oid[:4]}", mail=f"{oid}@lighthouse.example")
