"""Messages wait for the pace in order, and none is lost, doubled or overtaken meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

from bot.domain.person import Person
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.net import Net
from bot.service.outbox import Outbox
from bot.service.ports import Store
from bot.service.traffic import Outbound, Place
from bot.teams.connector import Connector
from bot.teams.hosts import ServiceHosts
from bot.teams.messenger import CardMessenger
from bot.teams.signature import CardSigner
from tests.bench import timers_reminders as reminders
from tests.model_time import ModelClock, in_model_time
from tests.net.scripted import Answer, Scripted

ANA, BEN = (Person(tenant="t", oid=oid) for oid in ("ana", "ben"))


class Marks:
    """Notes what is marked as sent."""

    def __init__(self) -> None:
        self.sent_ids: list[str] = []

    async def sent(self, outbound: Outbound, *, place: Place | None = None) -> None:
        self.sent_ids.append(outbound.id)

    async def unsent(self) -> Sequence[Outbound]:
        return ()


@asynccontextmanager
async def outbox(server: Scripted, marks: Marks) -> AsyncIterator[Outbox]:
    loop = asyncio.get_running_loop()
    clock = ModelClock(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), loop.time)
    signer = CardSigner(keyring=Keyring([("k1", b"1" * 32)]), clock=clock)

    async def token(*, refresh: bool = False) -> str | None:
        return None

    async def gone(person: Person) -> None:
        raise AssertionError(person)

    await server.start()
    async with Net(now=loop.time, random=lambda: 0.5) as net:
        connector = Connector(net=net, hosts=ServiceHosts(["127.0.0.1"]), token=token)
        messenger = CardMessenger(connector=connector, books=Phrasebooks(), signer=signer)
        yield Outbox(store=cast("Store", marks), messenger=messenger, gone=gone)
    await server.stop()


def said(person: Person, text: str, server: Scripted) -> Outbound:
    address = {
        "service_url": server.url,
        "conversation": person.oid,
        "tenant": person.tenant,
        "type": "personal",
    }
    activity = {"type": "message", "text": text}
    request = {"address": address, "card": None, "activity": activity}
    return Outbound(id=text, person=person, request=request)


def test_what_only_waits_for_the_pace_of_its_tenant_goes_out_as_soon_as_it_may() -> None:
    told = reminders.run(700, tenants=1)
    assert (told.arrived, told.refused) == (700, 0)
    assert told.last <= 13.0 * 1.1  # 50 a second, the first 50 at once


def test_many_messages_to_each_person_keep_their_order_and_the_limits_of_a_chat() -> None:
    told = reminders.run(60, tenants=2, each=10)
    assert (told.arrived, told.refused, told.disordered) == (60, 0, 0)
    assert told.last <= 2.0 * 1.1  # 7 in one second and 8 in two: the ninth has to wait for two


def test_what_is_said_later_does_not_go_before_what_could_not_be_sent() -> None:
    async def scenario() -> None:
        server, marks = Scripted(), Marks()
        async with outbox(server, marks) as sends:
            server.script = [Answer(status=429, headers={"Retry-After": "20"})]
            await sends.send(said(ANA, "first", server))
            await sends.send(said(ANA, "second", server))
            await sends.send(said(BEN, "hello", server))
            assert marks.sent_ids == ["hello"]
            await asyncio.sleep(60)
        assert marks.sent_ids == ["hello", "first", "second"]
        texts = [received.json["text"] for received in server.received]
        assert texts == ["first", "hello", "first", "second"]

    in_model_time(scenario())


def test_at_the_end_what_is_being_sent_ends_and_nothing_else_begins() -> None:
    async def scenario() -> None:
        server, marks = Scripted(), Marks()
        async with outbox(server, marks) as sends:
            server.script = [Answer(stall=3.0)]
            first, second = (said(ANA, text, server) for text in ("first", "second"))
            await asyncio.gather(sends.send(first), sends.send(second))  # waits 2 seconds with it
            assert marks.sent_ids == []
            began = asyncio.get_running_loop().time()
            await sends.stop()
        assert marks.sent_ids == ["first"]
        assert asyncio.get_running_loop().time() - began < 5.0
        assert [received.json["text"] for received in server.received] == ["first"]

    in_model_time(scenario())
