from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.person import Person
from bot.graph.client import GraphPresence, Permission
from bot.net import Net
from bot.service.errors import SignInRequired
from bot.service.ports import PresenceGateway
from tests.graph.shapes import check_shape
from tests.net.scripted import Scripted, StepTime

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
APP = "22553876-f5ab-4529-bffb-cfe50aa89f87"
MEGAN = Person(tenant="t-1", oid="fa8bf3dc-eca7-46b7-bad1-db199b62afc3")


class Tokens:
    """Hands out numbered tokens; `refuse_refresh` plays a person who must sign in again."""

    def __init__(self) -> None:
        self.refreshes = 0
        self.refuse_refresh = False

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        if refresh:
            self.refreshes += 1
            if self.refuse_refresh:
                raise SignInRequired("no refresh token")
        return f"{person.oid}.{self.refreshes}"


class StepClock:
    """A wall clock that moves with a test's monotonic time."""

    def __init__(self, time: StepTime) -> None:
        self._time = time
        self._start = time.now()

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self._time.now() - self._start)


class Bench:
    """A client, what it talks to, and how to build it otherwise."""

    def __init__(self, server: Scripted, net: Net, impatient: Net, time: StepTime) -> None:
        self.server = server
        self.net = net
        self.impatient = impatient
        self.time = time
        self.tokens = Tokens()

    def client(
        self, permission: Permission = "delegated", *, impatient: bool = False
    ) -> PresenceGateway:
        """Return a client; an impatient one gives a request up after half a second."""
        return GraphPresence(
            net=self.impatient if impatient else self.net,
            tokens=self.tokens,
            clock=StepClock(self.time),
            app_id=APP,
            base_url=self.server.url + "/v1.0",
            permission=permission,
        )

    @property
    def sent(self) -> list[str]:
        """What the server received, as "METHOD path"."""
        return [
            f"{received.method} {received.path.removeprefix('/v1.0')}"
            for received in self.server.received
        ]


@pytest.fixture
def step_time() -> StepTime:
    return StepTime()


@pytest.fixture
async def bench(step_time: StepTime) -> AsyncIterator[Bench]:
    """Everything that a client sends in a test must look as the reference pages say."""
    server = Scripted(step_time.now)
    await server.start()
    async with (
        Net(
            attempt_timeout=10.0, now=step_time.now, sleep=step_time.sleep, random=lambda: 0.5
        ) as net,
        Net(
            attempt_timeout=0.5, now=step_time.now, sleep=step_time.sleep, random=lambda: 0.5
        ) as impatient,
    ):
        yield Bench(server, net, impatient, step_time)
    await server.stop()
    for received in server.received:
        check_shape(received.method, received.path.removeprefix("/v1.0"), received.json)
