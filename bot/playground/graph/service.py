"""The Graph stand-in over HTTP: its routes, and what the playground itself asks of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.playground.calls import CallLog
from bot.playground.faults import Faults
from bot.playground.graph import directory, permissions, shapes
from bot.playground.graph.errors import Refusal
from bot.playground.graph.http import CLAIMS, answering, authentication, claims_of, json_body
from bot.playground.graph.presences import Presences
from bot.playground.graph.requests import ACTIONS, read_ids
from bot.playground.graph.throttle import Throttle
from bot.playground.hub import Hub
from bot.playground.people import Resident
from bot.playground.shelf import Shelf
from bot.playground.tokens import Claims, PlaygroundTokens

PREFIX = "/playground/graph/v1.0"
BETA_PREFIX = "/playground/graph/beta"  # the same nine actions (msgraph-beta-sdk 1.66)

_OBJECT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class GraphStandIn:
    """Microsoft Graph for the people of the playground. Call `load` before it serves.

    A write is answered when the shelf has it: what was answered outlives a kill.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        shelf: Shelf,
        hub: Hub,
        calls: CallLog,
        faults: Faults,
        tokens: PlaygroundTokens,
    ) -> None:
        self._clock = clock
        self._calls = calls
        self._faults = faults
        self._tokens = tokens
        self._throttle = Throttle()
        self._presences = Presences(clock=clock, shelf=shelf, hub=hub)

    def add_to(self, app: web.Application) -> None:
        """Serve under PREFIX of `app`, and beside it the same as Graph's beta."""
        for prefix in (PREFIX, BETA_PREFIX):
            graph = web.Application(
                middlewares=[
                    answering(self._clock, self._calls, prefix),
                    self._faults.middleware("graph", prefix),
                    authentication(self._tokens),
                ]
            )
            graph.add_routes(self._routes())
            graph.on_shutdown.append(self._faults.release)
            app.add_subapp(prefix, graph)

    async def load(self) -> None:
        """Take up what is on the shelf."""
        await self._presences.load()

    @property
    def people(self) -> tuple[Resident, ...]:
        """Return everybody who lives here: the residents, and strangers who have written."""
        return self._presences.people

    def seen_by(self, token: str, oid: str) -> dict[str, Any]:
        """Return a person's presence as the owner of `token` sees it; raises Refusal."""
        return self._read(claims_of(f"Bearer {token}", self._tokens), self._known(oid))

    def controls(self, oid: str) -> dict[str, Any]:
        """Return the switches of a person's Teams client; raises KeyError for nobody."""
        return self._presences.controls(oid)

    async def control(self, oid: str, **changes: Any) -> dict[str, Any]:
        """Turn switches of a person's Teams client, and return all of them.

        `signed_in`, `idle`, `in_call`, `in_meeting`, `out_of_office` are true or false,
        `out_of_office_message` text or none. Raises KeyError for nobody, ValueError for others.
        """
        return await self._presences.control(oid, **changes)

    @property
    def lag(self) -> timedelta:
        """Return how far what is read lags behind what was written."""
        return self._presences.lag

    async def set_lag(self, lag: timedelta) -> None:
        """Let reads lag behind, as Teams' polling does; raises ValueError above 10 minutes."""
        await self._presences.set_lag(lag)

    def tick(self, now: datetime) -> None:
        """Publish whose presence looks different at `now` from when it was last told."""
        self._presences.tick(now)

    def next_change(self, now: datetime) -> datetime | None:
        """Return the next instant after `now` at which a presence changes by itself."""
        return self._presences.next_change(now)

    def upcoming(self, now: datetime) -> list[tuple[datetime, str, str]]:
        """Return what ends by itself after `now`, in order: when, whose (object id), in words."""
        return self._presences.upcoming(now)

    def _routes(self) -> list[web.RouteDef]:
        routes = [
            _get("/me", self._get_me),
            _get("/users", self._find_users),
            _get("/users/{id}", self._get_user),
            web.post("/communications/getPresencesByUserId", self._get_presences),
        ]
        for owner in ("/me/presence", "/users/{id}/presence", "/communications/presences/{id}"):
            routes.append(_get(owner, self._get_presence))
            routes += [web.post(f"{owner}/{action}", self._act) for action in ACTIONS]
        # Generated navigation that no page describes: known paths, no method.
        routes += [
            web.route("*", path, _not_allowed)
            for path in ("/communications/presences", "/communications/presences/$count")
        ]
        return routes

    async def _get_presence(self, request: web.Request) -> web.Response:
        claims = request[CLAIMS]
        self._throttle.count(claims.app, claims.tenant, self._clock.now())
        if options := [name for name in request.query if name.startswith("$")]:
            raise Refusal(400, "BadRequest", f"{options[0]} is not supported for presence.")
        oid = self._target(request)
        return web.json_response(shapes.single(oid, self._read(claims, oid)))

    async def _get_presences(self, request: web.Request) -> web.Response:
        claims = request[CLAIMS]
        self._throttle.count(claims.app, claims.tenant, self._clock.now())
        ids = read_ids(await json_body(request))
        permissions.permit_read_many(claims)
        # No page says what becomes of unknown ids: they are left out.
        known = [oid for oid in ids if self._presences.person(oid)]
        return web.json_response(shapes.many([self._read(claims, oid) for oid in known]))

    async def _act(self, request: web.Request) -> web.Response:
        action = request.path.rpartition("/")[2]
        # The body is judged before the permission, as Graph was seen to do.
        change = ACTIONS[action](await json_body(request))
        oid = self._target(request, moves_in=True)
        permissions.permit_write(request[CLAIMS], oid, action)
        await self._presences.change(oid, change)
        return web.Response(status=200)

    async def _get_me(self, request: web.Request) -> web.Response:
        return self._user(request, permissions.me(request[CLAIMS]))

    async def _get_user(self, request: web.Request) -> web.Response:
        wanted = request.match_info["id"].lower()
        for person in self.people:
            if wanted in {person.oid, person.mail.lower()}:
                return self._user(request, person.oid)
        permissions.permit_look_up(request[CLAIMS])
        raise _nobody()

    async def _find_users(self, request: web.Request) -> web.Response:
        permissions.permit_look_up(request[CLAIMS])
        eventual = request.headers.get("ConsistencyLevel", "").lower() == "eventual"
        users = [shapes.user(person) for person in self.people]
        return web.json_response(
            shapes.users(directory.find(users, request.query, eventual=eventual))
        )

    def _user(self, request: web.Request, oid: str) -> web.Response:
        permissions.permit_look_up(request[CLAIMS], oid)
        person = self._presences.person(oid)
        if person is None:
            raise _nobody()
        return web.json_response(directory.select(shapes.user(person), request.query))

    def _target(self, request: web.Request, *, moves_in: bool = False) -> str:
        """Return the object id that a path means. /me, and whoever `moves_in`, may be new here."""
        if "id" not in request.match_info:
            return permissions.me(request[CLAIMS])
        oid = request.match_info["id"].lower()
        if oid == request[CLAIMS].oid or (moves_in and _OBJECT_ID.fullmatch(oid)):
            return oid
        return self._known(oid)

    def _known(self, oid: str) -> str:
        if self._presences.person(oid) is None:
            raise _nobody()
        return oid

    def _read(self, claims: Claims, oid: str) -> dict[str, Any]:
        permissions.permit_read(claims, oid)
        return shapes.presence(oid, self._presences.seen(oid), own=oid == claims.oid)


def _get(path: str, handler: Any) -> web.RouteDef:
    return web.get(path, handler, allow_head=False)


async def _not_allowed(request: web.Request) -> web.Response:
    raise web.HTTPMethodNotAllowed(request.method, [])


def _nobody() -> Refusal:
    return Refusal(404, "NotFound", "The user was not found.")
