from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import redelivery

pytestmark = pytest.mark.timeout(600)


async def test_whatever_is_delivered_again_has_one_effect_and_one_answer(tmp_path: Path) -> None:
    run = await redelivery.run(tmp_path, histories=24, seed=1, at_once=12, restarts_after=10)
    assert (run.played, run.restarts) == (24, 2)
