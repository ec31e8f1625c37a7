"""Who lives in the playground: the residents, and strangers once they were met."""

from __future__ import annotations

import re
from dataclasses import asdict

from bot.playground.people import RESIDENTS, Resident, stranger
from bot.playground.shelf import Shelf

_KIND = "resident"
_OID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Roster:
    """Knows people by object id and by the id that the Teams connector has for them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._people = {resident.oid: resident for resident in RESIDENTS}

    async def load(self) -> None:
        """Take up the strangers met before the restart."""
        for oid, kept in (await self._shelf.all(_KIND)).items():
            self._people[oid] = Resident(**kept)

    def everybody(self) -> list[Resident]:
        """Return all people, residents first."""
        return list(self._people.values())

    def find(self, member: str) -> Resident | None:
        """Return the person with this object id or connector id, if there is one."""
        return self._people.get(member.removeprefix("29:").lower())

    async def meet(self, member: str) -> Resident | None:
        """Return the person with this id, new if need be; none where it is no object id."""
        known = self.find(member)
        oid = member.removeprefix("29:").lower()
        if known is not None or not _OID.fullmatch(oid):
            return known
        met = self._people[oid] = stranger(oid)
        await self._shelf.put(_KIND, oid, asdict(met))
        return met
