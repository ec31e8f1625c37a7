"""The contract of the port PresenceGateway, by GraphPresence against the Graph stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.person import Person
from bot.domain.presence import (
    Availability,
    PreferredPresence,
    PresenceSession,
    SessionActivity,
    WorkLocation,
)
from bot.domain.status import StatusMessage
from bot.graph.client import GraphPresence, Permission
from bot.graph.directory import GraphDirectory
from bot.net import Net
from bot.playground.graph.service import PREFIX
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.standins import StandIns
from bot.playground.tokens import APP_ID
from bot.service.errors import ConsentMissing, NotOffered, SignInRequired
from bot.service.permissions import FEATURES, scopes
from bot.service.ports import PresenceGateway
from tests.playground.hand_clock import HandClock

ANNA, BEN, CHEN = (Person(tenant=TENANT, oid=one.oid) for one in RESIDENTS[:3])
NOBODY = "99999999-7e57-4000-8000-999999999999"


class Tokens:
    """Gives tokens with these scopes: a person's, or the application's own."""

    def __init__(self, stand_ins: StandIns, permission: Permission, granted: set[str]) -> None:
        self._issue = stand_ins.tokens.issue
        self._permission = permission
        self.granted = granted

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        if not self.granted:
            raise SignInRequired("no token")
        oid = person.oid if self._permission == "delegated" else None
        return self._issue(oid, person.tenant, self.granted)


@dataclass(frozen=True, kw_only=True)
class World:
    """The gateway, and the stand-in behind it."""

    gateway: PresenceGateway
    directory: GraphDirectory
    clock: HandClock
    stand_ins: StandIns
    tokens: Tokens
    permission: Permission

    async def switch(self, person: Person, **switches: bool | str) -> None:
        await self.stand_ins.graph.control(person.oid, **switches)

    async def pair(self, person: Person = ANNA) -> tuple[str, str]:
        seen = await self.gateway.read(person)
        return seen.availability, seen.activity

    async def prefer(self, availability: Availability, length: timedelta | None) -> None:
        now = self.clock.now()
        preferred = PreferredPresence(
            availability=availability, end=None if length is None else now + length
        )
        await self.gateway.set_preferred(ANNA, preferred, now=now)


@pytest.fixture(params=["delegated", "application"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    permission: Permission = request.param
    clock = HandClock()
    stand_ins = StandIns(clock)
    await stand_ins.load()
    app = web.Application()
    stand_ins.add_to(app)
    tokens = Tokens(stand_ins, permission, set(scopes(permission, people=True)))
    async with TestServer(app) as server, Net() as net:
        url = f"http://{server.host}:{server.port}{PREFIX}"
        yield World(
            gateway=GraphPresence(
                net=net,
                tokens=tokens,
                clock=clock,
                app_id=APP_ID,
                base_url=url,
                permission=permission,
            ),
            directory=GraphDirectory(net=net, tokens=tokens, base_url=url),
            clock=clock,
            stand_ins=stand_ins,
            tokens=tokens,
            permission=permission,
        )
    await stand_ins.close()


async def test_a_preferred_presence_shows_until_its_end(world: World) -> None:
    await world.prefer(Availability.BUSY, timedelta(hours=2))
    assert await world.pair() == ("Busy", "Busy")
    world.clock.move(hours=2)
    assert await world.pair() == ("Available", "Available")


async def test_without_an_end_graph_applies_its_own(world: World) -> None:
    await world.prefer(Availability.DO_NOT_DISTURB, None)
    world.clock.move(hours=23)
    assert await world.pair() == ("DoNotDisturb", "DoNotDisturb")
    world.clock.move(hours=2)
    assert await world.pair() == ("Available", "Available")


@pytest.mark.parametrize("availability", Availability)
async def test_every_availability_can_be_preferred(
    world: World, availability: Availability
) -> None:
    await world.prefer(availability, timedelta(hours=1))
    assert (await world.gateway.read(ANNA)).availability == availability.value


async def test_giving_up_what_was_preferred_twice_is_fine(world: World) -> None:
    await world.prefer(Availability.AWAY, timedelta(hours=1))
    await world.gateway.clear_preferred(ANNA)
    await world.gateway.clear_preferred(ANNA)
    assert await world.pair() == ("Available", "Available")


async def test_without_a_client_a_preferred_presence_does_not_show(world: World) -> None:
    await world.switch(ANNA, signed_in=False)
    await world.prefer(Availability.BUSY, timedelta(hours=1))
    assert (await world.gateway.read(ANNA)).shows_nothing


async def test_a_message_is_read_back_as_it_was_written(world: World) -> None:
    end = world.clock.now().replace(microsecond=0) + timedelta(hours=1)
    message = StatusMessage(text="Grüße <b> 😀", end=end, pinned=True)
    await world.gateway.set_message(ANNA, message)
    seen = (await world.gateway.read(ANNA)).message
    assert seen is not None
    assert (seen.text, seen.pinned) == (message.text, True)
    if world.permission == "delegated":  # others, an application among them, see no end
        assert seen.end == end
    await world.gateway.set_message(ANNA, None)
    assert (await world.gateway.read(ANNA)).message is None


async def test_others_see_the_message_without_its_end(world: World) -> None:
    await world.gateway.set_message(ANNA, StatusMessage(text="x", end=world.clock.now()))
    end = world.clock.now() + timedelta(hours=1)
    await world.gateway.set_message(ANNA, StatusMessage(text="y", end=end))
    seen = (await world.gateway.read_other(BEN, ANNA.oid)).message
    assert seen == StatusMessage(text="y")


async def test_many_are_read_at_once_and_strangers_are_left_out(world: World) -> None:
    await world.prefer(Availability.BUSY, timedelta(hours=1))
    seen = await world.gateway.read_many(BEN, [ANNA.oid, CHEN.oid, NOBODY])
    assert {oid: one.availability for oid, one in seen.items()} == {
        ANNA.oid: "Busy",
        CHEN.oid: "Available",
    }


@pytest.mark.parametrize(
    "activity", [one for one in SessionActivity if one is not SessionActivity.AWAY]
)
async def test_every_session_shows_and_ends(world: World, activity: SessionActivity) -> None:
    await world.switch(ANNA, signed_in=False)
    session = PresenceSession(activity=activity, length=timedelta(hours=1))
    await world.gateway.set_session(ANNA, session)
    assert await world.pair() == (session.availability.value, activity.value)
    await world.gateway.clear_session(ANNA)
    assert await world.pair() == ("Offline", "Offline")
    await world.gateway.clear_session(ANNA)


async def test_one_application_has_one_session(world: World) -> None:
    for activity in (SessionActivity.PRESENTING, SessionActivity.IN_A_CALL):
        await world.gateway.set_session(ANNA, PresenceSession(activity=activity))
    assert await world.pair() == ("Busy", "InACall")


async def test_an_available_session_that_is_renewed_does_not_fade(world: World) -> None:
    await world.switch(ANNA, signed_in=False)
    session = PresenceSession(activity=SessionActivity.AVAILABLE, length=timedelta(hours=4))
    await world.gateway.set_session(ANNA, session)
    for _ in range(4):
        world.clock.move(minutes=4)
        assert await world.pair() == ("Available", "Available")
        await world.gateway.set_session(ANNA, session)
    world.clock.move(minutes=11)
    assert await world.pair() == ("Away", "Away")


async def test_a_work_location_is_set_and_cleared_where_graph_offers_it(world: World) -> None:
    if world.permission == "application":
        with pytest.raises(NotOffered):
            await world.gateway.set_work_location(ANNA, WorkLocation.OFFICE)
        with pytest.raises(NotOffered):
            await world.gateway.clear_work_location(ANNA)
        return
    for location in WorkLocation:
        await world.gateway.set_work_location(ANNA, location)
        assert (await world.gateway.read(ANNA)).work_location == location.value
    await world.gateway.clear_work_location(ANNA)
    assert (await world.gateway.read(ANNA)).work_location is None


async def test_out_of_office_is_read_with_its_text(world: World) -> None:
    await world.switch(BEN, out_of_office=True, out_of_office_message="Back on Monday")
    seen = await world.gateway.read_other(ANNA, BEN.oid)
    assert seen.out_of_office
    assert seen.out_of_office_text == "Back on Monday"


Call = Callable[[World], Awaitable[object]]
FEATURE_CALLS: dict[str, tuple[Call, ...]] = {
    FEATURES[0].name: (
        lambda world: world.gateway.read(ANNA),
        lambda world: world.prefer(Availability.BUSY, timedelta(hours=1)),
        lambda world: world.gateway.clear_preferred(ANNA),
        lambda world: world.gateway.set_message(ANNA, StatusMessage(text="x")),
        lambda world: world.gateway.set_session(
            ANNA, PresenceSession(activity=SessionActivity.PRESENTING)
        ),
        lambda world: world.gateway.clear_session(ANNA),
    ),
    FEATURES[1].name: (
        lambda world: world.gateway.read(ANNA),
        lambda world: world.gateway.set_work_location(ANNA, WorkLocation.OFFICE),
        lambda world: world.gateway.clear_work_location(ANNA),
    ),
    FEATURES[2].name: (
        lambda world: world.gateway.read_other(ANNA, BEN.oid),
        lambda world: world.gateway.read_many(ANNA, [BEN.oid]),
    ),
    FEATURES[3].name: (
        lambda world: world.directory.find(ANNA, "Ben", most=5),
        lambda world: world.directory.find(ANNA, "ben@lighthouse.example", most=5),
    ),
}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
async def test_a_feature_needs_all_that_the_table_says_and_no_more(
    world: World, feature: object
) -> None:
    (row,) = [one for one in FEATURES if one is feature]
    needed = row.delegated if world.permission == "delegated" else row.application
    if needed is None:
        return  # not offered: shown above
    world.tokens.granted = set(needed)
    for call in FEATURE_CALLS[row.name]:
        await call(world)
    for scope in set(needed) - {"User.Read"}:  # signing in is what needs that one
        world.tokens.granted = {"User.Read", *needed} - {scope}
        refused = 0
        for call in FEATURE_CALLS[row.name]:
            try:
                await call(world)
            except ConsentMissing:
                refused += 1
        assert refused, f"{scope} is not needed"


async def test_without_a_token_the_person_must_sign_in(world: World) -> None:
    world.tokens.granted = set()
    with pytest.raises(SignInRequired):
        await world.gateway.read(ANNA)
    with pytest.raises(SignInRequired):
        await world.directory.find(ANNA, "Ben", most=5)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Anna Berger", ["Anna Berger"]),
        ("berg", ["Anna Berger"]),
        ("ANNA@lighthouse.example", ["Anna Berger"]),
        ("o'neill@lighthouse.example", []),
        ('"\\Ben', ["Ben Carter"]),
        ("Zork", []),
    ],
)
async def test_people_are_found_by_address_or_by_parts_of_the_name(
    world: World, words: str, names: list[str]
) -> None:
    found = await world.directory.find(ANNA, words, most=5)
    assert [one.name for one in found] == names


async def test_no_more_people_are_found_than_asked_for(world: World) -> None:
    for number in range(4):
        guest = Person(tenant=TENANT, oid=f"cccc0000-0000-4000-8000-00000000000{number}")
        await world.gateway.set_message(guest, StatusMessage(text="here"))
    assert len(await world.directory.find(ANNA, "Guest", most=3)) == 3
