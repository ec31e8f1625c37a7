"""Faults, as a client on loopback lives them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Handler

from bot.playground.faults import Faults


class Service:
    """One service that counts what it carries out, behind its faults."""

    def __init__(self) -> None:
        self.faults = Faults(random.Random(7), slow=0.2)  # noqa: S311  # dice
        self.done = 0
        self.arrived = asyncio.Event()
        app = web.Application(middlewares=[self._notice, self.faults.middleware("graph")])
        app.router.add_get("/thing", self._work)
        app.router.add_get("/empty", self._work)
        app.on_shutdown.append(self.faults.release)
        self.server = TestServer(app, host="127.0.0.1")

    @web.middleware
    async def _notice(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.arrived.set()
        return await handler(request)

    async def _work(self, request: web.Request) -> web.Response:
        self.done += 1
        if request.path == "/empty":
            return web.Response()
        return web.json_response({"text": "x" * 1000})

    def fail(self, kind: str, **how: Any) -> None:
        self.faults.replace([{"service": "graph", "kind": kind, **how}])

    async def get(self, path: str = "/thing", *, seconds: float = 5) -> tuple[int, Any]:
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(self.server.make_url(path)) as response,
        ):
            await response.read()
            return response.status, response.headers


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    service = Service()
    await service.server.start_server()
    yield service
    await service.server.close()


async def test_without_faults_nothing_fails(service: Service) -> None:
    assert (await service.get())[0] == 200


@pytest.mark.parametrize(
    ("kind", "status", "seconds"), [("429", 429, 7), ("503", 503, 7), ("500", 500, None)]
)
async def test_an_error_is_answered_and_nothing_is_done(
    service: Service, kind: str, status: int, seconds: int | None
) -> None:
    service.fail(kind, retry_after=7)
    answer, headers = await service.get()
    assert answer == status
    assert headers.get("Retry-After") == (str(seconds) if seconds else None)
    assert service.done == 0


async def test_throttling_may_come_without_retry_after(service: Service) -> None:
    service.fail("429")
    answer, headers = await service.get()
    assert answer == 429
    assert "Retry-After" not in headers


async def test_a_slow_answer_comes_later_than_an_impatient_caller_waits(
    service: Service,
) -> None:
    service.fail("slow")
    with pytest.raises(TimeoutError):
        await service.get(seconds=0.1)
    assert (await service.get())[0] == 200


async def test_a_reset_breaks_the_connection_before_anything_is_done(service: Service) -> None:
    service.fail("reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await service.get()
    assert service.done == 0


@pytest.mark.parametrize("path", ["/thing", "/empty"])
async def test_a_cut_loses_the_answer_to_something_that_was_done(
    service: Service, path: str
) -> None:
    service.fail("cut")
    with pytest.raises(aiohttp.ClientPayloadError):
        await service.get(path)
    assert service.done == 1


async def test_nothing_is_answered_for_as_long_as_the_caller_waits(service: Service) -> None:
    service.fail("nothing")
    with pytest.raises(TimeoutError):
        await service.get(seconds=0.3)
    assert service.done == 0


async def test_a_server_that_ends_keeps_nobody_waiting(service: Service) -> None:
    service.fail("nothing")
    waiting = asyncio.create_task(service.get())
    await service.arrived.wait()
    await asyncio.wait_for(service.server.close(), 2)
    with pytest.raises(aiohttp.ClientConnectionError):
        await waiting


async def test_a_fault_concerns_its_service_and_the_requests_that_match(
    service: Service,
) -> None:
    service.faults.replace(
        [
            {"service": "connector", "kind": "500"},
            {"service": "graph", "kind": "503", "match": "POST /thing"},
            {"service": "graph", "kind": "429", "match": "GET /thing"},
            {"service": "graph", "kind": "500", "match": "/thing"},
        ]
    )
    assert (await service.get("/thing"))[0] == 429
    assert (await service.get("/empty"))[0] == 200


async def test_a_fault_hits_its_share(service: Service) -> None:
    for share, least, most in ((0, 0, 0), (0.3, 15, 45), (1, 100, 100)):
        service.fail("503", share=share)
        hits = [(await service.get("/empty"))[0] for _ in range(100)].count(503)
        assert least <= hits <= most


async def test_faults_are_told_as_they_were_given(service: Service) -> None:
    given = [
        {
            "service": "entra",
            "kind": "429",
            "match": "/token",
            "share": 0.5,
            "retry_after": 3,
        }
    ]
    service.faults.replace(given)
    assert service.faults.as_json() == given
    service.faults.replace([])
    assert service.faults.as_json() == []


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {},
        [1],
        [{"service": "graph"}],
        [{"kind": "500"}],
        [{"service": "teams", "kind": "500"}],
        [{"service": "graph", "kind": 500}],
        [{"service": "graph", "kind": "418"}],
        [{"service": "graph", "kind": ["500"]}],
        [{"service": ["graph"], "kind": "500"}],
        [{"service": "graph", "kind": "500", "share": 1.5}],
        [{"service": "graph", "kind": "500", "share": -0.1}],
        [{"service": "graph", "kind": "500", "share": float("nan")}],
        [{"service": "graph", "kind": "500", "share": True}],
        [{"service": "graph", "kind": "500", "match": 1}],
        [{"service": "graph", "kind": "429", "retry_after": -1}],
        [{"service": "graph", "kind": "429", "retry_after": "1"}],
        [{"service": "graph", "kind": "429", "seconds": 1}],
    ],
)
def test_a_wrong_list_of_faults_changes_nothing(wrong: Any) -> None:
    faults = Faults()
    faults.replace([{"service": "graph", "kind": "500"}])
    before = faults.as_json()
    with pytest.raises(ValueError, match="fault"):
        faults.replace(wrong)
    assert faults.as_json() == before
