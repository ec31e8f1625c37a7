"""The playground over HTTP: the page, its live events, and the switches behind it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.clock import Clock
from bot.playground import files
from bot.playground.calls import CallLog
from bot.playground.chats import Chats, for_eyes_of, iso
from bot.playground.entra.accounts import SignIn
from bot.playground.guards import loopback_only, require_json
from bot.playground.hub import Hub
from bot.playground.people import RESIDENTS, Resident
from bot.playground.roster import Roster
from bot.playground.sender import Sender, UnknownPlace
from bot.playground.stepper import Stepper, Stuck

logger = logging.getLogger(__name__)

_KEEP_ALIVE = 15.0  # seconds of silence after which a listener gets a comment
_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?)?"
)
_FARTHEST = timedelta(days=400)  # one move of the clock; schedules reach a year ahead


class Presences(Protocol):
    """The presence of everybody, as the Graph stand-in has it."""

    @property
    def people(self) -> Sequence[Resident]:
        """Return everybody who has a presence."""

    def seen_by(self, token: str, oid: str) -> dict[str, Any]:
        """Return a person's presence as the owner of the token sees it, in Graph's form."""

    def controls(self, oid: str) -> dict[str, Any]:
        """Return the switches of a person's Teams client; raises KeyError for nobody."""

    async def control(self, oid: str, **changes: Any) -> dict[str, Any]:
        """Turn switches and return all; raises KeyError for nobody, ValueError for bad values."""

    @property
    def lag(self) -> timedelta:
        """Return how far what is read lags behind what was written."""

    async def set_lag(self, lag: timedelta) -> None:
        """Let reads lag behind, as Teams' polling does; raises ValueError above 10 minutes."""


class Faults(Protocol):
    """What goes wrong on purpose."""

    def replace(self, faults: Any) -> None:
        """Put a JSON list of faults in force; raises ValueError."""

    def as_json(self) -> list[dict[str, Any]]:
        """Return the faults in force."""


class Accounts(Protocol):
    """How people sign in, as the Entra stand-in has it."""

    def how(self, oid: str) -> str:
        """Return "silent", "consent", "colleagues", "mfa" or "revoked"."""

    async def set(self, oid: str, how: str) -> None:
        """Turn a person's switch; raises ValueError where there is no such position."""


