"""Who must wait for a limit stands in line: in order, at the limit's own speed, or not at all."""

from __future__ import annotations

import asyncio

import pytest

from bot.net import Net, Pace, Paced, Repeat, Request
from tests.model_time import in_model_time
from tests.net.scripted import Scripted


async def _send(net: Net, server: Scripted, name: str, *pace: Pace, within: float = 60) -> None:
    request = Request(method="GET", url=f"{server.url}/{name}")
    await net.send(request, repeat=Repeat.ANY, pace=pace, deadline=net.deadline(within))


def test_those_who_wait_go_in_the_order_they_came_in_as_soon_as_the_limit_allows() -> None:
    async def scenario() -> list[tuple[str, float]]:
        loop = asyncio.get_running_loop()
        server = Scripted(loop.time)
        await server.start()
        async with Net(now=loop.time) as net:
            pace = Pace(key="tenant", limit=2, seconds=1.1)
            await asyncio.gather(*(_send(net, server, f"{n:02}", pace) for n in range(12)))
        await server.stop()
        return [(one.path, round(one.at, 3)) for one in server.received]

    received = in_model_time(scenario())
    for n in range(6):  # the two that go together may arrive in either order
        pair = sorted(received[2 * n : 2 * n + 2])
        assert pair == [
            (f"/{2 * n:02}", round(1.1 * n, 3)),
            (f"/{2 * n + 1:02}", round(1.1 * n, 3)),
        ]


def test_who_would_come_too_late_is_told_at_once_and_the_others_are_not_held_up() -> None:
    async def scenario() -> tuple[float, list[str]]:
        loop = asyncio.get_running_loop()
        server = Scripted(loop.time)
        await server.start()
        chat, tenant = Pace(key="chat", limit=1, seconds=30), Pace(key="all", limit=3, seconds=2)
        async with Net(now=loop.time) as net:
            await _send(net, server, "first", chat, tenant)
            waits = asyncio.create_task(_send(net, server, "waits", chat, tenant))
            await asyncio.sleep(0)
            with pytest.raises(Paced) as raised:
                await _send(net, server, "too-late", chat, tenant, within=50)
            assert loop.time() == 0
            for n in range(4):
                await _send(net, server, f"other{n}", tenant, within=5)
            assert loop.time() < 30
            await waits
        await server.stop()
        return raised.value.retry_after, [one.path for one in server.received]

    retry_after, paths = in_model_time(scenario())
    assert retry_after == 60.0
    assert paths == ["/first", "/other0", "/other1", "/other2", "/other3", "/waits"]
