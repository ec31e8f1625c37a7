"""Everybody's presence: in memory to be read, on the shelf to outlive the process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.playground.graph import rules, shapes
from bot.playground.hub import Hub
from bot.playground.people import RESIDENTS, Resident, stranger
from bot.playground.shelf import Shelf

_STATE, _SETTING, _LAG = "graph.presence", "graph.setting", "lag"


class Presences:
    """Keeps the states of the residents, and of strangers from when they first write.

    Publishes an event of kind "presence", {"oid": ...}, when what others see has changed.
    """

    def __init__(self, *, clock: Clock, shelf: Shelf, hub: Hub) -> None:
        self._clock = clock
        self._shelf = shelf
        self._hub = hub
        self._lag = timedelta(0)
        self._people = {person.oid: person for person in RESIDENTS}
        self._states: dict[str, rules.State] = {}
        self._told: dict[str, int] = {}

    async def load(self) -> None:
        """Take up what is on the shelf."""
        now = self._clock.now()
        self._lag = timedelta(seconds=(await self._shelf.all(_SETTING)).get(_LAG, 0))
        for oid, value in (await self._shelf.all(_STATE)).items():
            self._people.setdefault(oid, stranger(oid))
            self._states[oid] = shapes.from_shelf(value)
        for oid in self._people:
            self._states.setdefault(oid, rules.fresh(now))
            self._told[oid] = self._seen(oid, now).number

    @property
    def people(self) -> tuple[Resident, ...]:
        """Return everybody who lives here."""
        return tuple(self._people.values())

    @property
    def lag(self) -> timedelta:
        """Return how far what is read lags behind what was written."""
        return self._lag

    async def set_lag(self, lag: timedelta) -> None:
        """Let reads lag behind, as Teams' polling does; raises ValueError above 10 minutes."""
        if not timedelta(0) <= lag <= rules.LONGEST_LAG:
            raise ValueError("the lag is 0 to 10 minutes")
        self._lag = lag
        await self._shelf.put(_SETTING, _LAG, lag.total_seconds())
        self.tick(self._clock.now())

    def person(self, oid: str) -> Resident | None:
        """Return who has this object id."""
        return self._people.get(oid)

    def seen(self, oid: str) -> rules.Shown:
        """Return what is seen of a person now; somebody who has not written yet looks fresh."""
        return self._seen(oid, self._clock.now())

    async def change(
        self, oid: str, change: Callable[[rules.State, datetime], rules.State]
    ) -> None:
        """Change a person's state; return when the shelf has it. An unknown id moves in."""
        now = self._clock.now()
        state = change(self._state(oid, now), now)
        self._people.setdefault(oid, stranger(oid))
        self._states[oid] = state
        # The shelf writes in the order of asking, so the newest state is the one that stays.
        await self._shelf.put(_STATE, oid, shapes.to_shelf(state))
        self._tell(oid, now)

    def controls(self, oid: str) -> dict[str, Any]:
        """Return the switches of a person's Teams client; raises KeyError for nobody."""
        return asdict(self._states[oid].client)

    async def control(self, oid: str, **changes: Any) -> dict[str, Any]:
        """Turn switches of a person's Teams client, and return all of them.

        The switches are those of `rules.Client`. Raises KeyError for nobody, and ValueError for
        an unknown switch or a value that does not fit.
        """
        client = self._states[oid].client
        for name, value in changes.items():
            if name not in {field.name for field in fields(client)}:
                raise ValueError(f"a Teams client has no switch {name!r}")
            if not isinstance(value, str | None if name == "out_of_office_message" else bool):
                raise ValueError(f"{value!r} does not fit {name!r}")  # noqa: TRY004  # for JSON
        client = replace(client, **changes)
        await self.change(oid, lambda state, now: rules.use_client(state, now, client))
        return asdict(client)

    def tick(self, now: datetime) -> None:
        """Publish whose presence looks different at `now` from when it was last told."""
        for oid in self._people:
            self._tell(oid, now)

    def next_change(self, now: datetime) -> datetime | None:
        """Return the next instant after `now` at which a presence changes by itself."""
        instants = (
            rules.next_change(self._state(oid, now), now, self._lag) for oid in self._people
        )
        return min((instant for instant in instants if instant is not None), default=None)

    def upcoming(self, now: datetime) -> list[tuple[datetime, str, str]]:
        """Return what ends by itself after `now`, in order: when, whose (object id), in words."""
        return sorted(
            (instant, oid, words)
            for oid in self._people
            for instant, words in rules.upcoming(self._state(oid, now), now)
        )

    def _state(self, oid: str, now: datetime) -> rules.State:
        state = self._states.get(oid)
        if state is None:
            return rules.fresh(now)
        state = self._states[oid] = rules.settle(state, now)
        return state

    def _seen(self, oid: str, now: datetime) -> rules.Shown:
        return rules.seen(self._state(oid, now), now, self._lag)

    def _tell(self, oid: str, now: datetime) -> None:
        number = self._seen(oid, now).number
        if self._told.get(oid) != number:
            self._told[oid] = number
            self._hub.publish("presence", {"oid": oid})
