"""The connector client against a connector on loopback."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from bot.net import Net
from bot.teams.connector import Connector, Done, Gone, Later, Unclear, Wrong
from bot.teams.hosts import ServiceHosts
from tests.teams.connector_server import Scripted, scripted_connector

LOCAL = ServiceHosts(["127.0.0.1"])
MESSAGE = {"type": "message", "text": "hello"}


class Tokens:
    """Gives a new token for each refresh."""

    def __init__(self) -> None:
        self.count = 1

    async def __call__(self, *, refresh: bool = False) -> str | None:
        self.count += refresh
        return f"token-{self.count}"


class Pauses:
    """Notes waits, and lets its own time pass in place of ours."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def now(self) -> float:
        return sum(self.seconds)


def address(url: str) -> dict[str, Any]:
    return {
        "service_url": url,
        "conversation": "19:g@thread.v2;messageid=1",
        "tenant": "t1",
        "bot": {"id": "28:b"},
        "user": {"id": "29:u", "aadObjectId": "o1"},
    }


@asynccontextmanager
async def connected(
    *script: Any, hosts: ServiceHosts = LOCAL
) -> AsyncIterator[tuple[Scripted, Connector, Pauses]]:
    pauses = Pauses()
    async with scripted_connector(*script) as server, Net(now=pauses.now, sleep=pauses) as net:
        yield server, Connector(net=net, hosts=hosts, token=Tokens(), sleep=pauses), pauses


async def test_each_call_is_the_one_of_the_reference() -> None:
    async with connected() as (server, connector, _):
        to = address(server.url)
        assert await connector.send(to, MESSAGE) == Done("made-1")
        assert await connector.reply(to, "a/1", MESSAGE) == Done("made-2")
        assert await connector.update(to, "a/1", MESSAGE) == Done("made-3")
        assert await connector.delete(to, "a/1") == Done("made-4")
        assert await connector.member(to, "29:u") == {"id": "made-5"}
        assert await connector.create_conversation(to) == Done("made-6")
        place = "/connector/v3/conversations/19:g@thread.v2;messageid=1"
        assert [(call["method"], call["path"]) for call in server.calls] == [
            ("POST", f"{place}/activities"),
            ("POST", f"{place}/activities/a%2F1"),
            ("PUT", f"{place}/activities/a%2F1"),
            ("DELETE", f"{place}/activities/a%2F1"),
            ("GET", f"{place}/members/29:u"),
            ("POST", "/connector/v3/conversations"),
        ]
        assert {call["token"] for call in server.calls} == {"Bearer token-1"}
        assert server.calls[0]["body"] == MESSAGE
        assert server.calls[5]["body"] == {
            "bot": {"id": "28:b"},
            "members": [{"id": "29:u", "aadObjectId": "o1"}],
            "isGroup": False,
            "tenantId": "t1",
            "channelData": {"tenant": {"id": "t1"}},
        }


async def test_nothing_is_sent_to_a_host_that_is_not_on_the_list() -> None:
    async with connected(hosts=ServiceHosts()) as (server, connector, _):
        to = address(server.url)
        assert await connector.send(to, MESSAGE) == Wrong(0, "HostNotAllowed")
        assert await connector.member(to, "29:u") is None
        assert server.calls == []


@pytest.mark.parametrize("status", [429, 412])
async def test_what_was_not_done_is_sent_again_when_the_service_says(status: int) -> None:
    async with connected((status, {"Retry-After": "2"})) as (server, connector, pauses):
        assert await connector.send(address(server.url), MESSAGE) == Done("made-2")
        assert len(pauses.seconds) == 1
        assert pauses.seconds[0] >= 2


@pytest.mark.parametrize("status", [429, 412])
async def test_a_wait_that_is_too_long_is_left_to_later(status: int) -> None:
    async with connected((status, {"Retry-After": "60"})) as (server, connector, pauses):
        result = await connector.send(address(server.url), MESSAGE)
        assert result == Later(timedelta(seconds=60))
        assert (len(server.calls), pauses.seconds) == (1, [])


@pytest.mark.parametrize("status", [429, 412])
async def test_repeats_have_an_end(status: int) -> None:
    answers = [(status, {"Retry-After": "0"})] * 50
    async with connected(*answers) as (server, connector, _):
        assert isinstance(await connector.send(address(server.url), MESSAGE), Later)
        assert 1 < len(server.calls) <= 20


