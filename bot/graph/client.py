"""The presence gateway on Microsoft Graph."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from bot.domain.person import Person
from bot.domain.presence import PreferredPresence, Presence, PresenceSession, WorkLocation
from bot.domain.status import StatusMessage
from bot.graph import answers, wire
from bot.graph.sender import Sender, Unclear
from bot.net import Net
from bot.service.errors import (
    GatewayError,
    NotOffered,
    Unavailable,
    UnknownOutcome,
)
from bot.service.ports import Clock, TokenProvider

GRAPH_URL = "https://graph.microsoft.com/v1.0"
MOST_REMEMBERED = 10_000
MOST_WRITES = 3

Permission = Literal["delegated", "application"]


class GraphPresence:
    """Reads and writes presence through Microsoft Graph.

    With delegated permission a person's own presence is `/me`, with application permission
    `/users/{id}`. `app_id` is the application's client id: it names our presence sessions.
    A call, with its waits and repeats, takes `patience` seconds at most.

    A write whose answer was lost is read back before it is written again, twice at most: Graph's
    writes are the same twice, but a person may have changed their mind in between.
    """

    def __init__(
        self,
        *,
        net: Net,
        tokens: TokenProvider,
        clock: Clock,
        app_id: str,
        base_url: str = GRAPH_URL,
        permission: Permission = "delegated",
        patience: float = 10.0,
    ) -> None:
        self._net = net
        self._clock = clock
        self._app_id = app_id
        self._permission = permission
        self._patience = patience
        self._sender = Sender(net=net, tokens=tokens, base_url=base_url)
        self._seen: OrderedDict[Person, Presence] = OrderedDict()

    def share(self, instances: int) -> None:
        """Keep to this process's part of Graph's limit where `instances` processes share it."""
        self._sender.share(instances)

    async def read(self, person: Person) -> Presence:
        """Return the person's own presence, as colleagues see it, with the end of the message."""
        presence = await self._read(person, self._own(person), self._deadline())
        self._seen[person] = presence
        self._seen.move_to_end(person)
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return presence

    async def set_preferred(
        self, person: Person, preferred: PreferredPresence, *, now: datetime
    ) -> None:
        """Prefer a presence from `now` until its end; without an end, for Graph's default.

        It shows only while the person has a presence session, a Teams client for instance;
        otherwise Graph goes on saying Offline (presence-setuserpreferredpresence, v1.0).
        """
        started = self._clock.now()
        owner = self._own(person)

        def fresh() -> bytes | None:
            waited = self._clock.now() - started
            call = wire.set_user_preferred_presence(owner, preferred, now=now + waited)
            return call.content

        await self._write(
            person,
            wire.set_user_preferred_presence(owner, preferred, now=now),
            shown=self._became(person, preferred.availability.value, preferred.activity),
            fresh=fresh,
        )

    async def clear_preferred(self, person: Person) -> None:
        """Give up the preferred presence; doing so twice is fine."""
        call = wire.clear_user_preferred_presence(self._own(person))
        await self._write(person, call, shown=self._left(person))

    async def set_message(self, person: Person, message: StatusMessage | None) -> None:
        """Write the status message; none clears it."""
        call = wire.set_status_message(self._own(person), message)
        await self._write(person, call, shown=lambda seen: _same(seen.message, message))

    async def read_other(self, person: Person, oid: str) -> Presence:
        """Return what `person` sees of somebody else in the tenant; no end of the message."""
        return await self._read(person, wire.presence_of(oid), self._deadline())

    async def read_many(self, person: Person, oids: Sequence[str]) -> dict[str, Presence]:
        """Return what `person` sees of many people by their ids; none for ids Graph leaves out.

        650 at a time, one request after the other.
        """
        asked = {oid.lower(): oid for oid in oids}
        ids = list(asked.values())
        found: dict[str, Presence] = {}
        for start in range(0, len(ids), wire.MOST_IDS):
            call = wire.get_presences_by_user_id(ids[start : start + wire.MOST_IDS])
            response = await self._sender.read(person, call, self._deadline())
            try:
                presences = answers.presences(response.body)
            except answers.NotReadable as error:
                raise Unavailable(f"unreadable answer: {error}") from error
            found |= {
                asked[presence.oid.lower()]: presence
                for presence in presences
                if presence.oid.lower() in asked
            }
        return found

    async def set_session(self, person: Person, session: PresenceSession) -> None:
        """Show a presence session of this application; an earlier one of it is replaced."""
        call = wire.set_presence(self._own(person), session, session_id=self._app_id)
        shown = self._became(person, session.availability.value, session.activity.value)
        await self._write(person, call, shown=shown)

    async def clear_session(self, person: Person) -> None:
        """End this application's presence session; without one that is fine."""
        call = wire.clear_presence(self._own(person), session_id=self._app_id)
        await self._write(person, call, shown=self._left(person), missing_is_fine=True)

    async def set_work_location(self, person: Person, location: WorkLocation) -> None:
        """Say where the person works today. Graph has no application permission for it."""
        self._refuse_application()
        call = wire.set_manual_location(self._own(person), location)
        await self._write(person, call, shown=lambda seen: seen.work_location == location.value)

    async def clear_work_location(self, person: Person) -> None:
        """Remove what was said about where the person works today."""
        self._refuse_application()
        call = wire.clear_location(self._own(person))
        await self._write(person, call, shown=lambda seen: seen.work_location is None)

    def _own(self, person: Person) -> str:
        return wire.ME if self._permission == "delegated" else wire.user(person.oid)

    def _deadline(self) -> float:
        return self._net.deadline(self._patience)

    def _refuse_application(self) -> None:
        if self._permission == "application":
            raise NotOffered("work locations need delegated permission")

    async def _read(self, person: Person, owner: str, deadline: float) -> Presence:
        response = await self._sender.read(person, wire.get_presence(owner), deadline)
        try:
            return answers.presence(response.body)
        except answers.NotReadable as error:
            raise Unavailable(f"unreadable answer: {error}") from error

    async def _write(
        self,
        person: Person,
        call: wire.Call,
        *,
        shown: Callable[[Presence], bool],
        fresh: Callable[[], bytes | None] | None = None,
        missing_is_fine: bool = False,
    ) -> None:
        deadline = self._deadline()
        unclear: Unclear | None = None
        for _ in range(MOST_WRITES):
            try:
                await self._sender.write(
                    person, call, deadline, fresh=fresh, missing_is_fine=missing_is_fine
                )
            except Unclear as lost:
                unclear = lost
                if shown(await self._read_back(person, call, deadline)):
                    return
            except GatewayError as refused:
                if unclear is not None:  # this write was not carried out; an earlier one may be
                    raise unclear.error from refused
                raise
            else:
                return
        if unclear is not None:
            raise unclear.error

    async def _read_back(self, person: Person, call: wire.Call, deadline: float) -> Presence:
        try:
            return await self._read(person, self._own(person), deadline)
        except GatewayError as error:
            raise UnknownOutcome(
                f"{call.action} was not answered, nor was the read back",
                request_id=error.request_id,
            ) from error

    def _became(
        self, person: Person, availability: str, activity: str
    ) -> Callable[[Presence], bool]:
        """Return the test that a state shows now and did not show when we last looked.

        A state that showed before proves nothing: an end may be what the lost write moved.
        """
        before = self._seen.get(person)

        def test(seen: Presence) -> bool:
            wanted = (availability, activity)
            already = before is not None and (before.availability, before.activity) == wanted
            return not already and (seen.availability, seen.activity) == wanted

        return test

    def _left(self, person: Person) -> Callable[[Presence], bool]:
        """Return the test that another state shows now than when we last looked."""
        before = self._seen.get(person)
        return lambda seen: (
            before is not None
            and (before.availability, before.activity) != (seen.availability, seen.activity)
        )


def _same(seen: StatusMessage | None, wanted: StatusMessage | None) -> bool:
    """Return whether a message that was read is the one that was written."""
    if wanted is None or not wire.plain_text(wanted.text).strip():
        return seen is None
    return (
        seen is not None
        and seen.text.strip() == wire.plain_text(wanted.text).strip()
        and (seen.end, seen.pinned) == (wanted.end, wanted.pinned)
    )
