from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.net import Net
from tests.net.scripted import Scripted, StepTime


@pytest.fixture
def step_time() -> StepTime:
    return StepTime()


@pytest.fixture
async def server(step_time: StepTime) -> AsyncIterator[Scripted]:
    scripted = Scripted(step_time.now)
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def net(step_time: StepTime) -> AsyncIterator[Net]:
    async with Net(
        attempt_timeout=10.0, now=step_time.now, sleep=step_time.sleep, random=lambda: 0.5
    ) as net:
        yield net