@pytest.mark.parametrize("failure", [408, 500, 502, 504, "hang up"])
async def test_a_create_that_may_have_been_done_is_never_repeated(failure: Any) -> None:
    async with connected(failure) as (server, connector, _):
        assert await connector.send(address(server.url), MESSAGE) == Unclear()
        assert len(server.calls) == 1


@pytest.mark.parametrize("failure", [500, 502, 504, "hang up"])
async def test_an_update_is_repeated_because_a_repeat_does_no_harm(failure: Any) -> None:
    async with connected(failure) as (server, connector, _):
        assert await connector.update(address(server.url), "a", MESSAGE) == Done("made-2")


async def test_a_refused_connection_is_tried_again_and_then_left_to_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pauses = Pauses()
    async with Net(now=pauses.now, sleep=pauses) as net:
        connector = Connector(net=net, hosts=LOCAL, token=Tokens(), sleep=pauses)
        result = await connector.send(address(f"http://127.0.0.1:{port}/"), MESSAGE)
    assert isinstance(result, Later)
    assert len(pauses.seconds) >= 2


@pytest.mark.parametrize("status", [403, 404])
async def test_a_conversation_that_is_gone_is_said_to_be(status: int) -> None:
    async with connected(status) as (server, connector, _):
        result = await connector.send(address(server.url), MESSAGE)
        assert result == Gone(status, f"Code{status}")
        assert len(server.calls) == 1


@pytest.mark.parametrize("status", [400, 413, 301])
async def test_what_is_wrong_with_the_request_is_not_repeated(status: int) -> None:
    async with connected((status, {"Location": "http://127.0.0.1:1/"})) as (server, connector, _):
        result = await connector.send(address(server.url), MESSAGE)
        assert isinstance(result, Wrong)
        assert (result.status, len(server.calls)) == (status, 1)


async def test_a_refused_token_is_renewed_once() -> None:
    async with connected(401) as (server, connector, _):
        assert await connector.send(address(server.url), MESSAGE) == Done("made-2")
        assert [call["token"] for call in server.calls] == ["Bearer token-1", "Bearer token-2"]
    async with connected(401, 401, 401) as (server, connector, _):
        assert await connector.send(address(server.url), MESSAGE) == Later()
        assert len(server.calls) == 2


async def test_without_a_token_no_header_is_sent() -> None:
    async def none(*, refresh: bool = False) -> None:
        return None

    async with scripted_connector() as server, Net() as net:
        await Connector(net=net, hosts=LOCAL, token=none).send(address(server.url), MESSAGE)
    assert server.calls[0]["token"] is None


async def sent_at(
    connector: Connector, pauses: Pauses, places: list[dict[str, Any]]
) -> list[float]:
    """Send a message to each place, one after the other; return when each was let through."""
    times = []
    for place in places:
        while isinstance(await connector.send(place, MESSAGE), Later):
            await pauses(1.0)
        times.append(pauses.now())
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= one < start + seconds for one in times) for start in times)


@pytest.mark.parametrize(("instances", "limits"), [(1, (7, 8, 60)), (2, (3, 4, 30))])
async def test_a_conversation_is_written_to_no_faster_than_teams_takes_it(
    instances: int, limits: tuple[int, int, int]
) -> None:
    async with connected() as (server, connector, pauses):
        connector.share(instances)
        times = await sent_at(connector, pauses, [address(server.url)] * 70)
    within = tuple(most_within(times, seconds) for seconds in (0.999, 1.999, 29.999))
    assert within == limits


@pytest.mark.parametrize(("instances", "limit"), [(1, 50), (2, 25), (100, 1)])
async def test_a_tenant_is_written_to_no_faster_than_teams_takes_it(
    instances: int, limit: int
) -> None:
    async with connected() as (server, connector, pauses):
        connector.share(instances)
        places = [{**address(server.url), "conversation": f"a:{n}"} for n in range(limit * 2 + 1)]
        times = await sent_at(connector, pauses, places)
        another = {**address(server.url), "tenant": "t2", "conversation": "a:t2"}
        assert await connector.send(another, MESSAGE) == Done(f"made-{limit * 2 + 2}")
    assert most_within(times, 0.999) == limit