class Site:
    """Serves the page and its HTTP interface.

    `token_for` gives an access token for the object id of the person who looks: the panel sees
    what Graph shows to that person.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        hub: Hub,
        calls: CallLog,
        roster: Roster,
        chats: Chats,
        sender: Sender,
        presences: Presences,
        faults: Faults,
        stepper: Stepper,
        accounts: Accounts,
        token_for: Callable[[str], str],
    ) -> None:
        self._clock, self._hub, self._calls = clock, hub, calls
        self._roster, self._chats, self._sender = roster, chats, sender
        self._presences, self._faults, self._stepper = presences, faults, stepper
        self._accounts, self._token_for = accounts, token_for

    def add_to(self, app: web.Application) -> None:
        """Serve the page at / and the interface under /playground, and guard the application."""
        app.middlewares.append(loopback_only)
        self._sender.add_to(app)
        app.on_shutdown.append(self._end_streams)
        app.add_routes(
            [
                *files.routes(),
                web.get("/playground/events", self._events),
                web.post("/playground/send", self._send),
                web.get("/playground/people/{oid}", self._person),
                web.patch("/playground/people/{oid}", self._change_person),
                web.post("/playground/clock", self._move_clock),
                web.get("/playground/faults", self._show_faults),
                web.put("/playground/faults", self._put_faults),
                web.get("/playground/delay", self._show_delay),
                web.put("/playground/delay", self._put_delay),
                web.get("/playground/log", self._log),
            ]
        )

    async def _end_streams(self, _: web.Application) -> None:
        self._hub.close()

    async def _events(self, request: web.Request) -> web.StreamResponse:
        looker = request.query.get("as") or RESIDENTS[0].oid
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        try:
            await self._tell_all(response, looker)
        except ConnectionError:
            logger.debug("A page has gone away.")
        return response

    async def _tell_all(self, response: web.StreamResponse, looker: str) -> None:
        """Tell a page what is and then what happens, until the server ends."""
        with self._hub.listen() as events:
            await _tell(response, "state", self._state(looker))
            while True:
                try:
                    async with asyncio.timeout(_KEEP_ALIVE):
                        event = await events.get()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    return
                for kind, data in self._for_eyes_of(looker, *event):
                    await _tell(response, kind, data)

    def _for_eyes_of(
        self, looker: str, kind: str, data: Mapping[str, Any]
    ) -> list[tuple[str, Any]]:
        if kind in ("chat", "typing"):
            chat = self._chats.find(data["conversation"])
            if chat is None or not chat.seen_by(looker):
                return []
            return [(kind, data if kind == "typing" else for_eyes_of(data, looker))]
        if kind == "presence":
            return [("people", self._people(looker))]
        return [(kind, data)]

    def _state(self, looker: str) -> dict[str, Any]:
        return {
            "as": looker,
            "people": self._people(looker),
            "chats": self._chats.seen_by(looker),
            "clock": self._time(),
            "log": self._calls.recent(),
            "faults": self._faults.as_json(),
            "delay": self._delay(),
            "sign_ins": list(SignIn),
        }

    def _people(self, looker: str) -> list[dict[str, Any]]:
        with_presence = {person.oid: person for person in self._presences.people}
        everybody = {person.oid: person for person in self._roster.everybody()}
        token = self._token_for(looker)
        return [
            {
                **asdict(person),
                "initials": person.initials,
                "sign_in": self._accounts.how(oid),
                "controls": self._presences.controls(oid) if oid in with_presence else None,
                "presence": (
                    self._presences.seen_by(token, oid) if oid in with_presence else None
                ),
            }
            for oid, person in {**with_presence, **everybody}.items()
        ]

    def _time(self) -> dict[str, Any]:
        return {
            "now": iso(self._clock.now()),
            "offset": self._clock.offset.total_seconds(),
        }

    async def _send(self, request: web.Request) -> web.Response:
        wanted = _object(await _json(request))
        who = await self._roster.meet(str(wanted.get("as", "")))
        if who is None:
            raise web.HTTPBadRequest(text='"as" is the object id of the person who acts.')
        chat_id = str(wanted.get("conversation") or f"a:{who.oid}")
        zone = _zone(wanted.get("zone", "UTC"))
        reply_to = wanted.get("replyTo")
        if reply_to is not None and not isinstance(reply_to, str):
            raise web.HTTPBadRequest(text='"replyTo" is the id of a message.')
        try:
            match wanted:
                case {"text": str(text)}:
                    sent = await self._sender.say(who, chat_id, text, zone)
                case {"invoke": {"name": str(name), "value": value}}:
                    sent = await self._sender.invoke(
                        who, chat_id, name, value, zone, reply_to=reply_to
                    )
                case {"card": dict(card)}:
                    sent = await self._sender.share(who, chat_id, card)
                case {"value": value}:
                    sent = await self._sender.submit(who, chat_id, value, zone, reply_to=reply_to)
                case {"contact": True}:
                    await self._sender.first_contact(who, chat_id, zone)
                    return web.json_response({})
                case _:
                    raise web.HTTPBadRequest(
                        text='Send "text", "card", "value", "invoke": {"name", "value"},'
                        ' or "contact": true.'
                    )
        except UnknownPlace:
            raise web.HTTPNotFound(text="This person is in no such conversation.") from None
        return web.json_response(asdict(sent))

    async def _person(self, request: web.Request) -> web.Response:
        return web.json_response(self._one(request))

    async def _change_person(self, request: web.Request) -> web.Response:
        changes = _object(await _json(request))
        oid = request.match_info["oid"].lower()
        try:
            if "sign_in" in changes:
                await self._accounts.set(oid, changes.pop("sign_in"))
            if changes:
                await self._presences.control(oid, **changes)
        except ValueError as exc:
            raise web.HTTPBadRequest(text=f"This cannot be switched: {exc}.") from None
        except KeyError:
            raise web.HTTPNotFound(text="There is no such person.") from None
        return web.json_response(self._one(request))

    def _one(self, request: web.Request) -> dict[str, Any]:
        oid = request.match_info["oid"].lower()
        looker = request.query.get("as", oid)
        for person in self._people(looker):
            if person["oid"] == oid:
                return person
        raise web.HTTPNotFound(text="There is no such person.")

    async def _move_clock(self, request: web.Request) -> web.Response:
        target = await self._target(_object(await _json(request)))
        try:
            if target is not None:
                await self._stepper.advance(target)
        except Stuck as stuck:
            raise web.HTTPConflict(text=str(stuck)) from None
        finally:
            self._hub.publish("clock", self._time())
        return web.json_response(self._time() | {"moved": target is not None})

    async def _target(self, wanted: dict[str, Any]) -> datetime | None:
        now = self._clock.now()
        match wanted:
            case {"by": str(duration)}:
                target = now + _length(duration)
            case {"to": "next"}:
                return await self._stepper.next_due()
            case {"to": str(instant)}:
                target = _instant(instant)
            case _:
                raise web.HTTPBadRequest(
                    text='Send {"by": an ISO 8601 duration} or {"to": "next" or an instant}.'
                )
        if target < now:
            raise web.HTTPConflict(text="The clock goes forward only.")
        if target - now > _FARTHEST:
            raise web.HTTPBadRequest(text=f"The clock moves {_FARTHEST.days} days at most.")
        return target

    async def _show_faults(self, _: web.Request) -> web.Response:
        return web.json_response(self._faults.as_json())

    async def _put_faults(self, request: web.Request) -> web.Response:
        try:
            self._faults.replace(await _json(request))
        except ValueError as exc:
            raise web.HTTPBadRequest(text=f"Not in force: {exc}.") from None
        self._hub.publish("faults", {"faults": self._faults.as_json()})
        return web.json_response(self._faults.as_json())

    def _delay(self) -> dict[str, Any]:
        return {"seconds": self._presences.lag.total_seconds()}

    async def _show_delay(self, _: web.Request) -> web.Response:
        return web.json_response(self._delay())

    async def _put_delay(self, request: web.Request) -> web.Response:
        seconds = _object(await _json(request)).get("seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise web.HTTPBadRequest(text='"seconds" is a number.')
        try:
            await self._presences.set_lag(timedelta(seconds=seconds))
        except (ValueError, OverflowError) as exc:
            raise web.HTTPBadRequest(text=f"This cannot be: {exc}.") from None
        self._hub.publish("delay", self._delay())
        return web.json_response(self._delay())

    async def _log(self, _: web.Request) -> web.Response:
        return web.json_response(self._calls.recent())


async def _tell(response: web.StreamResponse, kind: str, data: Any) -> None:
    await response.write(f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode())


async def _json(request: web.Request) -> Any:
    require_json(request)
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="The body is not JSON.") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="Send a JSON object.")
    return value


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, KeyError):
        raise web.HTTPBadRequest(text='"zone" is an IANA time zone name.') from None


def _length(text: str) -> timedelta:
    parts = _DURATION.fullmatch(text)
    if parts is None or not any(parts.groups()):
        raise web.HTTPBadRequest(text='"by" is an ISO 8601 duration such as PT5M.')
    return timedelta(**{unit: int(number or 0) for unit, number in parts.groupdict().items()})


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise web.HTTPBadRequest(text='"to" is "next" or an instant with its offset.')
    return instant.astimezone(UTC)
